// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/experiment/always_valid.hpp"
#include "engine/experiment/bayes_stop.hpp"
#include "engine/experiment/boundaries.hpp"
#include "engine/experiment/spending.hpp"
#include "engine/experiment/sprt.hpp"
#include "engine/experiment/stopping_rule.hpp"
#include "engine/experiment/tails.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::experiment;

double spent(const std::vector<double>& information, const std::vector<double>& z,
             double drift = 0) {
  return crossing(information, two_sided(z), drift)->total();
}

}  // namespace

TEST_CASE("crossing: SciPy's multivariate normal gives the same probabilities, unequal looks too") {
  const Json oracle = oracle::read("experiment/sequential.json");
  for (const Json& one : oracle["crossing"]) {
    const auto t = oracle::numbers(one["information"]), z = oracle::numbers(one["z"]);
    INFO(one.dump());
    CHECK(1 - spent(t, z, one["drift"].get<double>()) ==
          Approx(one["not_stopped"].get<double>()).margin(3e-6));
  }
}

TEST_CASE("crossing: one and two looks are the closed forms") {
  CHECK(spent({1.0}, {1.959963984540054}) == Approx(0.05).epsilon(1e-12));
  CHECK(spent({0.5}, {1.5}, 2.0) ==
        Approx(normal_cdf(2 * std::sqrt(0.5) - 1.5) + normal_cdf(-2 * std::sqrt(0.5) - 1.5))
            .epsilon(1e-12));
  // Both Z above 0 with correlation √½: 1/4 + asin(√½) / 2π = 3/8 (Sheppard 1899).
  const std::vector<double> t = {0.5, 1.0};
  const std::vector<Bounds> above = {{0, INFINITY}, {0, INFINITY}};
  CHECK(1 - crossing(t, above)->total() == Approx(3.0 / 8).epsilon(1e-11));
}

TEST_CASE("crossing: peeking at 5% a look, as Armitage, McPherson and Rowe tabled it in 1969") {
  const std::pair<int, double> table[] = {{1, 0.050}, {2, 0.083},  {3, 0.107},  {4, 0.126},
                                          {5, 0.142}, {10, 0.193}, {20, 0.248}, {50, 0.320}};
  for (const auto& [looks, error] : table) {
    INFO(looks);
    CHECK(stopping_rule("naive", looks, {})->spent.back() == Approx(error).margin(0.00051));
  }
}

TEST_CASE("boundaries: Pocock's constants are those of Jennison and Turnbull's table 2.1") {
  const double table[][3] = {{1.645, 1.960, 2.576}, {1.875, 2.178, 2.772}, {1.992, 2.289, 2.873},
                             {2.067, 2.361, 2.939}, {2.122, 2.413, 2.986}, {2.164, 2.453, 3.023},
                             {2.197, 2.485, 3.053}, {2.225, 2.512, 3.078}, {2.249, 2.535, 3.099},
                             {2.270, 2.555, 3.117}};
  const double alphas[] = {0.10, 0.05, 0.01};
  for (int looks = 1; looks <= 10; ++looks)
    for (int a = 0; a < 3; ++a) {
      INFO(looks << " looks, alpha " << alphas[a]);
      const auto found = boundaries(Shape::pocock, looks, alphas[a]);
      CHECK(found->z.back() == Approx(table[looks - 1][a]).margin(0.00051));
      CHECK(found->spent.back() == Approx(alphas[a]).epsilon(1e-9));
    }
  CHECK(boundaries(Shape::pocock, 5, 0.05)->z.front() == Approx(2.4132).margin(0.00005));
}

