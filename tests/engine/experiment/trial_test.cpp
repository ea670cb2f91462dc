// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/trial.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/experiment/attrition.hpp"
#include "engine/experiment/bayes.hpp"
#include "engine/experiment/guardrail.hpp"
#include "engine/experiment/instrument.hpp"
#include "engine/experiment/novelty.hpp"
#include "engine/experiment/segments.hpp"
#include "tests/oracles/oracle.hpp"

using namespace rehearse;
using namespace rehearse::experiment;
using Catch::Matchers::Contains;
using Values = std::vector<double>;

namespace {

const Json& causal_oracle() {
  static const Json json = oracle::read("experiment/causal.json");
  return json;
}

Frame log_of(const std::vector<std::string>& arm, Values outcome) {
  Frame::Builder builder;
  builder.add("arm", arm).add("outcome", std::move(outcome), {.role = Role::label});
  return *std::move(builder).build();
}

// A log of `n` users in two arms and `segments` segments, with an effect of `effect` in rate.
Frame simulated(std::uint64_t seed, int n, int segments, double effect, double fading = 0) {
  std::vector<std::string> arm, segment;
  Values outcome, before, day, truth, sessions, messages;
  for (int user = 0; user < n; ++user) {
    Stream stream(seed, "experiment.test", 0, static_cast<std::uint64_t>(user));
    const bool treated = stream.bernoulli(0.5);
    const double x = stream.normal(), on = static_cast<double>(stream.below(14));
    const double own = effect - fading * on, p = 0.3 + 0.1 * std::tanh(x);
    arm.emplace_back(treated ? "new" : "control");
    segment.push_back("s" + std::to_string(stream.below(static_cast<std::uint64_t>(segments))));
    outcome.push_back(stream.bernoulli(p + (treated ? own : 0)));
    before.push_back(x), day.push_back(on), truth.push_back(own);
    sessions.push_back(1 + static_cast<double>(stream.poisson(3)));
    messages.push_back(static_cast<double>(stream.poisson(0.4 * sessions.back())));
  }
  Frame::Builder builder;
  builder.add("arm", arm)
      .add("segment", segment)
      .add("day", std::move(day))
      .add("before", std::move(before), {.role = Role::feature})
      .add("outcome", std::move(outcome), {.role = Role::label})
      .add("sessions", std::move(sessions))
      .add("messages", std::move(messages))
      .add("outcome_effect", std::move(truth), {.role = Role::truth});
  return *std::move(builder).build();
}

std::string message(const Result<Trial>& trial) { return trial ? "" : trial.error().message; }

}  // namespace

TEST_CASE("trial: the control comes first, by its name or else in order of name") {
  const auto names = [](const std::vector<std::string>& arm, const std::string& control = "") {
    return arms_of(log_of(arm, Values(arm.size(), 1)), "arm", control)->names;
  };
  CHECK(names({"b", "a", "c"}) == std::vector<std::string>{"a", "b", "c"});
  CHECK(names({"b", "a", "control"}) == std::vector<std::string>{"control", "a", "b"});
  CHECK(names({"b", "a", "c"}, "c") == std::vector<std::string>{"c", "a", "b"});
}

TEST_CASE("trial: what cannot be read is refused, and says where") {
  const auto of = [](const Frame& log, TrialColumns columns = {}) {
    return message(Trial::of(log, columns));
  };
  CHECK_THAT(of(log_of({"a", "a"}, {1, 0})), Contains("one arm only"));
  CHECK_THAT(of(log_of({"a", "b"}, {1, INFINITY})), Contains("row 2"));
  CHECK_THAT(of(log_of({"a", "b"}, {1, std::nan("")})), Contains("row 2"));
  CHECK_THAT(of(log_of({"a", "b"}, {1, 0}), {.control = "z"}), Contains("no arm `z`"));
  CHECK_THAT(of(log_of({"a", "b"}, {1, 0}), {.outcome = "activatd"}), Contains("activatd"));
  TrialColumns left_out{.missing = Missing::leave_out};
  CHECK_THAT(of(log_of({"a", "b"}, {1, std::nan("")}), left_out), Contains("`b`"));
  std::vector<std::string> many;
  for (int i = 0; i < 60; ++i) many.push_back("arm" + std::to_string(i));
  CHECK_THAT(of(log_of(many, Values(60, 1))), Contains("60 different values"));
}

