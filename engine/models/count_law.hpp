// SPDX-License-Identifier: GPL-3.0-or-later
//
// CountLaw: a model that says not only the mean of a count but how likely each count is.
#pragma once

#include "engine/base/scorer.hpp"

namespace rehearse::models {

class CountLaw {
 public:
  virtual ~CountLaw() = default;
  // Mean over rows of P(y = 0), P(y = 1), … P(y = most). O(rows · most).
  // Errors: those of Scorer::score; the model has no law of counts.
  virtual Result<std::vector<double>> count_shares(const Frame& rows, std::size_t most) const = 0;
};

}  // namespace rehearse::models
