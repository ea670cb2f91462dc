// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <limits>

#include "engine/base/view_data.hpp"
#include "engine/plan/expectation.hpp"
#include "engine/plan/plan.hpp"

namespace {

using namespace rehearse;
using plan::Check;
using plan::Knob;

Knob slider(plan::Value initial, double low, double high) {
  Knob knob;
  knob.kind = Knob::Kind::slider;
  knob.name = "k";
  knob.initial = knob.value = std::move(initial);
  knob.low = low, knob.high = high;
  return knob;
}

plan::ArtifactPtr measured(double value, const std::string& why) {
  Frame::Builder builder;
  builder.add("value", std::vector<double>{value}).add("why", std::vector<std::string>{why});
  return plan::Artifact::of(*std::move(builder).build());
}

plan::Expectation expects(plan::Expectation::Kind kind, double low, double high) {
  plan::Expectation expectation;
  expectation.kind = kind;
  expectation.metric = "ece";
  expectation.low = low, expectation.high = high;
  return expectation;
}

}  // namespace

TEST_CASE("knob: a slider takes numbers and percent within its range") {
  const Knob knob = slider(0.5, 0.01, 1);
  CHECK(plan::parse_knob(knob, "0.25") == plan::Value(0.25));
  CHECK(plan::parse_knob(knob, "5%") == plan::Value(0.05));
  for (const char* wrong :
       {"", "abc", "0.5x", "nan", "inf", "1e400", "2", "0", "-0.5", "%", " 1"}) {
    INFO(wrong);
    CHECK_FALSE(plan::parse_knob(knob, wrong));
  }
}

TEST_CASE("knob: whole numbers stay whole") {
  const Knob knob = slider(std::int64_t{10}, 1, 100);
  CHECK(plan::parse_knob(knob, "12") == plan::Value(std::int64_t{12}));
  CHECK_FALSE(plan::parse_knob(knob, "12.5"));
  CHECK_FALSE(plan::parse_knob(knob, "101"));
}

TEST_CASE("knob: choices and switches name what they know") {
  Knob choice;
  choice.kind = Knob::Kind::choice;
  choice.name = "calibration";
  choice.choices = {"none", "platt", "isotonic"};
  CHECK(plan::parse_knob(choice, "platt") == plan::Value(std::string("platt")));
  const auto wrong = plan::parse_knob(choice, "plat");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("did you mean `platt`") != std::string::npos);
  Knob toggle;
  toggle.kind = Knob::Kind::toggle;
  CHECK(plan::parse_knob(toggle, "on") == plan::Value(true));
  CHECK(plan::parse_knob(toggle, "0") == plan::Value(false));
  CHECK_FALSE(plan::parse_knob(toggle, "maybe"));
}

TEST_CASE("expectation: bounds, the missing truth, and what was not measured") {
  using Kind = plan::Expectation::Kind;
  const auto state = [](Kind kind, double value) {
    return plan::judge(expects(kind, 0.25, 0.5), measured(value, "")).state;
  };
  CHECK(state(Kind::below, 0.49) == Check::State::held);
  CHECK(state(Kind::below, 0.5) == Check::State::broken);
  CHECK(state(Kind::above, 0.26) == Check::State::held);
  CHECK(state(Kind::above, 0.25) == Check::State::broken);
  CHECK(state(Kind::between, 0.25) == Check::State::held);
  CHECK(state(Kind::between, 0.5) == Check::State::held);
  CHECK(state(Kind::between, 0.51) == Check::State::broken);

  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto below = expects(Kind::below, 0, 0.5);
  CHECK(plan::judge(below, measured(nan, view_data::kNoTruth)).state == Check::State::unknown);
  CHECK(plan::judge(below, measured(nan, "one class only")).state == Check::State::broken);
  CHECK(plan::judge(below, nullptr).state == Check::State::broken);
  CHECK(plan::judge(below, measured(0.125, "")).sentence == "ece is 0.125, below 0.5");
  CHECK(plan::judge(below, measured(13457.7, "")).sentence == "ece is 13,458, not below 0.5");
  plan::Expectation off = below;
  off.active = false;
  CHECK(plan::judge(off, measured(9, "")).state == Check::State::inactive);
}
