// SPDX-License-Identifier: GPL-3.0-or-later
//
// Missingness, distributions, residuals and profile, held against statsmodels, SciPy and NumPy
// (tests/oracles/diagnose) and against what simulated data is known to be.
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/base/random.hpp"
#include "engine/diagnose/distributions.hpp"
#include "engine/diagnose/missingness.hpp"
#include "engine/diagnose/residuals.hpp"
#include "tests/oracles/oracle.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::diagnose;

const Json& fixture() {
  static const Json json = oracle::read("diagnose/diagnose.json");
  return json;
}

std::vector<double> with_gaps(const Json& json) {
  std::vector<double> values;
  for (const Json& v : json) values.push_back(v.is_null() ? std::nan("") : v.get<double>());
  return values;
}

Design design_of(const Json& rows) {
  Design design;
  design.rows = rows.size();
  for (std::size_t c = 0; c < rows[0].size(); ++c) design.names.push_back("x" + std::to_string(c));
  for (const Json& row : rows)
    for (const Json& v : row) design.cells.push_back(v.get<double>());
  return design;
}

void check_all(const std::vector<double>& got, const Json& expected, double tolerance) {
  REQUIRE(got.size() == expected.size());
  for (std::size_t i = 0; i < got.size(); ++i)
    CHECK(got[i] == Approx(expected[i].get<double>()).epsilon(tolerance));
}

