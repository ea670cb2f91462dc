// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/triage/triage.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/nearest.hpp"
#include "engine/plan/figure.hpp"
#include "engine/trace/trace.hpp"

namespace rehearse::triage {
namespace {

constexpr std::size_t kUpdateCharacters = 4000;
constexpr double kNever = std::numeric_limits<double>::quiet_NaN();
constexpr double kLatestMinutes = 720;

using Facts = std::vector<std::pair<std::string, std::string>>;

Facts facts_of(const plan::ArtifactPtr& artifact) {
  Facts facts;
  if (!artifact) return facts;
  const Column *name = artifact->as_frame().find("name"), *text = artifact->as_frame().find("text");
  for (std::size_t row = 0; name && text && row < name->size(); ++row)
    facts.emplace_back(name->text(row), text->text(row));
  return facts;
}

// {ctr change} becomes what the fact of that name says; an unknown name stays and is an error.
Result<std::string> filled(const std::string& text, const Facts& facts) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    const auto close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) return out + text.substr(at);
    const std::string name = text.substr(open + 1, close - open - 1);
    const auto fact = std::find_if(facts.begin(), facts.end(),
                                   [&name](const auto& entry) { return entry.first == name; });
    if (fact == facts.end()) {
      std::vector<std::string> names;
      for (const auto& entry : facts) names.push_back(entry.first);
      return fail(Code::invalid_argument, "incident: a text speaks of {{{}}}, which is no fact{}",
                  name, did_you_mean(name, names));
    }
    out += text.substr(at, open - at) + fact->second;
    at = close + 1;
  }
  return out;
}

template <class T>
std::vector<std::string> names_of(const std::vector<T>& list) {
  std::vector<std::string> names;
  for (const T& entry : list) names.push_back(entry.name);
  return names;
}

Result<void> known(const char* what, const std::string& name,
                   const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return {};
  return fail(Code::not_found, "there is no {} `{}`{}; there are: {}", what, name,
              did_you_mean(name, names), fmt::join(names, ", "));
}

double cell(const Frame& row, const char* name) {
  const Column* column = row.find(name);
  return column && column->size() == 1 && !column->missing(0) ? column->number(0) : kNever;
}

Result<plan::Plan> traced(const std::string& path, std::optional<std::uint64_t> seed,
                          const plan::KnobValues& values) {
  auto plan = trace::trace_file(path, values, seed);
  if (plan && !plan->incident)
    return fail(Code::invalid_argument,
                "`{}` is a design, not an incident; `rehearse run {}` runs it", plan->id, plan->id);
  return plan;
}

}  // namespace

Result<Triage> Triage::open(const std::string& path, std::optional<std::uint64_t> seed,
                            const Progress& progress, std::shared_ptr<plan::Cache> cache) {
  auto plan = traced(path, seed, {});
  if (!plan) return fail(plan.error());
  Triage triage;
  triage.path_ = path;
  triage.plan_ = std::move(*plan);
  triage.cache_ = cache ? std::move(cache) : std::make_shared<plan::Cache>(std::size_t{256} << 20);
  if (auto ran = triage.simulate(progress); !ran) return fail(ran.error());
  auto pager = filled(triage.incident().pager, facts_of(triage.run_.at(triage.incident().facts)));
  if (!pager) return fail(pager.error());
  triage.pager_ = std::move(*pager);
  return triage;
}

Result<void> Triage::simulate(const Progress& progress) {
  plan::RunOptions how;
  how.stop = progress.token();
  how.on_progress = [&progress](const plan::NodeEvent& event) { progress.report(event.overall); };
  auto run = plan::execute(plan_, *cache_, how);
  if (!run) return fail(run.error());
  run_ = std::move(*run);
  return {};
}

std::vector<Figure> Triage::chapter_figures(int chapter) const {
  std::vector<Figure> figures;
  for (const plan::View& view : plan_.views)
    if (view.chapter == chapter) figures.push_back(plan::figure_of(view, run_));
  return figures;
}

std::vector<Figure> Triage::dashboard() const {
  return chapter_figures(incident().dashboard_chapter);
}

Result<ProbeAnswer> Triage::probe(const std::string& name) {
  if (committed_)
    return fail(Code::invalid_argument, "the attempt is over; begin another to ask more");
  if (auto fine = known("probe", name, names_of(probes())); !fine) return fail(fine.error());
  const auto probe = std::find_if(probes().begin(), probes().end(),
                                  [&name](const auto& entry) { return entry.name == name; });
  ProbeAnswer answer{name, probe->says, chapter_figures(probe->chapter), 0, 0};
  if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) {
    asked_.push_back(name);
    answer.minutes = probe->minutes;
    clock_min_ += probe->minutes;
  }
  answer.clock_min = clock_min_;
  return answer;
}

