// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scorer: what one room may know of another room's model. Models, calibrated models and baselines
// all map the rows of a Frame to a probability; views, metrics and scenarios need no more.
// Implementations are immutable and may be used by several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/frame.hpp"

namespace rehearse {

class Scorer {
 public:
  virtual ~Scorer() = default;
  // One probability per row. Errors: a column that the model needs is missing or of another type.
  virtual Result<std::vector<double>> score(const Frame& rows) const = 0;
  // In words for a legend: "as trained on 10% of negatives", "isotonic".
  virtual std::string describe() const = 0;
  virtual std::size_t bytes() const = 0;
  // Facts of the fit for tables and goals: rows_trained, parameters, seconds …
  virtual std::vector<std::pair<std::string, double>> facts() const { return {}; }
};

using ScorerPtr = std::shared_ptr<const Scorer>;

}  // namespace rehearse
