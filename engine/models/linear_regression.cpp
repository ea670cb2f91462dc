// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/linear_regression.hpp"

#include <algorithm>
#include <cmath>

#include "engine/models/gram.hpp"
#include "engine/models/interior_point.hpp"
#include "engine/models/labels.hpp"
#include "engine/models/option_checks.hpp"

namespace rehearse::models {
namespace {

constexpr double kNormalMad = 0.6744897501960817;  // median |z| of a standard normal

// The rows of one regression, read once.
struct ValueRows {
  Encoding encoding;
  EncodedRows x;
  std::vector<double> y;
  double count() const { return static_cast<double>(y.size()); }
  double parameters() const { return static_cast<double>(encoding.parameters()); }
};

Result<ValueRows> value_rows(const Frame& rows, const std::string& label,
                             const EncodingOptions& options, const char* who) {
  auto column = label_column(rows, label);
  if (!column) return fail(column.error());
  auto y = value_labels(**column);
  if (!y) return fail(y.error());
  if (y->empty()) return fail(Code::bad_data, "{}: there are no rows to learn from", who);
  auto encoding = Encoding::fit(rows, (*column)->name(), options);
  if (!encoding) return fail(encoding.error());
  if (auto few = require_few_parameters(*encoding, who); !few) return fail(few.error());
  auto x = encoding->encode(rows);
  if (!x) return fail(x.error());
  return ValueRows{std::move(*encoding), std::move(*x), std::move(*y)};
}

std::vector<double> residuals(const ValueRows& rows, const std::vector<double>& weights) {
  std::vector<double> r(rows.y.size());
  for (std::size_t i = 0; i < r.size(); ++i) r[i] = rows.y[i] - rows.x.dot(i, weights);
  return r;
}

double robust_scale(const std::vector<double>& residual) {
  std::vector<double> size;
  for (double r : residual) size.push_back(std::abs(r));
  const auto middle = size.begin() + static_cast<std::ptrdiff_t>(size.size() / 2);
  std::nth_element(size.begin(), middle, size.end());
  double median = *middle;
  if (size.size() % 2 == 0) median = (median + *std::max_element(size.begin(), middle)) / 2;
  return median / kNormalMad;
}

std::string named(const std::string& given, std::string usual) {
  return given.empty() ? std::move(usual) : given;
}

}  // namespace

Result<LinearModelPtr> train_linear(const Frame& rows, const LinearOptions& options) {
  if (auto fine =
          check_options("linear regression",
                        {{"l2", options.l2, options.l2 >= 0 && options.l2 <= 1e6, "[0, 1e6]"}});
      !fine)
    return fail(fine.error());
  auto data = value_rows(rows, options.label, options.encoding, "linear regression");
  if (!data) return fail(data.error());
  const std::vector<double> label = data->y;
  auto transform = fit_transform(options.transform, label);
  if (!transform) return fail(transform.error());
  for (double& y : data->y) y = transform->forward(y);
  auto weights = weighted_least_squares(data->x, data->encoding.parameters(), data->y, {},
                                        options.l2 * data->count());
  std::vector<double> residual = residuals(*data, weights);
  double square = 0;
  for (double r : residual) square += r * r;
  std::optional<Back> back;
  if (options.transform != TransformKind::none)
    back = Back(*transform, options.smearing ? residual : std::vector<double>{});
  double miss = 0;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const double u = data->y[i] - residual[i], predicted = back ? (*back)(u) : u;
    miss += (label[i] - predicted) * (label[i] - predicted);
  }
  Facts facts = {
      {"rows_trained", data->count()},
      {"parameters", data->parameters()},
      {"residual_sd", std::sqrt(square / std::max(1.0, data->count() - data->parameters()))},
      {"train_rmse", std::sqrt(miss / data->count())}};
  if (options.transform == TransformKind::box_cox) {
    facts.emplace_back("box_cox_lambda", transform->lambda);
    facts.emplace_back("box_cox_shift", transform->shift);
  }
  return std::make_shared<LinearModel>(LinearFit{.name = named(options.name, "linear regression"),
                                                 .label = options.label,
                                                 .encoding = std::move(data->encoding),
                                                 .weights = std::move(weights),
                                                 .loss = {LossKind::squared},
                                                 .back = std::move(back),
                                                 .facts = std::move(facts)});
}

