// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scorer: what one room may know of another room's model. Models, calibrated models and baselines
// all map the rows of a Frame to one number each: a probability, or the predicted value of a
// numeric label (seconds of dwell, a count). Views, metrics and scenarios need no more.
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
  // One prediction per row. Errors: a column that the model needs is missing or of another type.
  virtual Result<std::vector<double>> score(const Frame& rows) const = 0;
  // Whether predictions are probabilities of a label of 0 or 1; else they are values of the label.
  virtual bool probabilistic() const { return true; }
  // The label that the model was asked to learn; empty: the frame's only one.
  virtual std::string label() const { return {}; }
  // In words for a legend: "as trained on 10% of negatives", "isotonic".
  virtual std::string describe() const = 0;
  virtual std::size_t bytes() const = 0;
  // Facts of the fit for tables and goals: rows_trained, parameters, seconds …
  virtual std::vector<std::pair<std::string, double>> facts() const { return {}; }
};

using ScorerPtr = std::shared_ptr<const Scorer>;

}  // namespace rehearse
