// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws the outcomes of outcomes.hpp into the log, each from a stream of its own: asking for one
// leaves the others, and the clicks, as they were.
#pragma once

#include "engine/sim/columns.hpp"

namespace rehearse::sim {

class Happenings {
 public:
  explicit Happenings(const SiteOptions& options);
  // The outcomes asked for of one row, whose click is known.
  void draw(Columns& columns, std::size_t row, const Engagement& engagement) const;

 private:
  struct Moment;  // one row's draw
  void dwell(Moment& moment) const;
  void comments(Moment& moment) const;
  void coin(Moment& moment, Outcome outcome, double given_engaged,
            std::vector<std::uint8_t>& happened, std::vector<double>& probability) const;
  const SiteOptions& o_;
  const StreamKey engaged_;
  std::array<StreamKey, kOutcomes> keys_;
};

}  // namespace rehearse::sim