TEST_CASE(
    "boundaries: O'Brien-Fleming's constants are those of Jennison and Turnbull's table 2.3") {
  const double table[][3] = {{1.645, 1.960, 2.576}, {1.678, 1.977, 2.580}, {1.710, 2.004, 2.595},
                             {1.733, 2.024, 2.609}, {1.751, 2.040, 2.621}, {1.765, 2.053, 2.631},
                             {1.776, 2.063, 2.640}, {1.786, 2.072, 2.648}, {1.794, 2.080, 2.654},
                             {1.801, 2.087, 2.660}};
  const double alphas[] = {0.10, 0.05, 0.01};
  for (int looks = 1; looks <= 10; ++looks)
    for (int a = 0; a < 3; ++a) {
      INFO(looks << " looks, alpha " << alphas[a]);
      const auto found = boundaries(Shape::obrien_fleming, looks, alphas[a]);
      CHECK(found->z.back() == Approx(table[looks - 1][a]).margin(0.00051));
      CHECK(found->z.front() == Approx(found->z.back() * std::sqrt(looks)).epsilon(1e-12));
    }
  CHECK(boundaries(Shape::obrien_fleming, 5, 0.05)->z.back() == Approx(2.0401).margin(0.00005));
}

TEST_CASE("boundaries: how much longer the longest test is, by Jennison and Turnbull's tables") {
  const auto factor = [](Shape shape, int looks, double power) {
    return *inflation_factor(*boundaries(shape, looks, 0.05), 0.05, power);
  };
  CHECK(factor(Shape::pocock, 5, 0.8) == Approx(1.229).margin(0.0011));
  CHECK(factor(Shape::pocock, 5, 0.9) == Approx(1.207).margin(0.0011));
  CHECK(factor(Shape::obrien_fleming, 5, 0.8) == Approx(1.028).margin(0.0011));
  CHECK(factor(Shape::obrien_fleming, 5, 0.9) == Approx(1.026).margin(0.0011));
  CHECK(factor(Shape::pocock, 1, 0.8) == Approx(1).epsilon(1e-6));
}

TEST_CASE("spending: gsDesign gives the same bounds for five equal looks") {
  const double obf[] = {4.8769, 3.3570, 2.6803, 2.2898, 2.0310};
  const double pocock[] = {2.4380, 2.4268, 2.4101, 2.3966, 2.3859};
  const auto a = *boundaries(Shape::ld_obrien_fleming, 5, 0.05);
  const auto b = *boundaries(Shape::ld_pocock, 5, 0.05);
  for (std::size_t k = 0; k < 5; ++k) {
    CHECK(a.z[k] == Approx(obf[k]).margin(0.00011));
    CHECK(b.z[k] == Approx(pocock[k]).margin(0.00011));
  }
}

TEST_CASE("spending: whatever the looks, the bounds cross as often as was spent") {
  rc::prop("the integral of the bounds is the spending function",
           [](std::uint64_t seed, bool like) {
             Stream stream(seed, "test.looks");
             std::vector<double> t(1 + stream.below(6));
             for (double& x : t) x = stream.uniform(0.02, 1);
             std::sort(t.begin(), t.end());
             for (std::size_t k = 1; k < t.size(); ++k) t[k] = std::max(t[k], t[k - 1] + 0.005);
             if (t.back() > 1) t.back() = 1;
             const bool apart = t.size() < 2 || t[t.size() - 2] < t.back();
             RC_PRE(apart);  // the macro itself would look at both sides of an `or`
             const Spending spending = like ? Spending::pocock : Spending::obrien_fleming;
             const auto found = spending_boundaries(spending, t, 0.05);
             RC_ASSERT(found.has_value());
             const auto crossed = crossing(t, two_sided(found->z))->cumulative();
             for (std::size_t k = 0; k < t.size(); ++k)
               RC_ASSERT(std::abs(crossed[k] - spent_by(spending, t[k], 0.05)) < 1e-9);
           });
}

TEST_CASE("spending: a far tail keeps its digits") {
  // The first look in closed form, where the error is 4 (1 - Φ(2.2414 / √0.05)).
  const auto rule = *boundaries(Shape::ld_obrien_fleming, 20, 0.05);
  CHECK(rule.z[0] == Approx(-normal_quantile(spent_by(Spending::obrien_fleming, 0.05, 0.05) / 2)));
  CHECK(normal_two_sided(rule.z[0]) == Approx(2.4e-23).epsilon(0.05));
  for (std::size_t k = 1; k < 20; ++k) CHECK(rule.z[k] < rule.z[k - 1]);
}

