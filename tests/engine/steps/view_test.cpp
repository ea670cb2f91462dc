// SPDX-License-Identifier: GPL-3.0-or-later
//
// What view steps make (engine/base/view_data.hpp), held against the rows that they were made from.
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "engine/base/view_data.hpp"
#include "engine/metrics/discrimination.hpp"
#include "engine/plan/executor.hpp"
#include "engine/plan/figure.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/thinning.hpp"
#include "engine/trace/trace.hpp"

using namespace rehearse;
using Catch::Matchers::Contains;

namespace {

const std::string kStory = R"(design "Views" { asks = "?", seed = 3 }
local log = source("impressions", simulate.impressions { users = 300, days = 8 }, { "time", "day", "click" })
local past, live = log:split { days = { 5 }, as = "past, live" }
local model = train.ftrl { past, as = "model" }
)";

// The first view of the story that ends in `line`; `input` replaces the traffic.
Result<Figure> shown(const std::string& line, const Frame* input = nullptr) {
  auto plan = trace::trace_script(kStory + line, "views.lua", {}, {});
  if (!plan) return fail(plan.error());
  plan::Cache cache;
  plan::RunOptions options;
  if (input) options.inputs["impressions"] = *input;
  auto run = plan::execute(*plan, cache, options);
  if (!run) return fail(run.error());
  return plan::figure_of(plan->views.front(), *run);
}

Figure figure(const std::string& line) {
  auto made = shown(line);
  if (!made) FAIL(made.error().message);
  return *std::move(made);
}

std::string error(const std::string& line, const Frame* input = nullptr) {
  auto made = shown(line, input);
  REQUIRE_FALSE(made);
  return made.error().message;
}

struct Points {
  std::vector<double> x, y;
  std::vector<std::string> label;
};

Points points(const Frame& frame, const std::string& style, const std::string& series = {}) {
  Points found;
  const Column* label = frame.find("label");
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    if (frame.find("style")->cell(row) != style) continue;
    if (!series.empty() && frame.find("series")->cell(row) != series) continue;
    found.x.push_back(frame.find("x")->number(row)),
        found.y.push_back(frame.find("y")->number(row));
    found.label.push_back(label ? label->cell(row) : "");
  }
  return found;
}

double area(const Points& p) {
  double sum = 0;
  for (std::size_t i = 1; i < p.x.size(); ++i)
    sum += (p.x[i] - p.x[i - 1]) * (p.y[i] + p.y[i - 1]) / 2;
  return sum;
}

double measure(const std::string& metric) {
  auto plan = trace::trace_script(
      kStory + "expect.above { model, \"" + metric + "\", 0, on = live }", "views.lua", {}, {});
  REQUIRE(plan);
  plan::Cache cache;
  auto run = plan::execute(*plan, cache, {});
  REQUIRE(run);
  return run->checks.front().value;
}

}  // namespace

TEST_CASE("thinning: a path keeps its ends and its order, within the number asked for") {
  rc::check("thinned_path", [](const std::vector<std::pair<int, int>>& steps) {
    std::vector<double> x{0}, y{0};
    for (const auto& [dx, dy] : steps)
      x.push_back(x.back() + std::abs(dx) % 100), y.push_back(y.back() + std::abs(dy) % 100);
    const std::size_t most = 4 + steps.size() % 20;
    const auto kept = steps::thinned_path(x, y, most);
    RC_ASSERT(kept.size() <= std::max(most, std::size_t{4}));
    RC_ASSERT(kept.front() == 0 && kept.back() == x.size() - 1);
    RC_ASSERT(std::is_sorted(kept.begin(), kept.end()));
    RC_ASSERT(std::set<std::uint32_t>(kept.begin(), kept.end()).size() == kept.size());
    if (x.size() <= most) RC_ASSERT(kept.size() == x.size());
  });
}

TEST_CASE("thinning: both sides of a jump are kept") {
  std::vector<double> x, y;
  for (int i = 0; i <= 1000; ++i) x.push_back(i / 1000.0), y.push_back(i < 500 ? 0.1 : 0.9);
  const auto kept = steps::thinned_path(x, y, 40);
  CHECK(kept.size() <= 40);
  CHECK(std::count(kept.begin(), kept.end(), 499U) == 1);
  CHECK(std::count(kept.begin(), kept.end(), 500U) == 1);
}

