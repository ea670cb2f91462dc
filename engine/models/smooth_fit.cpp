// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/smooth_fit.hpp"

#include <algorithm>
#include <limits>

namespace rehearse::models {
namespace {

double smooth_objective(const Sample& sample, const Loss& loss, double l2,
                        std::span<const double> w, std::span<double> gradient) {
  std::fill(gradient.begin(), gradient.end(), 0.0);
  double total = 0, weight_sum = 0;
  const EncodedRows& x = sample.x;
  for (std::size_t row = 0; row < x.rows; ++row) {
    const double weight = sample.weight_of(row), y = sample.y[row];
    const double eta = std::clamp(x.dot(row, w), -700.0, 700.0);
    const Loss::Both at = loss.both(y, eta);
    total += weight * at.value;
    weight_sum += weight;
    const double slope = weight * at.slope;
    for (std::size_t k = row * x.width; k < (row + 1) * x.width; ++k)
      gradient[x.index[k]] += slope * x.value[k];
  }
  total /= weight_sum;
  for (std::size_t j = 0; j < w.size(); ++j) {
    gradient[j] /= weight_sum;
    if (j == 0) continue;
    gradient[j] += l2 * w[j];
    total += l2 / 2 * w[j] * w[j];
  }
  return total;
}

}  // namespace

double mean_loss(const Sample& sample, std::span<const double> weights, const Loss& loss,
                 double offset) {
  double total = 0, weight_sum = 0;
  for (std::size_t row = 0; row < sample.x.rows; ++row) {
    const double eta = std::clamp(sample.x.dot(row, weights) + offset, -700.0, 700.0);
    total += sample.weight_of(row) * loss.value(sample.y[row], eta);
    weight_sum += sample.weight_of(row);
  }
  return total / weight_sum;
}

Result<SmoothResult> fit_smooth(const Sample& sample, std::size_t parameters, const Loss& loss,
                                const SmoothOptions& options, std::vector<double> start,
                                const Progress& progress) {
  start.resize(parameters);
  SmoothResult best;
  best.weights = start;
  best.validation_loss = std::numeric_limits<double>::infinity();
  const auto judge = [&](std::span<const double> w, int iteration) {
    if (!options.validation) return true;
    const double there = mean_loss(*options.validation, w, options.judge, options.judge_offset);
    if (there < best.validation_loss) {
      best.validation_loss = there;
      best.best_iteration = iteration;
      best.weights.assign(w.begin(), w.end());
    }
    return iteration - best.best_iteration < options.patience;
  };
  judge(start, 0);
  auto found = minimize(
      [&](std::span<const double> w, std::span<double> gradient) {
        return smooth_objective(sample, loss, options.l2, w, gradient);
      },
      std::move(start), options.search, progress, judge);
  if (!found) return fail(found.error());
  best.objective = found->value;
  best.iterations = found->iterations;
  best.converged = found->converged;
  best.stopped = found->stopped;
  if (!options.validation) {
    best.weights = std::move(found->x);
    best.best_iteration = found->iterations;
    best.validation_loss = 0;
  }
  return best;
}

}  // namespace rehearse::models
