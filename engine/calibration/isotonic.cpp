// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/isotonic.hpp"

#include <algorithm>

#include "engine/calibration/validate.hpp"
#include "engine/metrics/order.hpp"

namespace rehearse::calibration {
namespace {

Block merged(const Block& a, const Block& b) {
  const double weight = a.weight + b.weight;
  return {a.least_score, (a.mean_score * a.weight + b.mean_score * b.weight) / weight,
          (a.value * a.weight + b.value * b.weight) / weight, weight};
}

std::vector<Block> pool_adjacent_violators(const std::vector<Block>& points) {
  std::vector<Block> blocks;
  for (const Block& point : points) {
    blocks.push_back(point);
    // A block that lies below its predecessor is averaged into it, as often as that happens.
    while (blocks.size() > 1 && blocks[blocks.size() - 2].value >= blocks.back().value) {
      const Block last = blocks.back();
      blocks.pop_back();
      blocks.back() = merged(blocks.back(), last);
    }
  }
  return blocks;
}

}  // namespace

double IsotonicMap::operator()(double score) const {
  const auto above =
      std::upper_bound(blocks_.begin(), blocks_.end(), score, [this](double s, const Block& b) {
        return s < (interpolation_ == Interpolation::step ? b.least_score : b.mean_score);
      });
  if (above == blocks_.begin()) return blocks_.front().value;
  const Block& below = *(above - 1);
  if (interpolation_ == Interpolation::step || above == blocks_.end()) return below.value;
  const double f = (score - below.mean_score) / (above->mean_score - below.mean_score);
  return below.value + f * (above->value - below.value);
}

std::vector<std::pair<std::string, double>> IsotonicMap::arithmetic(double score) const {
  const bool step = interpolation_ == Interpolation::step;
  const auto above = std::upper_bound(
      blocks_.begin(), blocks_.end(), score,
      [step](double s, const Block& b) { return s < (step ? b.least_score : b.mean_score); });
  const Block& below = above == blocks_.begin() ? blocks_.front() : *(above - 1);
  std::vector<std::pair<std::string, double>> all = {
      {"score s", score},
      {step ? "least score of its block" : "mean score of the block below",
       step ? below.least_score : below.mean_score},
      {"rows of the block", below.weight},
      {"mean label of the block", below.value}};
  if (!step && above != blocks_.begin() && above != blocks_.end()) {
    all.emplace_back("mean score of the block above", above->mean_score);
    all.emplace_back("mean label of the block above", above->value);
  }
  all.emplace_back("probability p", (*this)(score));
  return all;
}

Result<std::shared_ptr<const IsotonicMap>> fit_isotonic(std::span<const double> scores,
                                                        std::span<const double> labels,
                                                        std::span<const double> weights,
                                                        Interpolation interpolation) {
  if (auto valid = validate_fit(scores, labels, weights); !valid) return fail(valid.error());
  std::vector<Block> points;
  double positive = 0;
  const auto close = [&points, &positive] {
    if (!points.empty()) points.back().value = positive / points.back().weight;
    positive = 0;
  };
  for (const std::uint32_t row : metrics::ascending_order(scores)) {
    const double w = weights.empty() ? 1 : weights[row];
    if (w == 0) continue;
    if (points.empty() || points.back().least_score != scores[row]) {
      close();
      points.push_back({scores[row], scores[row], 0, 0});
    }
    points.back().weight += w;
    positive += w * labels[row];
  }
  close();
  if (points.empty()) return fail(Code::bad_data, "all weights are 0, so there is nothing to fit");
  return std::make_shared<const IsotonicMap>(pool_adjacent_violators(points), interpolation);
}

}  // namespace rehearse::calibration
