// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/interval.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/normal.hpp"
#include "engine/base/random.hpp"
#include "engine/metrics/order.hpp"

namespace rehearse::metrics {
namespace {

double two_sided_z(double level) {
  assert(level > 0 && level < 1);
  return normal_quantile(0.5 + level / 2);
}

// For each row its share of rows of the other class that it is in the right order with, ties half:
// the structural components of DeLong. Their mean over either class is the AUC.
struct Components {
  std::vector<double> of_positive, of_negative;  // in row order within the class
  double auc = 0;
};

Components components_of(const Scored& data) {
  const auto order = ascending_order(data.scores());
  std::vector<double> share(data.size());
  const double positives = data.positive_weight(), negatives = data.total_weight() - positives;
  double positives_below = 0, negatives_below = 0;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    double tied_positives = 0;
    for (; end < order.size() && data.scores()[order[end]] == data.scores()[order[begin]]; ++end)
      tied_positives += data.labels()[order[end]];
    const double tied_negatives = static_cast<double>(end - begin) - tied_positives;
    for (std::size_t i = begin; i < end; ++i)
      share[order[i]] =
          data.labels()[order[i]] == 1
              ? (negatives_below + tied_negatives / 2) / negatives
              : (positives - positives_below - tied_positives + tied_positives / 2) / positives;
    positives_below += tied_positives, negatives_below += tied_negatives;
    begin = end;
  }
  Components parts;
  for (std::size_t i = 0; i < data.size(); ++i)
    (data.labels()[i] == 1 ? parts.of_positive : parts.of_negative).push_back(share[i]);
  parts.auc = std::accumulate(parts.of_positive.begin(), parts.of_positive.end(), 0.0) / positives;
  return parts;
}

double covariance(std::span<const double> a, double mean_a, std::span<const double> b,
                  double mean_b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / static_cast<double>(a.size() - 1);
}

double delong_covariance(const Components& a, const Components& b) {
  return covariance(a.of_positive, a.auc, b.of_positive, b.auc) /
             static_cast<double>(a.of_positive.size()) +
         covariance(a.of_negative, a.auc, b.of_negative, b.auc) /
             static_cast<double>(a.of_negative.size());
}

Result<void> check_delong(const Scored& data) {
  if (!data.weights().empty())
    return fail(Code::invalid_argument,
                "DeLong's interval is for rows without weights; use the bootstrap");
  const double positives = data.positive_weight(), negatives = data.total_weight() - positives;
  if (positives < 2 || negatives < 2)
    return fail(Code::bad_data,
                "{:g} positive and {:g} negative labels: an interval of AUC needs two of each",
                positives, negatives);
  return {};
}

}  // namespace

Interval wilson_interval(double successes, double trials, double level) {
  assert(trials > 0);
  const double z = two_sided_z(level), z2 = z * z, p = successes / trials;
  const double centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
  const double half =
      z / (1 + z2 / trials) * std::sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials));
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Estimate mean_estimate(std::span<const double> values, double level) {
  assert(!values.empty());
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2)
    return {mean,
            std::numeric_limits<double>::quiet_NaN(),
            {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()}};
  const double error = std::sqrt(covariance(values, mean, values, mean) / n);
  const double half = two_sided_z(level) * error;
  return {mean, error, {mean - half, mean + half}};
}

Result<Estimate> auc_estimate(const Scored& data, double level) {
  if (auto valid = check_delong(data); !valid) return fail(valid.error());
  const Components parts = components_of(data);
  const double error = std::sqrt(delong_covariance(parts, parts)),
               half = two_sided_z(level) * error;
  return Estimate{
      parts.auc, error, {std::max(0.0, parts.auc - half), std::min(1.0, parts.auc + half)}};
}

Result<AucDifference> auc_difference(const Scored& first, const Scored& second, double level) {
  for (const Scored* data : {&first, &second})
    if (auto valid = check_delong(*data); !valid) return fail(valid.error());
  if (first.size() != second.size())
    return fail(Code::invalid_argument, "two models are compared on the same rows: {} and {}",
                first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i)
    if (first.labels()[i] != second.labels()[i])
      return fail(Code::bad_data, "row {}: the two models were given different labels", i + 1);
  const Components a = components_of(first), b = components_of(second);
  const double variance = std::max(
      0.0, delong_covariance(a, a) + delong_covariance(b, b) - 2 * delong_covariance(a, b));
  AucDifference result;
  const double error = std::sqrt(variance), d = a.auc - b.auc, half = two_sided_z(level) * error;
  result.difference = {d, error, {d - half, d + half}};
  if (error > 0)
    result.p = normal_two_sided(d / error);
  else if (d != 0)
    result.p = 0;
  return result;
}

}  // namespace rehearse::metrics
