// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/fm.hpp"

#include <rapidcheck.h>

#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/models/logistic.hpp"
#include "tests/engine/models/linear_tables.hpp"

namespace rehearse::models::fm_test {
namespace {

using linear_tables::fact_of;

// Users of three kinds and posts of three kinds: a click is likely where the kinds agree. Neither a
// user nor a post clicks more than another, so nothing linear helps.
Frame meetings(std::size_t n, std::uint64_t seed = 1) {
  Stream stream(seed, "test.fm");
  std::vector<std::string> user, post;
  std::vector<double> hour;
  std::vector<std::uint8_t> click;
  for (std::size_t i = 0; i < n; ++i) {
    const auto u = stream.below(30), p = stream.below(30);
    user.push_back("u" + std::to_string(u)), post.push_back("p" + std::to_string(p));
    hour.push_back(stream.uniform(0, 24));
    click.push_back(stream.bernoulli(u % 3 == p % 3 ? 0.7 : 0.1));
  }
  Frame::Builder b;
  b.add("user", user, {.role = Role::feature}).add("post", post, {.role = Role::feature});
  b.add("hour", std::move(hour), {.role = Role::feature});
  b.add("click", std::move(click), {.role = Role::label});
  return *std::move(b).build();
}

double loss_on(const Scorer& model, const Frame& rows) {
  const auto scores = *model.score(rows);
  const auto labels = rows.find("click")->numbers();
  return metrics::log_loss(*metrics::Scored::of(scores, labels));
}

}  // namespace

TEST_CASE("fm: the sum over pairs in O(k n) is the sum pair by pair") {
  const Frame rows = meetings(300);
  for (const bool normalize : {true, false}) {
    FmOptions o;
    o.epochs = 2;
    o.normalize = normalize;
    const auto model = train_fm(rows, o)->model;
    const EncodedRows x = *model->encode(rows);
    for (std::size_t row = 0; row < rows.rows(); ++row)
      REQUIRE(model->eta(x, row) == Approx(model->eta_by_pairs(x, row)).margin(1e-10));
  }
}

TEST_CASE("fm: the gradient of weights and factors is that of finite differences, both kinds") {
  rc::check([] {
    FmOptions o;
    o.field_aware = *rc::gen::arbitrary<bool>();
    o.factors = *rc::gen::inRange(1, 4);
    o.epochs = 1;
    o.seed = *rc::gen::inRange<std::uint64_t>(1, 100);
    const Frame rows = meetings(25, o.seed);
    auto trained = train_fm(rows, o);
    RC_PRE(static_cast<bool>(trained));
    FmModel model = *trained->model;
    const EncodedRows x = *model.encode(rows);
    const std::size_t row = *rc::gen::inRange<std::size_t>(0, 25);
    const double y = rows.find("click")->number(row);
    const auto gradient = model.gradient(x, row, y);
    const auto theta = model.parameters();
    const auto at = *rc::gen::inRange<std::size_t>(0, theta.size());
    const auto loss = [&](double change) {
      auto moved = theta;
      moved[at] += change;
      model.set_parameters(moved);
      const double eta = model.eta_by_pairs(x, row);
      return metrics::log_loss_of_logit(eta, y);
    };
    RC_ASSERT(std::abs((loss(1e-5) - loss(-1e-5)) / 2e-5 - gradient[at]) < 1e-6);
  });
}

TEST_CASE("fm: both kinds learn who meets whom, where logistic regression cannot") {
  const Frame past = meetings(6000, 2), later = meetings(3000, 3);
  const double linear = loss_on(*train_logistic(past)->model, later);
  for (const bool field_aware : {false, true}) {
    FmOptions o;
    o.field_aware = field_aware;
    o.validation = later;
    const auto fit = train_fm(past, o);
    REQUIRE(fit);
    CHECK(loss_on(*fit->model, later) < 0.85 * linear);
    CHECK(fact_of(*fit->model, "validation_log_loss") == Approx(loss_on(*fit->model, later)));
    CHECK(fact_of(*fit->model, "best_epoch") <= fact_of(*fit->model, "epochs"));
  }
}

TEST_CASE("fm: the trail adds linear terms and pairs up to the model's own score") {
  const Frame rows = meetings(500);
  for (const bool field_aware : {false, true}) {
    FmOptions o;
    o.field_aware = field_aware;
    const auto model = train_fm(rows, o)->model;
    const Frame trail = *model->trail(rows, 9);
    REQUIRE(trail.rows() == 4 + 3);  // bias, user, post, hour; and three pairs
    const double eta = trail.find("eta")->number(6);
    CHECK(metrics::sigmoid(eta) == Approx((*model->score(rows))[9]).epsilon(1e-12));
  }
}

TEST_CASE("fm: the same seed gives the same model, another seed another") {
  const Frame rows = meetings(400);
  const auto scores = [&](std::uint64_t seed) {
    FmOptions o;
    o.seed = seed;
    return *train_fm(rows, o)->model->score(rows);
  };
  CHECK(scores(1) == scores(1));
  CHECK(scores(1) != scores(2));
}

TEST_CASE("fm: told to stop, it hands back what it has; one class and bad options are refused") {
  std::stop_source source;
  source.request_stop();
  const auto fit = train_fm(meetings(100), {}, Progress(source.get_token(), {}));
  REQUIRE(fit);
  CHECK(fit->stopped);
  FmOptions o;
  o.factors = 0;
  CHECK(train_fm(meetings(100), o).error().message.find("factors") != std::string::npos);
  Frame::Builder b;
  b.add("x", std::vector<double>{1, 2}, {.role = Role::feature});
  b.add("click", std::vector<std::uint8_t>{1, 1}, {.role = Role::label});
  CHECK_FALSE(train_fm(*std::move(b).build()));
}

}  // namespace rehearse::models::fm_test
