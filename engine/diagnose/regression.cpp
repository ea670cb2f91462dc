// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/regression.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/metrics/probability.hpp"

namespace rehearse::diagnose {
namespace {

constexpr std::size_t kMostDummies = 20;
constexpr double kDependent = 1e-9, kNewtonTolerance = 1e-12, kFarEta = 30;
constexpr int kMostNewtonSteps = 60;

// A candidate column and its name; centred and scaled, or left out where constant.
void add_scaled(std::vector<std::vector<double>>& columns, std::vector<std::string>& names,
                const std::string& name, std::vector<double> values, bool scale) {
  double mean = 0, squares = 0;
  for (const double v : values) mean += v;
  mean /= static_cast<double>(values.size());
  for (const double v : values) squares += (v - mean) * (v - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(values.size()));
  if (!(deviation > 1e-12)) return;
  if (scale)
    for (double& v : values) v = (v - mean) / deviation;
  columns.push_back(std::move(values));
  names.push_back(name);
}

void add_number(std::vector<std::vector<double>>& columns, std::vector<std::string>& names,
                const Column& column) {
  std::vector<double> values, absent(column.size(), 0);
  double sum = 0, present = 0;
  for (std::size_t row = 0; row < column.size(); ++row) {
    const double v = column.number(row);
    values.push_back(std::isfinite(v) ? std::copysign(std::log1p(std::abs(v)), v) : std::nan(""));
    if (std::isfinite(v)) sum += values.back(), present += 1;
  }
  for (std::size_t row = 0; row < values.size(); ++row)
    if (std::isnan(values[row])) values[row] = present > 0 ? sum / present : 0, absent[row] = 1;
  add_scaled(columns, names, column.name(), std::move(values), true);
  add_scaled(columns, names, column.name() + " is missing", std::move(absent), false);
}

void add_levels(std::vector<std::vector<double>>& columns, std::vector<std::string>& names,
                const Column& column) {
  const auto& dictionary = column.dictionary();
  const auto codes = column.values<std::int32_t>();
  std::vector<std::pair<std::size_t, std::size_t>> counts;  // of a code, the code
  for (std::size_t code = 0; code < dictionary.size(); ++code) counts.emplace_back(0, code);
  for (std::size_t row = 0; row < column.size(); ++row)
    if (!column.missing(row) && codes[row] >= 0)
      ++counts[static_cast<std::size_t>(codes[row])].first;
  std::sort(counts.begin(), counts.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : dictionary[a.second] < dictionary[b.second];
  });
  for (std::size_t i = 1; i < counts.size() && i <= kMostDummies; ++i) {
    std::vector<double> is(column.size(), 0);
    for (std::size_t row = 0; row < column.size(); ++row)
      is[row] = !column.missing(row) && codes[row] == static_cast<std::int32_t>(counts[i].second);
    add_scaled(columns, names, column.name() + " = " + dictionary[counts[i].second], std::move(is),
               false);
  }
  std::vector<double> absent(column.size(), 0);
  for (std::size_t row = 0; row < column.size(); ++row)
    absent[row] = column.missing(row) || codes[row] < 0;
  add_scaled(columns, names, column.name() + " is missing", std::move(absent), false);
}

Eigen::MatrixXd matrix_of(const Design& design) {
  Eigen::MatrixXd x(static_cast<Eigen::Index>(design.rows),
                    static_cast<Eigen::Index>(design.columns() + 1));
  for (std::size_t row = 0; row < design.rows; ++row) {
    x(static_cast<Eigen::Index>(row), 0) = 1;
    for (std::size_t c = 0; c < design.columns(); ++c)
      x(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c + 1)) = design.at(row, c);
  }
  return x;
}

