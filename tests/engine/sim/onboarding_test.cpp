// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/onboarding.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/base/hash.hpp"
#include "engine/sim/onboarding_world.hpp"
#include "tests/engine/sim/site_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::sim;

Frame newcomers_of(const OnboardingOptions& o, unsigned threads = 1) {
  auto log = simulate_onboarding(o, {}, threads);
  INFO((log ? "" : log.error().message));
  REQUIRE(log);
  return std::move(*log);
}

OnboardingOptions small_onboarding() {
  OnboardingOptions o;
  o.users = 20000, o.seed = 11;
  return o;
}

// Mean of a column over the rows of one arm; missing values are left out.
double mean_in_arm(const Frame& log, const char* name, const char* arm) {
  const Column &values = *log.find(name), &arms = *log.find("arm");
  double sum = 0, count = 0;
  for (std::size_t row = 0; row < log.rows(); ++row)
    if (arms.text(row) == arm && !values.missing(row)) sum += values.number(row), count += 1;
  return sum / count;
}

double difference(const Frame& log, const char* name) {
  return mean_in_arm(log, name, "treatment") - mean_in_arm(log, name, "control");
}

}  // namespace

TEST_CASE("onboarding: the intercept gives the activation that was asked for") {
  for (const double activation : {0.05, 0.25, 0.6}) {
    OnboardingOptions o = small_onboarding();
    o.activation = activation, o.effect = 0, o.users = 50000;
    o.communities = 2000;
    CHECK(mean_of(numbers(newcomers_of(o), "activated_probability")) ==
          Approx(activation).epsilon(0.02));
  }
}

TEST_CASE("onboarding: the true effect is the points asked for, and the arms differ by it") {
  OnboardingOptions o = small_onboarding();
  o.users = 200000, o.effect = 0.03, o.columns.reset();
  const Frame log = newcomers_of(o);
  CHECK(mean_of(numbers(log, "activated_effect")) == Approx(0.03).margin(3e-4));
  const double se = std::sqrt(4 * 0.26 * 0.74 / o.users);
  CHECK(std::abs(difference(log, "activated") - 0.03) < 4 * se);
}

TEST_CASE("onboarding: without an effect both arms have the same truth, row by row") {
  OnboardingOptions o = small_onboarding();
  o.effect = 0;
  const Frame log = newcomers_of(o);
  for (const char* name : {"activated_effect", "signed_up_effect", "sessions_effect",
                           "retained_28_effect", "abuse_effect", "latency_ms_effect"})
    for (const double effect : numbers(log, name)) REQUIRE(effect == 0);
}

TEST_CASE("onboarding: a user who is in control keeps every outcome when the effect changes") {
  OnboardingOptions o = small_onboarding(), other = o;
  other.effect = 0.1, other.sessions_effect = 0.5, other.retention_effect = 0.05;
  const Frame plain = newcomers_of(o), strong = newcomers_of(other);
  for (const char* name : {"activated", "signed_up", "sessions", "retained_28", "messages"})
    for (std::size_t row = 0; row < plain.rows(); ++row)
      if (plain.find("arm")->text(row) == "control")
        REQUIRE(plain.find(name)->number(row) == strong.find(name)->number(row));
}

TEST_CASE("onboarding: potential outcomes are monotone: a better chance never loses a user") {
  OnboardingOptions o = small_onboarding(), other = o;
  o.effect = 0, other.effect = 0.05;
  const Frame before = newcomers_of(o), after = newcomers_of(other);
  for (std::size_t row = 0; row < before.rows(); ++row)
    REQUIRE(before.find("activated")->number(row) <= after.find("activated")->number(row));
}

TEST_CASE("onboarding: the funnel is nested in every row, whatever the effects") {
  rc::check("nested", [] {
    OnboardingOptions o;
    o.users = 300, o.seed = *rc::gen::inRange<std::uint64_t>(1, 1000);
    const auto points = [] { return *rc::gen::inRange(-30, 31) / 100.0; };
    o.effect = points(), o.signed_up_effect = points(), o.topics_effect = points();
    o.joined_effect = points(), o.spillover = points();
    o.where = *rc::gen::element(Where::everywhere, Where::signed_up, Where::topics, Where::joined,
                                Where::acted);
    const Frame log = newcomers_of(o);
    for (std::size_t row = 0; row < log.rows(); ++row)
      for (std::size_t k = 1; k < kStages; ++k) {
        RC_ASSERT(log.find(kStageNames[k])->number(row) <=
                  log.find(kStageNames[k - 1])->number(row));
        RC_ASSERT(log.find(std::string(kStageNames[k]) + "_probability")->number(row) <=
                  log.find(std::string(kStageNames[k - 1]) + "_probability")->number(row));
      }
  });
}

