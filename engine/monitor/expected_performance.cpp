// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/expected_performance.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/base/normal.hpp"
#include "engine/base/random.hpp"
#include "engine/metrics/distance.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::monitor {
namespace {

constexpr std::array<const char*, 5> kPerformances = {"log_loss", "brier", "accuracy", "roc_auc",
                                                      "base_rate"};
constexpr int kDraws = 200;

struct Part {
  double mean = 0, variance = 0;
};

// Of one row's contribution, whose value is `hit` with probability p and `miss` else.
Part two_valued(double p, double hit, double miss) {
  return {p * hit + (1 - p) * miss, p * (1 - p) * (hit - miss) * (hit - miss)};
}

Part of_row(double p, Performance what, double threshold) {
  const double q = std::clamp(p, metrics::kLogLossClip, 1 - metrics::kLogLossClip);
  switch (what) {
    case Performance::log_loss: return two_valued(p, -std::log(q), -std::log(1 - q));
    case Performance::brier: return two_valued(p, (1 - p) * (1 - p), p * p);
    case Performance::accuracy: return two_valued(p, p >= threshold, p < threshold);
    default: return two_valued(p, 1, 0);
  }
}

// The share of pairs in order, where row i weighs `positive[i]` as a positive and `negative[i]` as
// a negative, without the pairs of a row with itself. Rows ascending by score, ties by `group`.
double pairs_in_order(std::span<const double> positive, std::span<const double> negative,
                      std::span<const std::size_t> group_end) {
  double before = 0, ordered = 0, all_positive = 0, own = 0;
  for (std::size_t begin = 0; begin < positive.size();) {
    const std::size_t end = group_end[begin];
    double up = 0, down = 0, self = 0;
    for (std::size_t i = begin; i < end; ++i)
      up += positive[i], down += negative[i], self += positive[i] * negative[i];
    ordered += up * before + (up * down - self) / 2;
    before += down, all_positive += up, own += self;
    begin = end;
  }
  return ordered / (all_positive * before - own);
}

Result<ExpectedPerformance> expected_auc(std::span<const double> p, std::uint64_t seed,
                                         std::uint64_t replicate) {
  std::vector<double> sorted(p.begin(), p.end()), negative(p.size());
  std::sort(sorted.begin(), sorted.end());
  if (sorted.back() == 0 || sorted.front() == 1 || p.size() < 2)
    return fail(Code::bad_data,
                "the area under the ROC curve is undefined: no pair of these {} scores could hold "
                "a click and none",
                p.size());
  std::vector<std::size_t> group_end(p.size());
  for (std::size_t i = p.size(); i-- > 0;)
    group_end[i] = i + 1 < p.size() && sorted[i + 1] == sorted[i] ? group_end[i + 1] : i + 1;
  for (std::size_t i = 0; i < p.size(); ++i) negative[i] = 1 - sorted[i];
  ExpectedPerformance result;
  result.value = pairs_in_order(sorted, negative, group_end);
  std::vector<double> drawn, y(p.size());
  for (int turn = 0; turn < kDraws; ++turn) {
    Stream stream(seed, "monitor.expected_auc", replicate, static_cast<std::uint64_t>(turn));
    double clicks = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
      y[i] = stream.uniform() < sorted[i];
      clicks += y[i], negative[i] = 1 - y[i];
    }
    if (clicks == 0 || clicks == static_cast<double>(p.size())) continue;
    drawn.push_back(pairs_in_order(y, negative, group_end));
  }
  if (drawn.empty()) return result;
  std::sort(drawn.begin(), drawn.end());
  result.interval = {metrics::quantile_sorted(drawn, 0.025),
                     metrics::quantile_sorted(drawn, 0.975)};
  return result;
}

}  // namespace

const char* performance_name(Performance performance) {
  return kPerformances[static_cast<std::size_t>(performance)];
}

Result<Performance> parse_performance(std::string_view name) {
  for (std::size_t i = 0; i < kPerformances.size(); ++i)
    if (name == kPerformances[i]) return static_cast<Performance>(i);
  return fail(Code::invalid_argument, "`{}` cannot be expected without labels; there are {}", name,
              fmt::join(kPerformances, ", "));
}

Result<ExpectedPerformance> expected_performance(std::span<const double> p, Performance what,
                                                 double threshold, std::uint64_t seed,
                                                 std::uint64_t replicate) {
  if (p.empty()) return fail(Code::bad_data, "no scores: nothing can be expected of them");
  for (std::size_t row = 0; row < p.size(); ++row)
    if (!(p[row] >= 0 && p[row] <= 1))
      return fail(Code::bad_data, "row {}: the score {:g} is no probability", row + 1, p[row]);
  if (what == Performance::roc_auc) return expected_auc(p, seed, replicate);
  double sum = 0, variance = 0;
  for (const double one : p) {
    const Part part = of_row(one, what, threshold);
    sum += part.mean, variance += part.variance;
  }
  const double n = static_cast<double>(p.size()), width = kNormal975 * std::sqrt(variance) / n;
  return ExpectedPerformance{sum / n, {sum / n - width, sum / n + width}};
}

}  // namespace rehearse::monitor
