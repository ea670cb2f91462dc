// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/boosted_loss.hpp"

#include <algorithm>
#include <cmath>

#include "engine/metrics/probability.hpp"

namespace rehearse::models {
namespace {

double weighted_quantile(std::span<const float> labels, double quantile) {
  std::vector<float> sorted(labels.begin(), labels.end());
  const auto place =
      static_cast<std::ptrdiff_t>(quantile * static_cast<double>(sorted.size() - 1) + 0.5);
  std::nth_element(sorted.begin(), sorted.begin() + place, sorted.end());
  return static_cast<double>(sorted[static_cast<std::size_t>(place)]);
}

double poisson_deviance(double mean, double count) {
  const double fit = count > 0 ? count * std::log(count / mean) : 0;
  return 2 * (fit - (count - mean));
}

}  // namespace

Result<void> check_boosted_labels(std::span<const double> labels, BoostedLoss loss) {
  if (labels.empty()) return fail(Code::bad_data, "boosted trees: there is no row to learn from");
  const bool probabilities = loss == BoostedLoss::logistic, counts = loss == BoostedLoss::poisson;
  double low = labels[0], high = labels[0];
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const double label = labels[row];
    if (!std::isfinite(label) || std::abs(label) > 3e38)
      return fail(Code::bad_data, "row {}: the label is missing or infinite", row);
    if (probabilities && (label < 0 || label > 1))
      return fail(Code::bad_data, "row {}: the label is {:g}; logistic labels lie in [0, 1]", row,
                  label);
    if (counts && label < 0)
      return fail(Code::bad_data, "row {}: the label is {:g}; counts are 0 or more", row, label);
    low = std::min(low, label), high = std::max(high, label);
  }
  if (probabilities && (high == 0 || low == 1))
    return fail(Code::bad_data,
                "all labels are {:g}: with one class there is nothing to tell apart; add rows",
                low);
  if (counts && high == 0)
    return fail(Code::bad_data, "all counts are 0: a Poisson rate of 0 has no logarithm; add rows");
  return {};
}

double best_constant(std::span<const float> labels, std::span<const float> weights,
                     const BoostedOptions& options) {
  if (options.loss == BoostedLoss::quantile) return weighted_quantile(labels, options.quantile);
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double weight = weights.empty() ? 1 : static_cast<double>(weights[i]);
    sum += weight * static_cast<double>(labels[i]);
    total += weight;
  }
  const double mean = sum / total;
  return options.loss == BoostedLoss::logistic ? std::clamp(mean, 1e-6, 1 - 1e-6) : mean;
}

float margin_of(double prediction, BoostedLoss loss) {
  const auto narrow = static_cast<float>(prediction);
  if (loss == BoostedLoss::logistic) return -std::log(1.0F / narrow - 1.0F);
  if (loss == BoostedLoss::poisson) return std::log(narrow);
  return narrow;
}

double margin_shift(const BoostedOptions& options) {
  return options.loss == BoostedLoss::logistic
             ? std::log(options.keep_negatives / options.positive_weight)
             : 0;
}

double mean_loss(std::span<const float> margins, std::span<const float> labels,
                 const BoostedOptions& options) {
  const double shift = margin_shift(options), tau = options.quantile;
  double sum = 0;
  for (std::size_t i = 0; i < margins.size(); ++i) {
    const double m = static_cast<double>(margins[i]), y = static_cast<double>(labels[i]);
    switch (options.loss) {
      case BoostedLoss::logistic: sum += metrics::log_loss_of_logit(m + shift, y); break;
      case BoostedLoss::squared: sum += (m - y) * (m - y); break;
      case BoostedLoss::poisson: sum += poisson_deviance(std::exp(m), y); break;
      case BoostedLoss::quantile: sum += y >= m ? tau * (y - m) : (1 - tau) * (m - y); break;
    }
  }
  return sum / static_cast<double>(margins.size());
}

void quantile_gradient(std::span<const float> margins, std::span<const float> labels,
                       std::span<const float> weights, double quantile,
                       std::vector<float>& gradient) {
  for (std::size_t i = 0; i < margins.size(); ++i) {
    const float g = (labels[i] < margins[i] ? 1.F : 0.F) - static_cast<float>(quantile);
    gradient[i] = weights.empty() ? g : g * weights[i];
  }
}

}  // namespace rehearse::models
