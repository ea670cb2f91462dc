// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/discrimination.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace rehearse::metrics {
namespace {

// Weights of positives and negatives that share one score, highest score first.
struct Tie {
  double score = 0, positive = 0, negative = 0;
};

std::vector<Tie> ties_descending(const Scored& data) {
  std::vector<std::uint32_t> order(data.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto scores = data.scores();
  std::sort(order.begin(), order.end(),
            [scores](std::uint32_t a, std::uint32_t b) { return scores[a] > scores[b]; });
  std::vector<Tie> ties;
  for (const std::uint32_t row : order) {
    if (ties.empty() || ties.back().score != scores[row]) ties.push_back({scores[row], 0, 0});
    (data.labels()[row] == 1 ? ties.back().positive : ties.back().negative) += data.weight(row);
  }
  return ties;
}

bool one_class(const Scored& data) {
  return data.positive_weight() <= 0 || data.positive_weight() >= data.total_weight();
}

constexpr const char* kOneClass = "all labels are alike, so there is no order to judge";

}  // namespace

Measure roc_auc(const Scored& data) {
  if (one_class(data)) return undefined(kOneClass);
  double below = 0, positives_above = 0, negatives = 0;
  for (const Tie& tie : ties_descending(data)) {
    // Each negative of this tie lies below all positives seen, and half of those tied with it.
    below += tie.negative * (positives_above + tie.positive / 2);
    positives_above += tie.positive;
    negatives += tie.negative;
  }
  return {below / (positives_above * negatives), ""};
}

Measure average_precision(const Scored& data) {
  if (data.positive_weight() <= 0) return undefined("there are no positive labels");
  double sum = 0, positive = 0, selected = 0;
  for (const Tie& tie : ties_descending(data)) {
    positive += tie.positive;
    selected += tie.positive + tie.negative;
    if (tie.positive > 0) sum += tie.positive * positive / selected;
  }
  return {sum / positive, ""};
}

Measure kolmogorov_smirnov(const Scored& data) {
  if (one_class(data)) return undefined(kOneClass);
  double greatest = 0;
  for (const OperatingPoint& point : operating_points(data))
    greatest = std::max(greatest, std::abs(point.true_positive_rate - point.false_positive_rate));
  return {greatest, ""};
}

std::vector<OperatingPoint> operating_points(const Scored& data) {
  const double positives = data.positive_weight(), negatives = data.total_weight() - positives;
  std::vector<OperatingPoint> points{{std::numeric_limits<double>::infinity(), 0, 0, 1}};
  double positive = 0, negative = 0;
  for (const Tie& tie : ties_descending(data)) {
    positive += tie.positive;
    negative += tie.negative;
    const double selected = positive + negative;
    points.push_back({tie.score, positives > 0 ? positive / positives : 0,
                      negatives > 0 ? negative / negatives : 0,
                      selected > 0 ? positive / selected : 1});
  }
  return points;
}

}  // namespace rehearse::metrics
