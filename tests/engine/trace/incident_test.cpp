// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an incident's script must hold, and the errors for what it lacks.
#include <catch2/catch.hpp>

#include "engine/trace/trace.hpp"

namespace {

using namespace rehearse;

struct Pieces {
  std::string truth =
      "diagnosis = \"a bug\", action = \"mend\", settles = { \"look\" }, told = "
      "\"it broke\", update = \"u\"";
  std::string probes =
      "{ \"look\", minutes = 3, says = \"a look\", show = function(seen) show.table "
      "{ oncall.levels { seen }, title = \"L\", see = \"s\" } end }";
  std::string actions =
      "{ \"mend\", minutes = 5, leaves = 0, why = \"w\" }, { \"wait\", why = \"w\" }";
  std::string rest = "";
};

std::string script(const Pieces& pieces) {
  return "incident \"T\" { asks = \"?\", pager = \"p\", diagnoses = { \"a bug\", \"noise\" }, "
         "variants = { { \"it breaks\", kind = \"bad_deploy\", " +
         pieces.truth + " } }, probes = { " + pieces.probes + " }, actions = { " + pieces.actions +
         " } " + pieces.rest + " }";
}

std::string refusal_of(const Pieces& pieces) {
  const auto plan = trace::trace_script(script(pieces), "t.lua");
  return plan ? "" : plan.error().message;
}

bool mentions(const std::string& message, const std::string& part) {
  INFO(message);
  return message.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("incident: a whole one is a plan with a chapter for each probe") {
  const auto plan = trace::trace_script(script({}), "t.lua", {}, 5);
  INFO((plan ? "" : plan.error().message));
  REQUIRE(plan);
  REQUIRE(plan->incident);
  const plan::Incident& incident = *plan->incident;
  CHECK(plan->seed == 5);
  CHECK(incident.variant == "it breaks");
  CHECK(incident.probes.size() == 1);
  CHECK(plan->chapters[static_cast<std::size_t>(incident.probes[0].chapter)].title ==
        "Probe: look");
  CHECK(incident.now_h > incident.begin_h);
  double sum = 0;
  for (const auto& [name, points] : incident.rubric) sum += points;
  CHECK(sum == 100);
}

TEST_CASE("incident: what is drawn depends on the seed alone") {
  const auto now = [](std::uint64_t seed) {
    return trace::trace_script(script({}), "t.lua", {}, seed)->incident->now_h;
  };
  CHECK(now(1) == now(1));
  bool differs = false;
  for (std::uint64_t seed = 2; seed < 6; ++seed) differs = differs || now(seed) != now(1);
  CHECK(differs);
}

TEST_CASE("incident: without probes, or with one that shows nothing, it is refused") {
  CHECK(mentions(refusal_of({.probes = ""}), "`probes` holds 0"));
  CHECK(mentions(refusal_of({.probes = "{ \"look\", says = \"s\", show = function() end }"}),
                 "shows nothing"));
  CHECK(mentions(refusal_of({.probes = "{ \"look\", says = \"s\" }"}), "needs show"));
}

TEST_CASE("incident: a rubric that does not sum to 100 is refused") {
  CHECK(mentions(refusal_of({.rest = ", rubric = { diagnosis = 30, action = 30 }"}), "sum to 60"));
}

TEST_CASE("incident: unknown names and wrong numbers are refused by name") {
  const std::string base = "settles = { \"look\" }, told = \"t\", update = \"u\", ";
  CHECK(mentions(refusal_of({.truth = base + "diagnosis = \"a bug\", action = \"ment\""}),
                 "the action `ment`, which is not there; did you mean `mend`"));
  CHECK(mentions(refusal_of({.truth = base + "diagnosis = \"a bugg\", action = \"mend\""}),
                 "did you mean `a bug`"));
  CHECK(mentions(
      refusal_of({.truth = "settles = { \"luck\" }, told = \"t\", update = \"u\", diagnosis = "
                           "\"a bug\", action = \"mend\""}),
      "the probe `luck`"));
  CHECK(
      mentions(refusal_of({.truth = "told = \"t\", update = \"u\", diagnosis = \"a bug\", action = "
                                    "\"mend\""}),
               "settles"));
  CHECK(mentions(
      refusal_of({.actions = "{ \"mend\", minutes = 5, leaves = -1, why = \"w\" }, { \"wait\", "
                             "why = \"w\" }"}),
      "`leaves` must be a number from 0 to 3"));
  CHECK(mentions(refusal_of({.actions = "{ \"mend\", why = \"w\" }"}), "at least 2"));
  CHECK(mentions(refusal_of({.actions = "{ \"mend\", why = \"w\" }, { \"mend\", why = \"w\" }"}),
                 "twice"));
}

TEST_CASE("incident: a file holds one, and not beside a design") {
  const std::string twice = script({}) + "\n" + script({});
  const auto plan = trace::trace_script(twice, "t.lua");
  REQUIRE_FALSE(plan);
  CHECK(mentions(plan.error().message, "one incident"));
}
