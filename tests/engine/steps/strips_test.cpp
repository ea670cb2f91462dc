// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows that a timeline and a funnel draw, held against the tables that they were made from.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/view_data.hpp"
#include "engine/metrics/interval.hpp"
#include "engine/plan/executor.hpp"
#include "engine/plan/figure.hpp"
#include "engine/trace/trace.hpp"

using namespace rehearse;
using Catch::Matchers::Contains;

namespace {

// The view of one line about the tables `t` and `events`.
Result<Frame> view(const std::string& line, const Frame& table, const Frame& events = {}) {
  const std::string story =
      "design \"Strips\" { asks = \"?\", seed = 3 }\n"
      "local t = source(\"t\", simulate.impressions { users = 20, days = 1 }, {})\n"
      "local events = source(\"events\", simulate.impressions { users = 20, days = 1 }, {})\n";
  auto plan = trace::trace_script(story + line, "strips.lua", {}, {});
  if (!plan) return fail(plan.error());
  plan::Cache cache;
  plan::RunOptions options;
  options.inputs["t"] = table;
  if (events.columns() > 0) options.inputs["events"] = events;
  auto run = plan::execute(*plan, cache, options);
  if (!run) return fail(run.error());
  return plan::figure_of(plan->views.front(), *run).data;
}

Frame drawn(const std::string& line, const Frame& table, const Frame& events = {}) {
  auto made = view(line, table, events);
  if (!made) FAIL(made.error().message);
  return *std::move(made);
}

std::string error(const std::string& line, const Frame& table) {
  auto made = view(line, table);
  REQUIRE_FALSE(made);
  return made.error().message;
}

// Rows of that style as "strip series x y end label".
std::vector<std::string> rows_of(const Frame& frame, const std::string& style) {
  std::vector<std::string> rows;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    if (frame.find("style")->cell(row) != style) continue;
    std::string text = frame.find("strip")->cell(row);
    for (const char* name : {"x", "y", "end"})
      if (const Column* column = frame.find(name))
        if (std::isfinite(column->number(row))) text += fmt::format(" {:g}", column->number(row));
    rows.push_back(text + " " + frame.find("label")->cell(row));
  }
  return rows;
}

const double kNan = std::nan("");

Frame signals() {
  Frame::Builder builder;
  builder.add("hour", std::vector<double>{0, 1, 2, 3, 0, 1, 2, 3})
      .add("signal", std::vector<std::string>{"p99_ms", "p99_ms", "p99_ms", "p99_ms", "ctr", "ctr",
                                              "ctr", "ctr"})
      .add("layer", std::vector<std::string>(8, "model"))
      .add("value", std::vector<double>{10, 11, kNan, 90, 0.1, 0.2, 0.3, 0.4})
      .add("alarm", std::vector<double>{0, 0, 0, 1, 0, 0, 0, 0})
      .add("broken",
           std::vector<std::string>{"", "", "slow_dependency", "slow_dependency", "", "", "", ""})
      .add("expected", std::vector<double>{10, 10, 10, 10, 0.1, 0.1, 0.1, 0.1});
  return *std::move(builder).build();
}