TEST_CASE("onboarding: an effect at one stage leaves the stages before it alone") {
  const auto plain = funnel_of(0.25, 0.25, Where::everywhere),
             later = funnel_of(0.25, 0.28, Where::joined);
  CHECK(plain[0] == Approx(std::pow(0.25, 0.25)));
  CHECK(later[0] == Approx(plain[0]));
  CHECK(later[1] == Approx(plain[1]));
  CHECK(later[2] == Approx(plain[2] * 0.28 / 0.25));
  CHECK(later[4] == Approx(0.28));
}

TEST_CASE("onboarding: every true effect is what the two arms show, outcome by outcome") {
  OnboardingOptions o = small_onboarding();
  o.users = 150000, o.effect = 0.04, o.signed_up_effect = 0.05, o.where = Where::topics;
  o.sessions_effect = 0.2, o.messages_effect = -0.1, o.abuse_effect = 0.01, o.abuse_rate = 0.03;
  o.retention_effect = -0.02, o.added_ms = 60, o.latency_cost = 0.01;
  o.segment = Trait::platform, o.segment_level = "web", o.segment_effect = -0.03;
  const Frame log = newcomers_of(o, 2);
  // Standard errors of the differences, rounded up.
  const std::map<std::string, double> errors = {
      {"signed_up", 0.0026},  {"topics", 0.0027},  {"joined", 0.0026},        {"acted", 0.0026},
      {"activated", 0.0025},  {"sessions", 0.021}, {"messages", 0.019},       {"abuse", 0.003},
      {"retained_28", 0.002}, {"latency_ms", 0.6}, {"three_sessions", 0.0027}};
  for (const auto& [name, error] : errors) {
    INFO(name);
    CHECK(std::abs(difference(log, name.c_str()) - mean_of(numbers(log, name + "_effect"))) <
          4 * error);
  }
}

TEST_CASE("onboarding: a user's arm is the hash that any server would compute") {
  OnboardingOptions o = small_onboarding();
  o.share = 0.3, o.salt = "ramp-7";
  const Frame log = newcomers_of(o);
  double treated = 0;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const std::string key = log.find("user_id")->cell(row);
    const std::uint64_t hash = mix64(fnv1a64(key, fnv1a64("|", fnv1a64(o.salt, fnv1a64("arm")))));
    const double position = static_cast<double>(hash >> 11) * 0x1p-53;
    REQUIRE(log.find("position")->number(row) == position);
    REQUIRE((log.find("arm")->text(row) == "treatment") == (position >= 0.7));
    treated += position >= 0.7;
  }
  CHECK(treated / static_cast<double>(log.rows()) == Approx(0.3).margin(0.015));
}

TEST_CASE("onboarding: blocks hold both arms in each stratum within one user of the plan") {
  OnboardingOptions o = small_onboarding();
  o.dealing = Dealing::blocked, o.share = 0.4, o.users = 3000;
  const Frame log = newcomers_of(o);
  std::map<std::string, std::pair<double, double>> strata;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    auto& [treated, all] = strata[log.find("platform")->cell(row) + log.find("country")->cell(row) +
                                  log.find("source")->cell(row)];
    treated += log.find("arm")->text(row) == "treatment", all += 1;
  }
  for (const auto& [name, counts] : strata) {
    INFO(name);
    CHECK(std::abs(counts.first - 0.4 * counts.second) < 1);
  }
}

TEST_CASE(
    "onboarding: interference biases a test over users by the whole spillover, and one over "
    "communities by the share of peers outside") {
  for (const double leak : {0.0, 0.3}) {
    OnboardingOptions o = small_onboarding();
    o.users = 60000, o.communities = 3000, o.community_spread = 0, o.columns.reset();
    o.effect = 0.02, o.spillover = 0.05, o.leak = leak;
    const Frame by_user = newcomers_of(o);
    // What launching to everybody would change.
    CHECK(mean_of(numbers(by_user, "activated_effect")) == Approx(0.07).margin(0.001));
    CHECK(mean_of(numbers(by_user, "activated_direct_effect")) == Approx(0.02).margin(0.001));
    CHECK(difference(by_user, "activated_probability") == Approx(0.02).margin(0.006));
    o.unit = Unit::community;
    CHECK(difference(newcomers_of(o), "activated_probability") ==
          Approx(0.07 - leak * 0.05).margin(0.008));
  }
}

