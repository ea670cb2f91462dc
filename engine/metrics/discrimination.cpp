// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/discrimination.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace rehearse::metrics {
namespace {

bool one_class(const Scored& data) {
  return data.positive_weight() <= 0 || data.positive_weight() >= data.total_weight();
}

constexpr const char* kOneClass = "all labels are alike, so there is no order to judge";
constexpr const char* kNoPositives = "there are no positive labels";

}  // namespace

Measure roc_auc(const OrderedScores& ordered) {
  if (one_class(ordered.data())) return undefined(kOneClass);
  double below = 0, positives_above = 0, negatives = 0;
  for (const Tie& tie : ordered.descending_ties()) {
    // Each negative of this tie lies below all positives seen, and half of those tied with it.
    below += tie.negative * (positives_above + tie.positive / 2);
    positives_above += tie.positive;
    negatives += tie.negative;
  }
  return {below / (positives_above * negatives), ""};
}

Measure average_precision(const OrderedScores& ordered) {
  if (ordered.data().positive_weight() <= 0) return undefined(kNoPositives);
  double sum = 0, positive = 0, selected = 0;
  for (const Tie& tie : ordered.descending_ties()) {
    positive += tie.positive;
    selected += tie.positive + tie.negative;
    if (tie.positive > 0) sum += tie.positive * positive / selected;
  }
  return {sum / positive, ""};
}

Measure kolmogorov_smirnov(const OrderedScores& ordered) {
  const Scored& data = ordered.data();
  if (one_class(data)) return undefined(kOneClass);
  const double positives = data.positive_weight(), negatives = data.total_weight() - positives;
  double greatest = 0, positive = 0, negative = 0;
  for (const Tie& tie : ordered.descending_ties()) {
    positive += tie.positive;
    negative += tie.negative;
    greatest = std::max(greatest, std::abs(positive / positives - negative / negatives));
  }
  return {greatest, ""};
}

Measure gain(const OrderedScores& ordered, double share) {
  assert(share > 0 && share <= 1);
  if (ordered.data().positive_weight() <= 0) return undefined(kNoPositives);
  double left = share * ordered.data().total_weight(), positive = 0;
  for (const Tie& tie : ordered.descending_ties()) {
    const double weight = tie.positive + tie.negative;
    if (weight >= left) {
      if (weight > 0) positive += tie.positive * left / weight;
      break;
    }
    positive += tie.positive;
    left -= weight;
  }
  return {positive / ordered.data().positive_weight(), ""};
}

Measure lift(const OrderedScores& ordered, double share) {
  Measure gained = gain(ordered, share);
  if (gained.defined()) gained.value /= share;
  return gained;
}

std::vector<OperatingPoint> operating_points(const OrderedScores& ordered) {
  const Scored& data = ordered.data();
  const double positives = data.positive_weight(), negatives = data.total_weight() - positives;
  std::vector<OperatingPoint> points{{std::numeric_limits<double>::infinity(), 0, 0, 1}};
  points.reserve(ordered.descending_ties().size() + 1);
  double positive = 0, negative = 0;
  for (const Tie& tie : ordered.descending_ties()) {
    positive += tie.positive;
    negative += tie.negative;
    const double selected = positive + negative;
    points.push_back({tie.score, positives > 0 ? positive / positives : 0,
                      negatives > 0 ? negative / negatives : 0,
                      selected > 0 ? positive / selected : 1});
  }
  return points;
}

Measure roc_auc(const Scored& data) { return roc_auc(OrderedScores(data)); }
Measure average_precision(const Scored& data) { return average_precision(OrderedScores(data)); }
Measure kolmogorov_smirnov(const Scored& data) { return kolmogorov_smirnov(OrderedScores(data)); }
std::vector<OperatingPoint> operating_points(const Scored& data) {
  return operating_points(OrderedScores(data));
}

}  // namespace rehearse::metrics
