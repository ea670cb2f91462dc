// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/outcomes.hpp"

#include <catch2/catch.hpp>

#include "tests/engine/sim/site_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

const Frame& log_with_outcomes() {
  static const Frame log = [] {
    SiteOptions o = small_site();
    o.users = 2500, o.base_ctr = 0.1, o.outcomes.has.fill(true);
    return log_of(o);
  }();
  return log;
}

// How far the sum of a label lies from the sum of its expectation, in standard errors estimated
// from the squares of their difference.
double distance(const char* label, const char* truth) {
  const std::vector<double> y = numbers(log_with_outcomes(), label),
                            m = numbers(log_with_outcomes(), truth);
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < y.size(); ++i)
    sum += y[i] - m[i], squares += (y[i] - m[i]) * (y[i] - m[i]);
  return std::abs(sum) / std::sqrt(squares);
}

}  // namespace

TEST_CASE("outcomes: each comes as often, or as much, as its truth says") {
  CHECK(distance("dwell_seconds", "dwell_expected") < 4);
  CHECK(distance("vote", "vote_probability") < 4);
  CHECK(distance("comments", "comments_expected") < 4);
  CHECK(distance("subscribe", "subscribe_probability") < 4);
  CHECK(distance("report", "report_probability") < 4);
}

TEST_CASE("outcomes: labels and truths say what they are") {
  const Frame& log = log_with_outcomes();
  for (const char* name : {"click", "dwell_seconds", "vote", "comments", "subscribe", "report"})
    CHECK(log.find(name)->role() == Role::label);
  CHECK(log.find("dwell_expected")->truth_of() == "dwell_seconds");
  CHECK(log.find("comments_expected")->truth_of() == "comments");
  CHECK(log.find("vote_probability")->truth_of() == "vote");
  CHECK(log.find("click_probability")->truth_of() == "click");
}

TEST_CASE("outcomes: dwell is zero as often as its hurdle says, and lognormal beyond") {
  const Frame& log = log_with_outcomes();
  const std::vector<double> dwell = numbers(log, "dwell_seconds"),
                            positive = numbers(log, "dwell_positive"),
                            click = numbers(log, "click");
  double seen = 0, expected = 0, variance = 0;
  for (std::size_t i = 0; i < dwell.size(); ++i) {
    seen += dwell[i] > 0, expected += positive[i], variance += positive[i] * (1 - positive[i]);
    if (click[i] == 1) REQUIRE(dwell[i] > 0);
  }
  CHECK(std::abs(seen - expected) < 4 * std::sqrt(variance));
  CHECK(expected / static_cast<double>(dwell.size()) < 0.8);  // there are zeros enough to matter
  double mean = 0;
  for (const double one : dwell) mean = std::max(mean, one);
  CHECK(mean > 20 * mean_of(dwell));  // and a tail
}

TEST_CASE("outcomes: the expectation of dwell is the integral of its law") {
  const Engagement e{0.5, 0.2, 0.7, -0.3};
  // P(dwell > t) integrated over t, both parts lognormal of the same spread.
  const auto survival = [](double t, double median) {
    return std::erfc(std::log(t / median) / kDwellSigma / std::sqrt(2.0)) / 2;
  };
  double sum = 0;
  double t = 1e-4;
  while (t < 1e6) {
    const double step = t * 0.001, middle = t + step / 2;
    sum += step * (e.examination * e.attraction * survival(middle, dwell_median(e.taste, true)) +
                   e.examination * (1 - e.attraction) * e.stopped() *
                       survival(middle, dwell_median(e.taste, false)));
    t += step;
  }
  CHECK(dwell_expected(e) == Approx(sum).epsilon(1e-4));
}

TEST_CASE("outcomes: engagement before the click is known is the mean of after") {
  const Engagement e{0.4, 0.3, -1.2, 0};
  const double click = e.examination * e.attraction;
  CHECK(e.engaged() == Approx(click + (1 - click) * e.engaged_given(false)).epsilon(1e-12));
  CHECK(e.engaged_given(true) == 1);
}

TEST_CASE("outcomes: comments vary more than their mean, as their law says") {
  Stream stream(3, "test");
  std::vector<double> counts;
  for (int i = 0; i < 200000; ++i) counts.push_back(draw_comments(stream, 1.5));
  CHECK(mean_of(counts) == Approx(1.5).epsilon(0.02));
  CHECK(variance_of(counts) == Approx(1.5 + 2 * 1.5 * 1.5).epsilon(0.04));
  // P(0) = (1 + m / size)^-size.
  double zeros = 0;
  for (const double one : counts) zeros += one == 0;
  CHECK(zeros / 200000 == Approx(std::pow(1 + 1.5 / kCommentsSize, -kCommentsSize)).margin(0.005));
}

TEST_CASE("outcomes: asking for one leaves the others as they were") {
  SiteOptions one = small_site(), two = small_site();
  one.outcomes = *OutcomeSet::of({"comments"});
  two.outcomes = *OutcomeSet::of({"comments", "dwell_seconds", "report"});
  CHECK(log_of(one).find("comments")->hash() == log_of(two).find("comments")->hash());
}
