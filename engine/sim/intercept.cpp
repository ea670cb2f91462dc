// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/intercept.hpp"

#include <algorithm>
#include <boost/math/tools/roots.hpp>
#include <cmath>

namespace rehearse::sim {
namespace {

constexpr int kSolveDays = 7;
constexpr std::size_t kFewRows = 4000, kMostRows = 60000;

// The rows of the first week, or of the days before a drift that begins sooner.
std::size_t solve_rows(const Columns& columns, const SiteOptions& o) {
  const bool clicks_move =
      o.drift.kind == DriftKind::audience || o.drift.kind == DriftKind::concept_shift;
  const int days = clicks_move ? std::max(1, std::min({o.days, kSolveDays, o.drift.day}))
                               : std::min(o.days, kSolveDays);
  const auto end = std::upper_bound(columns.day.begin(), columns.day.end(), days - 1);
  return static_cast<std::size_t>(end - columns.day.begin());
}

// The mean click probability and its derivative, on at most about `most` rows.
std::pair<double, double> mean_probability(const Columns& columns,
                                           const std::vector<double>& examination, double intercept,
                                           std::size_t rows, std::size_t most) {
  double sum = 0, slope = 0;
  const std::size_t step = std::max<std::size_t>(1, rows / most);
  std::size_t count = 0;
  for (std::size_t row = 0; row < rows; row += step, ++count) {
    const double examined = examination[columns.position[row] - 1U];
    const double attraction = 1 / (1 + std::exp(-(intercept + columns.probability[row])));
    sum += examined * attraction, slope += examined * attraction * (1 - attraction);
  }
  const auto n = static_cast<double>(count);
  return {sum / n, slope / n};
}

}  // namespace

double solve_intercept(const Columns& columns, const SiteOptions& o,
                       const std::vector<double>& examination) {
  const std::size_t rows = solve_rows(columns, o);
  double intercept = std::log(o.base_ctr);
  if (rows == 0) return intercept;
  for (const std::size_t most : {kFewRows, kMostRows}) {
    std::uintmax_t steps = 60;
    intercept = boost::math::tools::newton_raphson_iterate(
        [&](double at) {
          const auto [mean, slope] = mean_probability(columns, examination, at, rows, most);
          return std::pair(mean - o.base_ctr, slope);
        },
        intercept, -20.0, 20.0, 30, steps);
  }
  return intercept;
}

}  // namespace rehearse::sim
