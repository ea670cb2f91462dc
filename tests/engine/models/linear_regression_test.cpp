// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/linear_regression.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/models/interior_point.hpp"
#include "tests/engine/models/linear_tables.hpp"

namespace rehearse::models::linear_regression_test {
namespace {

using linear_tables::fact_of;

Frame with_text(std::size_t n, std::uint64_t seed) {
  Stream stream(seed, "test.linear");
  std::vector<double> x, y;
  std::vector<std::string> group;
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(stream.normal());
    group.push_back(std::string(1, static_cast<char>('a' + stream.below(4))));
    y.push_back(1 + 2 * x.back() + (group.back() == "c" ? 3 : 0) + stream.exponential());
  }
  Frame::Builder b;
  b.add("x", std::move(x), {.role = Role::feature});
  b.add("group", group, {.role = Role::feature});
  b.add("y", std::move(y), {.role = Role::label});
  return *std::move(b).build();
}

double pinball(const std::vector<double>& y, double at, double level) {
  double sum = 0;
  for (double v : y) sum += v >= at ? level * (v - at) : (1 - level) * (at - v);
  return sum;
}

}  // namespace

TEST_CASE("linear: ridge weights and predictions are those of scikit-learn") {
  const Json& ridge = linear_tables::oracle()["ridge"];
  LinearOptions o;
  o.l2 = ridge["l2"];
  const Frame rows = linear_tables::fixture("value");
  const auto model = *train_linear(rows, o);
  linear_tables::check_close(model->weights(), ridge["weights"], 1e-9);
  linear_tables::check_close(*model->score(rows), ridge["scores"], 1e-9);
  CHECK_FALSE(model->probabilistic());
}

TEST_CASE("linear: without a penalty, residuals of each level sum to nothing") {
  const Frame rows = with_text(600, 3);
  LinearOptions o;
  o.l2 = 0;  // the levels and the bias depend on each other: the shortest solution
  const auto scores = *(*train_linear(rows, o))->score(rows);
  double sums[4] = {};
  for (std::size_t row = 0; row < rows.rows(); ++row)
    sums[rows.find("group")->text(row)[0] - 'a'] += rows.find("y")->number(row) - scores[row];
  for (double sum : sums) CHECK(std::abs(sum) < 1e-7);
}

TEST_CASE("linear: log1p with smearing is statsmodels' OLS brought back by the formula") {
  const Json& log = linear_tables::oracle()["log1p"];
  LinearOptions o;
  o.l2 = 0;
  o.transform = TransformKind::log1p;
  const Frame rows = linear_tables::fixture("skewed");
  const auto model = *train_linear(rows, o);
  linear_tables::check_close(model->weights(), log["weights"], 1e-9);
  linear_tables::check_close(*model->score(rows), log["smeared"], 1e-9);
  o.smearing = false;
  const auto plain = *(*train_linear(rows, o))->score(rows);
  const auto smeared = *model->score(rows);
  for (std::size_t i = 0; i < plain.size(); ++i) CHECK(plain[i] < smeared[i]);
}

TEST_CASE("linear: smearing brings the mean of skewed labels back, the plain way falls short") {
  Stream stream(8, "test.smear");
  std::vector<double> x, y;
  for (int i = 0; i < 20000; ++i) {
    x.push_back(stream.normal());
    y.push_back(std::exp(1 + 0.5 * x.back() + stream.normal()));
  }
  const double mean = std::accumulate(y.begin(), y.end(), 0.0) / 20000;
  Frame::Builder b;
  b.add("x", x, {.role = Role::feature}).add("y", y, {.role = Role::label});
  const Frame rows = *std::move(b).build();
  for (const auto kind : {TransformKind::log1p, TransformKind::box_cox}) {
    LinearOptions o;
    o.transform = kind;
    const auto smeared = *(*train_linear(rows, o))->score(rows);
    o.smearing = false;
    const auto plain = *(*train_linear(rows, o))->score(rows);
    const auto mean_of = [](const std::vector<double>& v) {
      return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
    };
    CHECK(mean_of(smeared) == Approx(mean).epsilon(0.12));
    CHECK(mean_of(plain) < 0.75 * mean);
  }
}

TEST_CASE("huber: weights and scale are those of statsmodels' RLM") {
  const Json& huber = linear_tables::oracle()["huber"];
  const auto fit = train_huber(linear_tables::fixture("value"));
  REQUIRE(fit);
  linear_tables::check_close(fit->model->weights(), huber["weights"], 1e-6);
  CHECK(fact_of(*fit->model, "scale") == Approx(huber["scale"].get<double>()).epsilon(1e-6));
  CHECK(fact_of(*fit->model, "converged") == 1);
  CHECK(fact_of(*fit->model, "outliers") >= 8);  // the planted ones
}

