// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every incident that comes with the product, played well, badly and twice.
#include "engine/triage/triage.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "engine/trace/design_library.hpp"
#include "engine/trace/trace.hpp"

namespace {

using namespace rehearse;
using triage::Triage;

const std::vector<trace::DesignEntry>& incidents() {
  static const auto all = [] {
    auto library = trace::DesignLibrary::open({REHEARSE_SOURCE_DIR "/designs"});
    REQUIRE(library);
    std::vector<trace::DesignEntry> entries;
    for (const auto& entry : library->designs())
      if (entry.incident) entries.push_back(entry);
    return entries;
  }();
  return all;
}

std::string null_feature() { return REHEARSE_SOURCE_DIR "/designs/incident-null-feature.lua"; }

Triage opened(const std::string& path, std::uint64_t seed,
              std::shared_ptr<plan::Cache> cache = {}) {
  auto made = Triage::open(path, seed, {}, std::move(cache));
  INFO(path << ", seed " << seed << ": " << (made ? "" : made.error().message));
  REQUIRE(made);
  return *std::move(made);
}

}  // namespace

TEST_CASE("incidents: the best play scores full marks, the worst does not pass, on 20 seeds each") {
  REQUIRE(incidents().size() >= 15);
  for (const auto& entry : incidents()) {
    std::set<std::string> met;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      INFO(entry.id << ", seed " << seed);
      const Triage attempt = opened(entry.path, seed, std::make_shared<plan::Cache>());
      const auto best = triage::play_best(attempt), worst = triage::play_worst(attempt);
      REQUIRE(best);
      REQUIRE(worst);
      met.insert(best->variant);
      for (const triage::Mark& mark : best->marks) {
        INFO(best->variant << ": " << mark.criterion << ": " << mark.why << "\n"
                           << best->model_update);
        CHECK(mark.points == mark.of);
      }
      CHECK(best->passed);
      CHECK_FALSE(worst->passed);
      CHECK(worst->points < 50);
    }
    INFO(entry.id);
    const auto plan = trace::trace_file(entry.path);
    REQUIRE(plan);
    CHECK(met.size() == plan->incident->variants.size());
  }
}

TEST_CASE("triage: the same seed is the same attempt to the byte, another seed another one") {
  const auto text = [](std::uint64_t seed) {
    Triage attempt = opened(null_feature(), seed);
    REQUIRE(attempt.probe("missing values"));
    const auto debrief = attempt.commit(attempt.diagnoses()[0], attempt.actions()[0].name, "x");
    REQUIRE(debrief);
    return triage::to_json(attempt, *debrief).dump();
  };
  CHECK(text(1) == text(1));
  CHECK(text(1) != text(4));
}

TEST_CASE("triage: what is seen ends at the page and holds no truth") {
  Triage attempt = opened(null_feature(), 1);
  for (const Figure& figure : attempt.dashboard())
    for (std::size_t c = 0; c < figure.data.columns(); ++c) {
      CHECK(figure.data.column(c).role() != Role::truth);
      if (figure.data.column(c).name() != "x") continue;
      for (const double hour : figure.data.column(c).numbers()) CHECK(hour < 0);
    }
}

TEST_CASE("triage: a probe costs its minutes once, and late action costs clicks") {
  Triage attempt = opened(null_feature(), 1);
  const auto first = attempt.probe("logs of full requests");
  const auto again = attempt.probe("logs of full requests");
  REQUIRE(first);
  REQUIRE(again);
  CHECK(first->minutes == 10);
  CHECK(again->minutes == 0);
  CHECK(attempt.clock_min() == 10);
  CHECK_FALSE(first->figures.empty());
  Triage quick = opened(null_feature(), 1);
  const auto late = attempt.commit("a holiday", "serve the last good values", "");
  const auto soon = quick.commit("a holiday", "serve the last good values", "");
  REQUIRE(late);
  REQUIRE(soon);
  CHECK(late->actions.front().lost > soon->actions.front().lost);
}

