// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/utility.hpp"

#include <cassert>
#include <cmath>
#include <limits>

#include "engine/metrics/threshold.hpp"

namespace rehearse::metrics {

Result<double> utility_threshold(const UtilityMatrix& worth) {
  for (const double value :
       {worth.true_positive, worth.false_positive, worth.false_negative, worth.true_negative})
    if (!std::isfinite(value))
      return fail(Code::invalid_argument, "the worth of an outcome is {}; it is a finite number",
                  value);
  const double cost = worth.true_negative - worth.false_positive,
               gain = worth.true_positive - worth.false_negative;
  if (!(gain > 0))
    return fail(Code::invalid_argument,
                "acting on a positive is worth {} and leaving it {}: where acting earns nothing, "
                "never act; no threshold is needed",
                worth.true_positive, worth.false_negative);
  if (!(cost > 0))
    return fail(Code::invalid_argument,
                "acting on a negative is worth {} and leaving it {}: where acting costs nothing, "
                "always act; no threshold is needed",
                worth.false_positive, worth.true_negative);
  return cost / (cost + gain);
}

double mean_utility(const Scored& data, double threshold, const UtilityMatrix& worth) {
  const Confusion c = confusion_at(data, threshold);
  return (c.true_positive * worth.true_positive + c.false_positive * worth.false_positive +
          c.false_negative * worth.false_negative + c.true_negative * worth.true_negative) /
         c.total();
}

double expected_utility(std::span<const double> scores, std::span<const double> truth,
                        double threshold, const UtilityMatrix& worth,
                        std::span<const double> weights) {
  assert(scores.size() == truth.size() && (weights.empty() || weights.size() == truth.size()));
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const double w = weights.empty() ? 1 : weights[i], p = truth[i];
    sum += w * (scores[i] >= threshold ? p * worth.true_positive + (1 - p) * worth.false_positive
                                       : p * worth.false_negative + (1 - p) * worth.true_negative);
    total += w;
  }
  return sum / total;
}

Result<double> best_utility(std::span<const double> truth, const UtilityMatrix& worth,
                            std::span<const double> weights) {
  const auto threshold = utility_threshold(worth);
  if (!threshold) return fail(threshold.error());
  return expected_utility(truth, truth, *threshold, worth, weights);
}

std::vector<UtilityPoint> utility_curve(const OrderedScores& ordered, const UtilityMatrix& worth) {
  const Scored& data = ordered.data();
  const double total = data.total_weight();
  double sum = data.positive_weight() * worth.false_negative +
               (total - data.positive_weight()) * worth.true_negative,
         selected = 0;
  std::vector<UtilityPoint> points{{std::numeric_limits<double>::infinity(), 0, sum / total}};
  points.reserve(ordered.descending_ties().size() + 1);
  for (const Tie& tie : ordered.descending_ties()) {
    sum += tie.positive * (worth.true_positive - worth.false_negative) +
           tie.negative * (worth.false_positive - worth.true_negative);
    selected += tie.positive + tie.negative;
    points.push_back({tie.score, selected / total, sum / total});
  }
  return points;
}

UtilityPoint best_empirical_point(const OrderedScores& data, const UtilityMatrix& worth) {
  const auto points = utility_curve(data, worth);
  UtilityPoint best = points.front();
  for (const UtilityPoint& point : points)
    if (point.utility > best.utility) best = point;
  return best;
}

}  // namespace rehearse::metrics
