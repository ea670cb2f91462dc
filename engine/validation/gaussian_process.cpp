// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation/gaussian_process.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "engine/base/normal.hpp"

namespace rehearse::validation {

struct GaussianProcess::State {
  std::vector<Point> points;
  Kernel kernel;
  Eigen::LLT<Eigen::MatrixXd> cholesky;  // of the covariance of the observations
  Eigen::VectorXd weights;               // its inverse times (values - mean)
  double likelihood = 0;
};

namespace {

constexpr double kLengths[] = {0.1, 0.2, 0.4, 0.8, 1.6, 3.2};
constexpr double kNoises[] = {1e-6, 1e-4, 1e-3, 1e-2, 0.1, 0.3};
constexpr std::size_t kMostPoints = 1000;

double scaled_distance(const Point& a, const Point& b, const std::vector<double>& length) {
  double sum = 0;
  for (std::size_t d = 0; d < a.size(); ++d) {
    const double step = (a[d] - b[d]) / length[d];
    sum += step * step;
  }
  return std::sqrt(sum);
}

Eigen::MatrixXd correlations(const std::vector<Point>& points, Covariance covariance,
                             const std::vector<double>& length) {
  const auto n = static_cast<Eigen::Index>(points.size());
  Eigen::MatrixXd all(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j <= i; ++j)
      all(i, j) = all(j, i) =
          correlation(covariance, scaled_distance(points[static_cast<std::size_t>(i)],
                                                  points[static_cast<std::size_t>(j)], length));
  return all;
}

double log_determinant(const Eigen::LLT<Eigen::MatrixXd>& cholesky) {
  return 2 * cholesky.matrixLLT().diagonal().array().log().sum();
}

// Noise is a share of the variance; variance and mean maximize the likelihood given the rest.
struct Profiled {
  double likelihood = -std::numeric_limits<double>::infinity(), variance = 1, mean = 0;
};
Profiled profile_likelihood(const std::vector<Point>& points, const Eigen::VectorXd& values,
                            Covariance covariance, const std::vector<double>& length,
                            double noise_share) {
  Eigen::MatrixXd k = correlations(points, covariance, length);
  k.diagonal().array() += noise_share;
  const Eigen::LLT<Eigen::MatrixXd> cholesky(k);
  if (cholesky.info() != Eigen::Success) return {};
  const auto n = static_cast<double>(values.size());
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(values.size()), solved = cholesky.solve(ones);
  Profiled p;
  p.mean = solved.dot(values) / solved.dot(ones);
  const Eigen::VectorXd rest = values.array() - p.mean;
  p.variance = std::max(rest.dot(cholesky.solve(rest)) / n, 1e-12);
  p.likelihood =
      -0.5 * (n * std::log(2 * std::numbers::pi * p.variance) + log_determinant(cholesky) + n);
  return p;
}

Result<void> validate_points(const std::vector<Point>& points, std::span<const double> values) {
  if (points.empty() || points.size() != values.size() || points.size() > kMostPoints)
    return fail(Code::invalid_argument,
                "a Gaussian process takes 1 to {} points with a value each; there are {} and {}",
                kMostPoints, points.size(), values.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].empty() || points[i].size() != points[0].size())
      return fail(Code::invalid_argument, "point {} has {} coordinates, the first has {}", i + 1,
                  points[i].size(), points[0].size());
    bool finite = std::isfinite(values[i]);
    for (const double x : points[i]) finite = finite && std::isfinite(x);
    if (!finite) return fail(Code::bad_data, "point {} or its value is not finite", i + 1);
  }
  return {};
}

}  // namespace

double correlation(Covariance covariance, double r) {
  if (covariance == Covariance::rbf) return std::exp(-0.5 * r * r);
  const double s = std::sqrt(5.0) * r;
  return (1 + s + s * s / 3) * std::exp(-s);
}