TEST_CASE("trial: a missing outcome is refused, left out or zero, as was said") {
  const Frame log = log_of({"a", "a", "b", "b"}, {1, std::nan(""), 1, 0});
  CHECK_FALSE(Trial::of(log, {}));
  const auto left_out = Trial::of(log, {.missing = Missing::leave_out});
  const auto zero = Trial::of(log, {.missing = Missing::zero});
  REQUIRE(left_out);
  REQUIRE(zero);
  CHECK(left_out->observed == Values{1, 2});
  CHECK(left_out->assigned == Values{2, 2});
  CHECK(compare(*left_out, 1, {})->contrast.control == 1);
  CHECK(compare(*zero, 1, {})->contrast.control == 0.5);
}

TEST_CASE("compare: a proportion needs 0 or 1 and names the row that is not") {
  const auto trial = Trial::of(log_of({"a", "a", "b", "b"}, {1, 0, 2, 0}), {});
  REQUIRE(trial);
  CompareOptions options;
  options.kind = Kind::proportion;
  const auto made = compare(*trial, 1, options);
  REQUIRE_FALSE(made);
  CHECK_THAT(made.error().message, Contains("row 3"));
  options.kind = Kind::automatic;
  CHECK(compare(*trial, 1, options)->method == "Welch");
}

TEST_CASE("compare: every method estimates the same effect, and covariates narrow it") {
  const Frame log = simulated(7, 6000, 4, 0.05);
  TrialColumns columns{.outcome = "outcome", .covariates = {"before"}, .strata = "segment"};
  const auto trial = Trial::of(log, columns);
  REQUIRE(trial);
  CHECK(trial->true_effect[1] == Approx(0.05));
  const auto by = [&](Method method) {
    CompareOptions options;
    options.method = method, options.splits = 99;
    return *compare(*trial, 1, options);
  };
  const Contrast plain = by(Method::plain).contrast;
  for (const Method method : {Method::cuped, Method::regression, Method::stratified})
    CHECK(by(method).contrast.absolute == Approx(plain.absolute).margin(0.01));
  CHECK(by(Method::cuped).contrast.standard_error < plain.standard_error);
  CHECK(by(Method::cuped).variance_reduction > 0.005);
  CHECK(by(Method::permutation).contrast.p == Approx(0.01));  // none of 99 splits is as far out
  for (const Method method : {Method::clustered, Method::ratio}) {
    CompareOptions options;
    options.method = method;
    CHECK_FALSE(compare(*trial, 1, options));  // its column was not given
  }
}

TEST_CASE("compare: truth is no outcome and no covariate") {
  const Frame log = simulated(7, 100, 2, 0);
  CHECK_FALSE(Trial::of(log, {.outcome = "outcome_effect"}));
  CHECK_FALSE(Trial::of(log, {.outcome = "outcome", .covariates = {"outcome_effect"}}));
}

TEST_CASE("segments: all rows are counted once, and the adjusted p-values are never smaller") {
  const Frame log = simulated(7, 4000, 8, 0.04);
  const auto trial = Trial::of(log, {.outcome = "outcome"});
  const auto made = segment_effects(*trial, log, "segment", {});
  REQUIRE(made);
  REQUIRE(made->effects.size() == 8);
  double units = 0;
  for (const SegmentEffect& s : made->effects) {
    units += s.units_control + s.units_treatment;
    CHECK(s.contrast.p <= s.q_bh + 1e-12);
    CHECK(s.q_bh <= s.p_holm);
    CHECK(s.p_holm <= s.p_bonferroni);
    CHECK(s.true_effect == Approx(0.04));
  }
  CHECK(units == 4000);
  CHECK(made->degrees == 7);
}

TEST_CASE("segments: the test of heterogeneity is its formula, and a thin segment says why") {
  const Frame log = log_of({"a", "a", "a", "b", "b", "b", "b"}, {1, 0, 3, 2, 5, 1, 9});
  Frame::Builder builder;
  builder.add("s", std::vector<std::string>{"x", "x", "x", "x", "x", "y", "y"});
  const Frame with = *log.with(std::move(builder).build()->column(0));
  const auto trial = Trial::of(with, {});
  const auto made = segment_effects(*trial, with, "s", {});
  REQUIRE(made);
  CHECK(made->effects[1].contrast.why == "an arm has nobody in this segment");
  CHECK(std::isnan(made->heterogeneity_p));  // one segment alone differs from nothing
}

