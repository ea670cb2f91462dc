// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decision: a model together with the threshold at which one acts and what each outcome is worth.
// It scores 1 where the model's score reaches the threshold and 0 elsewhere. How the threshold is
// best chosen stands in metrics/utility.hpp.
#pragma once

#include "engine/base/scorer.hpp"
#include "engine/metrics/utility.hpp"

namespace rehearse::calibration {

class Decision : public Scorer {
 public:
  Decision(ScorerPtr model, double threshold, metrics::UtilityMatrix worth)
      : model_(std::move(model)), threshold_(threshold), worth_(worth) {}
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string label() const override { return model_->label(); }
  std::string describe() const override { return "acts above a threshold"; }
  std::size_t bytes() const override { return sizeof(*this) + model_->bytes(); }
  // The model's facts, then the threshold.
  std::vector<std::pair<std::string, double>> facts() const override;

  const Scorer& model() const { return *model_; }
  double threshold() const { return threshold_; }
  const metrics::UtilityMatrix& worth() const { return worth_; }

 private:
  ScorerPtr model_;
  double threshold_;
  metrics::UtilityMatrix worth_;
};

}  // namespace rehearse::calibration
