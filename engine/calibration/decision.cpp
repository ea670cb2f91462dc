// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/decision.hpp"

namespace rehearse::calibration {

Result<std::vector<double>> Decision::score(const Frame& rows) const {
  auto scores = model_->score(rows);
  if (scores)
    for (double& score : *scores) score = score >= threshold_ ? 1 : 0;
  return scores;
}

std::vector<std::pair<std::string, double>> Decision::facts() const {
  auto facts = model_->facts();
  facts.emplace_back("threshold", threshold_);
  return facts;
}

}  // namespace rehearse::calibration
