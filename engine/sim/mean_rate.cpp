// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/mean_rate.hpp"

#include <cassert>
#include <numeric>

#include "engine/metrics/probability.hpp"

namespace rehearse::sim {

double intercept_of_mean(std::span<const double> log_odds, std::span<const double> weights,
                         double mean) {
  assert(!log_odds.empty() && log_odds.size() == weights.size() && mean > 0 && mean < 1);
  const double wanted = mean * std::accumulate(weights.begin(), weights.end(), 0.0);
  double low = -40, high = 40;
  for (int turn = 0; turn < 60; ++turn) {
    const double middle = (low + high) / 2;
    double sum = 0;
    for (std::size_t i = 0; i < log_odds.size(); ++i)
      sum += weights[i] * metrics::sigmoid(middle + log_odds[i]);
    (sum < wanted ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace rehearse::sim
