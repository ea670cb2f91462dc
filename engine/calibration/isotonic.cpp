// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/isotonic.hpp"

#include <algorithm>
#include <numeric>

#include "engine/calibration/validate.hpp"

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

Result<std::shared_ptr<const IsotonicMap>> fit_isotonic(std::span<const double> scores,
                                                        std::span<const double> labels,
                                                        std::span<const double> weights,
                                                        Interpolation interpolation) {
  if (auto valid = validate_fit(scores, labels, weights); !valid) return fail(valid.error());
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [scores](std::uint32_t a, std::uint32_t b) { return scores[a] < scores[b]; });
  std::vector<Block> points;
  for (const std::uint32_t row : order) {
    const double w = weights.empty() ? 1 : weights[row];
    if (w == 0) continue;
    const Block point{scores[row], scores[row], labels[row], w};
    if (!points.empty() && points.back().least_score == scores[row])
      points.back() = {scores[row], scores[row], merged(points.back(), point).value,
                       points.back().weight + w};
    else
      points.push_back(point);
  }
  if (points.empty()) return fail(Code::bad_data, "all weights are 0, so there is nothing to fit");
  return std::make_shared<const IsotonicMap>(pool_adjacent_violators(points), interpolation);
}

}  // namespace rehearse::calibration