Result<Training<LinearModel>> train_huber(const Frame& rows, const HuberOptions& options,
                                          const Progress& progress) {
  if (auto fine = check_options(
          "Huber regression",
          {{"delta", options.delta, options.delta >= 0.01 && options.delta <= 100, "[0.01, 100]"},
           {"l2", options.l2, options.l2 >= 0 && options.l2 <= 1e6, "[0, 1e6]"},
           {"iterations", double(options.iterations),
            options.iterations >= 1 && options.iterations <= 10000, "[1, 10000]"}});
      !fine)
    return fail(fine.error());
  auto data = value_rows(rows, options.label, options.encoding, "Huber regression");
  if (!data) return fail(data.error());
  const std::size_t p = data->encoding.parameters();
  const double lambda = options.l2 * data->count();
  auto weights = weighted_least_squares(data->x, p, data->y, {}, lambda);
  double largest = 0, scale = 0, outliers = 0;
  for (double y : data->y) largest = std::max(largest, std::abs(y));
  int iteration = 0;
  bool converged = false, stopped = false;
  while (iteration < options.iterations && !converged && !stopped) {
    const std::vector<double> residual = residuals(*data, weights);
    scale = std::max(robust_scale(residual), 1e-12 * largest);
    if (scale == 0) break;  // every label is 0
    std::vector<double> c(residual.size());
    outliers = 0;
    for (std::size_t i = 0; i < c.size(); ++i) {
      const bool beyond = std::abs(residual[i]) > options.delta * scale;
      c[i] = beyond ? options.delta * scale / std::abs(residual[i]) : 1;
      outliers += beyond;
    }
    const auto next = weighted_least_squares(data->x, p, data->y, c, lambda);
    double moved = 0;
    for (std::size_t j = 0; j < p; ++j) moved = std::max(moved, std::abs(next[j] - weights[j]));
    weights = next;
    ++iteration;
    converged = moved <= 1e-9 * scale;
    stopped = !progress.report(static_cast<double>(iteration) / options.iterations);
  }
  Facts facts = {{"rows_trained", data->count()},
                 {"parameters", data->parameters()},
                 {"iterations", iteration},
                 {"converged", converged},
                 {"scale", scale},
                 {"outliers", outliers}};
  return Training<LinearModel>{
      std::make_shared<LinearModel>(LinearFit{.name = named(options.name, "Huber regression"),
                                              .label = options.label,
                                              .encoding = std::move(data->encoding),
                                              .weights = std::move(weights),
                                              .loss = {LossKind::huber, options.delta * scale},
                                              .facts = std::move(facts)}),
      stopped};
}

Result<Training<LinearModel>> train_quantile(const Frame& rows, const QuantileOptions& options,
                                             const Progress& progress) {
  const double level = options.level;
  if (auto fine =
          check_options("quantile regression",
                        {{"level", level, level >= 0.001 && level <= 0.999, "[0.001, 0.999]"}});
      !fine)
    return fail(fine.error());
  auto data = value_rows(rows, options.label, options.encoding, "quantile regression");
  if (!data) return fail(data.error());
  double mean = 0, deviation = 0;
  for (double y : data->y) mean += y / data->count();
  for (double y : data->y) deviation += (y - mean) * (y - mean) / data->count();
  deviation = std::sqrt(deviation);
  QuantileSolution solution{std::vector<double>(data->encoding.parameters()), 0, true, false};
  if (deviation > 1e-12 * std::abs(mean)) {
    std::vector<double> scaled = data->y;
    for (double& y : scaled) y = (y - mean) / deviation;
    solution = solve_quantile(data->x, data->encoding.parameters(), scaled, level, progress);
    for (double& weight : solution.weights) weight *= deviation;
  }
  solution.weights[0] += mean;
  const Loss loss{LossKind::pinball, level};
  double pinball = 0, below = 0;
  for (std::size_t i = 0; i < data->y.size(); ++i) {
    const double eta = data->x.dot(i, solution.weights);
    pinball += loss.value(data->y[i], eta) / data->count();
    below += (data->y[i] < eta ? 1 : 0) / data->count();
  }
  Facts facts = {{"rows_trained", data->count()},
                 {"parameters", data->parameters()},
                 {"iterations", solution.iterations},
                 {"converged", solution.converged},
                 {"level", level},
                 {"pinball", pinball},
                 {"below", below}};
  const std::string usual =
      level == 0.5 ? "median regression" : fmt::format("quantile {:g}", level);
  return Training<LinearModel>{
      std::make_shared<LinearModel>(LinearFit{.name = named(options.name, usual),
                                              .label = options.label,
                                              .encoding = std::move(data->encoding),
                                              .weights = std::move(solution.weights),
                                              .loss = loss,
                                              .facts = std::move(facts)}),
      solution.stopped};
}

}  // namespace rehearse::models