Frame stages() {
  Frame::Builder builder;
  builder.add("stage", std::vector<std::string>{"landed", "landed", "joined", "joined"})
      .add("arm", std::vector<std::string>{"control", "treatment", "control", "treatment"})
      .add("users", std::vector<double>{1000, 2000, 400, 1000})
      .add("expected", std::vector<double>{kNan, kNan, 410, 990});
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("view timeline: a strip a signal, with its alarms, its truth and what was broken") {
  const Frame frame = drawn(
      "show.timeline { t, by = \"signal\", group = \"layer\", truth = \"expected\" }", signals());
  CHECK(rows_of(frame, view_data::kSeries) ==
        std::vector<std::string>{"p99 ms 0 10 ", "p99 ms 1 11 ", "p99 ms 2 ", "p99 ms 3 90 ",
                                 "ctr 0 0.1 ", "ctr 1 0.2 ", "ctr 2 0.3 ", "ctr 3 0.4 "});
  CHECK(rows_of(frame, view_data::kAlarm) == std::vector<std::string>{"p99 ms 3 90 first alarm"});
  CHECK(rows_of(frame, view_data::kSpan) ==
        std::vector<std::string>{"p99 ms 2 3 truth: slow dependency"});
  CHECK(rows_of(frame, view_data::kTruth).size() == 8);
  CHECK(frame.find("group")->cell(0) == "model");
}

TEST_CASE("view timeline: columns of a wide table are strips; a time is drawn once") {
  Frame::Builder builder;
  builder.add("day", std::vector<double>{1, 1, 2})
      .add("error_rate", std::vector<double>{0.1, 0.3, 0.5}, {.unit = "share"})
      .add("queue", std::vector<double>{1, 3, kNan})
      .add("broken", std::vector<std::uint8_t>{0, 1, 0});
  const Frame frame = drawn(
      "show.timeline { t, x = \"day\", columns = { \"error_rate\", \"queue\" }, mark_at = 1.5 }",
      *std::move(builder).build());
  CHECK(rows_of(frame, view_data::kSeries) == std::vector<std::string>{"error rate 1 0.2 ",
                                                                       "error rate 2 0.5 ",
                                                                       "queue 1 2 ", "queue 2 "});
  CHECK(frame.find("unit")->cell(0) == "share");
  CHECK(rows_of(frame, view_data::kSpan) ==
        std::vector<std::string>{"error rate 1 2 truth: broken", "queue 1 2 truth: broken"});
  CHECK(rows_of(frame, view_data::kMark) == std::vector<std::string>{" 1.5 truth: it began here"});
}

TEST_CASE("view timeline: events of a table of their own are marks, and alarms where they say so") {
  Frame::Builder builder;
  builder.add("hour", std::vector<double>{1, 2, 3})
      .add("event", std::vector<std::string>{"deploy 41", "page: latency", "page: clicks"})
      .add("signal", std::vector<std::string>{"", "p99_ms", "ctr"})
      .add("alarm", std::vector<double>{0, 1, 1});
  const Frame frame = drawn(
      "show.timeline { t, by = \"signal\", alarm = \"expected\", "
      "broken = \"alarm\", events = events }",
      signals(), *std::move(builder).build());
  CHECK(rows_of(frame, view_data::kMark) == std::vector<std::string>{" 1 deploy 41"});
  CHECK(rows_of(frame, view_data::kAlarm) ==
        std::vector<std::string>{"p99 ms 2 page: latency", "ctr 3 page: clicks"});
}

TEST_CASE("view timeline: what cannot be drawn is said in words") {
  const Frame table = signals();
  CHECK_THAT(error("show.timeline { t, x = \"signal\" }", table), Contains("`signal` holds texts"));
  CHECK_THAT(error("show.timeline { t, y = \"layer\" }", table), Contains("`layer` holds texts"));
  CHECK_THAT(error("show.timeline { t, by = \"signl\" }", table), Contains("signl"));
  Frame::Builder many;
  std::vector<double> hour(20, 1), value(20, 2);
  std::vector<std::string> names;
  for (int i = 0; i < 20; ++i) names.push_back(std::to_string(i));
  many.add("hour", hour).add("value", value).add("signal", names);
  CHECK_THAT(error("show.timeline { t, by = \"signal\" }", *std::move(many).build()),
             Contains("more than 16 values"));
}

TEST_CASE("view funnel: shares of the stage before and of the first, with Wilson's interval") {
  const Frame frame = drawn("show.funnel { t, by = \"arm\", truth = \"expected\" }", stages());
  std::vector<double> share, count;
  std::size_t treatment = 0;
  for (std::size_t row = 0; row < frame.rows(); ++row)
    if (frame.find("style")->cell(row) == view_data::kSeries) {
      share.push_back(frame.find("x")->number(row));
      count.push_back(frame.find("count")->number(row));
      if (frame.find("series")->cell(row) == "treatment") treatment = row;
    }
  CHECK(count == std::vector<double>{1000, 2000, 400, 1000});
  CHECK(share == std::vector<double>{1, 1, 0.4, 0.5});
  const auto interval = metrics::wilson_interval(1000, 2000);
  CHECK(frame.find("low")->number(treatment) == Approx(interval.low));
  CHECK(frame.find("step_high")->number(treatment) == Approx(interval.high));
  std::vector<double> truth;
  for (std::size_t row = 0; row < frame.rows(); ++row)
    if (frame.find("style")->cell(row) == view_data::kTruth)
      truth.push_back(frame.find("x")->number(row));
  CHECK(truth == std::vector<double>{0.41, 0.495});
}

TEST_CASE("view funnel: a table of users is counted by measure.funnel") {
  Frame::Builder builder;
  builder.add("joined", std::vector<double>{1, 0, kNan, 2})
      .add("joined_probability", std::vector<double>(4, 0.75));
  const Frame frame = drawn(
      "show.funnel { measure.funnel { t, stages = { \"joined\" }, by = \"\" }, truth = \"truth\" }",
      *std::move(builder).build());
  std::vector<double> count;
  for (std::size_t row = 0; row < frame.rows(); ++row)
    count.push_back(frame.find("count")->number(row));
  CHECK(count == std::vector<double>{4, 4, 2, 2.25});  // each stage as seen, then as it truly is
}

TEST_CASE("view funnel: a stage that grew has a share above 1 and no interval, an empty one none") {
  Frame::Builder builder;
  builder.add("stage", std::vector<std::string>{"a", "b", "c", "d"})
      .add("users", std::vector<double>{10, 12, 0, 0});
  const Frame frame = drawn("show.funnel { t }", *std::move(builder).build());
  CHECK(frame.find("x")->number(1) == Approx(1.2));
  CHECK(std::isnan(frame.find("low")->number(1)));
  CHECK(std::isnan(frame.find("step")->number(3)));
}

TEST_CASE("view funnel: what cannot be drawn is said in words") {
  const Frame table = stages();
  CHECK_THAT(error("show.funnel { t, count = \"arm\" }", table), Contains("`arm` holds texts"));
  CHECK_THAT(error("show.funnel { t, stage = \"step\" }", table), Contains("step"));
  Frame::Builder builder;
  builder.add("stage", std::vector<std::string>{"a"}).add("users", std::vector<double>{-1});
  CHECK_THAT(error("show.funnel { t }", *std::move(builder).build()), Contains("not below 0"));
}
