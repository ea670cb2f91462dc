// SPDX-License-Identifier: GPL-3.0-or-later
//
// What it earns to act on the rows that a score puts first: each action costs `cost` and earns
// `gain` times what follows, an event of 0 or 1 or an amount. Counted by the true expectation of
// that label where the world is simulated (no luck in it), else by what happened. The score may be
// a probability, a predicted value, anything that has an order.
#pragma once

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

class Acting {
 public:
  // Errors: no such label; a row of it is missing.
  static Result<Acting> of(const Frame& rows, const std::string& label, double gain, double cost);
  std::size_t rows() const { return worth_.size(); }
  bool truth_known() const { return truth_known_; }
  // Of acting on the given rows, per 1000 rows of the table.
  double per_thousand(std::span<const std::uint32_t> acted) const;
  // Rows by score, the highest first, ties by place.
  static std::vector<std::uint32_t> ranked(std::span<const double> scores);
  // What each row is worth: gain · E[label] - cost; the order of the truth itself.
  std::span<const double> worth() const { return worth_; }

 private:
  std::vector<double> worth_;
  bool truth_known_ = false;
};

// label, gain, cost.
std::vector<plan::Parameter> acting_parameters();
Result<Acting> acting_of(const StepCall& call);

}  // namespace rehearse::steps