TEST_CASE("crossing: a simulated walk of normal steps agrees within four standard errors") {
  const auto rule = *boundaries(Shape::obrien_fleming, 4, 0.05);
  const double drift = 2.5, n = 20000;
  double crossed = 0, information = 0;
  for (int i = 0; i < n; ++i) {
    Stream stream(3, "test.walk", static_cast<std::uint64_t>(i));
    double b = 0, stop = 1;
    for (std::size_t k = 0; k < 4; ++k) {
      b += stream.normal(drift / 4, 0.5);
      if (std::abs(b / std::sqrt(rule.information[k])) < rule.z[k]) continue;
      crossed += 1, stop = rule.information[k];
      break;
    }
    information += stop;
  }
  const auto exact = *operating_point(rule, drift);
  CHECK(crossed / n == Approx(exact.power).margin(4 * std::sqrt(0.25 / n)));
  CHECK(information / n == Approx(exact.expected_information).margin(4 * 0.3 / std::sqrt(n)));
}

TEST_CASE("boundaries: what cannot be asked is refused with a reason") {
  CHECK_FALSE(boundaries(Shape::pocock, 0, 0.05));
  CHECK_FALSE(boundaries(Shape::pocock, 201, 0.05));
  CHECK_FALSE(boundaries(Shape::pocock, 5, 0));
  CHECK_FALSE(boundaries(Shape::pocock, 5, std::nan("")));
  CHECK_FALSE(shape_named("pococks"));
  CHECK_FALSE(spending_boundaries(Spending::pocock, {0.5, 0.4}, 0.05));
  CHECK_FALSE(spending_boundaries(Spending::pocock, {0.5, 1.4}, 0.05));
  CHECK_FALSE(spending_boundaries(Spending::pocock, {}, 0.05));
  const std::vector<double> close = {0.5, 0.5 + 1e-9, 1};
  CHECK(crossing(close, two_sided(std::vector<double>{2, 2, 2})).error().message.find("close") !=
        std::string::npos);
  CHECK_FALSE(stopping_rule("optimism", 5, {}));
  CHECK(boundaries(Shape::pocock, 1, 0.05)->z[0] == Approx(1.959963984540054).epsilon(1e-9));
}

TEST_CASE("sprt: where steps land on the bounds Wald's formulas are the gambler's ruin") {
  // p0 = 0.4, p1 = 0.6: steps of ±ln 1.5. Bounds at ±m steps where (1-β)/α = 1.5^m, α = β.
  for (const int m : {3, 8}) {
    const double alpha = 1 / (1 + std::pow(1.5, m));
    const auto test = *Sprt::of(0.4, 0.6, alpha, alpha);
    for (const double p : {0.4, 0.45, 0.5, 0.55, 0.6, 0.9}) {
      const double r = (1 - p) / p;
      const double ruin = p == 0.5 ? 0.5 : std::pow(r, m) / (1 + std::pow(r, m));
      const double length = p == 0.5 ? m * m : m * (1 - 2 * ruin) / (2 * p - 1);
      const auto found = *test.at(p);
      CHECK(found.accept_null == Approx(ruin).epsilon(1e-6));
      CHECK(found.expected_n == Approx(length).epsilon(1e-6));
    }
  }
}

TEST_CASE("sprt: simulated errors stay below Wald's bounds") {
  const auto test = *Sprt::of(0.02, 0.04, 0.05, 0.1);
  double wrong = 0;
  const int n = 2000;
  for (int i = 0; i < n; ++i) {
    Stream stream(4, "test.sprt", static_cast<std::uint64_t>(i));
    double successes = 0, trials = 0;
    auto decision = Sprt::Decision::go_on;
    while (decision == Sprt::Decision::go_on) {
      trials += 1, successes += stream.bernoulli(0.02);
      decision = test.decide(test.statistic(successes, trials));
    }
    wrong += decision == Sprt::Decision::accept_alternative;
  }
  CHECK(wrong / n < 0.05 / 0.9);
  CHECK(wrong / n == Approx(1 - test.at(0.02)->accept_null).margin(0.02));
  CHECK_FALSE(Sprt::of(0.1, 0.1, 0.05, 0.1));
  CHECK_FALSE(Sprt::of(0.1, 1, 0.05, 0.1));
  CHECK_FALSE(test.at(0));
}

