// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/triage/triage.hpp"
#include "engine/trace/trace.hpp"

namespace rehearse::triage {
namespace {

constexpr std::uint64_t kSeeds = 3;  // for each variant
constexpr std::uint64_t kSeedsSearched = 400;

// An attempt's incident is drawn; what the author holds true of it is read by tracing once more.
Result<plan::Plan> plan_of(const std::string& path, std::uint64_t seed) {
  return trace::trace_file(path, {}, seed);
}

}  // namespace

Result<Debrief> play_best(const std::string& path, std::uint64_t seed) {
  auto plan = plan_of(path, seed);
  if (!plan) return fail(plan.error());
  auto triage = Triage::open(path, seed);
  if (!triage) return fail(triage.error());
  const plan::IncidentTruth& truth = plan->incident->truth;
  for (const std::string& name : truth.settles)
    if (auto asked = triage->probe(name); !asked) return fail(asked.error());
  // The model update has placeholders, which a first commitment fills.
  auto scout = Triage::open(path, seed);
  if (!scout) return fail(scout.error());
  auto known = scout->commit(truth.diagnosis, truth.action, "");
  if (!known) return fail(known.error());
  return triage->commit(truth.diagnosis, truth.action, known->model_update);
}

Result<Debrief> play_worst(const std::string& path, std::uint64_t seed) {
  auto plan = plan_of(path, seed);
  if (!plan) return fail(plan.error());
  const plan::Incident& incident = *plan->incident;
  const auto wrong = std::find_if(
      incident.diagnoses.begin(), incident.diagnoses.end(), [&](const std::string& name) {
        return name != incident.truth.diagnosis &&
               std::find(incident.truth.near.begin(), incident.truth.near.end(), name) ==
                   incident.truth.near.end();
      });
  const std::string& diagnosis =
      wrong == incident.diagnoses.end() ? incident.diagnoses.front() : *wrong;
  auto scout = Triage::open(path, seed);
  if (!scout) return fail(scout.error());
  auto known = scout->commit(diagnosis, incident.actions.front().name, "");
  if (!known) return fail(known.error());
  auto triage = Triage::open(path, seed);
  if (!triage) return fail(triage.error());
  return triage->commit(diagnosis, known->actions.back().name, "");
}

Result<std::vector<std::string>> lint(const std::string& path) {
  std::vector<std::string> findings;
  auto first = plan_of(path, 0);
  if (!first) return fail(first.error());
  for (const std::string& variant : first->incident->variants) {
    std::uint64_t played = 0;
    for (std::uint64_t seed = 0; seed < kSeedsSearched && played < kSeeds; ++seed) {
      auto plan = plan_of(path, seed);
      if (!plan) return fail(plan.error());
      if (plan->incident->variant != variant) continue;
      ++played;
      auto best = play_best(path, seed), worst = play_worst(path, seed);
      if (!best) return fail(best.error());
      if (!worst) return fail(worst.error());
      const std::string where = fmt::format("variant `{}`, seed {}: ", variant, seed);
      if (best->right_action != plan->incident->truth.action)
        findings.push_back(fmt::format("{}`{}` is called right, but `{}` loses less", where,
                                       plan->incident->truth.action, best->right_action));
      for (const Mark& mark : best->marks)
        if (mark.points < mark.of)
          findings.push_back(fmt::format("{}the best play earns {:g} of {:g} for {} ({})", where,
                                         mark.points, mark.of, mark.criterion, mark.why));
      if (worst->passed) findings.push_back(where + "the worst play passes");
    }
    if (played == 0)
      findings.push_back(fmt::format("variant `{}` is never drawn; raise its weight", variant));
  }
  return findings;
}

}  // namespace rehearse::triage