namespace {

std::vector<ActionOutcome> outcomes_of(const plan::Incident& incident, const plan::Run& run,
                                       const std::string& chosen) {
  std::vector<ActionOutcome> outcomes;
  for (const plan::IncidentAction& action : incident.actions) {
    ActionOutcome outcome;
    outcome.name = action.name, outcome.why = action.why;
    const Frame& row = run.at(action.outcome)->as_frame();
    outcome.lost = cell(row, "lost");
    outcome.lost_share = outcome.lost / cell(row, "expected");
    outcome.recovered_h = cell(row, "recovered_h");
    outcome.chosen = action.name == chosen;
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

std::vector<FirstSign> signs_of(const Frame& table) {
  std::vector<FirstSign> signs;
  const Column *signal = table.find("signal"), *layer = table.find("layer"),
               *after = table.find("hours after it began");
  for (std::size_t row = 0; signal && layer && after && row < table.rows(); ++row)
    if (signal->text(row) != "none")
      signs.push_back({std::string(signal->text(row)), std::string(layer->text(row)),
                       after->missing(row) ? kNever : after->number(row)});
  return signs;
}

}  // namespace

Result<Debrief> Triage::commit(std::string diagnosis, std::string action, std::string update,
                               const Progress& progress) {
  if (committed_) return fail(Code::invalid_argument, "this attempt was committed before");
  if (auto fine = known("diagnosis", diagnosis, diagnoses()); !fine) return fail(fine.error());
  if (auto fine = known("action", action, names_of(actions())); !fine) return fail(fine.error());
  if (update.size() > kUpdateCharacters)
    return fail(Code::limit, "the update has {} characters; {} are enough for any", update.size(),
                kUpdateCharacters);
  // The script once more, with the minutes that were used: actions begin then.
  auto plan = traced(path_, plan_.seed,
                     {{plan::kMinutesKnob, plan::Value(std::min(clock_min_, kLatestMinutes))}});
  if (!plan) return fail(plan.error());
  plan_ = std::move(*plan);
  if (auto ran = simulate(progress); !ran) return fail(ran.error());
  const plan::Incident& truth = incident();
  const Facts facts = facts_of(run_.at(truth.facts));
  Debrief debrief;
  debrief.attempt = {diagnosis, action, update, asked_, clock_min_};
  auto told = filled(truth.truth.told, facts);
  auto model = filled(truth.truth.update, facts);
  if (!told) return fail(told.error());
  if (!model) return fail(model.error());
  debrief.variant = truth.variant, debrief.told = *told, debrief.model_update = *model;
  debrief.signs = signs_of(run_.at(truth.signs)->as_frame());
  debrief.actions = outcomes_of(truth, run_, action);
  debrief.nothing = truth.harmless;
  debrief.began_before_page_h = truth.begins ? truth.now_h - truth.begin_h : kNever;
  debrief.true_diagnosis = truth.truth.diagnosis;
  debrief.settling = truth.truth.settles;
  debrief.update = review_update(update);
  grade(truth, debrief);
  debrief.figures = chapter_figures(truth.debrief_chapter);
  committed_ = true;
  return debrief;
}

Result<Debrief> play_best(Triage triage) {
  const plan::IncidentTruth truth = triage.incident().truth;
  for (const std::string& name : truth.settles)
    if (auto asked = triage.probe(name); !asked) return fail(asked.error());
  auto update = filled(truth.update, facts_of(triage.run_.at(triage.incident().facts)));
  if (!update) return fail(update.error());
  return triage.commit(truth.diagnosis, truth.action, *update);
}

Result<Debrief> play_worst(Triage triage) {
  const plan::Incident& incident = triage.incident();
  std::string diagnosis = incident.diagnoses.front();
  for (const std::string& name : incident.diagnoses)
    if (name != incident.truth.diagnosis &&
        std::find(incident.truth.near.begin(), incident.truth.near.end(), name) ==
            incident.truth.near.end())
      diagnosis = name;
  const auto outcomes = outcomes_of(incident, triage.run_, "");
  const auto worst = std::max_element(
      outcomes.begin(), outcomes.end(),
      [](const ActionOutcome& a, const ActionOutcome& b) { return a.lost < b.lost; });
  const std::string action = worst->name;
  return triage.commit(diagnosis, action, "");
}

Json to_json(const Triage& triage, const Debrief& debrief) {
  return {{"incident", triage.id()},
          {"title", triage.title()},
          {"seed", triage.seed()},
          {"pager", triage.pager()},
          {"attempt",
           {{"asked", debrief.attempt.asked},
            {"minutes", debrief.attempt.minutes},
            {"diagnosis", debrief.attempt.diagnosis},
            {"action", debrief.attempt.action},
            {"update", debrief.attempt.update}}},
          {"debrief", to_json(debrief)}};
}

}  // namespace rehearse::triage