TEST_CASE("triage: harm is ordered as the texts of the null feature say") {
  const auto plan = trace::trace_file(null_feature(), {}, 1);
  REQUIRE(plan);
  REQUIRE(plan->incident->variant == "a feature is null on android");
  Triage attempt = opened(null_feature(), 1);
  const auto debrief = attempt.commit("a holiday", "wait and watch", "");
  REQUIRE(debrief);
  const auto lost = [&](const std::string& name) {
    for (const auto& action : debrief->actions)
      if (action.name == name) return action.lost;
    FAIL(name);
    return 0.0;
  };
  CHECK(lost("serve the last good values") < lost("retrain on the last day"));
  CHECK(lost("retrain on the last day") < lost("wait and watch"));
  CHECK(lost("wait and watch") < lost("roll back the model"));
  CHECK(std::is_sorted(debrief->actions.begin(), debrief->actions.end(),
                       [](const auto& a, const auto& b) { return a.lost < b.lost; }));
  CHECK(debrief->signs.front().signal == "null_rate");
}

TEST_CASE("triage: wrong names, a second commitment and a design that is none are told") {
  Triage attempt = opened(null_feature(), 1);
  CHECK(attempt.probe("mising values").error().message.find("did you mean `missing values`") !=
        std::string::npos);
  CHECK_FALSE(attempt.commit("a ghost", "wait and watch", ""));
  CHECK_FALSE(attempt.commit("a holiday", "pray", ""));
  CHECK(attempt.commit("a holiday", "wait and watch", std::string(5000, 'x')).error().code ==
        Code::limit);
  REQUIRE(attempt.commit("a holiday", "wait and watch", ""));
  CHECK_FALSE(attempt.commit("a holiday", "wait and watch", ""));
  CHECK_FALSE(attempt.probe("missing values"));
  const auto design = Triage::open(REHEARSE_SOURCE_DIR "/designs/click-calibration.lua", {});
  REQUIRE_FALSE(design);
  CHECK(design.error().message.find("not an incident") != std::string::npos);
  CHECK_FALSE(Triage::open("no-such-file.lua", {}));
}

TEST_CASE("triage: a right guess without a probe does not pass") {
  Triage attempt = opened(null_feature(), 1);
  const auto debrief =
      attempt.commit("a feature stopped arriving", "serve the last good values", "");
  REQUIRE(debrief);
  CHECK(debrief->points == 60);
  CHECK_FALSE(debrief->passed);
}

TEST_CASE(
    "triage: what is chosen from is in order of name, and the right one is not always first") {
  std::size_t first = 0;
  for (const auto& entry : incidents()) {
    const auto plan = trace::trace_file(entry.path);
    REQUIRE(plan);
    const plan::Incident& incident = *plan->incident;
    CHECK(std::is_sorted(incident.diagnoses.begin(), incident.diagnoses.end()));
    first += incident.diagnoses.front() == incident.truth.diagnosis &&
             incident.actions.front().name == incident.truth.action;
  }
  CHECK(first < incidents().size() / 3);
}

TEST_CASE("triage: wasted probes and a slow clock cost their points") {
  Triage attempt = opened(null_feature(), 1);
  for (const auto& probe : attempt.probes()) REQUIRE(attempt.probe(probe.name));
  const auto debrief =
      attempt.commit("a feature stopped arriving", "serve the last good values", "");
  REQUIRE(debrief);
  const auto points = [&](std::size_t i) { return debrief->marks[i].points; };
  CHECK(points(0) == 30);
  CHECK(points(1) == 30);
  CHECK(points(2) < 10);   // 27 minutes where 16 settle it
  CHECK(points(3) == 15);  // one wasted probe is free
  CHECK(points(4) == 0);
  CHECK(debrief->points == Approx(60 + points(2) + 15));
}
