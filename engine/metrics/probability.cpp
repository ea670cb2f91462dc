// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/probability.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace rehearse::metrics {
namespace {

double clipped(double p) { return std::clamp(p, kLogLossClip, 1 - kLogLossClip); }

double loss_of(double p, double y) {
  const double q = clipped(p);
  return -(y * std::log(q) + (1 - y) * std::log1p(-q));
}

}  // namespace

double log_loss(const Scored& data) {
  double sum = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const double p = clipped(data.scores()[i]);
    sum -= data.weight(i) * (data.labels()[i] == 1 ? std::log(p) : std::log1p(-p));
  }
  return sum / data.total_weight();
}

double brier(const Scored& data) {
  double sum = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const double d = data.scores()[i] - data.labels()[i];
    sum += data.weight(i) * d * d;
  }
  return sum / data.total_weight();
}

double mean_score(const Scored& data) {
  double sum = 0;
  for (std::size_t i = 0; i < data.size(); ++i) sum += data.weight(i) * data.scores()[i];
  return sum / data.total_weight();
}

Measure normalized_entropy(const Scored& data) {
  const double entropy = bernoulli_entropy(data.base_rate());
  if (entropy <= 0) return undefined("all labels are alike, so the base rate has no entropy");
  return {log_loss(data) / entropy, ""};
}

Measure calibration_ratio(const Scored& data) {
  if (data.positive_weight() <= 0) return undefined("there are no positive labels to divide by");
  return {mean_score(data) * data.total_weight() / data.positive_weight(), ""};
}

double bernoulli_entropy(double p) {
  if (p <= 0 || p >= 1) return 0;
  return -p * std::log(p) - (1 - p) * std::log1p(-p);
}

double best_log_loss(std::span<const double> truth, std::span<const double> weights) {
  return expected_log_loss(truth, truth, weights);
}

double expected_log_loss(std::span<const double> scores, std::span<const double> truth,
                         std::span<const double> weights) {
  assert(scores.size() == truth.size() && (weights.empty() || weights.size() == truth.size()));
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const double w = weights.empty() ? 1 : weights[i];
    sum += w * loss_of(scores[i], truth[i]);
    total += w;
  }
  return sum / total;
}

double undo_downsampling(double p, double keep_rate) { return p / (p + (1 - p) / keep_rate); }

double logit(double p) { return std::log(p) - std::log1p(-p); }

double sigmoid(double z) {
  if (z >= 0) return 1 / (1 + std::exp(-z));
  const double e = std::exp(z);
  return e / (1 + e);
}

}  // namespace rehearse::metrics