// A world in which x goes missing for a known reason.
enum class Mechanism { mcar, mar, mnar };
Frame world(Mechanism mechanism, std::size_t n, std::uint64_t replicate) {
  std::vector<double> z, x, truth, y;
  for (std::size_t i = 0; i < n; ++i) {
    Stream stream(3, "test.missing", replicate, i);
    z.push_back(stream.normal());
    truth.push_back(4 + z.back() + stream.normal());
    const double eta = mechanism == Mechanism::mcar  ? -1.0
                       : mechanism == Mechanism::mar ? -1.0 + 1.2 * z.back()
                                                     : -1.0 + 1.2 * (truth.back() - 4 - z.back());
    x.push_back(stream.bernoulli(1 / (1 + std::exp(-eta))) ? std::nan("") : truth.back());
    y.push_back(stream.bernoulli(1 / (1 + std::exp(2 - 0.5 * (truth.back() - 4)))));
  }
  Frame::Builder builder;
  builder.add("z", std::move(z)).add("x", std::move(x)).add("x_true", std::move(truth));
  builder.add("y", std::move(y));
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("little: the same statistic, degrees and p as row by row in NumPy") {
  for (const Json& one : fixture()["little"]) {
    std::vector<std::vector<double>> columns;
    for (const Json& column : one["columns"]) columns.push_back(with_gaps(column));
    const auto test = little_test(columns);
    REQUIRE(test);
    CHECK(test->statistic == Approx(one["statistic"].get<double>()).epsilon(1e-6));
    CHECK(test->degrees == one["degrees"].get<int>());
    CHECK(test->patterns == one["patterns"].get<int>());
    CHECK(test->p == Approx(one["p"].get<double>()).epsilon(1e-6).margin(1e-15));
  }
}

TEST_CASE("little: the unit of a column does not matter, and what cannot be tested says so") {
  std::vector<std::vector<double>> columns;
  for (const Json& column : fixture()["little"][1]["columns"]) columns.push_back(with_gaps(column));
  const auto before = little_test(columns);
  for (double& v : columns[1]) v = v * 1e6 - 3e7;
  const auto after = little_test(columns);
  REQUIRE((before && after));
  CHECK(after->statistic == Approx(before->statistic).epsilon(1e-6));
  CHECK_FALSE(little_test({}));
  CHECK_FALSE(little_test({{1, 2, 3}, {4, 5, 6.5}}));
  CHECK_FALSE(little_test({{1, 1, 1}, {4, std::nan(""), 6}}));
  CHECK_FALSE(little_test({{1, 2, 3, 4}, {2, 4, 6, 8}, {1, std::nan(""), 2, 5}}));
}

TEST_CASE("regression: coefficients, errors and likelihoods of statsmodels") {
  const Json& one = fixture()["regression"];
  const Design design = design_of(one["x"]);
  const auto ols = least_squares(design, oracle::numbers(one["y"]));
  REQUIRE(ols);
  check_all(ols->coefficients, one["ols"]["coefficients"], 1e-9);
  check_all(ols->standard_errors, one["ols"]["errors"], 1e-9);
  CHECK(ols->r_squared == Approx(one["ols"]["r_squared"].get<double>()).epsilon(1e-9));
  const auto click = oracle::numbers(one["click"]);
  const auto logit = logistic(design, click);
  REQUIRE(logit);
  check_all(logit->coefficients, one["logit"]["coefficients"], 1e-6);
  check_all(logit->standard_errors, one["logit"]["errors"], 1e-5);
  CHECK(logit->log_likelihood ==
        Approx(one["logit"]["log_likelihood"].get<double>()).epsilon(1e-9));
  const auto ratio = likelihood_ratio(*logit, *logistic(Design{design.rows, {}, {}}, click));
  CHECK(ratio.statistic == Approx(one["logit"]["lr"].get<double>()).epsilon(1e-7));
  CHECK(ratio.degrees == 3);
  CHECK(ratio.p == Approx(one["logit"]["lr_p"].get<double>()).epsilon(1e-5));
}

TEST_CASE("regression: a column that others explain counts no degree, and separation is told") {
  const Json& one = fixture()["regression"];
  const Design design = design_of(one["x"]);
  Design twice = beside(design, design);
  const auto fit = least_squares(twice, oracle::numbers(one["y"]));
  REQUIRE(fit);
  CHECK(fit->rank == 4);
  CHECK(std::isnan(fit->standard_errors[5]));
  Design perfect{40, {"x"}, {}};
  std::vector<double> y;
  for (int i = 0; i < 40; ++i) perfect.cells.push_back(i), y.push_back(i >= 20);
  const auto separated = logistic(perfect, y);
  REQUIRE(separated);
  CHECK(separated->separated);
  CHECK_FALSE(logistic(perfect, std::vector<double>(40, 1.0)));
  CHECK_FALSE(least_squares(Design{2, {"x"}, {1, 2}}, std::vector<double>{1, 2}));
}

TEST_CASE("missingness: MCAR is seldom refuted, MAR nearly always, MNAR only by the truth") {
  int mcar = 0, mar = 0, mnar_observed = 0, mnar_truth = 0;
  constexpr int kWorlds = 40;
  for (std::uint64_t world_number = 0; world_number < kWorlds; ++world_number) {
    const MissingnessOptions options{"x", {"z"}, "x_true", 0.05};
    const auto a = missingness(world(Mechanism::mcar, 600, world_number), options);
    const auto b = missingness(world(Mechanism::mar, 600, world_number), options);
    const auto c = missingness(world(Mechanism::mnar, 600, world_number), options);
    REQUIRE((a && b && c));
    mcar += a->observed.p < 0.05;
    mar += b->observed.p < 0.05 && b->little && b->little->p < 0.05;
    mnar_observed += c->observed.p < 0.05;
    mnar_truth += c->value->p < 0.05;
  }
  CHECK(mcar <= 7);  // of 40 at 5%: 7 or more has a chance of 0.3%
  CHECK(mar == kWorlds);
  CHECK(mnar_observed <= 12);  // the observed column tells little here
  CHECK(mnar_truth == kWorlds);
}

TEST_CASE("missingness: one column missing leaves what the two-sample test says") {
  // With gaps in one column alone Little's statistic is Hotelling's on the others: for one other
  // column n₁n₂/(n₁+n₂) (difference)² / variance by maximum likelihood.
  const Frame rows = world(Mechanism::mar, 300, 1);
  const auto z = rows.find("z")->numbers(), x = rows.find("x")->numbers();
  double sum[2] = {0, 0}, n[2] = {0, 0}, squares = 0;
  for (std::size_t i = 0; i < z.size(); ++i)
    sum[std::isnan(x[i])] += z[i], n[std::isnan(x[i])] += 1;
  const double mean = (sum[0] + sum[1]) / 300;
  for (const double v : z) squares += (v - mean) * (v - mean);
  const double gap = sum[0] / n[0] - sum[1] / n[1];
  const auto test = little_test({z, x});
  REQUIRE(test);
  CHECK(test->degrees == 1);
  CHECK(test->statistic == Approx(n[0] * n[1] / 300 * gap * gap / (squares / 300)).epsilon(1e-6));
}

TEST_CASE("imputation: zero drags the slope to nothing, regression and an indicator keep it") {
  const auto effects =
      imputation_effects(world(Mechanism::mar, 6000, 9), {"x", "y", "x_true", {"z"}});
  REQUIRE(effects);
  const Column &method = *effects->find("method"), &slope = *effects->find("slope"),
               &rmse = *effects->find("rmse"), &mean = *effects->find("mean");
  std::map<std::string, std::size_t> at;
  for (std::size_t row = 0; row < effects->rows(); ++row) at[method.cell(row)] = row;
  const double truth = slope.number(at["truth"]);
  CHECK(std::abs(slope.number(at["zero"])) < 0.5 * truth);
  CHECK(slope.number(at["regression"]) == Approx(truth).epsilon(0.25));
  CHECK(mean.number(at["regression"]) == Approx(mean.number(at["truth"])).epsilon(0.03));
  CHECK(rmse.number(at["regression"]) < rmse.number(at["mean"]));
  CHECK(rmse.number(at["mean"]) < rmse.number(at["zero"]));
  CHECK(rmse.number(at["truth"]) == 0);
}

TEST_CASE("compare: KS, chi-square and Wasserstein of SciPy between two cohorts") {
  const Json& one = fixture()["groups"];
  const auto a = oracle::numbers(one["a"]), b = oracle::numbers(one["b"]);
  std::vector<double> x = a;
  x.insert(x.end(), b.begin(), b.end());
  std::vector<std::string> cohort(a.size(), "a");
  cohort.resize(x.size(), "b");
  Frame::Builder builder;
  builder.add("x", std::move(x)).add("cohort", cohort);
  const auto got = compare_groups(*std::move(builder).build(), {"cohort", {"x"}, {}});
  REQUIRE(got);
  REQUIRE(got->size() == 1);
  CHECK(got->front().group == "b");
  CHECK(got->front().ks == Approx(one["ks"].get<double>()).epsilon(1e-12));
  CHECK(got->front().p == Approx(one["ks_p"].get<double>()).epsilon(1e-6));
  CHECK(got->front().wasserstein == Approx(one["wasserstein"].get<double>()).epsilon(1e-9));
  std::vector<std::string> level, side;
  for (std::size_t g = 0; g < 2; ++g)
    for (std::size_t l = 0; l < 3; ++l)
      for (int i = 0; i < one["table"][g][l].get<int>(); ++i)
        level.push_back(std::string(1, static_cast<char>('p' + l))),
            side.push_back(g ? "right" : "left");
  Frame::Builder texts;
  texts.add("level", level).add("side", side);
  const auto chi = compare_groups(*std::move(texts).build(), {"side", {}, {}});
  REQUIRE(chi);
  CHECK(chi->front().statistic == Approx(one["chi2"].get<double>()).epsilon(1e-9));
  CHECK(chi->front().p == Approx(one["chi2_p"].get<double>()).epsilon(1e-6));
  CHECK(chi->front().cramers_v == Approx(one["cramers_v"].get<double>()).epsilon(1e-9));
}

TEST_CASE("ecdf: every point is the share of values at or below it, and it ends at 1") {
  CHECK(rc::check("ecdf by brute force", [] {
    const auto values =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(-5, 6)));
    std::vector<double> x(values.begin(), values.end());
    Frame::Builder builder;
    builder.add("x", x);
    const auto curve = ecdf_table(*std::move(builder).build(), "x", "", 4);
    RC_ASSERT(curve);
    for (std::size_t i = 0; i < curve->rows(); ++i) {
      const double at = curve->find("x")->number(i);
      const auto below = std::count_if(x.begin(), x.end(), [at](double v) { return v <= at; });
      RC_ASSERT(curve->find("y")->number(i) ==
                static_cast<double>(below) / static_cast<double>(x.size()));
    }
    RC_ASSERT(curve->find("y")->number(curve->rows() - 1) == 1.0);
    RC_ASSERT(curve->find("x")->number(0) == *std::min_element(x.begin(), x.end()));
  }));
}

