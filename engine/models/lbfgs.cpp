// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/lbfgs.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

namespace rehearse::models {
namespace lbfgs {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

double largest(const Vector& a) {
  double most = 0;
  for (double x : a) most = std::max(most, std::abs(x));
  return most;
}

struct Point {
  Vector x, gradient;
  double value = 0;
};

// One step remembered: s = x₊ - x, y = g₊ - g, ρ = 1 / s·y.
struct Pair {
  Vector s, y;
  double rho;
};

// Algorithm 7.4: -H g by two loops over the remembered steps.
Vector direction(const Vector& gradient, const std::deque<Pair>& pairs) {
  Vector q = gradient;
  std::vector<double> alpha(pairs.size());
  for (std::size_t i = pairs.size(); i-- > 0;) {
    alpha[i] = pairs[i].rho * dot(pairs[i].s, q);
    for (std::size_t j = 0; j < q.size(); ++j) q[j] -= alpha[i] * pairs[i].y[j];
  }
  if (!pairs.empty()) {
    const Pair& last = pairs.back();
    const double scale = 1 / (last.rho * dot(last.y, last.y));
    for (double& x : q) x *= scale;
  }
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const double beta = pairs[i].rho * dot(pairs[i].y, q);
    for (std::size_t j = 0; j < q.size(); ++j) q[j] += (alpha[i] - beta) * pairs[i].s[j];
  }
  for (double& x : q) x = -x;
  return q;
}

// The function along a line; remembers what it evaluated.
class Line {
 public:
  Line(const Smooth& function, const Point& from, const Vector& along)
      : function_(function), from_(from), along_(along), slope_(dot(from.gradient, along)) {}

  // A point that meets the strong Wolfe conditions, or the lowest that met the first; none where
  // no step lowers the value (rounding has the last word).
  bool search(double step, Point& found) {
    double before = 0, value_before = from_.value, slope_before = slope_;
    for (int trial = 0; trial < 30; ++trial) {
      const double slope = evaluate(step);
      if (!std::isfinite(at_.value)) {
        step = (before + step) / 2;
        continue;
      }
      if (at_.value > from_.value + kDecrease * step * slope_ ||
          (trial > 0 && at_.value >= value_before))
        return zoom(before, value_before, slope_before, step, found);
      if (std::abs(slope) <= -kCurvature * slope_) return accept(found);
      if (slope >= 0) return zoom(step, at_.value, slope, before, found);
      before = step, value_before = at_.value, slope_before = slope;
      step *= 2;
    }
    return at_.value < from_.value && accept(found);
  }

 private:
  static constexpr double kDecrease = 1e-4, kCurvature = 0.9;

  bool zoom(double low, double low_value, double low_slope, double high, Point& found) {
    for (int trial = 0; trial < 40; ++trial) {
      const double step = (low + high) / 2;
      const double slope = evaluate(step);
      if (!(at_.value <= from_.value + kDecrease * step * slope_) || at_.value >= low_value) {
        high = step;
        continue;
      }
      if (std::abs(slope) <= -kCurvature * slope_) return accept(found);
      if (slope * (high - low) >= 0) high = low;
      low = step, low_value = at_.value, low_slope = slope;
    }
    if (low <= 0) return false;
    evaluate(low);
    return at_.value < from_.value && accept(found);
  }

  double evaluate(double step) {
    at_.x.resize(from_.x.size());
    at_.gradient.resize(from_.x.size());
    for (std::size_t i = 0; i < at_.x.size(); ++i) at_.x[i] = from_.x[i] + step * along_[i];
    at_.value = function_(at_.x, at_.gradient);
    return dot(at_.gradient, along_);
  }
  bool accept(Point& found) {
    found = at_;
    return true;
  }

  const Smooth& function_;
  const Point& from_;
  const Vector& along_;
  double slope_;
  Point at_;
};

void remember(std::deque<Pair>& pairs, const Point& from, const Point& to, int memory) {
  Pair pair{to.x, to.gradient, 0};
  for (std::size_t i = 0; i < pair.s.size(); ++i)
    pair.s[i] -= from.x[i], pair.y[i] -= from.gradient[i];
  const double curvature = dot(pair.s, pair.y);
  if (!(curvature > 1e-16 * dot(pair.y, pair.y))) return;
  pair.rho = 1 / curvature;
  pairs.push_back(std::move(pair));
  if (pairs.size() > static_cast<std::size_t>(memory)) pairs.pop_front();
}

}  // namespace lbfgs

Result<Minimum> minimize(const Smooth& function, std::vector<double> start,
                         const LbfgsOptions& options, const Progress& progress,
                         const Watch& watch) {
  lbfgs::Point at{std::move(start), {}, 0};
  at.gradient.resize(at.x.size());
  at.value = function(at.x, at.gradient);
  if (!std::isfinite(at.value) || !std::isfinite(lbfgs::largest(at.gradient)))
    return fail(Code::bad_data,
                "the loss is not finite where the search begins; are there huge values?");
  std::deque<lbfgs::Pair> pairs;
  Minimum result;
  while (result.iterations < options.iterations) {
    if (lbfgs::largest(at.gradient) <= options.tolerance * std::max(1.0, std::abs(at.value))) {
      result.converged = true;
      break;
    }
    const double done = static_cast<double>(result.iterations) / options.iterations;
    if (!progress.report(done)) {
      result.stopped = true;
      break;
    }
    const lbfgs::Vector along = lbfgs::direction(at.gradient, pairs);
    const double first = pairs.empty() ? std::min(1.0, 1 / lbfgs::largest(at.gradient)) : 1.0;
    lbfgs::Point next;
    if (!lbfgs::Line(function, at, along).search(first, next)) {
      if (pairs.empty()) {
        result.converged = true;  // not even the steepest way lowers it
        break;
      }
      pairs.clear();
      continue;
    }
    lbfgs::remember(pairs, at, next, options.memory);
    at = std::move(next);
    ++result.iterations;
    if (watch && !watch(at.x, result.iterations)) break;
  }
  result.x = std::move(at.x);
  result.value = at.value;
  return result;
}

}  // namespace rehearse::models