TEST_CASE("thinning: a sample is the same every time and no part of the rows is preferred") {
  const auto sample = steps::stable_sample(10000, 3000, 7);
  REQUIRE(sample.size() == 3000);
  CHECK(std::is_sorted(sample.begin(), sample.end()));
  CHECK(sample == steps::stable_sample(10000, 3000, 7));
  CHECK(sample != steps::stable_sample(10000, 3000, 8));
  double mean = 0;
  for (const std::uint32_t row : sample) mean += row / 3000.0;
  // 4 standard errors of the mean of 3,000 draws without replacement.
  CHECK(std::abs(mean - 4999.5) < 4 * 10000 / std::sqrt(12.0 * 3000) * std::sqrt(0.7));
  // A row stays in the sample when others are added behind it, unless they push it out.
  const auto fewer = steps::stable_sample(5000, 5000, 7);
  CHECK(fewer.size() == 5000);
}

TEST_CASE("view roc: a curve from corner to corner whose area is the AUC") {
  const Frame frame = figure("show.roc { model, on = live }").data;
  const Points curve = points(frame, view_data::kSeries, "model");
  REQUIRE(curve.x.size() <= 400);
  CHECK(curve.x.front() == 0);
  CHECK(curve.y.front() == 0);
  CHECK(curve.x.back() == 1);
  CHECK(curve.y.back() == 1);
  CHECK(std::is_sorted(curve.x.begin(), curve.x.end()));
  CHECK(std::is_sorted(curve.y.begin(), curve.y.end()));
  CHECK(area(curve) == Approx(measure("roc_auc")).margin(0.002));
  const Points best = points(frame, view_data::kTruth);
  CHECK(area(best) > area(curve));
  CHECK(points(frame, view_data::kGuide).x == std::vector<double>{0, 0.5, 1});
  CHECK(points(figure("show.roc { model, on = live, truth = false }").data, view_data::kTruth)
            .x.empty());
}

TEST_CASE("view roc: points few enough are all drawn, each with its threshold") {
  const Frame frame =
      figure("local flat = calibrate.isotonic { model, on = past }\nshow.roc { flat, on = live }")
          .data;
  std::vector<double> thresholds;
  for (std::size_t row = 0; row < frame.rows(); ++row)
    if (frame.find("style")->cell(row) == view_data::kSeries)
      thresholds.push_back(frame.find("threshold")->number(row));
  REQUIRE(thresholds.size() > 2);
  REQUIRE(thresholds.size() < 400);
  CHECK(std::isnan(thresholds.front()));  // no row is called positive
  for (std::size_t i = 2; i < thresholds.size(); ++i) CHECK(thresholds[i] < thresholds[i - 1]);
}

TEST_CASE("view pr: ends at the base rate, which is the guide") {
  const Frame frame = figure("show.pr { model, on = live }").data;
  const Points curve = points(frame, view_data::kSeries, "model"),
               guide = points(frame, view_data::kGuide);
  CHECK(curve.x.size() <= 400);
  CHECK(curve.x.back() == 1);
  CHECK(curve.y.back() == Approx(measure("base_rate")));
  REQUIRE(guide.y.size() == 3);
  CHECK(guide.y[0] == Approx(measure("base_rate")));
  CHECK(guide.y[2] == guide.y[0]);
  CHECK_THAT(guide.label[1], Contains("base rate"));
}

TEST_CASE("view roc, pr: one class is refused in words") {
  Frame::Builder builder;
  std::vector<Time> times;
  std::vector<std::int32_t> day;
  for (int i = 0; i < 80; ++i) {
    day.push_back(i / 10);
    times.push_back(Time{(std::int64_t{i} / 10) * 86400 * 1000000});
  }
  builder.add("time", times, {.role = Role::time})
      .add("day", day)
      .add("platform", std::vector<std::string>(80, "web"), {.role = Role::feature})
      .add("click", std::vector<bool>(80, false), {.role = Role::label});
  const auto input = std::move(builder).build();
  REQUIRE(input);
  for (const char* line : {"show.roc { model, on = live }", "show.pr { model, on = live }"}) {
    INFO(line);
    CHECK_THAT(error(line, &*input), Contains("labels are 0") && Contains("views.lua:5"));
  }
}

