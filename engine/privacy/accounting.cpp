// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privacy/accounting.hpp"

#include <cassert>
#include <cmath>
#include <numbers>

#include "engine/privacy/mechanism.hpp"

namespace rehearse::privacy {
namespace {

constexpr int kHalvingsOfBudget = 100;

// The greatest ε of one release by which n of them compose to at most `total`.
double epsilon_of_each(double total, double slack, std::size_t releases) {
  double low = 0, high = total;
  for (int i = 0; i < kHalvingsOfBudget; ++i) {
    const double middle = low + (high - low) / 2;
    const bool fits = compose_advanced({middle, 0}, releases, slack).epsilon <= total;
    (fits ? low : high) = middle;
  }
  return low;
}

Result<NoisePlan> plan_laplace(Composition composition, double sensitivity, const Budget& total,
                               std::size_t releases) {
  const auto n = static_cast<double>(releases);
  NoisePlan plan;
  if (composition == Composition::basic) {
    plan.each.epsilon = total.epsilon / n;
    plan.total = compose_basic(plan.each, releases);
  } else if (composition == Composition::advanced) {
    if (!(total.delta > 0 && total.delta < 1))
      return fail(Code::invalid_argument, "delta is {:g}; it lies between 0 and 1", total.delta);
    plan.each.epsilon = epsilon_of_each(total.epsilon, total.delta, releases);
    plan.total = compose_advanced(plan.each, releases, total.delta);
  } else {
    return fail(Code::invalid_argument,
                "Laplace noise is composed by `basic` or `advanced`; zcdp and exact are Gaussian");
  }
  auto scale = laplace_scale(sensitivity, plan.each.epsilon);
  if (!scale) return fail(scale.error());
  plan.scale = *scale, plan.sd = std::numbers::sqrt2 * *scale;
  return plan;
}

// √ρ solves r² + 2 r √(ln 1/δ) = ε.
double rho_of(const Budget& total) {
  const double spread = std::sqrt(-std::log(total.delta));
  const double root = std::sqrt(spread * spread + total.epsilon) - spread;
  return root * root;
}

Result<NoisePlan> plan_gaussian(Composition composition, double sensitivity, const Budget& total,
                                std::size_t releases) {
  const auto n = static_cast<double>(releases);
  // Also checks the budget for zcdp.
  auto sigma = composition == Composition::basic
                   ? gaussian_sigma(sensitivity, total.epsilon / n, total.delta / n)
                   : gaussian_sigma(sensitivity * std::sqrt(n), total.epsilon, total.delta);
  if (!sigma) return fail(sigma.error());
  NoisePlan plan;
  plan.scale = *sigma;
  plan.total = total;
  if (composition == Composition::zcdp) {
    const double rho = rho_of(total);
    plan.scale = sensitivity * std::sqrt(n / (2 * rho));
    plan.total.epsilon = zcdp_epsilon(rho, total.delta);
  } else if (composition == Composition::advanced) {
    return fail(Code::invalid_argument,
                "Gaussian noise is composed by `basic`, `zcdp` or `exact`; advanced is of Laplace");
  }
  plan.sd = plan.scale;
  plan.each = {gaussian_epsilon(sensitivity, plan.scale, total.delta / n), total.delta / n};
  return plan;
}

}  // namespace

Budget compose_basic(const Budget& each, std::size_t releases) {
  assert(releases >= 1);
  const auto n = static_cast<double>(releases);
  return {n * each.epsilon, n * each.delta};
}

Budget compose_advanced(const Budget& each, std::size_t releases, double slack) {
  assert(releases >= 1 && each.epsilon >= 0 && slack > 0 && slack < 1);
  const auto n = static_cast<double>(releases);
  return {each.epsilon * std::sqrt(2 * n * std::log(1 / slack)) +
              n * each.epsilon * std::expm1(each.epsilon),
          n * each.delta + slack};
}

double zcdp_epsilon(double rho, double delta) {
  assert(rho >= 0 && delta > 0 && delta < 1);
  return rho + 2 * std::sqrt(rho * std::log(1 / delta));
}

Result<Noise> parse_noise(const std::string& name) {
  if (name == "laplace") return Noise::laplace;
  if (name == "gaussian") return Noise::gaussian;
  return fail(Code::invalid_argument, "there is no noise `{}`; there are laplace and gaussian",
              name);
}

Result<Composition> parse_composition(const std::string& name) {
  if (name == "basic") return Composition::basic;
  if (name == "advanced") return Composition::advanced;
  if (name == "zcdp") return Composition::zcdp;
  if (name == "exact") return Composition::exact;
  return fail(Code::invalid_argument,
              "there is no composition `{}`; there are basic, advanced, zcdp and exact", name);
}

Result<NoisePlan> plan_noise(Noise noise, Composition composition, double sensitivity,
                             const Budget& total, std::size_t releases) {
  if (releases < 1)
    return fail(Code::invalid_argument, "nothing is released: at least 1 release is due");
  return noise == Noise::laplace ? plan_laplace(composition, sensitivity, total, releases)
                                 : plan_gaussian(composition, sensitivity, total, releases);
}

}  // namespace rehearse::privacy