TEST_CASE("histogram and shares: each cohort sums to 1") {
  const Frame rows = world(Mechanism::mar, 500, 2);
  const auto histogram = histogram_table(rows, "x", "y", 12);
  const auto shares = share_table(rows, "z", "y");
  REQUIRE((histogram && shares));
  for (const auto& [table, value] : {std::pair{&*histogram, "y"}, {&*shares, "share"}}) {
    std::map<std::string, double> sums;
    for (std::size_t row = 0; row < table->rows(); ++row)
      sums[table->find("series")->cell(row)] += table->find(value)->number(row);
    CHECK(sums.size() == 2);
    for (const auto& [series, sum] : sums) CHECK(sum == Approx(1));
  }
  CHECK_FALSE(histogram_table(rows, "z", "y", 12, true));
  CHECK_FALSE(ecdf_table(rows, "nobody", "y"));
}

TEST_CASE("imbalance: the closed forms, and one class is undefined") {
  std::vector<double> labels(1000, 0);
  std::fill_n(labels.begin(), 20, 1.0);
  const auto table = imbalance_table(labels);
  REQUIRE(table);
  CHECK(table->find("imbalance_ratio")->number(0) == 49);
  CHECK(table->find("accuracy_of_never")->number(0) == Approx(0.98));
  CHECK(table->find("rows_for_10_percent")->number(0) == Approx(4900));
  CHECK_FALSE(imbalance_table(std::vector<double>(10, 0.0)));
  CHECK_FALSE(imbalance_table(std::vector<double>{0, 1, 2}));
}

