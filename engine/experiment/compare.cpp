// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/base/nearest.hpp"
#include "engine/experiment/adjustment.hpp"
#include "engine/experiment/clusters.hpp"
#include "engine/experiment/permutation.hpp"
#include "engine/experiment/ratio.hpp"
#include "engine/experiment/trial.hpp"

namespace rehearse::experiment {
namespace {

constexpr std::pair<Method, const char*> kMethods[] = {{Method::plain, "plain"},
                                                       {Method::cuped, "cuped"},
                                                       {Method::regression, "regression"},
                                                       {Method::stratified, "stratified"},
                                                       {Method::clustered, "clustered"},
                                                       {Method::ratio, "ratio"},
                                                       {Method::naive_ratio, "naive_ratio"},
                                                       {Method::permutation, "permutation"}};

// The rows of two arms, gathered.
struct Gathered {
  std::vector<std::size_t> rows;
  std::vector<std::uint8_t> treated;
  std::vector<double> outcome;
  std::vector<std::vector<double>> covariates;

  Units units() const {
    Units units{treated, outcome, {}};
    for (const auto& covariate : covariates) units.covariates.emplace_back(covariate);
    return units;
  }
  std::vector<double> of_arm(std::span<const double> values, bool arm) const {
    std::vector<double> own;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if ((treated[i] != 0) == arm) own.push_back(values[i]);
    return own;
  }
};

Gathered gather(const Trial& trial, std::size_t treatment, std::span<const std::size_t> wanted) {
  Gathered g;
  const auto keep = [&](std::size_t row) {
    const auto arm = static_cast<std::size_t>(trial.arms.of_row[row]);
    if ((arm != 0 && arm != treatment) || std::isnan(trial.outcome[row])) return;
    g.rows.push_back(row), g.treated.push_back(arm == treatment);
    g.outcome.push_back(trial.outcome[row]);
  };
  if (wanted.empty())
    for (std::size_t row = 0; row < trial.outcome.size(); ++row) keep(row);
  else
    for (const std::size_t row : wanted) keep(row);
  return g;
}

template <class T>
std::vector<T> taken(const std::vector<T>& values, std::span<const std::size_t> rows) {
  std::vector<T> own;
  own.reserve(rows.size());
  for (const std::size_t row : rows) own.push_back(values[row]);
  return own;
}

Result<Comparison> plain(const Trial& trial, const Gathered& g, const CompareOptions& options) {
  const bool proportion =
      options.kind == Kind::proportion || (options.kind == Kind::automatic && trial.binary);
  if (!proportion) {
    auto contrast = welch(g.of_arm(g.outcome, false), g.of_arm(g.outcome, true), options.level);
    if (!contrast) return fail(contrast.error());
    return Comparison{std::move(*contrast), "Welch", Contrast::kUndefined, Contrast::kUndefined,
                      ""};
  }
  Successes counts[2];
  for (std::size_t i = 0; i < g.rows.size(); ++i) {
    if (g.outcome[i] != 0 && g.outcome[i] != 1)
      return fail(Code::bad_data,
                  "row {}: the outcome is {}; a proportion needs 0 or 1 (for anything else compare "
                  "means)",
                  g.rows[i] + 1, g.outcome[i]);
    counts[g.treated[i]].successes += g.outcome[i], counts[g.treated[i]].trials += 1;
  }
  auto contrast = two_proportions(counts[0], counts[1], options.level);
  if (!contrast) return fail(contrast.error());
  return Comparison{std::move(*contrast), "two proportions", Contrast::kUndefined,
                    Contrast::kUndefined, ""};
}

Result<Comparison> adjusted(const Gathered& g, const CompareOptions& options) {
  const bool by_cuped = options.method == Method::cuped;
  auto made =
      by_cuped ? cuped(g.units(), options.level) : regression_adjusted(g.units(), options.level);
  if (!made) return fail(made.error());
  return Comparison{std::move(made->contrast), by_cuped ? "CUPED" : "regression (Lin)",
                    made->variance_reduction, Contrast::kUndefined, ""};
}

Result<Comparison> by_strata(const Trial& trial, const Gathered& g, const CompareOptions& options) {
  if (trial.strata.empty())
    return fail(Code::invalid_argument, "stratified needs the column of strata");
  auto made = stratified(g.units(), taken(trial.strata, g.rows), options.level);
  if (!made) return fail(made.error());
  Comparison comparison{std::move(made->contrast), "post-stratified", Contrast::kUndefined,
                        Contrast::kUndefined, ""};
  if (const auto raw = welch(g.of_arm(g.outcome, false), g.of_arm(g.outcome, true), options.level);
      raw && raw->standard_error > 0)
    comparison.variance_reduction =
        1 - std::pow(comparison.contrast.standard_error / raw->standard_error, 2);
  if (made->merged > 0)
    comparison.warning =
        fmt::format("{} strata with fewer than two units in an arm were merged", made->merged);
  return comparison;
}

Result<Comparison> by_clusters(const Trial& trial, const Gathered& g,
                               const CompareOptions& options) {
  if (trial.clusters.empty())
    return fail(Code::invalid_argument, "clustered needs the column of clusters");
  auto made = clustered(g.units(), taken(trial.clusters, g.rows), options.level);
  if (!made) return fail(made.error());
  return Comparison{std::move(made->contrast), "cluster-robust", Contrast::kUndefined,
                    made->design_effect, made->warning};
}

Result<Comparison> by_ratio(const Trial& trial, const Gathered& g, const CompareOptions& options) {
  if (trial.denominators.empty())
    return fail(Code::invalid_argument, "a ratio needs the column of its denominator");
  const std::vector<double> denominators = taken(trial.denominators, g.rows);
  const std::vector<double> x[2] = {g.of_arm(g.outcome, false), g.of_arm(g.outcome, true)},
                            y[2] = {g.of_arm(denominators, false), g.of_arm(denominators, true)};
  Result<Contrast> contrast;
  if (options.method == Method::ratio) {
    contrast = ratio_contrast({x[0], y[0]}, {x[1], y[1]}, options.level);
  } else {
    Successes counts[2];
    for (int arm = 0; arm < 2; ++arm)
      for (std::size_t i = 0; i < x[arm].size(); ++i)
        counts[arm].successes += x[arm][i], counts[arm].trials += y[arm][i];
    contrast = two_proportions(counts[0], counts[1], options.level);
  }
  if (!contrast) return fail(contrast.error());
  Comparison comparison{std::move(*contrast), "ratio by users (delta method)", Contrast::kUndefined,
                        Contrast::kUndefined, ""};
  if (options.method == Method::naive_ratio) {
    comparison.method = "ratio, rows taken as independent";
    comparison.warning = "users were assigned and not rows: this interval is too narrow";
  }
  return comparison;
}

Result<Comparison> by_permutation(const Trial& trial, const Gathered& g,
                                  const CompareOptions& options, const Progress& progress) {
  auto comparison = plain(trial, g, options);
  if (!comparison) return comparison;
  const std::vector<double> control = g.of_arm(g.outcome, false),
                            treatment = g.of_arm(g.outcome, true);
  const bool all = splits_of(g.rows.size(), control.size()) <= options.splits;
  auto test = all ? exact_permutation_test(control, treatment, progress)
                  : permutation_test(control, treatment, options.splits, options.seed, progress);
  if (!test) return fail(test.error());
  comparison->contrast.p = test->p, comparison->contrast.why.clear();
  comparison->method = all ? "permutation, all splits" : "permutation, sampled";
  return comparison;
}

}  // namespace

const char* method_name(Method method) {
  for (const auto& [value, name] : kMethods)
    if (value == method) return name;
  return "";
}

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (const auto& [value, name] : kMethods) names.emplace_back(name);
  return names;
}

Result<Method> method_of(const std::string& name) {
  for (const auto& [value, known] : kMethods)
    if (name == known) return value;
  return fail(Code::not_found, "there is no method `{}` ({}){}", name,
              fmt::join(method_names(), ", "), did_you_mean(name, method_names()));
}

Result<Comparison> compare(const Trial& trial, std::size_t treatment, const CompareOptions& options,
                           std::span<const std::size_t> rows, const Progress& progress) {
  assert(treatment > 0 && treatment < trial.arms.names.size());
  Gathered g = gather(trial, treatment, rows);
  switch (options.method) {
    case Method::plain: return plain(trial, g, options);
    case Method::stratified: return by_strata(trial, g, options);
    case Method::clustered: return by_clusters(trial, g, options);
    case Method::ratio:
    case Method::naive_ratio: return by_ratio(trial, g, options);
    case Method::permutation: return by_permutation(trial, g, options, progress);
    case Method::cuped:
    case Method::regression: break;
  }
  for (const auto& covariate : trial.covariates) g.covariates.push_back(taken(covariate, g.rows));
  return adjusted(g, options);
}

}  // namespace rehearse::experiment
