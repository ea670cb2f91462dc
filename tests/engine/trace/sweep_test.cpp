// SPDX-License-Identifier: GPL-3.0-or-later
//
// A design run over a grid: grids as they are written, and the table that comes out.
#include "engine/trace/sweep.hpp"

#include <catch2/catch.hpp>

#include "engine/trace/trace.hpp"

namespace {

using namespace rehearse;

constexpr const char* kSwept = R"lua(design "Swept" { asks = "?", seed = 3 }
local users = slider("users", 40, { 20, 80 })
local ctr = slider("base", 0.2, { 0.05, 0.4, scale = "log" })
local method = choice("calibration", "platt", { "none", "platt" })
local log = simulate.impressions { users = users, days = 4, base_ctr = ctr }
local past, live = log:split { days = { 2 }, as = "past, live" }
local model = train.ftrl { past, as = "model" }
local fixed = calibrate[method] { model, on = past, as = "fixed (" .. method .. ")"
}
show.number { model, on = live, metrics = { "log_loss", "rows_trained" }, title = "Before", see = "s" }
show.number { fixed, on = live, metrics = { "log_loss" }, title = "After", see = "s" }
expect.above { fixed, "log_loss", 0, on = live }
)lua";

plan::Plan plan_of() {
  return *trace::trace_script(kSwept, "swept.lua");
}

std::vector<std::string> written(const std::string& axis) {
  std::vector<std::string> words;
  const auto read = trace::parse_axis(plan_of(), axis);
  if (!read) return {read.error().message};
  for (const plan::Value& value : read->values) words.push_back(plan::to_text(value));
  return words;
}

trace::Sweep sweep_over(std::initializer_list<const char*> axes) {
  trace::Sweep what;
  what.source = kSwept;
  what.file = "swept.lua";
  for (const char* axis : axes) what.axes.push_back(*trace::parse_axis(plan_of(), axis));
  return what;
}

}  // namespace

TEST_CASE("sweep: a grid is read in each of its forms") {
  using Words = std::vector<std::string>;
  CHECK(written("base=0.05:0.4:log4") == Words{"0.05", "0.1", "0.2", "0.4"});
  CHECK(written("base=0.05:0.4:4") == written("base=0.05:0.4:log4"));
  CHECK(written("base=0.1:0.4:lin4") == Words{"0.1", "0.2", "0.3", "0.4"});
  CHECK(written("base=5%,20%") == Words{"0.05", "0.2"});
  CHECK(written("calibration=none, platt") == Words{"none", "platt"});
  CHECK(written("users=20:22:lin9") == Words{"20", "21", "22"});
}

TEST_CASE("sweep: a wrong grid is refused with what would be right") {
  CHECK(written("nope=1,2").front().find("its knobs are `users`, `base`") != std::string::npos);
  CHECK(written("users=1:80:lin4").front().find("outside its range") != std::string::npos);
  CHECK(written("base=0.4:0.1:lin4").front().find("is empty") != std::string::npos);
  CHECK(written("base=0.1:0.4:lin1").front().find("low:high:linN") != std::string::npos);
  CHECK(written("base=0.1:0.4").front().find("low:high:linN") != std::string::npos);
  CHECK(written("calibration=plat").front().find("platt") != std::string::npos);
  CHECK(written("users=20,20").front().find("twice") != std::string::npos);
  CHECK(written("users").front().find("write knob=grid") != std::string::npos);
}

TEST_CASE("sweep: the usual grid of a knob is one that can be read") {
  const plan::Plan plan = plan_of();
  for (const plan::Knob& knob : plan.knobs) {
    const auto values = trace::parse_grid(knob, trace::usual_grid(knob, 5));
    REQUIRE(values);
    CHECK(values->size() == (knob.kind == plan::Knob::Kind::choice ? 2 : 5));
  }
}

TEST_CASE("sweep: knobs and numbers are joined, a row a run, equal to the runs alone") {
  const trace::Sweep what = sweep_over({"users=20,40", "calibration=none,platt"});
  plan::Cache cache;
  std::size_t told = 0;
  trace::SweepOptions options;
  options.on_row = [&told](std::size_t done, std::size_t of) {
    CHECK(done == ++told);
    CHECK(of == 4);
  };
  const auto table = trace::sweep(what, cache, options);
  REQUIRE(table);
  CHECK(told == 4);
  REQUIRE(table->rows() == 4);
  CHECK(table->names() == std::vector<std::string>{
                              "users", "calibration", "seed", "log loss (Before)", "rows trained",
                              "log loss (After)", "log_loss of fixed … on live"});
  CHECK(table->find("users")->number(1) == 20);
  CHECK(table->find("calibration")->text(1) == "platt");
  CHECK(trace::sweep_numbers(*table, what.axes).size() == 4);
  const auto alone = trace::trace_script(kSwept, "swept.lua", {{"users", std::int64_t{20}}});
  REQUIRE(alone);
  plan::Cache fresh;
  const auto run = plan::execute(*alone, fresh);
  REQUIRE(run);
  CHECK(table->find("log loss (After)")->number(1) ==
        run->at(alone->views[1].data)->as_frame().find("value")->number(0));
}

TEST_CASE("sweep: shards are disjoint and make up the whole, repeats take the seeds that follow") {
  trace::Sweep what = sweep_over({"users=20,30,40"});
  what.repeat = 2;
  plan::Cache cache;
  const auto whole = trace::sweep(what, cache);
  REQUIRE(whole);
  REQUIRE(whole->rows() == 6);
  CHECK(whole->find("seed")->number(0) == 3);
  CHECK(whole->find("seed")->number(1) == 4);
  what.shard_count = 2;
  what.shard_index = 2;
  const auto half = trace::sweep(what, cache);
  REQUIRE(half);
  REQUIRE(half->rows() == 3);
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t column = 0; column < whole->columns(); ++column)
      CHECK(half->column(column).cell(row) == whole->column(column).cell(2 * row + 1));
}

TEST_CASE("sweep: it is refused where it cannot mean anything, and stops when told") {
  plan::Cache cache;
  CHECK_FALSE(trace::sweep(sweep_over({}), cache));
  CHECK_FALSE(trace::sweep(sweep_over({"users=20,30", "users=40,50"}), cache));
  trace::Sweep much = sweep_over({"users=20:80:lin61", "base=0.05:0.4:lin200"});
  const auto refused = trace::sweep(much, cache);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::limit);
  std::stop_source stop;
  stop.request_stop();
  trace::SweepOptions options;
  options.stop = stop.get_token();
  const auto stopped = trace::sweep(sweep_over({"users=20,30"}), cache, options);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
}