TEST_CASE("view ecdf: the share at or below each point, counted again from the rows") {
  const Frame rows = figure("show.table { live, rows = 100000 }").data;
  const Frame frame = figure("show.ecdf { live, column = \"click_probability\" }").data;
  const Points curve = points(frame, view_data::kSeries, "live");
  const auto values = rows.find("click_probability")->numbers();
  REQUIRE(curve.x.size() <= 400);
  CHECK(curve.y.front() == 0);
  CHECK(curve.y.back() == 1);
  for (std::size_t i = 1; i < curve.x.size(); ++i) {
    const auto below = static_cast<double>(
        std::count_if(values.begin(), values.end(), [&](double v) { return v <= curve.x[i]; }));
    CHECK(curve.y[i] == Approx(below / static_cast<double>(values.size())));
  }
}

TEST_CASE("view ecdf: a line a group, and errors that say what is missing") {
  const Frame frame = figure("show.ecdf { live, model = model, by = \"platform\" }").data;
  for (const char* group : {"web", "ios", "android"})
    CHECK_FALSE(points(frame, view_data::kSeries, group).x.empty());
  CHECK_THAT(error("show.ecdf { live }"), Contains("column") && Contains("model"));
  CHECK_THAT(error("show.ecdf { live, column = \"platform\" }"), Contains("texts"));
  CHECK_THAT(error("show.ecdf { live, column = \"position\", by = \"user_id\" }"),
             Contains("more than 12"));
}

TEST_CASE("view scatter: a sample, and the sentence below the figure says so") {
  const Figure few = figure("show.scatter { live, x = \"position\", y = \"click_probability\" }");
  const Figure all = figure("show.table { live, rows = 100000 }");
  REQUIRE(all.data.rows() <= 3000);
  CHECK(points(few.data, view_data::kSeries).x.size() == all.data.rows());
  CHECK_THAT(few.see, !Contains("sample"));
  const Figure many =
      figure("show.scatter { log, x = \"position\", y = \"click_probability\", see = \"Look\" }");
  CHECK(points(many.data, view_data::kSeries).x.size() == 3000);
  CHECK_THAT(many.see, Contains("Look. A sample of 3000 of "));
  CHECK(points(many.data, view_data::kNote).x.empty());
}

TEST_CASE("view scatter: the truth is the mean along x, over all rows") {
  const Frame rows = figure("show.table { log, rows = 100000 }").data;
  const Frame frame = figure(
                          "show.scatter { log, x = \"position\", y = \"click\", truth = "
                          "\"click_probability\", diagonal = true }")
                          .data;
  std::map<double, std::pair<double, double>> by;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    auto& [sum, count] = by[rows.find("position")->number(row)];
    sum += rows.find("click_probability")->number(row), count += 1;
  }
  const Points truth = points(frame, view_data::kTruth);
  REQUIRE(truth.x.size() == by.size());
  for (std::size_t i = 0; i < truth.x.size(); ++i) {
    const auto [sum, count] = by.at(truth.x[i]);
    CHECK(truth.y[i] == Approx(sum / count));
  }
  CHECK(points(frame, view_data::kGuide).x == points(frame, view_data::kGuide).y);
}

TEST_CASE("view heatmap: a cell a pair, numbers ascending, each the mean of its rows") {
  const Frame rows = figure("show.table { log, rows = 100000 }").data;
  const Frame frame =
      figure("show.heatmap { log, x = \"position\", y = \"platform\", value = \"click\" }").data;
  std::map<std::pair<std::string, std::string>, std::pair<double, double>> by;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    auto& [sum, count] = by[{rows.find("position")->cell(row), rows.find("platform")->cell(row)}];
    sum += rows.find("click")->number(row), count += 1;
  }
  double total = 0;
  for (std::size_t cell = 0; cell < frame.rows(); ++cell) {
    const auto [sum, count] = by[{frame.find("x")->cell(cell), frame.find("y")->cell(cell)}];
    CHECK(frame.find("count")->number(cell) == count);
    if (count > 0) CHECK(frame.find("value")->number(cell) == Approx(sum / count));
    total += count;
  }
  CHECK(total == static_cast<double>(rows.rows()));
  CHECK(frame.find("x")->cell(0) == "1");
  CHECK(frame.find("x")->cell(1) == "2");
  CHECK_THAT(error("show.heatmap { log, x = \"user_id\", y = \"day\", value = \"click\" }"),
             Contains("more than 60"));
}