TEST_CASE("onboarding: who was invited looks to the user who invited him, of his own community") {
  OnboardingOptions o = small_onboarding();
  o.invites = 0.5, o.spillover = 0.1, o.users = 4000;
  const Frame log = newcomers_of(o);
  const Column &by = *log.find("invited_by"), &community = *log.find("community");
  double invited = 0;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    if (by.missing(row)) continue;
    const auto inviter = static_cast<std::size_t>(by.number(row));
    REQUIRE(inviter < row);
    REQUIRE(community.text(inviter) == community.text(row));
    invited += 1;
  }
  CHECK(invited / 4000 == Approx(0.5).margin(0.04));
}

TEST_CASE("onboarding: assignment changes compliers alone, and exposure follows engagement") {
  OnboardingOptions o = small_onboarding();
  o.compliance = 0.6, o.compliance_tilt = 1, o.contamination = 0.1, o.effect = 0.05;
  o.users = 60000;
  const Frame log = newcomers_of(o);
  const auto effect = numbers(log, "activated_effect"), complier = numbers(log, "complier");
  double prior_exposed = 0, exposed = 0, prior_not = 0;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    REQUIRE((effect[row] == 0 || complier[row] == 1));
    if (log.find("arm")->text(row) != "treatment") continue;
    const double prior = log.find("prior_activity")->number(row);
    if (log.find("exposed")->number(row) != 0)
      prior_exposed += prior, exposed += 1;
    else
      prior_not += prior;
  }
  const double treated = mean_in_arm(log, "exposed", "treatment");
  CHECK(treated == Approx(0.59).margin(0.02));
  CHECK(mean_in_arm(log, "exposed", "control") == Approx(0.1 * treated).margin(0.01));
  CHECK(prior_exposed / exposed > 1.2 * prior_not / (exposed / treated - exposed));
  CHECK(mean_of(effect) == Approx(0.05 * mean_of(complier)).margin(1e-3));
}

TEST_CASE("onboarding: outcomes go missing at the rate of their arm, the less engaged first") {
  OnboardingOptions o = small_onboarding();
  o.attrition = 0.1, o.attrition_effect = 0.3, o.attrition_tilt = 2, o.effect = 0;
  o.users = 60000;
  const Frame log = newcomers_of(o);
  std::map<std::string, std::pair<double, double>> lost;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    auto& [missing, all] = lost[std::string(log.find("arm")->text(row))];
    missing += log.find("activated")->missing(row), all += 1;
    REQUIRE(log.find("activated")->missing(row) == log.find("sessions")->missing(row));
  }
  CHECK(!log.find("signed_up")->has_missing());
  CHECK(lost["control"].first / lost["control"].second == Approx(0.10).margin(0.01));
  CHECK(lost["treatment"].first / lost["treatment"].second == Approx(0.4).margin(0.01));
  // The survivors of the treatment look better although it does nothing.
  CHECK(difference(log, "activated") > 0.02);
}

TEST_CASE("onboarding: lost log lines are rows that are not there") {
  OnboardingOptions o = small_onboarding();
  o.lost_treatment = 0.2;
  const Frame log = newcomers_of(o);
  double treated = 0;
  for (std::size_t row = 0; row < log.rows(); ++row)
    treated += log.find("arm")->text(row) == "treatment";
  CHECK(treated / 10000 == Approx(0.8).margin(0.03));
  CHECK(static_cast<double>(log.rows()) - treated == Approx(10000).margin(300));
}

TEST_CASE("onboarding: a feature that is wrong online takes its share of the effect") {
  OnboardingOptions o = small_onboarding();
  o.parity_fault = 0.4, o.effect = 0.05;
  const Frame log = newcomers_of(o);
  CHECK(mean_of(numbers(log, "activated_effect")) == Approx(0.03).margin(0.002));
  double wrong = 0;
  for (std::size_t row = 0; row < log.rows(); ++row)
    wrong += log.find("feature_offline")->number(row) != log.find("feature_online")->number(row);
  CHECK(wrong / 20000 == Approx(0.4).margin(0.03));
}