TEST_CASE("always valid: the mixture's ratio is the integral of likelihood ratios over the prior") {
  // ∫ exp(δ d / V - δ² / 2V) N(δ; 0, τ²) dδ by the midpoint rule.
  const double d = 0.7, v = 0.2, tau = 0.5;
  double sum = 0;
  const double step = 1e-3;
  for (double x = -6; x < 6; x += step) {
    const double delta = x + step / 2;
    sum += std::exp(delta * d / v - delta * delta / (2 * v)) * normal_density(delta / tau) / tau *
           step;
  }
  CHECK(mixture_log_ratio(d, v, tau) == Approx(std::log(sum)).epsilon(1e-9));
  // At the bound the ratio is 1/α.
  const double bound = mixture_bound(v, tau, 0.05);
  CHECK(mixture_log_ratio(bound * std::sqrt(v), v, tau) == Approx(std::log(20.0)).epsilon(1e-12));
}

TEST_CASE("always valid: the tuned mixture gives the narrowest interval") {
  const double best = mixture_half_width(0.3, tuned_mixture(0.3, 0.05), 0.05);
  for (const double factor : {0.5, 0.9, 0.99, 1.01, 1.1, 2.0})
    CHECK(mixture_half_width(0.3, factor * tuned_mixture(0.3, 0.05), 0.05) > best);
}

TEST_CASE("always valid: p never rises, intervals only shrink, and a null is kept at 200 looks") {
  const auto found = *always_valid({0.5, 0.9, 0.2}, {0.2, 0.1, 0.05}, 0.5, 0.05);
  for (std::size_t k = 1; k < 3; ++k) {
    CHECK(found.p[k] <= found.p[k - 1]);
    CHECK(found.low[k] >= found.low[k - 1]);
    CHECK(found.high[k] <= found.high[k - 1]);
  }
  for (const int looks : {1, 20, 200})
    CHECK(stopping_rule("always-valid", looks, {})->spent.back() < 0.05);
  CHECK_FALSE(always_valid({1}, {0}, 1, 0.05));
  CHECK_FALSE(always_valid({NAN}, {1}, 1, 0.05));
  CHECK_FALSE(always_valid({1, 2}, {1}, 1, 0.05));
}

TEST_CASE("bayesian stopping: the posterior's bound is where its probability is reached") {
  const double v = 0.04, prior = 0.3, z = posterior_bound(v, prior, 0.05);
  CHECK(posterior(z * std::sqrt(v), v, prior).above_zero() == Approx(0.975).epsilon(1e-12));
  // Losses by integration, and their difference is the mean.
  const Posterior p = posterior(0.1, v, prior);
  double loss = 0;
  for (double x = -3; x < 0; x += 1e-4)
    loss += -(x + 5e-5) * normal_density((x + 5e-5 - p.mean) / p.deviation) / p.deviation * 1e-4;
  CHECK(p.loss_of_shipping() == Approx(loss).epsilon(1e-6));
  CHECK(p.loss_of_staying() - p.loss_of_shipping() == Approx(p.mean).epsilon(1e-12));
}

TEST_CASE("bayesian stopping: under the null a flat prior is naive peeking") {
  RuleOptions flat;
  flat.prior = 1e5;
  CHECK(stopping_rule("bayesian", 10, flat)->spent.back() ==
        Approx(stopping_rule("naive", 10, {})->spent.back()).epsilon(1e-6));
  CHECK(stopping_rule("bayesian", 10, {})->spent.back() > 0.1);
}
