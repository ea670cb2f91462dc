// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/delayed.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"

namespace {

using namespace rehearse;
using models::DelayLaw;
using models::DelayMethod;

constexpr double kHour = 3.6e9;

// `rows` impressions over 14 days, clicked with 0.1 (ios) or 0.3 (web) after a Weibull delay.
Frame late_log(std::size_t rows, double mean_hours, double shape, std::uint64_t seed = 1) {
  std::vector<std::int64_t> time, arrival;
  std::vector<std::uint8_t> click;
  std::vector<std::string> platform;
  const double scale = mean_hours / std::tgamma(1 + 1 / shape);
  for (std::size_t i = 0; i < rows; ++i) {
    Stream stream(seed, "test.delayed", 0, i);
    platform.emplace_back(stream.uniform() < 0.5 ? "ios" : "web");
    const double at = 14.0 * 24 * static_cast<double>(i) / static_cast<double>(rows);
    time.push_back(static_cast<std::int64_t>(at * kHour));
    click.push_back(stream.uniform() < (platform.back() == "ios" ? 0.1 : 0.3));
    arrival.push_back(time.back() +
                      static_cast<std::int64_t>(stream.weibull(shape, scale) * kHour));
  }
  auto valid = click;
  Frame::Builder b;
  b.add_time("time", std::move(time), {.role = Role::time});
  b.add_time("click_arrival", std::move(arrival), {.role = Role::time}).missing(std::move(valid));
  b.add("platform", platform, {.role = Role::feature});
  b.add("click", std::move(click), {.role = Role::label});
  return *std::move(b).build();
}

// Predictions for ios and for web, from a model trained at the end of the fortnight.
std::pair<double, double> learned(const Frame& log, DelayMethod method, bool weibull = true) {
  models::DelayedOptions o;
  o.method = method, o.at = {static_cast<std::int64_t>(14 * 24 * kHour)}, o.weibull = weibull;
  o.wait_hours = 96, o.epochs = 8, o.learner.lambda2 = 0;
  const auto model = models::train_delayed(log, o);
  INFO((model ? "" : model.error().message));
  REQUIRE(model);
  const auto scores = (*model)->score(log);
  REQUIRE(scores);
  double ios = 0, web = 0;
  for (std::size_t row = 0; row < log.rows(); ++row)
    (log.find("platform")->text(row) == "ios" ? ios : web) = (*scores)[row];
  return {ios, web};
}

}  // namespace

TEST_CASE("delayed: the joint loss's derivatives are its finite differences") {
  REQUIRE(rc::check([] {
    const auto unit = [] { return *rc::gen::inRange(1, 1000) / 1000.0; };
    const double logit = 8 * unit() - 5, hours = 60 * unit(), step = 1e-5;
    const DelayLaw law{0.02 + 0.5 * unit(), 0.4 + 1.2 * unit()};
    for (const bool clicked : {true, false}) {
      const auto at = models::joint_loss(logit, clicked, hours, law);
      const auto difference = [&](const auto& moved) {
        return (moved(step) - moved(-step)) / (2 * step);
      };
      const double by_logit = difference([&](double h) {
        return models::joint_loss(logit + h, clicked, hours, law).loss;
      }),
                   by_rate = difference([&](double h) {
                     return models::joint_loss(logit, clicked, hours,
                                               {law.rate * std::exp(h), law.shape})
                         .loss;
                   }),
                   by_shape = difference([&](double h) {
                     return models::joint_loss(logit, clicked, hours,
                                               {law.rate, law.shape * std::exp(h)})
                         .loss;
                   });
      RC_ASSERT(std::abs(at.by_logit - by_logit) < 1e-6 * (1 + std::abs(by_logit)));
      RC_ASSERT(std::abs(at.by_log_rate - by_rate) < 1e-5 * (1 + std::abs(by_rate)));
      RC_ASSERT(std::abs(at.by_log_shape - by_shape) < 1e-5 * (1 + std::abs(by_shape)));
    }
  }));
}

TEST_CASE("delayed: a law fitted without late ones is the maximum likelihood of its family") {
  Stream stream(3, "test.law");
  std::vector<double> delays;
  double sum = 0;
  for (int i = 0; i < 4000; ++i) delays.push_back(stream.weibull(0.6, 5)), sum += delays.back();
  const auto exponential = models::fit_delay_law(delays, {}, {}, false);
  REQUIRE(exponential);
  CHECK(exponential->rate == Approx(4000 / sum));  // closed form
  CHECK(exponential->shape == 1);
  const auto weibull = models::fit_delay_law(delays, {}, {}, true);
  REQUIRE(weibull);
  CHECK(weibull->shape == Approx(0.6).epsilon(0.05));
  CHECK(1 / weibull->rate == Approx(5).epsilon(0.12));
  const auto likelihood = [&](const DelayLaw& law) {
    double all = 0;
    for (const double d : delays) all += law.log_density(std::max(d, 1.0 / 3600));
    return all;
  };
  for (const double factor : {0.97, 1.03}) {
    CHECK(likelihood({weibull->rate * factor, weibull->shape}) < likelihood(*weibull));
    CHECK(likelihood({weibull->rate, weibull->shape * factor}) < likelihood(*weibull));
  }
  CHECK(weibull->still_waiting(0) == 1);
  CHECK(DelayLaw{0.1, 1}.mean_hours() == Approx(10));
}