// Columns that those before them do not explain, by elimination on the Gram matrix.
std::vector<int> independent(const Eigen::MatrixXd& x) {
  const Eigen::MatrixXd gram = x.transpose() * x;
  std::vector<int> kept;
  for (int c = 0; c < static_cast<int>(gram.cols()); ++c) {
    double left = gram(c, c);
    if (!kept.empty()) {
      Eigen::MatrixXd inner(kept.size(), kept.size());
      Eigen::VectorXd cross(kept.size());
      for (Eigen::Index i = 0; i < cross.size(); ++i) {
        cross(i) = gram(kept[static_cast<std::size_t>(i)], c);
        for (Eigen::Index j = 0; j < cross.size(); ++j)
          inner(i, j) = gram(kept[static_cast<std::size_t>(i)], kept[static_cast<std::size_t>(j)]);
      }
      left -= cross.dot(inner.ldlt().solve(cross));
    }
    if (left > kDependent * gram(c, c) && gram(c, c) > 0) kept.push_back(c);
  }
  return kept;
}

Eigen::MatrixXd columns_of(const Eigen::MatrixXd& x, const std::vector<int>& kept) {
  Eigen::MatrixXd part(x.rows(), static_cast<Eigen::Index>(kept.size()));
  for (std::size_t i = 0; i < kept.size(); ++i)
    part.col(static_cast<Eigen::Index>(i)) = x.col(kept[i]);
  return part;
}

void spread(Fit& fit, std::size_t columns, const std::vector<int>& kept,
            const Eigen::VectorXd& beta, const Eigen::MatrixXd& covariance) {
  fit.rank = static_cast<int>(kept.size());
  fit.coefficients.assign(columns, 0);
  fit.standard_errors.assign(columns, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    fit.coefficients[static_cast<std::size_t>(kept[i])] = beta(at);
    fit.standard_errors[static_cast<std::size_t>(kept[i])] =
        std::sqrt(std::max(0.0, covariance(at, at)));
  }
}

Result<void> check_shape(const Design& design, std::span<const double> y) {
  if (design.rows != y.size())
    return fail(Code::invalid_argument, "{} rows of predictors beside {} values", design.rows,
                y.size());
  if (design.rows <= design.columns() + 1)
    return fail(Code::bad_data,
                "{} rows cannot tell {} columns apart; give more rows or fewer columns",
                design.rows, design.columns() + 1);
  for (std::size_t row = 0; row < y.size(); ++row)
    if (!std::isfinite(y[row]))
      return fail(Code::bad_data, "row {}: the value is {}", row + 1, y[row]);
  return {};
}

double log_likelihood_of(const Eigen::VectorXd& eta, std::span<const double> y) {
  double total = 0;
  for (Eigen::Index i = 0; i < eta.size(); ++i) {
    const double e = eta(i);
    total += y[static_cast<std::size_t>(i)] * e - metrics::softplus(e);
  }
  return total;
}

}  // namespace

Result<Design> predictors(const Frame& rows, const std::vector<std::string>& columns) {
  std::vector<std::vector<double>> all;
  Design design;
  design.rows = rows.rows();
  if (rows.rows() == 0) return fail(Code::bad_data, "the table has no rows");
  for (const std::string& name : columns) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    if ((*column)->type() == Type::time)
      return fail(Code::invalid_argument,
                  "the column `{}` holds times, which explain by being late; leave it out", name);
    if ((*column)->numeric())
      add_number(all, design.names, **column);
    else
      add_levels(all, design.names, **column);
  }
  design.cells.resize(design.rows * all.size());
  for (std::size_t c = 0; c < all.size(); ++c)
    for (std::size_t row = 0; row < design.rows; ++row)
      design.cells[row * all.size() + c] = all[c][row];
  return design;
}

Result<Fit> least_squares(const Design& design, std::span<const double> y) {
  if (auto fine = check_shape(design, y); !fine) return fail(fine.error());
  const Eigen::MatrixXd all = matrix_of(design);
  const auto kept = independent(all);
  const Eigen::MatrixXd x = columns_of(all, kept);
  const Eigen::Map<const Eigen::VectorXd> target(y.data(), static_cast<Eigen::Index>(y.size()));
  const Eigen::MatrixXd inverse =
      (x.transpose() * x).ldlt().solve(Eigen::MatrixXd::Identity(x.cols(), x.cols()));
  const Eigen::VectorXd beta = inverse * (x.transpose() * target);
  const double residual = (target - x * beta).squaredNorm();
  const double total = (target.array() - target.mean()).matrix().squaredNorm();
  Fit fit;
  fit.residual_variance = residual / static_cast<double>(x.rows() - x.cols());
  fit.r_squared = total > 0 ? std::clamp(1 - residual / total, 0.0, 1.0) : 0;
  spread(fit, design.columns() + 1, kept, beta, inverse * fit.residual_variance);
  return fit;
}

