// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/logistic.hpp"

#include <algorithm>

#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"
#include "tests/engine/models/linear_tables.hpp"

namespace rehearse::models::logistic_test {
namespace {

using linear_tables::fact_of;

LogisticOptions exact(double l2) {
  LogisticOptions o;
  o.l2 = l2;
  o.tolerance = 1e-12;
  return o;
}

// Clicks from two columns and a text, at about 10%.
Frame clicks(std::size_t n, std::uint64_t seed = 4) {
  Stream stream(seed, "test.logistic");
  std::vector<double> x;
  std::vector<std::string> place;
  std::vector<std::uint8_t> click;
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(stream.normal());
    place.push_back(std::string(1, static_cast<char>('a' + stream.below(3))));
    const double eta = -2.5 + 0.8 * x.back() + (place.back() == "b" ? 0.7 : 0);
    click.push_back(stream.bernoulli(metrics::sigmoid(eta)));
  }
  Frame::Builder b;
  b.add("x", std::move(x), {.role = Role::feature});
  b.add("place", place, {.role = Role::feature});
  b.add("click", std::move(click), {.role = Role::label});
  return *std::move(b).build();
}

double mean(const std::vector<double>& v) {
  double sum = 0;
  for (double x : v) sum += x;
  return sum / static_cast<double>(v.size());
}

}  // namespace

TEST_CASE("logistic: without a penalty it finds what statsmodels' Logit finds") {
  const auto fit = train_logistic(linear_tables::fixture("click"), exact(0));
  REQUIRE(fit);
  linear_tables::check_close(fit->model->weights(), linear_tables::oracle()["logit"]["weights"],
                             1e-7);
  CHECK(fact_of(*fit->model, "log_loss") ==
        Approx(linear_tables::oracle()["logit"]["log_loss"].get<double>()).epsilon(1e-9));
  CHECK(fact_of(*fit->model, "converged") == 1);
}

TEST_CASE("logistic: with a penalty and class weights it agrees with scikit-learn") {
  const Json& ridge = linear_tables::oracle()["logistic_l2"];
  const auto fit = train_logistic(linear_tables::fixture("click"), exact(ridge["l2"]));
  REQUIRE(fit);
  linear_tables::check_close(fit->model->weights(), ridge["weights"], 1e-6);
  linear_tables::check_close(*fit->model->score(linear_tables::fixture("click")), ridge["scores"],
                             1e-6);
  const Json& weighted = linear_tables::oracle()["logistic_weighted"];
  LogisticOptions o = exact(weighted["l2"]);
  o.positive_weight = weighted["positive_weight"];
  linear_tables::check_close(train_logistic(linear_tables::fixture("click"), o)->model->weights(),
                             weighted["weights"], 1e-6);
}

TEST_CASE("logistic: at the optimum predictions sum to the labels, in all and on each level") {
  const Frame log = clicks(4000);
  LogisticOptions o = exact(0);
  const auto scores = *train_logistic(log, o)->model->score(log);
  double by_level[3] = {}, clicked[3] = {};
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const auto level = static_cast<std::size_t>(log.find("place")->text(row)[0] - 'a');
    by_level[level] += scores[row], clicked[level] += log.find("click")->number(row);
  }
  for (int level = 0; level < 3; ++level)
    CHECK(by_level[level] == Approx(clicked[level]).epsilon(1e-6));
}

TEST_CASE("logistic: the correction brings resampled odds back to the base rate") {
  const Frame log = clicks(30000);
  const double base = mean(log.find("click")->numbers());
  LogisticOptions o;
  o.keep_negatives = 0.1;
  o.positive_weight = 2;
  CHECK(mean(*train_logistic(log, o)->model->score(log)) > 4 * base);
  o.correct = true;
  const auto fit = train_logistic(log, o);
  CHECK(mean(*fit->model->score(log)) == Approx(base).epsilon(0.05));
  CHECK(fact_of(*fit->model, "rows_trained") < 0.25 * 30000);
  CHECK(fact_of(*fit->model, "rows_seen") == 30000);
}

