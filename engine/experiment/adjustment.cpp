// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/adjustment.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace rehearse::experiment {
namespace {

Result<void> check(const Units& units) {
  const std::size_t n = units.outcome.size();
  if (units.treated.size() != n)
    return fail(Code::invalid_argument, "{} outcomes and {} arms", n, units.treated.size());
  std::array<std::size_t, 2> counts{};
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(units.outcome[i]))
      return fail(Code::bad_data, "unit {}: the outcome is {}; it must be a finite number", i + 1,
                  units.outcome[i]);
    ++counts[units.treated[i] ? 1 : 0];
  }
  for (std::size_t k = 0; k < units.covariates.size(); ++k) {
    if (units.covariates[k].size() != n)
      return fail(Code::invalid_argument, "covariate {} has {} values for {} units", k + 1,
                  units.covariates[k].size(), n);
    for (std::size_t i = 0; i < n; ++i)
      if (!std::isfinite(units.covariates[k][i]))
        return fail(Code::bad_data, "unit {}: covariate {} is {}; it must be a finite number",
                    i + 1, k + 1, units.covariates[k][i]);
  }
  if (counts[0] == 0 || counts[1] == 0)
    return fail(Code::bad_data, "{} is empty; both arms need units",
                counts[0] ? "the treatment" : "the control");
  return {};
}

// Covariates minus their means over all units, one column each.
Eigen::MatrixXd centred(const Units& units) {
  const auto n = static_cast<Eigen::Index>(units.outcome.size()),
             k = static_cast<Eigen::Index>(units.covariates.size());
  Eigen::MatrixXd x(n, k);
  for (Eigen::Index j = 0; j < k; ++j)
    x.col(j) =
        Eigen::Map<const Eigen::VectorXd>(units.covariates[static_cast<std::size_t>(j)].data(), n);
  if (n > 0) x.rowwise() -= x.colwise().mean().eval();
  return x;
}

// The inverse of a Gram matrix, after scaling its diagonal to 1. Error: (nearly) singular.
Result<Eigen::MatrixXd> inverse_of(const Eigen::MatrixXd& gram, const char* what) {
  const Eigen::VectorXd scale = gram.diagonal().cwiseSqrt();
  for (Eigen::Index j = 0; j < scale.size(); ++j)
    if (!(scale[j] > 0) || !std::isfinite(scale[j]))
      return fail(Code::bad_data, "{}: a covariate does not vary; leave it out", what);
  const Eigen::MatrixXd unit =
      scale.cwiseInverse().asDiagonal() * gram * scale.cwiseInverse().asDiagonal();
  const Eigen::LDLT<Eigen::MatrixXd> factor(unit);
  if (factor.info() != Eigen::Success || factor.vectorD().minCoeff() < 1e-10)
    return fail(Code::bad_data,
                "{}: a covariate is a sum of multiples of the others; leave one out", what);
  return (scale.cwiseInverse().asDiagonal() *
          factor.solve(Eigen::MatrixXd::Identity(gram.rows(), gram.cols())) *
          scale.cwiseInverse().asDiagonal())
      .eval();
}

struct Split {
  std::vector<double> arms[2];
};
Split split_of(const Units& units, std::span<const double> outcome) {
  Split split;
  for (std::size_t i = 0; i < outcome.size(); ++i)
    split.arms[units.treated[i] ? 1 : 0].push_back(outcome[i]);
  return split;
}

// A line in one arm: its intercept at the mean of all units, with the variance HC2.
struct ArmFit {
  double intercept = 0, variance = 0;
  std::vector<double> slopes;
};
Result<ArmFit> fit_arm(const Units& units, const Eigen::MatrixXd& x, std::uint8_t arm) {
  std::vector<Eigen::Index> rows;
  for (std::size_t i = 0; i < units.treated.size(); ++i)
    if ((units.treated[i] != 0) == (arm != 0)) rows.push_back(static_cast<Eigen::Index>(i));
  const auto n = static_cast<Eigen::Index>(rows.size()), k = x.cols() + 1;
  const char* name = arm ? "treatment" : "control";
  if (n <= k)
    return fail(Code::bad_data, "{}: {} units are too few for {} covariates", name, n, k - 1);
  Eigen::MatrixXd design(n, k);
  Eigen::VectorXd y(n);
  for (Eigen::Index r = 0; r < n; ++r) {
    const Eigen::Index row = rows[static_cast<std::size_t>(r)];
    design(r, 0) = 1;
    design.row(r).tail(k - 1) = x.row(row);
    y[r] = units.outcome[static_cast<std::size_t>(row)];
  }
  auto inverse = inverse_of(design.transpose() * design, name);
  if (!inverse) return fail(inverse.error());
  const double mean = y.mean();
  y.array() -= mean;  // the residuals keep their digits where outcomes are large
  const Eigen::VectorXd beta = *inverse * (design.transpose() * y);
  const Eigen::VectorXd residual = y - design * beta;
  const Eigen::MatrixXd influence = design * *inverse;  // row i: (X'X)⁻¹ x_i
  const Eigen::VectorXd leverage = influence.cwiseProduct(design).rowwise().sum();
  ArmFit fit;
  fit.intercept = beta[0] + mean;
  fit.slopes.assign(beta.data() + 1, beta.data() + k);
  for (Eigen::Index r = 0; r < n; ++r)
    fit.variance += influence(r, 0) * influence(r, 0) * residual[r] * residual[r] /
                    std::max(1e-12, 1 - leverage[r]);
  return fit;
}

}  // namespace

