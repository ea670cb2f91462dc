// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/srm.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {

Result<SampleRatio> sample_ratio(std::span<const double> counts, std::span<const double> weights) {
  if (counts.size() < 2)
    return fail(Code::bad_data, "there is one arm; a ratio of sizes needs at least two");
  const std::vector<double> equal(counts.size(), 1);
  if (weights.empty()) weights = equal;
  if (weights.size() != counts.size())
    return fail(Code::invalid_argument, "{} weights were given for {} arms", weights.size(),
                counts.size());
  double units = 0, total = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!std::isfinite(counts[i]) || counts[i] < 0 || !std::isfinite(weights[i]) || weights[i] < 0)
      return fail(Code::invalid_argument,
                  "arm {}: count {} and weight {} must be finite and not negative", i + 1,
                  counts[i], weights[i]);
    units += counts[i], total += weights[i];
  }
  if (!(units > 0)) return fail(Code::bad_data, "no unit is in any arm");
  if (!(total > 0) || !std::isfinite(total))
    return fail(Code::invalid_argument, "the planned weights sum to {}; one must be above 0",
                total);
  SampleRatio ratio;
  ratio.degrees = -1;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = units * weights[i] / total;
    if (expected > 0) {
      ratio.statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
      ++ratio.degrees;
    } else if (counts[i] > 0) {
      return fail(Code::bad_data, "arm {} has {} units and a planned weight of 0", i + 1,
                  counts[i]);
    }
  }
  ratio.p = ratio.degrees > 0 ? chi_square_tail(ratio.statistic, ratio.degrees) : 1;
  return ratio;
}

}  // namespace rehearse::experiment