TEST_CASE("novelty: a fading effect has a slope, a steady one mostly none") {
  const Frame fading = simulated(3, 60000, 2, 0.14, 0.01), steady = simulated(3, 20000, 2, 0.05);
  const auto slope = [](const Frame& log) {
    const auto trial = Trial::of(log, {.outcome = "outcome"});
    return *effect_by_day(*trial, 1, log.find("day")->numbers(), {});
  };
  const Novelty down = slope(fading);
  CHECK(down.slope == Approx(-0.01).margin(4 * down.slope_error));
  CHECK(down.slope_p < 0.001);
  CHECK(down.days.size() == 14);
  CHECK(down.days.back().true_effect == Approx(0.01));
  CHECK(slope(steady).slope_p > 0.001);
}

TEST_CASE("bayes: the probability to be better is symmetric, and exact for whole numbers") {
  CHECK(probability_greater(1, 1, 1, 1) == Approx(0.5).margin(1e-9));
  CHECK(probability_greater(2, 1, 1, 1) == Approx(2.0 / 3).margin(1e-9));
  CHECK(probability_greater(31, 71, 25, 77) + probability_greater(25, 77, 31, 71) ==
        Approx(1).margin(1e-9));
  for (const Json& c : causal_oracle()["bayes"]) {
    const auto made = posterior_of_rates({c["x_c"], c["n_c"]}, {c["x_t"], c["n_t"]});
    REQUIRE(made);
    CHECK(made->probability_better == Approx(c["better"].get<double>()).margin(1e-8));
    CHECK(made->loss_if_shipped == Approx(c["loss"].get<double>()).epsilon(1e-6).margin(1e-11));
    CHECK(made->low == Approx(c["low"].get<double>()).margin(1e-7));
    CHECK(made->high == Approx(c["high"].get<double>()).margin(1e-7));
  }
}

TEST_CASE("bayes: arms of very different size keep their digits") {
  // Against a rate that is all but known, the probability is that of lying above it.
  const double known = 0.3, n = 1e8;
  const double better = probability_greater(4, 8, known * n, (1 - known) * n);
  CHECK(better == Approx(0.5695623279).margin(1e-5));  // P(Beta(4, 8) > 0.3)
  CHECK(better + probability_greater(known * n, (1 - known) * n, 4, 8) == Approx(1).margin(1e-9));
}

TEST_CASE("bayes: priors of one half, empty arms and certain arms stay in range") {
  const auto none = posterior_of_rates({0, 0}, {0, 0}, {0.5, 0.5});
  REQUIRE(none);
  CHECK(none->probability_better == Approx(0.5).margin(1e-6));
  const auto sure = posterior_of_rates({0, 100000}, {100000, 100000}, {0.5, 0.5});
  CHECK(sure->probability_better == Approx(1).margin(1e-9));
  CHECK(sure->loss_if_shipped == Approx(0).margin(1e-9));
  CHECK_FALSE(posterior_of_rates({0, 1}, {0, 1}, {0.1, 1}));
  CHECK_FALSE(posterior_of_rates({2, 1}, {0, 1}));
}

TEST_CASE("bayes: a flat prior gives the interval of the estimate, a sharp one shrinks it") {
  const auto contrast = welch(Values{1, 2, 3, 4, 5, 6, 7}, Values{3, 4, 5, 6, 7, 8, 12});
  const auto flat = posterior_of_effect(*contrast, {}),
             sharp = posterior_of_effect(*contrast, {0, 0.5});
  REQUIRE(flat);
  CHECK(flat->mean_difference == Approx(contrast->absolute));
  CHECK(flat->high - flat->low == Approx(2 * 1.959963984540054 * contrast->standard_error));
  CHECK(std::abs(sharp->mean_difference) < std::abs(flat->mean_difference));
  CHECK(flat->loss_if_kept - flat->loss_if_shipped == Approx(flat->mean_difference));
}

TEST_CASE("attrition: bounds of a case worked by hand") {
  // Control: 4 of 4 seen, mean 0.5. Treatment: 2 of 4 seen, both 1.
  const double gone = std::nan("");
  const auto made = attrition_of(Values{1, 0, 1, 0}, Values{1, 1, gone, gone});
  REQUIRE(made);
  CHECK(made->observed.absolute == Approx(0.5));
  CHECK(made->as_zero.absolute == Approx(0));
  // The control lost less: half of it is trimmed, from the bottom (mean 1) and the top (mean 0).
  CHECK(made->lee.low == Approx(0));
  CHECK(made->lee.high == Approx(1));
  CHECK(made->worst.low == Approx(0));  // (1 + 1 + 0 + 0)/4 - 0.5
  CHECK(made->worst.high == Approx(0.5));
}