Result<Adjusted> cuped(const Units& units, double level) {
  if (auto checked = check(units); !checked) return fail(checked.error());
  if (units.covariates.empty())
    return fail(Code::invalid_argument, "CUPED needs a covariate from before the assignment");
  const auto n = static_cast<Eigen::Index>(units.outcome.size());
  const Eigen::MatrixXd x = centred(units);
  auto inverse = inverse_of(x.transpose() * x, "CUPED");
  if (!inverse) return fail(inverse.error());
  const Eigen::Map<const Eigen::VectorXd> y(units.outcome.data(), n);
  const Eigen::VectorXd about = y.array() - y.mean();
  const Eigen::VectorXd theta = *inverse * (x.transpose() * about);
  const Eigen::VectorXd adjusted = y - x * theta;
  const Split split =
      split_of(units, std::span<const double>(adjusted.data(), static_cast<std::size_t>(n)));
  auto contrast = welch(split.arms[0], split.arms[1], level);
  if (!contrast) return fail(contrast.error());
  Adjusted result{std::move(*contrast), {theta.data(), theta.data() + theta.size()}, 0};
  const double total = about.squaredNorm();
  result.variance_reduction =
      total > 0 ? 1 - (about - x * theta).squaredNorm() / total : Contrast::kUndefined;
  return result;
}

Result<Adjusted> regression_adjusted(const Units& units, double level) {
  if (auto checked = check(units); !checked) return fail(checked.error());
  const Eigen::MatrixXd x = centred(units);
  auto control = fit_arm(units, x, 0), treatment = fit_arm(units, x, 1);
  if (!control) return fail(control.error());
  if (!treatment) return fail(treatment.error());
  Estimated e;
  e.control = control->intercept, e.treatment = treatment->intercept;
  e.absolute = treatment->intercept - control->intercept;
  e.control_variance = control->variance, e.treatment_variance = treatment->variance;
  e.standard_error = std::sqrt(control->variance + treatment->variance);
  auto contrast = contrast_of(e, level);
  if (!contrast) return fail(contrast.error());
  Adjusted result{std::move(*contrast), treatment->slopes, Contrast::kUndefined};
  const Split split = split_of(units, units.outcome);
  if (const auto plain = welch(split.arms[0], split.arms[1], level);
      plain && plain->standard_error > 0)
    result.variance_reduction = 1 - std::pow(e.standard_error / plain->standard_error, 2);
  return result;
}

Result<Stratified> stratified(const Units& units, std::span<const std::int32_t> strata,
                              double level) {
  if (auto checked = check(units); !checked) return fail(checked.error());
  if (strata.size() != units.outcome.size())
    return fail(Code::invalid_argument, "{} strata for {} units", strata.size(),
                units.outcome.size());
  using Pair = std::array<std::vector<double>, 2>;
  std::map<std::int32_t, Pair> cells;
  for (std::size_t i = 0; i < strata.size(); ++i)
    cells[strata[i]][units.treated[i] ? 1 : 0].push_back(units.outcome[i]);
  const auto thin = [](const Pair& cell) { return cell[0].size() < 2 || cell[1].size() < 2; };
  const auto join = [](Pair& to, const Pair& from) {
    for (std::size_t arm = 0; arm < 2; ++arm)
      to[arm].insert(to[arm].end(), from[arm].begin(), from[arm].end());
  };
  Stratified result;
  std::vector<Pair> used;
  Pair rest;
  for (auto& [code, cell] : cells) {
    if (thin(cell))
      join(rest, cell), ++result.merged;
    else
      used.push_back(std::move(cell));
  }
  if (result.merged > 0 && !thin(rest)) {
    used.push_back(std::move(rest));
  } else if (result.merged > 0 && !used.empty()) {
    join(*std::max_element(used.begin(), used.end(),
                           [](const Pair& a, const Pair& b) {
                             return a[0].size() + a[1].size() < b[0].size() + b[1].size();
                           }),
         rest);
  }
  if (used.empty())
    return fail(Code::bad_data, "an arm has fewer than two units; its variance is unknown");
  Estimated e;
  e.control_variance = e.treatment_variance = 0;
  for (const Pair& cell : used) {
    const double share =
        static_cast<double>(cell[0].size() + cell[1].size()) / static_cast<double>(strata.size());
    const auto control = sample_of(cell[0]), treatment = sample_of(cell[1]);
    if (!control) return fail(control.error());
    if (!treatment) return fail(treatment.error());
    e.control += share * control->mean, e.treatment += share * treatment->mean;
    e.control_variance += share * share * control->variance / control->n;
    e.treatment_variance += share * share * treatment->variance / treatment->n;
  }
  e.absolute = e.treatment - e.control;
  e.standard_error = std::sqrt(e.control_variance + e.treatment_variance);
  auto contrast = contrast_of(e, level);
  if (!contrast) return fail(contrast.error());
  result.contrast = std::move(*contrast), result.strata = used.size();
  return result;
}

}  // namespace rehearse::experiment