TEST_CASE("residuals: clustered errors and Breusch-Pagan of statsmodels") {
  const Json& one = fixture()["regression"];
  const auto y = oracle::numbers(one["y"]);
  std::vector<std::uint64_t> cluster;
  for (std::uint64_t i = 0; i < y.size(); ++i) cluster.push_back(i / 5);
  const auto mean = clustered_mean(y, cluster);
  CHECK(mean.mean == Approx(one["clustered"]["mean"].get<double>()).epsilon(1e-9));
  CHECK(mean.standard_error == Approx(one["clustered"]["error"].get<double>()).epsilon(1e-9));
  const auto test = breusch_pagan(oracle::numbers(one["residuals"]), design_of(one["x"]));
  REQUIRE(test);
  CHECK(test->statistic == Approx(one["breusch_pagan"]["statistic"].get<double>()).epsilon(1e-9));
  CHECK(test->p == Approx(one["breusch_pagan"]["p"].get<double>()).epsilon(1e-6));
}

TEST_CASE("residuals: a cohort that is off is flagged, one that is right is not") {
  std::vector<double> scores, labels, truth;
  std::vector<std::string> cohort;
  for (std::size_t i = 0; i < 8000; ++i) {
    Stream stream(4, "test.residuals", 0, i);
    const bool web = i % 4 == 0;
    const double p = web ? 0.3 : 0.1;
    scores.push_back(0.1), truth.push_back(p), labels.push_back(stream.bernoulli(p));
    cohort.emplace_back(web ? "web" : "app");
  }
  Frame::Builder builder;
  builder.add("platform", cohort);
  const Frame rows = *std::move(builder).build();
  const auto table = residuals_by_cohort(rows, {scores, labels, truth, true}, {"platform", "", {}});
  REQUIRE(table);
  REQUIRE(table->rows() == 2);
  CHECK(table->find("flagged")->numbers() == std::vector<double>{0, 1});
  CHECK(table->find("true_residual")->number(1) == Approx(0.2));
  CHECK(table->find("spread")->number(0) == Approx(1).margin(0.05));
  CHECK_FALSE(residuals_by_cohort(rows, {scores, labels, truth, true}, {"nobody", "", {}}));
  CHECK_FALSE(
      residuals_by_cohort(rows, {std::span(scores).first(3), labels, truth, true}, {"", "", {}}));
}

TEST_CASE("dependence: of a model that adds, the curve is its own term up to a constant") {
  struct Adds : Scorer {
    Result<std::vector<double>> score(const Frame& rows) const override {
      std::vector<double> out;
      for (std::size_t row = 0; row < rows.rows(); ++row)
        out.push_back(3 * rows.find("z")->number(row) + rows.find("x_true")->number(row));
      return out;
    }
    std::string describe() const override { return "adds"; }
    std::size_t bytes() const override { return 0; }
  } model;
  const Frame rows = world(Mechanism::mcar, 400, 3);
  DependenceOptions options;
  options.column = "z";
  options.individuals = 2;
  const auto curves = partial_dependence(model, rows, rows.find("y")->numbers(), options);
  REQUIRE(curves);
  std::map<std::string, std::vector<std::pair<double, double>>> by;
  for (std::size_t row = 0; row < curves->rows(); ++row)
    by[curves->find("series")->cell(row)].emplace_back(curves->find("x")->number(row),
                                                       curves->find("y")->number(row));
  CHECK(by.count("observed"));
  CHECK(by.size() == 4);
  for (const auto& [series, points] : by) {
    if (series == "observed") continue;
    for (std::size_t i = 1; i < points.size(); ++i)
      CHECK((points[i].second - points[i - 1].second) ==
            Approx(3 * (points[i].first - points[i - 1].first)).epsilon(1e-9));
  }
}