TEST_CASE("delayed: truncated delays by hand, and against the law they were drawn from") {
  // Lagakos: longest first. 3 (elapsed 4): alone at risk 1 of {3/4, 1/3.5, 2/5} = 3 → 2/3.
  // 2: of delays ≤ 2 with elapsed ≥ 2: 1/3.5, 2/5 → 1/2. 1: the last → 0.
  const std::vector<double> delays = {3, 1, 2}, elapsed = {4, 3.5, 5};
  const auto law = models::TruncatedDelays::of(delays, elapsed);
  REQUIRE(law);
  CHECK(law->arrived_within(3) == 1);
  CHECK(law->arrived_within(2) == Approx(2.0 / 3));
  CHECK(law->arrived_within(1.5) == Approx(1.0 / 3));
  CHECK(law->arrived_within(0.9) == 0);
  Stream stream(9, "test.truncated");
  std::vector<double> seen, ages;
  double plain_within_6 = 0;
  while (seen.size() < 6000) {
    const double age = 100 * stream.uniform(), delay = stream.exponential(1.0 / 12);
    if (delay <= age) seen.push_back(delay), ages.push_back(age), plain_within_6 += delay <= 6;
  }
  const auto many = models::TruncatedDelays::of(seen, ages);
  REQUIRE(many);
  const double truth = 1 - std::exp(-0.5);
  CHECK(many->arrived_within(6) == Approx(truth).epsilon(0.03));
  CHECK(plain_within_6 / 6000 > 1.05 * truth);  // too short to the naked eye
  CHECK_FALSE(models::TruncatedDelays::of({}, {}));
  CHECK_FALSE(models::TruncatedDelays::of(elapsed, delays));
}

TEST_CASE(
    "delayed: joint and weighted learning recover the planted rates, naive learning does not") {
  const Frame log = late_log(60000, 72, 1);
  const auto [naive_ios, naive_web] = learned(log, DelayMethod::naive);
  const auto [oracle_ios, oracle_web] = learned(log, DelayMethod::oracle);
  CHECK(oracle_ios == Approx(0.1).epsilon(0.06));
  CHECK(oracle_web == Approx(0.3).epsilon(0.04));
  // A fortnight with a mean delay of three days: (1 - e^-x)/x, x = 14/3, is missing: 21%.
  CHECK(naive_ios < 0.09);
  CHECK(naive_web < 0.27);
  for (const DelayMethod method : {DelayMethod::joint, DelayMethod::weights}) {
    const auto [ios, web] = learned(log, method);
    CHECK(ios == Approx(0.1).epsilon(0.1));
    CHECK(web == Approx(0.3).epsilon(0.07));
  }
}

TEST_CASE("delayed: the joint model learns the delay's law as well") {
  const Frame log = late_log(60000, 48, 0.6, 2);
  models::DelayedOptions o;
  o.at = {static_cast<std::int64_t>(14 * 24 * kHour)}, o.epochs = 8;
  const auto model = models::train_delayed(log, o);
  REQUIRE(model);
  CHECK((*model)->law().shape == Approx(0.6).epsilon(0.08));
  CHECK((*model)->law().mean_hours() == Approx(48).epsilon(0.2));
  const auto trail = (*model)->trail(log, log.rows() - 1);
  REQUIRE(trail);
  const Column& value = *trail->find("value");
  const double p = value.number(2), waiting = value.number(3);
  CHECK(waiting == Approx((*model)->law().still_waiting(value.number(0))));
  if (value.number(1) == 0) CHECK(value.number(4) == Approx(p * waiting / (1 - p + p * waiting)));
  CHECK(value.number(5) == Approx(p - value.number(4)));
}

TEST_CASE("delayed: waiting trains on fewer rows; nothing after the moment is used") {
  const Frame log = late_log(5000, 24, 1);
  models::DelayedOptions o;
  o.at = {static_cast<std::int64_t>(7 * 24 * kHour)}, o.method = DelayMethod::naive;
  const auto rows_of = [&] { return models::train_delayed(log, o).value()->facts()[0].second; };
  CHECK(rows_of() == Approx(2500).margin(2));
  o.method = DelayMethod::wait, o.wait_hours = 84;
  CHECK(rows_of() == Approx(1250).margin(2));
  o.wait_hours = 2000;
  CHECK_FALSE(models::train_delayed(log, o));
  o.wait_hours = -1;
  CHECK_FALSE(models::train_delayed(log, o));
  o.wait_hours = 0, o.at = {};
  CHECK_FALSE(models::train_delayed(log, o));
  const auto& columns = std::vector<std::string>{"time", "platform", "click"};
  o.at = {static_cast<std::int64_t>(7 * 24 * kHour)};
  CHECK(models::train_delayed(*log.select(columns), o).error().message.find("click_arrival") !=
        std::string::npos);
}