TEST_CASE("attrition: without any loss all answers agree") {
  Values a, b;
  for (int i = 0; i < 60; ++i) a.push_back(i % 3 == 0), b.push_back(i % 2 == 0);
  const auto made = attrition_of(a, b);
  REQUIRE(made);
  for (const double value :
       {made->as_zero.absolute, made->lee.low, made->lee.high, made->worst.low, made->worst.high})
    CHECK(value == Approx(made->observed.absolute));
  CHECK_FALSE(made->differential);
  CHECK_FALSE(attrition_of(Values{2}, Values{1}));
  CHECK_FALSE(attrition_of(Values{std::nan("")}, Values{1}));
  CHECK_FALSE(attrition_of(Values{}, Values{1}));
}

TEST_CASE("instrument: the ratio and its error agree with two-stage least squares") {
  const Json& c = causal_oracle()["instrument"];
  const auto assigned = c["z"].get<std::vector<std::uint8_t>>();
  const Values taken = c["d"], outcome = c["y"];
  const auto made = instrumented({assigned, taken, outcome});
  REQUIRE(made);
  CHECK(made->compliers.absolute == Approx(c["effect"].get<double>()).epsilon(1e-9));
  CHECK(made->compliers.standard_error == Approx(c["standard_error"].get<double>()).epsilon(1e-9));
  CHECK_FALSE(made->weak);
  // Anderson-Rubin: at both ends the test of that effect is exactly at the level.
  for (const double end : {made->anderson_rubin_low, made->anderson_rubin_high}) {
    Values arms[2];
    for (std::size_t i = 0; i < outcome.size(); ++i)
      arms[assigned[i]].push_back(outcome[i] - end * taken[i]);
    const auto rest = welch(arms[0], arms[1]);
    CHECK(std::abs(rest->statistic) == Approx(1.959963984540054).epsilon(1e-6));
  }
}

TEST_CASE("instrument: with full compliance it is the intention to treat") {
  const std::vector<std::uint8_t> assigned{0, 0, 0, 1, 1, 1};
  const Values taken{0, 0, 0, 1, 1, 1}, outcome{1, 2, 3, 3, 5, 9};
  const auto made = instrumented({assigned, taken, outcome});
  REQUIRE(made);
  for (const Contrast* contrast : {&made->per_protocol, &made->as_treated})
    CHECK(contrast->absolute == made->intention.absolute);
  CHECK(made->compliers.absolute == made->intention.absolute);
  CHECK(made->compliers.standard_error == Approx(made->intention.standard_error));
  CHECK_FALSE(instrumented({assigned, Values{0, 1, 0, 0, 1, 0}, outcome}));
  CHECK_FALSE(instrumented({assigned, Values{0, 1}, outcome}));
}

TEST_CASE("instrument: a weak first stage says so") {
  std::vector<std::uint8_t> assigned;
  Values taken, outcome;
  for (int i = 0; i < 500; ++i) {
    Stream stream(6, "weak", 0, static_cast<std::uint64_t>(i));
    assigned.push_back(i % 2), taken.push_back(stream.bernoulli(i % 2 ? 0.52 : 0.5));
    outcome.push_back(stream.normal());
  }
  const auto made = instrumented({assigned, taken, outcome});
  REQUIRE(made);
  CHECK(made->weak);
  CHECK_FALSE(made->anderson_rubin_bounded);
}

TEST_CASE("guardrail: four readings, and which side is worse") {
  Estimated e;
  e.control = 10, e.standard_error = 1;
  const auto read = [&](double effect, double threshold, bool up = true) {
    e.absolute = effect, e.treatment = 10 + effect;
    return *read_guardrail(*contrast_of(e), {threshold, up});
  };
  CHECK(read(0, 3).state == GuardrailState::safe);
  CHECK(read(2, 3).state == GuardrailState::undecided);
  CHECK(read(4, 3).state == GuardrailState::past_threshold);
  CHECK(read(6, 3).state == GuardrailState::harm_shown);
  CHECK(read(-6, 3, false).state == GuardrailState::harm_shown);
  CHECK(read(0, 1.959963984540054).non_inferiority_p == Approx(0.025).epsilon(1e-6));
  CHECK(read(6, 3).non_inferiority_p > 0.99);
  CHECK_FALSE(read_guardrail(*contrast_of(e), {-1, true}));
  CHECK_FALSE(read_guardrail(Contrast{}, {1, true}));
}
