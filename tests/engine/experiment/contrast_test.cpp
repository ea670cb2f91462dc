// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/contrast.hpp"

#include <catch2/catch.hpp>

#include "engine/experiment/adjustment.hpp"
#include "engine/experiment/clusters.hpp"
#include "engine/experiment/multiplicity.hpp"
#include "engine/experiment/permutation.hpp"
#include "engine/experiment/power.hpp"
#include "engine/experiment/ratio.hpp"
#include "tests/oracles/oracle.hpp"

using namespace rehearse;
using namespace rehearse::experiment;
using Values = std::vector<double>;

namespace {

const Json& experiment_oracle() {
  static const Json json = oracle::read("experiment/experiment.json");
  return json;
}

void same(const Contrast& contrast, const Json& expected) {
  CHECK(contrast.absolute == Approx(expected["absolute"].get<double>()).epsilon(1e-9));
  CHECK(contrast.standard_error == Approx(expected["standard_error"].get<double>()).epsilon(1e-9));
  CHECK(contrast.ci_low == Approx(expected["ci_low"].get<double>()).epsilon(1e-8));
  CHECK(contrast.ci_high == Approx(expected["ci_high"].get<double>()).epsilon(1e-8));
  CHECK(contrast.p == Approx(expected["p"].get<double>()).epsilon(1e-6));
}

Values values_in(const Json& json) { return json.get<Values>(); }

struct OracleUnits {
  Values outcome, x1, x2;
  std::vector<std::uint8_t> treated;
  std::vector<std::int64_t> cluster;
  std::vector<std::int32_t> stratum;
  Units units(int covariates) const {
    Units u{treated, outcome, {}};
    if (covariates > 0) u.covariates.emplace_back(x1);
    if (covariates > 1) u.covariates.emplace_back(x2);
    return u;
  }
};
OracleUnits oracle_units() {
  const Json& d = experiment_oracle()["units"];
  return {d["y"], d["x1"], d["x2"], d["treated"], d["cluster"], d["stratum"]};
}

}  // namespace

