// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pinned runs: what is kept, how they are told apart, and what they look like laid over each other.
#include "app/present/design_pins.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "app/present/design_overlay.hpp"
#include "app/present/run_comparison.hpp"
#include "engine/plan/figure.hpp"
#include "engine/trace/trace.hpp"

using namespace rehearse;
using namespace rehearse::present;

namespace {

constexpr const char* kPinned = R"lua(design "Pinned" { asks = "?", seed = 3 }
local ctr = slider("base", 0.2, { 0.05, 0.4, unit = "%" })
local late = toggle("late", false)
local method = choice("calibration", "platt", { "none", "platt" })
local log = simulate.impressions { users = 30, days = 4, base_ctr = ctr }
local model = train.ftrl { log, as = "model" }
show.line { log, y = "click", by = "day", truth = "click_probability", title = "Rate", see = "it wobbles" }
show.number { model, on = log, metrics = { "log_loss", "excess_log_loss" }, title = "Numbers", see = "s" }
)lua";

struct Ran {
  plan::Plan plan;
  plan::Run run;
};

Ran ran(const plan::KnobValues& knobs, std::optional<std::uint64_t> seed = {}) {
  static plan::Cache cache;
  auto plan = trace::trace_script(kPinned, "pinned.lua", knobs, seed);
  REQUIRE(plan);
  auto run = plan::execute(*plan, cache);
  REQUIRE(run);
  return {*std::move(plan), *std::move(run)};
}

int pinned(DesignPins& pins, const Ran& what) {
  const auto id = pins.pin(what.plan, what.run);
  REQUIRE(id);
  return *id;
}

Figure figureOf(const char* kind, const std::vector<std::string>& series,
                const std::vector<std::string>& style, const std::vector<double>& x) {
  Frame::Builder builder;
  builder.add("series", series).add("style", style).add("x", x);
  builder.add("y", std::vector<double>(x.size(), 1.0));
  return {kind, "T", "x", "y", "", Json::object(), *std::move(builder).build()};
}

std::vector<std::string> namesIn(const Frame& frame) {
  std::vector<std::string> names;
  const Column* series = frame.find("series");
  for (std::size_t row = 0; row < frame.rows(); ++row)
    if (std::find(names.begin(), names.end(), series->cell(row)) == names.end())
      names.push_back(series->cell(row));
  return names;
}

}  // namespace

TEST_CASE("pins: a pin is told by what differs from the others and from the present run") {
  DesignPins pins;
  pins.setDesign("pinned");
  const Ran first = ran({}), second = ran({{"base", 0.1}, {"calibration", std::string("none")}});
  const int id = pinned(pins, first);
  pins.setNow(first.plan);
  CHECK(pins.label(*pins.find(id)) == "pinned, same knobs");
  pins.setNow(second.plan);
  CHECK(pins.label(*pins.find(id)) == "base 20%, platt");
  CHECK(pins.nowLabel() == "base 10%, none");
  CHECK(pins.briefLabel(*pins.find(id)) == "20%, platt");
  const Ran late = ran({{"late", true}}, 9);
  const int other = pinned(pins, late);
  CHECK(pins.label(*pins.find(other)) == "base 20%, late, platt, seed 9");
  pins.rename(other, "  the late   one ");
  CHECK(pins.label(*pins.find(other)) == "the late one");
  pins.rename(other, "");
  CHECK(pins.label(*pins.find(other)).contains("seed 9"));
}

TEST_CASE("pins: five are kept, none twice, and each has a look of its own") {
  DesignPins pins;
  pins.setDesign("pinned");
  for (int i = 0; i < DesignPins::kMost; ++i) pinned(pins, ran({{"base", 0.1 + 0.01 * i}}));
  const Ran sixth = ran({{"base", 0.3}}), again = ran({{"base", 0.1}});
  const auto refused = pins.pin(sixth.plan, sixth.run);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("remove one") != std::string::npos);
  const int third = pins.pins()[2].id;
  pins.remove(third);
  CHECK_FALSE(pins.pin(again.plan, again.run));
  const int id = pinned(pins, sixth);
  CHECK(pins.find(id)->look == 3);
  std::set<int> looks;
  for (const PinnedRun& pin : pins.pins()) looks.insert(pin.look);
  CHECK(looks == std::set<int>{1, 2, 3, 4, 5});
}

TEST_CASE("pins: a removed pin comes back where it was; those of another design wait") {
  DesignPins pins;
  pins.setDesign("pinned");
  const int first = pinned(pins, ran({})), second = pinned(pins, ran({{"base", 0.1}}));
  pins.rename(first, "mine");
  pins.remove(first);
  CHECK(pins.removed() == "mine");
  CHECK(pins.pins().size() == 1);
  pins.undoRemove();
  REQUIRE(pins.pins().size() == 2);
  CHECK(pins.pins()[0].id == first);
  CHECK(pins.removed().isEmpty());
  pins.setDesign("another");
  CHECK(pins.pins().isEmpty());
  pins.setDesign("pinned");
  REQUIRE(pins.pins().size() == 2);
  CHECK(pins.pins()[1].id == second);
}

