// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/map.hpp"

#include "engine/metrics/probability.hpp"

namespace rehearse::calibration {
namespace {

class PriorMap : public CalibrationMap {
 public:
  explicit PriorMap(double keep_rate) : keep_rate_(keep_rate) {}
  double operator()(double score) const override {
    return metrics::undo_downsampling(score, keep_rate_);
  }
  std::string name() const override { return "prior"; }
  std::vector<std::pair<std::string, double>> parameters() const override {
    return {{"keep_rate", keep_rate_}};
  }

 private:
  double keep_rate_;
};

class IdentityMap : public CalibrationMap {
 public:
  double operator()(double score) const override { return score; }
  std::string name() const override { return "none"; }
  std::vector<std::pair<std::string, double>> parameters() const override { return {}; }
};

}  // namespace

Result<std::vector<double>> CalibratedScorer::score(const Frame& rows) const {
  auto scores = model_->score(rows);
  if (scores)
    for (double& score : *scores) score = (*map_)(score);
  return scores;
}

std::vector<std::pair<std::string, double>> CalibratedScorer::facts() const {
  auto facts = model_->facts();
  for (auto& parameter : map_->parameters()) facts.push_back(std::move(parameter));
  return facts;
}

Result<MapPtr> prior_map(double keep_rate) {
  if (!(keep_rate > 0 && keep_rate <= 1))
    return fail(Code::invalid_argument,
                "the rate at which negatives were kept is {}; it lies in (0, 1]", keep_rate);
  return std::make_shared<PriorMap>(keep_rate);
}

MapPtr identity_map() { return std::make_shared<IdentityMap>(); }

}  // namespace rehearse::calibration
