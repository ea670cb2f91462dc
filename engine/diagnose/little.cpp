// SPDX-License-Identifier: GPL-3.0-or-later
//
// Little's test. The EM runs over patterns of missingness and not over rows: a pattern's rows enter
// by their count, sums and cross products alone.
#include <Eigen/Dense>
#include <cmath>
#include <map>

#include "engine/diagnose/missingness.hpp"

namespace rehearse::diagnose {
namespace {

constexpr int kMostIterations = 2000;
constexpr double kSettled = 1e-11;

using Eigen::Index, Eigen::MatrixXd, Eigen::VectorXd;

struct Pattern {
  std::vector<Index> seen, unseen;
  double rows = 0;
  VectorXd sum;    // of the seen columns
  MatrixXd cross;  // Σ x x'
};

struct NormalLaw {
  VectorXd mean;
  MatrixXd covariance;
};

MatrixXd block(const MatrixXd& m, const std::vector<Index>& rows, const std::vector<Index>& cols) {
  MatrixXd part(static_cast<Index>(rows.size()), static_cast<Index>(cols.size()));
  for (Index i = 0; i < part.rows(); ++i)
    for (Index j = 0; j < part.cols(); ++j)
      part(i, j) = m(rows[static_cast<std::size_t>(i)], cols[static_cast<std::size_t>(j)]);
  return part;
}

VectorXd entries(const VectorXd& v, const std::vector<Index>& rows) {
  VectorXd part(static_cast<Index>(rows.size()));
  for (Index i = 0; i < part.size(); ++i) part(i) = v(rows[static_cast<std::size_t>(i)]);
  return part;
}

// Columns scaled to mean 0 and deviation 1: the statistic does not change, the arithmetic is safe.
Result<std::vector<std::vector<double>>> standardised(
    const std::vector<std::vector<double>>& columns) {
  std::vector<std::vector<double>> scaled = columns;
  for (std::size_t c = 0; c < scaled.size(); ++c) {
    if (scaled[c].size() != scaled.front().size())
      return fail(Code::invalid_argument, "column {} has {} rows, the first has {}", c + 1,
                  scaled[c].size(), scaled.front().size());
    double sum = 0, n = 0, squares = 0;
    for (const double v : scaled[c])
      if (!std::isnan(v)) sum += v, n += 1;
    for (const double v : scaled[c])
      if (!std::isnan(v)) squares += (v - sum / n) * (v - sum / n);
    if (n == 0) return fail(Code::bad_data, "column {} has no value", c + 1);
    if (!(squares > 0) || !std::isfinite(squares))
      return fail(Code::bad_data, "column {} is constant or not finite; leave it out", c + 1);
    const double deviation = std::sqrt(squares / n);
    for (double& v : scaled[c]) v = (v - sum / n) / deviation;
  }
  return scaled;
}

std::vector<Pattern> patterns_of(const std::vector<std::vector<double>>& columns) {
  std::map<std::vector<bool>, Pattern> by;
  const std::size_t k = columns.size();
  std::vector<bool> key(k);
  for (std::size_t row = 0; row < columns.front().size(); ++row) {
    bool any = false;
    for (std::size_t c = 0; c < k; ++c) {
      key[c] = !std::isnan(columns[c][row]);
      any = any || key[c];
    }
    if (!any) continue;
    Pattern& pattern = by[key];
    if (pattern.rows == 0) {
      for (std::size_t c = 0; c < k; ++c)
        (key[c] ? pattern.seen : pattern.unseen).push_back(static_cast<Index>(c));
      const auto size = static_cast<Index>(pattern.seen.size());
      pattern.sum = VectorXd::Zero(size), pattern.cross = MatrixXd::Zero(size, size);
    }
    VectorXd x(pattern.sum.size());
    for (Index i = 0; i < x.size(); ++i)
      x(i) = columns[static_cast<std::size_t>(pattern.seen[static_cast<std::size_t>(i)])][row];
    pattern.rows += 1, pattern.sum += x, pattern.cross += x * x.transpose();
  }
  std::vector<Pattern> all;
  for (auto& [seen, pattern] : by) all.push_back(std::move(pattern));
  return all;
}

// One step of the EM: expected sums of deviations and of their products, then the new law.
NormalLaw improved(const std::vector<Pattern>& patterns, const NormalLaw& law, double rows) {
  const Index k = law.mean.size();
  VectorXd sum = VectorXd::Zero(k);
  MatrixXd cross = MatrixXd::Zero(k, k);
  for (const Pattern& p : patterns) {
    const VectorXd mean = entries(law.mean, p.seen);
    const VectorXd s = p.sum - p.rows * mean;
    const MatrixXd c = p.cross - mean * p.sum.transpose() - p.sum * mean.transpose() +
                       p.rows * mean * mean.transpose();
    const auto seen = static_cast<Index>(p.seen.size());
    // All columns' expected deviations as a linear map of the seen ones.
    MatrixXd map = MatrixXd::Zero(k, seen);
    for (Index i = 0; i < seen; ++i) map(p.seen[static_cast<std::size_t>(i)], i) = 1;
    if (!p.unseen.empty()) {
      const MatrixXd inner = block(law.covariance, p.seen, p.seen);
      const MatrixXd between = block(law.covariance, p.unseen, p.seen);
      const MatrixXd slope = inner.ldlt().solve(between.transpose()).transpose();
      const MatrixXd left = block(law.covariance, p.unseen, p.unseen) - slope * between.transpose();
      for (std::size_t i = 0; i < p.unseen.size(); ++i) {
        map.row(p.unseen[i]) = slope.row(static_cast<Index>(i));
        for (std::size_t j = 0; j < p.unseen.size(); ++j)
          cross(p.unseen[i], p.unseen[j]) +=
              p.rows * left(static_cast<Index>(i), static_cast<Index>(j));
      }
    }
    sum += map * s;
    cross += map * c * map.transpose();
  }
  const VectorXd shift = sum / rows;
  return {law.mean + shift, cross / rows - shift * shift.transpose()};
}

}  // namespace

Result<LittleTest> little_test(const std::vector<std::vector<double>>& columns,
                               const Progress& progress) {
  if (columns.empty() || columns.front().empty())
    return fail(Code::bad_data, "Little's test needs columns with rows");
  auto scaled = standardised(columns);
  if (!scaled) return fail(scaled.error());
  const auto patterns = patterns_of(*scaled);
  const auto k = static_cast<Index>(columns.size());
  LittleTest test;
  test.patterns = static_cast<int>(patterns.size());
  if (patterns.size() == 1 && patterns.front().unseen.empty())
    return fail(Code::bad_data, "no value is missing, so there is nothing to test");
  double rows = 0;
  for (const Pattern& p : patterns) rows += p.rows;
  NormalLaw law{VectorXd::Zero(k), MatrixXd::Identity(k, k)};
  for (double moved = 1; moved > kSettled && test.iterations < kMostIterations; ++test.iterations) {
    if (!progress.report(0.9 * test.iterations / kMostIterations)) return cancelled();
    const NormalLaw next = improved(patterns, law, rows);
    moved = std::max((next.mean - law.mean).cwiseAbs().maxCoeff(),
                     (next.covariance - law.covariance).cwiseAbs().maxCoeff());
    law = next;
  }
  Index seen_columns = 0;
  for (const Pattern& p : patterns) {
    const VectorXd gap = p.sum / p.rows - entries(law.mean, p.seen);
    const Eigen::LDLT<MatrixXd> inner(block(law.covariance, p.seen, p.seen));
    if (inner.info() != Eigen::Success || inner.vectorD().minCoeff() < 1e-10)
      return fail(Code::bad_data,
                  "some columns explain each other exactly, so the covariance is singular; leave "
                  "one of them out");
    test.statistic += p.rows * gap.dot(inner.solve(gap));
    seen_columns += gap.size();
  }
  test.degrees = static_cast<int>(seen_columns - k);
  test.p = chi_square_tail(test.statistic, test.degrees);
  return test;
}

}  // namespace rehearse::diagnose