TEST_CASE("contrast: two proportions agree with statsmodels") {
  for (const Json& c : experiment_oracle()["proportions"]) {
    const auto made = two_proportions({c["x_c"], c["n_c"]}, {c["x_t"], c["n_t"]}, c["level"]);
    REQUIRE(made);
    same(*made, c);
    CHECK(made->statistic == Approx(c["z"].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("contrast: Welch agrees with SciPy") {
  for (const Json& c : experiment_oracle()["means"]) {
    const auto made = welch(values_in(c["control"]), values_in(c["treatment"]), 0.95);
    REQUIRE(made);
    same(*made, c);
    CHECK(made->degrees == Approx(c["degrees"].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("contrast: the relative lift's variance is the delta method's") {
  const auto made = two_proportions({200, 1000}, {250, 1000});
  REQUIRE(made);
  CHECK(made->relative == Approx(0.25));
  const double v_c = 0.2 * 0.8 / 1000, v_t = 0.25 * 0.75 / 1000;
  const double error = std::sqrt((v_t + 1.25 * 1.25 * v_c) / 0.04);
  CHECK(made->relative_high - made->relative == Approx(1.959963984540054 * error).epsilon(1e-9));
  CHECK(std::isnan(two_proportions({0, 1000}, {5, 1000})->relative));
  CHECK_FALSE(two_proportions({0, 1000}, {5, 1000})->relative_why.empty());
}

TEST_CASE("contrast: what has no answer says why, and what is wrong is refused") {
  const auto none = two_proportions({0, 10}, {0, 12});
  REQUIRE(none);
  CHECK(std::isnan(none->p));
  CHECK_FALSE(none->why.empty());
  CHECK(none->absolute == 0);
  CHECK_FALSE(two_proportions({11, 10}, {1, 10}));
  CHECK_FALSE(two_proportions({0, 0}, {1, 10}));
  CHECK_FALSE(two_proportions({1, 10}, {1, 10}, 1.0));
  CHECK_FALSE(welch(Values{}, Values{1, 2}));
  CHECK_FALSE(welch(Values{1, std::nan("")}, Values{1, 2}));
  CHECK_FALSE(welch(Values{1, INFINITY}, Values{1, 2}));
  CHECK_FALSE(welch(Values{1e308, 1e308}, Values{1, 2}));
  for (const auto& [a, b] : {std::pair<Values, Values>{{1}, {2, 3}}, {{1, 1}, {1, 1}}}) {
    const auto made = welch(a, b);
    REQUIRE(made);
    CHECK(std::isnan(made->p));
    CHECK_FALSE(made->why.empty());
  }
}

TEST_CASE("contrast: a constant added to every outcome changes nothing but the levels") {
  Values a, b;
  for (int i = 0; i < 50; ++i) a.push_back(i * 7 % 13), b.push_back(i * 5 % 17);
  const auto plain = welch(a, b);
  for (double& v : a) v += 1e9;
  for (double& v : b) v += 1e9;
  const auto moved = welch(a, b);
  CHECK(moved->absolute == Approx(plain->absolute).epsilon(1e-7));
  CHECK(moved->standard_error == Approx(plain->standard_error).epsilon(1e-7));
}

TEST_CASE(
    "ratio: the delta method is the sandwich variance of a mean weighted by the denominator") {
  const Json& c = experiment_oracle()["ratio"];
  const auto one = ratio_of(values_in(c["x"]), values_in(c["y"]));
  REQUIRE(one);
  CHECK(one->ratio == Approx(c["ratio"].get<double>()).epsilon(1e-12));
  CHECK(std::sqrt(one->variance) == Approx(c["standard_error"].get<double>()).epsilon(1e-9));
  // With a denominator of 1 it is the variance of a mean.
  const auto mean = ratio_of(Values{1, 2, 3, 10}, Values{1, 1, 1, 1});
  CHECK(mean->variance == Approx(sample_of(Values{1, 2, 3, 10})->variance / 4).epsilon(1e-12));
  CHECK(ratio_of(Values{2, 4, 6}, Values{1, 2, 3})->variance == 0);
  CHECK_FALSE(ratio_of(Values{1}, Values{0}));
  CHECK_FALSE(ratio_of(Values{1, 2}, Values{1}));
}

TEST_CASE("permutation: all splits of a small case, counted by hand") {
  // 1 2 3 | 7 8: of 10 splits only the observed one has a difference of at least 5.5.
  const auto test = exact_permutation_test(Values{1, 2, 3}, Values{7, 8});
  REQUIRE(test);
  CHECK(test->splits == 10);
  CHECK(test->observed == Approx(5.5));
  CHECK(test->p == Approx(0.1));
}

TEST_CASE("permutation: enumeration agrees with SciPy, sampling with enumeration") {
  for (const Json& c : experiment_oracle()["permutation"]) {
    const Values a = values_in(c["control"]), b = values_in(c["treatment"]);
    const auto all = exact_permutation_test(a, b);
    REQUIRE(all);
    CHECK(all->p == Approx(c["p"].get<double>()).epsilon(1e-12));
    const auto some = permutation_test(a, b, 4000, 7);
    REQUIRE(some);
    CHECK(some->p == Approx(all->p).margin(5 * std::sqrt(all->p * (1 - all->p) / 4000) + 3e-4));
  }
}

TEST_CASE("permutation: arms may be exchanged, and bad input is refused") {
  const Values a{1, 5, 2, 8, 3}, b{2, 9, 7};
  CHECK(exact_permutation_test(a, b)->p == exact_permutation_test(b, a)->p);
  CHECK(exact_permutation_test(a, b)->observed == -exact_permutation_test(b, a)->observed);
  CHECK_FALSE(permutation_test(a, b, 0, 1));
  CHECK_FALSE(permutation_test(a, Values{}, 10, 1));
  CHECK_FALSE(exact_permutation_test(Values(40, 1.0), Values(40, 2.0)));
  CHECK(splits_of(10, 3) == 120);
  CHECK(splits_of(1000, 500) == kMostSplits + 1);
}

TEST_CASE("cuped: with its own covariate it removes exactly the share of variance explained") {
  const OracleUnits data = oracle_units();
  const Json& c = experiment_oracle()["cuped"];
  const auto made = cuped(data.units(1));
  REQUIRE(made);
  same(made->contrast, c);
  CHECK(made->coefficients[0] == Approx(c["theta"].get<double>()).epsilon(1e-9));
  CHECK(made->variance_reduction == Approx(c["variance_reduction"].get<double>()).epsilon(1e-9));
  const Json& two = experiment_oracle()["cuped_two"];
  same(cuped(data.units(2))->contrast, two);
}

TEST_CASE("regression: Lin's estimate and HC2 agree with statsmodels") {
  const OracleUnits data = oracle_units();
  for (const int covariates : {1, 2}) {
    const auto made = regression_adjusted(data.units(covariates));
    REQUIRE(made);
    same(made->contrast, experiment_oracle()[covariates == 1 ? "lin" : "lin_two"]);
  }
}

TEST_CASE("regression: without covariates its standard error is Welch's") {
  const OracleUnits data = oracle_units();
  const auto made = regression_adjusted(data.units(0));
  REQUIRE(made);
  Values arms[2];
  for (std::size_t i = 0; i < data.outcome.size(); ++i)
    arms[data.treated[i]].push_back(data.outcome[i]);
  const auto plain = welch(arms[0], arms[1]);
  CHECK(made->contrast.absolute == Approx(plain->absolute).epsilon(1e-12));
  CHECK(made->contrast.standard_error == Approx(plain->standard_error).epsilon(1e-12));
}

TEST_CASE("adjustment: covariates that say nothing new are refused with a reason") {
  const OracleUnits data = oracle_units();
  const Values constant(data.outcome.size(), 3.0);
  Values twice;
  for (const double v : data.x1) twice.push_back(2 * v);
  Units units = data.units(1);
  units.covariates.emplace_back(twice);
  CHECK_FALSE(cuped(units));
  CHECK_FALSE(regression_adjusted(units));
  units.covariates = {constant};
  CHECK_FALSE(cuped(units));
  units.covariates.clear();
  CHECK_FALSE(cuped(units));
}

TEST_CASE("stratified: the weighted sum of differences by stratum") {
  // Stratum 1: 2 - 1 = 1 of 4 units; stratum 2: 12 - 10 = 2 of 8 units.
  const std::vector<std::uint8_t> treated{0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1};
  const Values outcome{0, 2, 1, 3, 9, 11, 9, 11, 11, 13, 11, 13};
  const std::vector<std::int32_t> strata{1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2};
  const auto made = stratified({treated, outcome, {}}, strata);
  REQUIRE(made);
  CHECK(made->contrast.absolute == Approx(5.0 / 3));
  CHECK(made->contrast.standard_error ==
        Approx(std::sqrt((1.0 / 9) * 2 + (4.0 / 9) * (2 * (4.0 / 3) / 4))).epsilon(1e-12));
  CHECK(made->strata == 2);
}

TEST_CASE("stratified: a stratum that lacks an arm is merged and not dropped") {
  const std::vector<std::uint8_t> treated{0, 0, 1, 1, 0};
  const Values outcome{0, 2, 1, 3, 5};
  const auto made = stratified({treated, outcome, {}}, std::vector<std::int32_t>{1, 1, 1, 1, 9});
  REQUIRE(made);
  CHECK(made->merged == 1);
  CHECK(made->contrast.control == Approx(7.0 / 3));
}

TEST_CASE(
    "clusters: the robust variance agrees with statsmodels, the correlation with its formula") {
  const OracleUnits data = oracle_units();
  const Json& c = experiment_oracle()["clusters"];
  const auto made = clustered(data.units(0), data.cluster);
  REQUIRE(made);
  CHECK(made->contrast.absolute == Approx(c["absolute"].get<double>()).epsilon(1e-9));
  CHECK(made->contrast.standard_error == Approx(c["standard_error"].get<double>()).epsilon(1e-9));
  CHECK(made->intraclass_correlation == Approx(c["icc"].get<double>()).epsilon(1e-9));
  CHECK(made->design_effect == Approx(1 + (made->mean_size - 1) * made->intraclass_correlation));
}

TEST_CASE("clusters: of one unit each they change nothing but the degrees") {
  const OracleUnits data = oracle_units();
  std::vector<std::int64_t> own(data.outcome.size());
  for (std::size_t i = 0; i < own.size(); ++i) own[i] = static_cast<std::int64_t>(i);
  const auto made = clustered(data.units(0), own);
  REQUIRE(made);
  CHECK(made->contrast.standard_error ==
        Approx(regression_adjusted(data.units(0))->contrast.standard_error).epsilon(1e-9));
  CHECK(made->mixed == 0);
  const std::vector<std::int64_t> all(data.outcome.size(), 1);
  CHECK_FALSE(clustered(data.units(0), all));
}

TEST_CASE("multiplicity: Bonferroni and Holm agree with statsmodels, whatever the order") {
  for (const Json& c : experiment_oracle()["multiplicity"]) {
    const Values p = values_in(c["p"]), b = bonferroni(p), h = holm(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
      CHECK(b[i] == Approx(c["bonferroni"][i].get<double>()).epsilon(1e-12));
      CHECK(h[i] == Approx(c["holm"][i].get<double>()).epsilon(1e-12));
    }
  }
  const Values with_gap = holm(Values{0.01, std::nan(""), 0.04});
  CHECK(with_gap[0] == Approx(0.02));
  CHECK(std::isnan(with_gap[1]));
  CHECK(bonferroni(with_gap)[2] == Approx(0.08));
}

TEST_CASE("power: sizes of all four forms") {
  for (const Json& c : experiment_oracle()["sizes"]) {
    const auto form = size_form_of(c["form"]);
    REQUIRE(form);
    const auto size =
        sample_size(c["p"], c["d"], {c["alpha"], c["power"], c["attrition"], 1}, *form);
    REQUIRE(size);
    CHECK(size->per_arm_exact == Approx(c["exact"].get<double>()).epsilon(1e-9));
    CHECK(size->per_arm == std::ceil(c["exact"].get<double>()));
    CHECK(size->total == 2 * size->per_arm);
  }
}

TEST_CASE("power: size, power and detectable effect are each other's inverses") {
  for (const SizeForm form :
       {SizeForm::unpooled, SizeForm::pooled, SizeForm::continuity, SizeForm::arcsine}) {
    const Target target{0.05, 0.8, 0.1, 1.5};
    const auto size = sample_size(0.2, 0.02, target, form);
    REQUIRE(size);
    CHECK(*power_of(0.2, 0.02, size->per_arm_exact, target, form) == Approx(0.8).margin(1e-6));
    CHECK(*minimum_detectable(0.2, size->per_arm_exact, target, form) == Approx(0.02).margin(1e-9));
    const auto down = sample_size(0.2, -0.02, target, form);
    CHECK(*minimum_detectable(0.2, down->per_arm_exact, target, form, false) ==
          Approx(-0.02).margin(1e-9));
  }
  const auto means = sample_size_of_means(4, 4, 0.5);
  CHECK(*power_of_means(4, 4, 0.5, means->per_arm_exact) == Approx(0.8).margin(1e-6));
  CHECK(*minimum_detectable_of_means(4, means->per_arm_exact) == Approx(0.5).epsilon(1e-9));
}

TEST_CASE("power: attrition and clusters are paid for before rounding") {
  const auto plain = sample_size(0.2, 0.02), lossy = sample_size(0.2, 0.02, {0.05, 0.8, 0.2, 1}),
             clusters = sample_size(0.2, 0.02, {0.05, 0.8, 0, design_effect(50, 0.02)});
  CHECK(lossy->per_arm_exact == Approx(plain->per_arm_exact / 0.8).epsilon(1e-12));
  CHECK(clusters->per_arm_exact == Approx(plain->per_arm_exact * 1.98).epsilon(1e-12));
}

TEST_CASE("power: what cannot be asked is refused") {
  CHECK_FALSE(sample_size(0, 0.1));
  CHECK_FALSE(sample_size(0.2, 0));
  CHECK_FALSE(sample_size(0.9, 0.2));
  CHECK_FALSE(sample_size(0.2, std::nan("")));
  CHECK_FALSE(sample_size(0.2, 0.02, {0, 0.8, 0, 1}));
  CHECK_FALSE(sample_size(0.2, 0.02, {0.05, 1, 0, 1}));
  CHECK_FALSE(sample_size(0.2, 0.02, {0.05, 0.8, 1, 1}));
  CHECK_FALSE(minimum_detectable(0.99, 10));
  CHECK_FALSE(size_form_of("poled"));
}
