// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/trail.hpp"

#include <catch2/catch.hpp>

using namespace rehearse;
using Catch::Matchers::Contains;

namespace {

// A table of 6 rows with two labels, and a step that says which row it was asked for.
struct Toy {
  plan::StepInfo table, learn;
  plan::Plan plan;
  Toy() {
    table.name = "toy.table";
    table.run = [](const plan::StepCall&, const plan::StepContext&) -> Result<plan::Outputs> {
      Frame::Builder builder;
      builder.add("x", std::vector<double>{1, 2, 3, 4, 5, 6})
          .add("click", std::vector<double>{0, 1, 0, 0, 1, 0}, {.role = Role::label})
          .add("dwell", std::vector<double>{0, 7.5, 0, 0, 3, 0}, {.role = Role::label});
      return plan::Outputs{plan::Artifact::of(*std::move(builder).build())};
    };
    learn = table;
    learn.name = "toy.learn";
    learn.inputs = {{.name = "rows", .kind = plan::Kind::frame}};
    learn.trail = [](const plan::StepCall& call, const plan::Outputs&,
                     std::size_t row) -> Result<Frame> {
      Frame::Builder builder;
      builder.add("x", std::vector<double>{call.input("rows")->as_frame().find("x")->number(row)});
      return std::move(builder).build();
    };
    plan::Node data, model;
    data.step = &table;
    model.step = &learn;
    model.inputs["rows"] = {{0, 0}};
    model.labels["rows"] = {"data"};
    plan.id = "toy";
    plan.nodes = {data, model, model};
    plan.nodes[2].parameters["label"] = std::string("dwell");
    plan.nodes[2].hash = 7;
    plan.labels["model"] = {1, 0};
  }
  plan::Run run() const {
    plan::Cache cache;
    auto run = plan::execute(plan, cache, {});
    if (!run) FAIL(run.error().message);
    return *std::move(run);
  }
};

}  // namespace

TEST_CASE("trail: the steps that have one, by label or by name of step") {
  const Toy toy;
  const auto steps = plan::steppable(toy.plan);
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].name == "model");
  CHECK(steps[0].step == "toy.learn");
  CHECK(steps[1].name == "toy.learn");
  CHECK(plan::steppable_node(toy.plan, "model") == 1);
  CHECK(plan::steppable_node(toy.plan, "toy.learn") == 1);
  const auto none = plan::steppable_node(toy.plan, "toy.table");
  REQUIRE_FALSE(none);
  CHECK_THAT(none.error().message, Contains("toy.table") && Contains("`model`"));
}

TEST_CASE("trail: the arithmetic of the row asked for, and an error beyond the data") {
  const Toy toy;
  const plan::Run run = toy.run();
  for (const std::size_t row : {std::size_t{0}, std::size_t{5}}) {
    const auto trail = plan::trail(toy.plan, run, 1, row);
    REQUIRE(trail);
    CHECK(trail->find("x")->number(0) == static_cast<double>(row + 1));
  }
  const auto beyond = plan::trail(toy.plan, run, 1, 6);
  REQUIRE_FALSE(beyond);
  CHECK_THAT(beyond.error().message, Contains("row 6") && Contains("0 to 5"));
  plan::Run empty = run;
  empty.outputs[1] = nullptr;
  CHECK_FALSE(plan::trail(toy.plan, empty, 1, 0));
}

TEST_CASE("trail: rows are found by a label of 0 and 1, forwards and backwards") {
  const Toy toy;
  const plan::Run run = toy.run();
  const Frame& rows = *plan::trail_rows(toy.plan, run, 1);
  const Column* label = plan::trail_label(toy.plan, run, 1);
  REQUIRE(label);
  CHECK(label->name() == "click");
  CHECK_FALSE(plan::trail_label(toy.plan, run, 2));  // its label is no event
  CHECK(plan::next_row(rows, label, true, 0) == 1U);
  CHECK(plan::next_row(rows, label, true, 2) == 4U);
  CHECK_FALSE(plan::next_row(rows, label, true, 5));
  CHECK(plan::next_row(rows, label, true, 3, true) == 1U);
  CHECK(plan::next_row(rows, label, false, 4, true) == 3U);
  CHECK_FALSE(plan::next_row(rows, label, true, 0, true));
  CHECK(plan::next_row(rows, nullptr, true, 3) == 3U);
  CHECK_FALSE(plan::next_row(rows, label, {}, 6));
  CHECK(plan::next_row(rows, label, {}, 99, true) == 5U);
}