TEST_CASE("logistic: early stopping keeps the weights that were best on the validation rows") {
  const Frame few = clicks(120, 5), other = clicks(5000, 6);
  LogisticOptions o = exact(0);
  const double overfitted = *Result<double>(metrics::log_loss(*metrics::Scored::of(
      *train_logistic(few, o)->model->score(other), other.find("click")->numbers())));
  o.validation = other;
  const auto fit = train_logistic(few, o);
  const auto scores = *fit->model->score(other);
  const auto labels = other.find("click")->numbers();
  const double there = metrics::log_loss(*metrics::Scored::of(scores, labels));
  CHECK(fact_of(*fit->model, "validation_log_loss") == Approx(there).epsilon(1e-9));
  CHECK(there <= overfitted);
  CHECK(fact_of(*fit->model, "best_iteration") <= fact_of(*fit->model, "iterations"));
}

TEST_CASE("logistic: focal loss keeps the order and gives up the probabilities") {
  const Frame log = clicks(6000);
  LogisticOptions o;
  const auto plain = *train_logistic(log, o)->model->score(log);
  o.focal_gamma = 2;
  const auto focal = *train_logistic(log, o)->model->score(log);
  std::size_t agree = 0, pairs = 0;
  for (std::size_t i = 0; i + 1 < plain.size(); i += 2) {
    if (std::abs(plain[i] - plain[i + 1]) < 0.02) continue;
    ++pairs;
    agree += (plain[i] < plain[i + 1]) == (focal[i] < focal[i + 1]);
  }
  CHECK(static_cast<double>(agree) > 0.99 * static_cast<double>(pairs));
  CHECK(mean(focal) > 1.5 * mean(plain));
}

TEST_CASE("logistic: told to stop, it hands back the best so far and says so") {
  std::stop_source source;
  source.request_stop();
  const auto fit = train_logistic(clicks(500), {}, Progress(source.get_token(), {}));
  REQUIRE(fit);
  CHECK(fit->stopped);
  const double base = mean(clicks(500).find("click")->numbers());
  CHECK((*fit->model->score(clicks(500)))[0] == Approx(base));  // it begins at the base rate
}

TEST_CASE("logistic: the trail of a row adds up to the model's own score, unseen levels and all") {
  const Frame log = clicks(500);
  const auto model = train_logistic(log)->model;
  const Frame trail = *model->trail(log, 7);
  const std::size_t last = trail.rows() - 1;
  CHECK(trail.find("prediction")->number(last) == Approx((*model->score(log))[7]).epsilon(1e-12));
  CHECK(metrics::sigmoid(trail.find("eta")->number(last)) ==
        Approx((*model->score(log))[7]).epsilon(1e-12));
  CHECK(trail.find("slope")->number(0) ==
        Approx((*model->score(log))[7] - log.find("click")->number(7)));

  Frame::Builder b;
  b.add("x", std::vector<double>{std::nan("")}, {.role = Role::feature});
  b.add("place", std::vector<std::string>{"never seen"}, {.role = Role::feature});
  const Frame strange = *std::move(b).build();
  CHECK((*model->score(strange))[0] == Approx(metrics::sigmoid(model->weights()[0])));
  CHECK(model->trail(strange, 0)->find("loss")->missing(0));
  CHECK_FALSE(model->trail(strange, 1));
}

TEST_CASE("logistic: one class, an infinite number and bad options are refused") {
  const Frame log = clicks(60);
  Frame::Builder b;
  b.add("x", std::vector<double>{1, 2}, {.role = Role::feature});
  b.add("click", std::vector<std::uint8_t>{0, 0}, {.role = Role::label});
  CHECK(train_logistic(*std::move(b).build()).error().message.find("both classes") !=
        std::string::npos);
  Frame::Builder c;
  c.add("x", std::vector<double>{1, INFINITY}, {.role = Role::feature});
  c.add("click", std::vector<std::uint8_t>{0, 1}, {.role = Role::label});
  CHECK(train_logistic(*std::move(c).build()).error().message.find("row 1") != std::string::npos);
  LogisticOptions o;
  o.l2 = -1;
  CHECK(train_logistic(log, o).error().message.find("l2") != std::string::npos);
  o = {};
  o.focal_gamma = std::nan("");
  CHECK_FALSE(train_logistic(log, o));
  o = {};
  o.encoding.categorical = {"nothing"};
  CHECK_FALSE(train_logistic(log, o));
}

}  // namespace rehearse::models::logistic_test