TEST_CASE("onboarding: the same bytes on 1, 2 and 4 threads, others for another repetition") {
  OnboardingOptions o = small_onboarding();
  o.users = 70000, o.spillover = 0.02, o.attrition = 0.1, o.compliance = 0.8;
  const std::uint64_t one = newcomers_of(o).hash();
  CHECK(newcomers_of(o, 2).hash() == one);
  CHECK(newcomers_of(o, 4).hash() == one);
  o.replicate = 1;
  CHECK(newcomers_of(o).hash() != one);
}

TEST_CASE("onboarding: a column asked for alone holds what it holds among all") {
  OnboardingOptions o = small_onboarding(), few = o;
  few.columns = *parse_onboarding_columns({"prior_activity", "sessions"});
  const Frame all = newcomers_of(o), lean = newcomers_of(few);
  CHECK(lean.columns() < all.columns());
  for (const std::string& name : lean.names())
    CHECK(lean.find(name)->hash() == all.find(name)->hash());
}

TEST_CASE("onboarding: newcomers land in order, more of them on weekdays, one hour like another") {
  OnboardingOptions o = small_onboarding();
  const Frame log = newcomers_of(o);
  std::vector<double> by_day(14);
  const auto times = log.find("time")->values<std::int64_t>();
  for (std::size_t row = 0; row < log.rows(); ++row) {
    if (row > 0) REQUIRE(times[row] >= times[row - 1] - 86'400'000'000 / 1000);
    by_day[static_cast<std::size_t>(log.find("day")->number(row))] += 1;
  }
  CHECK(by_day[5] / by_day[2] == Approx(0.85 / 1.06).margin(0.05));
}

TEST_CASE("onboarding: what is out of range is an error that says what may be") {
  const auto refused = [](auto change) {
    OnboardingOptions o;
    change(o);
    auto log = simulate_onboarding(o);
    REQUIRE(!log);
    return log.error().message;
  };
  using O = OnboardingOptions;
  CHECK(refused([](O& o) { o.users = 3; }) ==
        "onboarding's `users` is 3; it lies from 10 to 5e+06");
  double O::*const numbers[] = {&O::activation,
                                &O::prior_correlation,
                                &O::segment_spread,
                                &O::community_spread,
                                &O::share,
                                &O::effect,
                                &O::signed_up_effect,
                                &O::topics_effect,
                                &O::joined_effect,
                                &O::segment_effect,
                                &O::sessions_effect,
                                &O::messages_effect,
                                &O::abuse_rate,
                                &O::abuse_effect,
                                &O::retention,
                                &O::retention_effect,
                                &O::added_ms,
                                &O::latency_cost,
                                &O::compliance,
                                &O::compliance_tilt,
                                &O::contamination,
                                &O::attrition,
                                &O::attrition_effect,
                                &O::attrition_tilt,
                                &O::spillover,
                                &O::leak,
                                &O::invites,
                                &O::lost_treatment,
                                &O::lost_control,
                                &O::parity_fault};
  for (double O::*const number : numbers)
    for (const double bad : {std::nan(""), 1e9, -1e9})
      CHECK(refused([&](O& o) { o.*number = bad; }).find("it lies from") != std::string::npos);
  CHECK(refused([](O& o) { o.days = 0; }).find("`days`") != std::string::npos);
  CHECK(refused([](O& o) { o.communities = 1; }).find("`communities`") != std::string::npos);
  CHECK(refused([](O& o) { o.salt.clear(); }).find("salt") != std::string::npos);
  CHECK(refused([](O& o) {
          o.segment = Trait::platform, o.segment_level = "mobil";
        }).find("did you mean `mobile`") != std::string::npos);
  CHECK(refused([](O& o) {
          o.unit = Unit::community, o.dealing = Dealing::blocked;
        }).find("dealt over users") != std::string::npos);
  CHECK(!parse_onboarding_columns({"sesions"}));
  CHECK(!parse_unit("household"));
  CHECK(!parse_dealing("dice"));
  CHECK(!parse_where("landed"));
  CHECK(!parse_trait("age"));
  std::stop_source stop;
  stop.request_stop();
  auto log = simulate_onboarding({}, Progress(stop.get_token(), {}));
  REQUIRE(!log);
  CHECK(log.error().code == Code::cancelled);
}