TEST_CASE("pins: shown pins lie over the present run on its axes, hidden ones do not") {
  DesignPins pins;
  pins.setDesign("pinned");
  const Ran before = ran({}), now = ran({{"base", 0.1}});
  const int id = pinned(pins, before);
  pins.setNow(now.plan);
  const Figure alone = plan::figure_of(now.plan.views[0], now.run);
  const Figure both = pins.overlaid(0, alone);
  CHECK(namesIn(both.data).front() == "now: base 10%");
  // Another base rate is another truth; it is drawn too, and as truth. Bands are not.
  REQUIRE(alone.data.rows() == 3 * 4);
  CHECK(both.data.rows() == 5 * 4);
  const Figure table = pins.overlaid(1, plan::figure_of(now.plan.views[1], now.run));
  CHECK(table.kind == "table");
  CHECK(table.data.names() == std::vector<std::string>{"number", "now", "base 20%"});
  CHECK(table.data.find("base 20%")->number(0) ==
        plan::figure_of(before.plan.views[1], before.run).data.find("value")->number(0));
  CHECK(table.data.find("number")->text(1) == "excess log loss (%)");
  pins.setShown(id, false);
  CHECK(pins.overlaid(0, alone).data.hash() == alone.data.hash());
}

TEST_CASE("overlay: with one series a run has its own colour, with several the series keeps it") {
  const Figure one = figureOf("line", {"a", "a"}, {"series", "series"}, {0, 1});
  const Figure later = figureOf("line", {"a", "a"}, {"series", "series"}, {0, 2});
  const Figure joined = overlaid(one, "", {{"base 2%", "2%", 3, &later}});
  REQUIRE(joined.data.rows() == 4);
  CHECK(namesIn(joined.data) == std::vector<std::string>{"now", "base 2%"});
  CHECK(joined.data.find("colour")->number(0) == 0);
  CHECK(joined.data.find("colour")->number(2) == 3);
  CHECK(joined.data.find("dash")->number(3) == 3);
  const Figure two = figureOf("roc", {"a", "b"}, {"series", "series"}, {0, 1});
  const Figure other = figureOf("roc", {"a", "b"}, {"series", "series"}, {0, 2});
  const Figure crossed = overlaid(two, "base 3%", {{"base 2%", "2%", 1, &other}});
  CHECK(namesIn(crossed.data) == std::vector<std::string>{"a, now", "b, now", "a, 2%", "b, 2%"});
  CHECK(crossed.data.find("colour")->number(3) == 1);
  CHECK(crossed.data.find("dash")->number(3) == 1);
  CHECK(crossed.data.find("dash")->number(1) == 0);
}

TEST_CASE("overlay: runs that lie on each other are one line, which says how many it stands for") {
  const Figure now = figureOf("line", {"a", "a"}, {"series", "series"}, {0, 1}),
               far = figureOf("line", {"a", "a"}, {"series", "series"}, {0, 2});
  const Figure joined =
      overlaid(now, "x 1", {{"x 2", "2", 1, &now}, {"y 1", "1", 2, &far}, {"y 2", "2", 3, &far}});
  CHECK(namesIn(joined.data) ==
        std::vector<std::string>{"now: x 1 (and 1 alike)", "y 1 (and 1 alike)"});
  CHECK(joined.data.rows() == 4);
}

TEST_CASE("overlay: a truth that is the same is drawn once, marks and bands are the present ones") {
  const Figure figure =
      figureOf("line", {"a", "truth", "a", ""}, {"series", "truth", "band", "mark"}, {0, 1, 2, 3});
  const Figure moved =
      figureOf("line", {"a", "truth", "a", ""}, {"series", "truth", "band", "mark"}, {5, 1, 2, 3});
  const Figure joined = overlaid(figure, "", {{"p", "p", 1, &moved}});
  CHECK(joined.data.rows() == 5);
  const Figure other =
      figureOf("line", {"a", "truth", "a", ""}, {"series", "truth", "band", "mark"}, {0, 9, 2, 3});
  const Figure differs = overlaid(figure, "", {{"p", "p", 1, &other}});
  CHECK(differs.data.rows() == 6);
  CHECK(differs.data.find("style")->text(5) == "truth");
}

TEST_CASE("overlay: what cannot be laid over says so and shows the present run") {
  const Figure map = figureOf("heatmap", {"a"}, {"series"}, {0});
  const Figure shown = overlaid(map, "", {{"p", "p", 1, &map}});
  CHECK(shown.data.hash() == map.data.hash());
  CHECK(shown.see.find("shows one run") != std::string::npos);
  std::vector<std::string> names, styles(9, "series");
  std::vector<double> x;
  for (int i = 0; i < 9; ++i) names.push_back(std::to_string(i)), x.push_back(i);
  const Figure many = figureOf("line", names, styles, x);
  x[0] = 20;
  const Figure others = figureOf("line", names, styles, x);
  const Figure refused = overlaid(many, "", {{"p", "p", 1, &others}});
  CHECK(refused.data.rows() == 9);
  CHECK(refused.see.find("too many lines") != std::string::npos);
}

TEST_CASE("compare: what differs and the numbers of both stand side by side with the difference") {
  const Ran first = ran({}), second = ran({{"base", 0.1}}, 8);
  const auto compared = [](const Ran& what, const char* label) {
    ComparedRun run{label, {what.plan.knobs, what.plan.seed}, {}};
    for (const plan::View& view : what.plan.views)
      run.figures.push_back(plan::figure_of(view, what.run));
    return run;
  };
  const ComparedRun a = compared(first, "a"), b = compared(second, "b");
  const Frame made = madeWith(a, b).data;
  REQUIRE(made.rows() == 2);
  CHECK(made.find("knob")->text(0) == "base");
  CHECK(made.find("A")->text(0) == "20%");
  CHECK(made.find("B")->text(1) == "8");
  CHECK(madeWith(a, a).data.rows() == 0);
  const Frame numbers = numbersOf(a, b).data;
  REQUIRE(numbers.rows() == 2);
  for (std::size_t row = 0; row < 2; ++row)
    CHECK(numbers.find("B − A")->number(row) ==
          Approx(numbers.find("B")->number(row) - numbers.find("A")->number(row)));
}
