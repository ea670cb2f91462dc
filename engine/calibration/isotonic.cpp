// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/isotonic.hpp"

#include <algorithm>

#include "engine/calibration/validate.hpp"
#include "engine/metrics/order.hpp"

namespace rehearse::calibration {
namespace {

// Sums in place of means: merging needs no division, and sums of labels are exact.
struct Pool {
  double least_score = 0, scores = 0, positives = 0, weight = 0;
};

// In place: pools [0, last] are in order at any time, the next one is merged into them.
void pool_adjacent_violators(std::vector<Pool>& pools) {
  std::size_t last = 0;
  for (std::size_t next = 1; next < pools.size(); ++next) {
    pools[++last] = pools[next];
    // A pool that lies below its predecessor is merged into it, as often as that happens.
    while (last > 0 && pools[last - 1].positives * pools[last].weight >=
                           pools[last].positives * pools[last - 1].weight) {
      Pool& before = pools[last - 1];
      before.scores += pools[last].scores;
      before.positives += pools[last].positives;
      before.weight += pools[last].weight;
      --last;
    }
  }
  pools.resize(last + 1);
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
  std::vector<Pool> pools;
  pools.reserve(scores.size());
  for (const std::uint32_t row : metrics::ascending_order(scores)) {
    const double w = weights.empty() ? 1 : weights[row];
    if (w == 0) continue;
    if (pools.empty() || pools.back().least_score != scores[row])
      pools.push_back({scores[row], 0, 0, 0});
    Pool& pool = pools.back();
    pool.scores += w * scores[row];
    pool.positives += w * labels[row];
    pool.weight += w;
  }
  if (pools.empty()) return fail(Code::bad_data, "all weights are 0, so there is nothing to fit");
  pool_adjacent_violators(pools);
  std::vector<Block> blocks;
  blocks.reserve(pools.size());
  for (const Pool& pool : pools)
    blocks.push_back(
        {pool.least_score, pool.scores / pool.weight, pool.positives / pool.weight, pool.weight});
  return std::make_shared<const IsotonicMap>(std::move(blocks), interpolation);
}

}  // namespace rehearse::calibration