TEST_CASE("quantile: it is the optimum of the linear program, and no worse than QuantReg") {
  for (const Json& wanted : linear_tables::oracle()["quantile"]) {
    QuantileOptions o;
    o.level = wanted["level"];
    const auto fit = train_quantile(linear_tables::fixture("value"), o);
    REQUIRE(fit);
    INFO("level " << o.level);
    linear_tables::check_close(fit->model->weights(), wanted["weights"], 1e-6);
    CHECK(fact_of(*fit->model, "pinball") == Approx(wanted["pinball"].get<double>()).epsilon(1e-9));
    CHECK(fact_of(*fit->model, "pinball") <= wanted["quantreg_pinball"].get<double>() + 1e-9);
    CHECK(fact_of(*fit->model, "converged") == 1);
  }
}

TEST_CASE("quantile: without columns it is a sample quantile, by brute force") {
  rc::check([] {
    const auto ints = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-50, 50));
    const double level = *rc::gen::inRange(1, 20) / 20.0;
    RC_PRE(ints.size() >= 2);
    const std::vector<double> y(ints.begin(), ints.end());
    RC_PRE(*std::max_element(y.begin(), y.end()) > *std::min_element(y.begin(), y.end()));
    EncodedRows x{y.size(), 1, std::vector<std::uint32_t>(y.size()),
                  std::vector<double>(y.size(), 1.0)};
    const auto solution = solve_quantile(x, 1, y, level);
    double best = INFINITY;
    for (double at : y) best = std::min(best, pinball(y, at, level));
    RC_ASSERT(pinball(y, solution.weights[0], level) <= best + 1e-6 * (1 + best));
  });
}

TEST_CASE("quantile: of dependent columns, the share below is the level on every text level") {
  const Frame rows = with_text(2000, 5);
  QuantileOptions o;
  o.level = 0.9;
  const auto fit = train_quantile(rows, o);
  REQUIRE(fit);
  const auto scores = *fit->model->score(rows);
  double below[4] = {}, count[4] = {};
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const auto level = rows.find("group")->text(row)[0] - 'a';
    below[level] += rows.find("y")->number(row) < scores[row], ++count[level];
  }
  for (int level = 0; level < 4; ++level)  // the subgradient condition: exact up to p rows
    CHECK(std::abs(below[level] - 0.9 * count[level]) <= 6);
}

TEST_CASE("regression: a constant label is predicted, and bad labels are refused with their row") {
  Frame::Builder b;
  b.add("x", std::vector<double>{1, 2, 3, 4}, {.role = Role::feature});
  b.add("y", std::vector<double>{7, 7, 7, 7}, {.role = Role::label});
  const Frame constant = *std::move(b).build();
  CHECK((*(*train_linear(constant))->score(constant))[2] == Approx(7));
  CHECK((*train_quantile(constant)->model->score(constant))[2] == Approx(7));
  CHECK((*train_huber(constant)->model->score(constant))[2] == Approx(7));
  Frame::Builder c;
  c.add("x", std::vector<double>{1, 2}, {.role = Role::feature});
  c.add("y", std::vector<double>{7, std::nan("")}, {.role = Role::label});
  const Frame broken = *std::move(c).build();
  CHECK(train_linear(broken).error().message.find("row 1") != std::string::npos);
  CHECK_FALSE(train_huber(broken));
  CHECK_FALSE(train_quantile(broken));
  QuantileOptions q;
  q.level = 1;
  CHECK(train_quantile(constant, q).error().message.find("[0.001, 0.999]") != std::string::npos);
  LinearOptions o;
  o.transform = TransformKind::box_cox;
  CHECK_FALSE(train_linear(constant, o));
}

TEST_CASE("regression: the trail of a row shows the loss and the slope of its kind") {
  const Frame rows = linear_tables::fixture("value");
  const auto linear = *train_linear(rows);
  const Frame trail = *linear->trail(rows, 3);
  const double miss = rows.find("value")->number(3) - (*linear->score(rows))[3];
  CHECK(trail.find("slope")->number(0) == Approx(-miss));
  CHECK(trail.find("loss")->number(0) == Approx(miss * miss / 2));
  CHECK(trail.find("gradient")->number(1) == Approx(-miss * trail.find("value")->number(1)));
}

}  // namespace rehearse::models::linear_regression_test
