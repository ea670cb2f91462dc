// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/report.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace rehearse;
using plan::Check;
using plan::Plan;
using plan::Run;

plan::ArtifactPtr table_of(double value) {
  Frame::Builder builder;
  builder.add("y", std::vector<double>{value});
  return plan::Artifact::of(*std::move(builder).build());
}

plan::View view_of(const char* title, int node, int chapter) {
  plan::View view;
  view.kind = "line", view.title = title, view.see = "look";
  view.options["log_x"] = true;
  view.data = {node, 0};
  view.chapter = chapter;
  return view;
}

plan::Knob knob_of(const char* name, double value, int chapter) {
  plan::Knob knob;
  knob.name = name, knob.value = value, knob.chapter = chapter;
  return knob;
}

Check check_of(Check::State state, const char* sentence, const char* because = "") {
  Check check;
  check.state = state, check.sentence = sentence, check.expectation.because = because;
  return check;
}

struct Told {
  Plan plan;
  Run run;
  Told() {
    plan.id = "toy", plan.title = "A toy", plan.asks = "Why?", plan.seed = 9;
    plan.chapters = {{"", "before"}, {"One", "first *prose*"}, {"Two", ""}};
    plan.knobs = {knob_of("late", 2, 2), knob_of("early", 0.25, 1)};
    plan.views = {view_of("second", 1, 2), view_of("first", 0, 1)};
    run.outputs = {std::make_shared<const plan::Outputs>(plan::Outputs{table_of(4)}), nullptr};
    run.checks = {check_of(Check::State::broken, "a is 3, not below 2", "it must"),
                  check_of(Check::State::held, "b is 1")};
  }
};

// The document as one line a block, for comparison.
std::vector<std::string> outline(const Document& document) {
  std::vector<std::string> lines;
  for (const auto& block : document.blocks) {
    if (const auto* b = std::get_if<Heading>(&block)) lines.push_back("# " + b->text);
    if (const auto* b = std::get_if<Prose>(&block)) lines.push_back(b->markdown);
    if (const auto* b = std::get_if<Figure>(&block)) lines.push_back(b->kind + " " + b->title);
    if (const auto* b = std::get_if<Banner>(&block)) lines.push_back(b->title + ": " + b->sentence);
  }
  return lines;
}

}  // namespace

TEST_CASE("plan report: chapters in order, each with its own knobs and views, then what held") {
  const Told told;
  const Document document = plan::document_of(told.plan, told.run);
  CHECK(document.title == "A toy");
  CHECK(document.subtitle == "toy · seed 9 · Why?");
  CHECK(outline(document) ==
        std::vector<std::string>{"before", "# One", "first *prose*", "table Knobs", "line first",
                                 "# Two", "table Knobs", "table second", "# What was expected",
                                 "broken: a is 3, not below 2 (it must)", "held: b is 1"});
}

TEST_CASE("plan report: a figure has the rows of its node, its options and its sentence") {
  const Told told;
  const Document document = plan::document_of(told.plan, told.run);
  const auto& knobs = std::get<Figure>(document.blocks[3]);
  REQUIRE(knobs.data.rows() == 1);
  CHECK(knobs.data.find("knob")->cell(0) == "early");
  CHECK(knobs.data.find("value")->cell(0) == "0.25");
  const auto& figure = std::get<Figure>(document.blocks[4]);
  CHECK(figure.data.find("y")->number(0) == 4);
  CHECK(figure.see == "look");
  CHECK(figure.options["log_x"] == true);
}

TEST_CASE("plan report: a challenge's goals come last, each with what was reached") {
  Told told;
  told.plan.challenge = "Do it";
  told.run.goals = {check_of(Check::State::inactive, "not asked"),
                    check_of(Check::State::unknown, "no truth")};
  const auto lines = outline(plan::document_of(told.plan, told.run));
  REQUIRE(lines.size() > 3);
  CHECK(std::vector(lines.end() - 3, lines.end()) ==
        std::vector<std::string>{"# Challenge: Do it", "inactive: not asked",
                                 "not known for your data: no truth"});
}

TEST_CASE("plan report: its JSON is the same document") {
  const Told told;
  const Document document = plan::document_of(told.plan, told.run);
  const Json json = to_json(document);
  const auto back = document_from_json(Json::parse(json.dump()));
  REQUIRE(back);
  CHECK(to_json(*back) == json);
}