Result<Fit> logistic(const Design& design, std::span<const double> y) {
  if (auto fine = check_shape(design, y); !fine) return fail(fine.error());
  double positives = 0;
  for (std::size_t row = 0; row < y.size(); ++row) {
    if (y[row] != 0 && y[row] != 1)
      return fail(Code::bad_data, "row {}: {:g} is neither 0 nor 1", row + 1, y[row]);
    positives += y[row];
  }
  const auto n = static_cast<double>(y.size());
  if (positives == 0 || positives == n)
    return fail(Code::bad_data, "all {} rows are of one class", y.size());
  const Eigen::MatrixXd all = matrix_of(design);
  const auto kept = independent(all);
  const Eigen::MatrixXd x = columns_of(all, kept);
  Eigen::VectorXd beta = Eigen::VectorXd::Zero(x.cols());
  beta(0) = std::log(positives / (n - positives));
  Eigen::VectorXd eta = x * beta;
  Eigen::MatrixXd information;
  Fit fit;
  fit.log_likelihood = log_likelihood_of(eta, y);
  bool settled = false;
  for (int step = 0; step < kMostNewtonSteps && !settled; ++step) {
    Eigen::VectorXd weight(eta.size()), gradient(eta.size());
    for (Eigen::Index i = 0; i < eta.size(); ++i) {
      const double p = 1 / (1 + std::exp(-eta(i)));
      weight(i) = std::max(p * (1 - p), 1e-12);
      gradient(i) = y[static_cast<std::size_t>(i)] - p;
    }
    information = x.transpose() * weight.asDiagonal() * x;
    const Eigen::VectorXd move = information.ldlt().solve(x.transpose() * gradient);
    double size = 1, better = -INFINITY;
    Eigen::VectorXd next;
    for (int halving = 0; halving < 30; ++halving, size /= 2) {
      next = x * (beta + size * move);
      better = log_likelihood_of(next, y);
      if (better >= fit.log_likelihood) break;
    }
    settled =
        !(better - fit.log_likelihood > kNewtonTolerance * (1 + std::abs(fit.log_likelihood)));
    if (better >= fit.log_likelihood) {
      beta += size * move, eta = next;
      fit.log_likelihood = better;
    }
  }
  fit.separated = !settled || eta.cwiseAbs().maxCoeff() > kFarEta;
  spread(fit, design.columns() + 1, kept, beta,
         information.ldlt().solve(Eigen::MatrixXd::Identity(x.cols(), x.cols())));
  return fit;
}

Design beside(const Design& left, const Design& right) {
  assert(left.rows == right.rows);
  Design both;
  both.rows = left.rows;
  both.names = left.names;
  both.names.insert(both.names.end(), right.names.begin(), right.names.end());
  both.cells.reserve(both.rows * both.columns());
  for (std::size_t row = 0; row < both.rows; ++row) {
    for (std::size_t c = 0; c < left.columns(); ++c) both.cells.push_back(left.at(row, c));
    for (std::size_t c = 0; c < right.columns(); ++c) both.cells.push_back(right.at(row, c));
  }
  return both;
}

LikelihoodRatio likelihood_ratio(const Fit& full, const Fit& reduced) {
  LikelihoodRatio ratio;
  ratio.statistic = std::max(0.0, 2 * (full.log_likelihood - reduced.log_likelihood));
  ratio.degrees = full.rank - reduced.rank;
  ratio.p = chi_square_tail(ratio.statistic, ratio.degrees);
  return ratio;
}

double chi_square_tail(double x, int degrees) {
  if (degrees <= 0) return 1;
  return boost::math::cdf(
      boost::math::complement(boost::math::chi_squared(degrees), std::max(0.0, x)));
}

}  // namespace rehearse::diagnose