Result<GaussianProcess> GaussianProcess::fit(std::vector<Point> points,
                                             std::span<const double> values, Kernel kernel) {
  if (auto fine = validate_points(points, values); !fine) return fail(fine.error());
  if (kernel.length.size() != points[0].size())
    return fail(Code::invalid_argument, "{} lengths for {} dimensions", kernel.length.size(),
                points[0].size());
  for (const double length : kernel.length)
    if (!(length > 0 && std::isfinite(length)))
      return fail(Code::invalid_argument, "a length is {:g}; it is above 0", length);
  if (!(kernel.variance > 0) || !(kernel.noise >= 0))
    return fail(Code::invalid_argument, "variance is {:g} and noise {:g}; above 0 and at least 0",
                kernel.variance, kernel.noise);
  auto state = std::make_shared<State>();
  Eigen::MatrixXd k = kernel.variance * correlations(points, kernel.covariance, kernel.length);
  k.diagonal().array() += kernel.noise;
  state->cholesky.compute(k);
  if (state->cholesky.info() != Eigen::Success)
    return fail(Code::bad_data,
                "two points are so alike that the covariance cannot be inverted; raise the noise");
  const Eigen::Map<const Eigen::VectorXd> y(values.data(),
                                            static_cast<Eigen::Index>(values.size()));
  const Eigen::VectorXd rest = y.array() - kernel.mean;
  state->weights = state->cholesky.solve(rest);
  state->likelihood = -0.5 * (rest.dot(state->weights) + log_determinant(state->cholesky) +
                              static_cast<double>(values.size()) * std::log(2 * std::numbers::pi));
  state->points = std::move(points), state->kernel = std::move(kernel);
  GaussianProcess process;
  process.state_ = std::move(state);
  return process;
}

Result<GaussianProcess> GaussianProcess::fit_by_likelihood(std::vector<Point> points,
                                                           std::span<const double> values,
                                                           Covariance covariance) {
  if (auto fine = validate_points(points, values); !fine) return fail(fine.error());
  const Eigen::Map<const Eigen::VectorXd> y(values.data(),
                                            static_cast<Eigen::Index>(values.size()));
  std::vector<double> length(points[0].size(), 0.4);
  double noise = 1e-3;
  Profiled best = profile_likelihood(points, y, covariance, length, noise);
  for (int sweep = 0; sweep < 2; ++sweep) {
    for (double& one : length) {
      const double before = one;
      double chosen = before;
      for (const double candidate : kLengths) {
        one = candidate;
        const Profiled tried = profile_likelihood(points, y, covariance, length, noise);
        if (tried.likelihood > best.likelihood) best = tried, chosen = candidate;
      }
      one = chosen;
    }
    for (const double candidate : kNoises) {
      const Profiled tried = profile_likelihood(points, y, covariance, length, candidate);
      if (tried.likelihood > best.likelihood) best = tried, noise = candidate;
    }
  }
  return fit(std::move(points), values,
             {covariance, std::move(length), best.variance, noise * best.variance, best.mean});
}

Prediction GaussianProcess::at(const Point& point) const {
  const State& s = *state_;
  Eigen::VectorXd k(static_cast<Eigen::Index>(s.points.size()));
  for (std::size_t i = 0; i < s.points.size(); ++i)
    k[static_cast<Eigen::Index>(i)] =
        s.kernel.variance *
        correlation(s.kernel.covariance, scaled_distance(point, s.points[i], s.kernel.length));
  const Eigen::VectorXd v = s.cholesky.matrixL().solve(k);
  return {s.kernel.mean + k.dot(s.weights),
          std::sqrt(std::max(0.0, s.kernel.variance - v.squaredNorm()))};
}

double GaussianProcess::log_marginal_likelihood() const { return state_->likelihood; }
const Kernel& GaussianProcess::kernel() const { return state_->kernel; }

double expected_improvement(const Prediction& p, double best, double margin) {
  const double gain = best - margin - p.mean;
  if (p.sd <= 0) return std::max(0.0, gain);
  const double z = gain / p.sd, density = std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi),
               below = normal_cdf(z);
  return std::max(0.0, gain * below + p.sd * density);
}

}  // namespace rehearse::validation
