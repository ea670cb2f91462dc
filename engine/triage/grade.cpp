// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/triage/grade.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace rehearse::triage {
namespace {

constexpr double kReadingMinutes = 5;
constexpr std::size_t kSpareProbes = 2;
constexpr double kWasteCost = 0.25;
// Losses nearer to each other than this share of the clicks of the span are the same.
constexpr double kSameLoss = 0.001;

bool in(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

double minutes_of(const plan::Incident& incident, const std::vector<std::string>& names) {
  double minutes = 0;
  for (const auto& probe : incident.probes)
    if (in(names, probe.name)) minutes += probe.minutes;
  return minutes;
}

Mark diagnosis_mark(const plan::Incident& incident, const Debrief& d) {
  const plan::IncidentTruth& truth = incident.truth;
  const bool right = d.attempt.diagnosis == truth.diagnosis;
  const bool near = in(truth.near, d.attempt.diagnosis);
  const std::string why =
      right  ? "it was " + truth.diagnosis
      : near ? fmt::format("near: it was {}, not {}", truth.diagnosis, d.attempt.diagnosis)
             : fmt::format("it was {}, not {}", truth.diagnosis, d.attempt.diagnosis);
  return {"diagnosis", right ? 1.0 : near ? 0.5 : 0.0, 0, why};
}

Mark action_mark(const Debrief& d) {
  const auto chosen = std::find_if(d.actions.begin(), d.actions.end(),
                                   [](const ActionOutcome& action) { return action.chosen; });
  const ActionOutcome &best = d.actions.front(), &worst = d.actions.back();
  assert(chosen != d.actions.end());
  if (chosen->best) return {"action", 1, 0, fmt::format("{} loses least of all", chosen->name)};
  const double avoidable = worst.lost - best.lost;
  const double avoided = avoidable > 0 ? (worst.lost - chosen->lost) / avoidable : 0;
  return {"action", 0.5 * std::clamp(avoided, 0.0, 1.0), 0,
          fmt::format("{} loses {:.0f} clicks from the page on, {} would have lost {:.0f}",
                      chosen->name, chosen->lost, best.name, best.lost)};
}

Mark time_mark(const plan::Incident& incident, const Debrief& d) {
  const double par = minutes_of(incident, incident.truth.settles) + kReadingMinutes;
  const auto& settles = incident.truth.settles;
  if (std::none_of(settles.begin(), settles.end(),
                   [&d](const std::string& name) { return in(d.attempt.asked, name); }))
    return {"time", 0, 0, "no probe that settles it was asked: a guess is quick and worth nothing"};
  const double share = std::clamp((3 * par - d.attempt.minutes) / (2 * par), 0.0, 1.0);
  return {"time", share, 0,
          fmt::format("{:.0f} minutes on the clock; {:.0f} settle it", d.attempt.minutes, par)};
}

Mark probes_mark(const plan::Incident& incident, const Debrief& d) {
  const plan::IncidentTruth& truth = incident.truth;
  std::size_t settled = 0, wasted = 0;
  std::string missing;
  for (const std::string& name : truth.settles) {
    if (in(d.attempt.asked, name))
      ++settled;
    else
      missing += (missing.empty() ? "" : ", ") + name;
  }
  for (const std::string& name : d.attempt.asked)
    wasted += !in(truth.settles, name) && !in(truth.useful, name);
  const std::size_t over = wasted > kSpareProbes ? wasted - kSpareProbes : 0;
  const double share = static_cast<double>(settled) / static_cast<double>(truth.settles.size()) -
                       kWasteCost * static_cast<double>(over);
  std::string why =
      missing.empty() ? "every probe that settles it was asked" : "not asked: " + missing;
  if (over) why += fmt::format("; {} probes told nothing about this one", wasted);
  return {"probes", std::clamp(share, 0.0, 1.0), 0, why};
}

Mark update_mark(const Debrief& d) {
  std::string missing;
  for (const UpdateCheck& check : d.update.checks)
    if (!check.held) missing += (missing.empty() ? "" : ", ") + check.name;
  return {"update", d.update.share(), 0,
          missing.empty() ? "it holds all five things" : "it does not say: " + missing};
}

}  // namespace

void grade(const plan::Incident& incident, Debrief& d) {
  assert(!d.actions.empty() && !incident.truth.settles.empty());
  std::stable_sort(d.actions.begin(), d.actions.end(),
                   [](const ActionOutcome& a, const ActionOutcome& b) { return a.lost < b.lost; });
  // Of actions that lose the same the author's is the best: others lose by it what clicks do not
  // show (a retraining spent, a fix undone).
  const auto same = [&](const ActionOutcome& action) {
    return action.lost_share - d.actions.front().lost_share <= kSameLoss;
  };
  const auto right = std::find_if(d.actions.begin(), d.actions.end(), [&](const ActionOutcome& a) {
    return a.name == incident.truth.action && same(a);
  });
  if (right != d.actions.end()) std::rotate(d.actions.begin(), right, right + 1);
  d.actions.front().best = true;
  d.right_action = d.actions.front().name;
  d.marks = {diagnosis_mark(incident, d), action_mark(d), time_mark(incident, d),
             probes_mark(incident, d), update_mark(d)};
  d.points = 0;
  for (Mark& mark : d.marks) {
    mark.of = incident.rubric.at(mark.criterion);
    mark.points = std::round(10 * mark.points * mark.of) / 10;
    d.points += mark.points;
  }
  d.passed = d.points >= kPassMark && d.marks[1].points > 0;
}

}  // namespace rehearse::triage
