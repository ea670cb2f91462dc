// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/first_steps.hpp"

#include <QObject>
#include <algorithm>

#include "app/practice/reviews.hpp"
#include "app/present/app_context.hpp"
#include "app/present/drill_sets.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

constexpr const char* kSkippedKey = "first_steps.skipped";
constexpr const char* kKnobKey = "first_steps.knob";
// A worked example that needs nothing known before.
constexpr const char* kFirstDesign = "click-calibration";

// The first of the first pattern, since patterns go from easy to hard.
std::string firstDrill(AppContext& context) {
  for (const practice::DrillSet& set : drillSets(context).sets)
    if (set.pattern) return set.drills.front();
  return context.drills().entries().empty() ? std::string() : context.drills().entries()[0].id;
}

std::string firstDesign(const AppContext& context) {
  const trace::DesignEntry* known = context.designs().find(kFirstDesign);
  if (known && known->error.empty()) return kFirstDesign;
  for (const trace::DesignEntry& design : context.designs().designs())
    if (design.error.empty() && !design.incident) return design.id;
  return {};
}

bool someAccepted(const practice::Database& database) {
  const auto attempts = practice::all_attempts(database);
  return attempts && std::any_of(attempts->begin(), attempts->end(),
                                 [](const auto& attempt) { return attempt.accepted(); });
}

FirstStep drillStep(AppContext& context, const std::string& id) {
  const auto drill = context.drills().load(id);
  return {{Offer::Kind::drill, qs(id),
           QObject::tr("Solve a drill: “%1”").arg(qs(drill ? drill->title : id)),
           QObject::tr("Type into the prepared function, press Ctrl+Enter to run the examples and "
                       "Ctrl+Shift+Enter to submit."),
           QObject::tr("Start drill")},
          someAccepted(context.database())};
}

FirstStep designStep(AppContext& context, const std::string& id) {
  const trace::DesignEntry* design = context.designs().find(id);
  const auto runs = practice::design_runs(context.database());
  return {{Offer::Kind::design, qs(id),
           QObject::tr("Move a slider: “%1”").arg(qs(design->title.empty() ? id : design->title)),
           QObject::tr("A system that really runs: change one thing at the left, and see beside "
                       "the truth what it does."),
           QObject::tr("Open design")},
          context.setting(kKnobKey, {}) == "done" || (runs && !runs->empty())};
}

FirstStep cardStep(AppContext& context) {
  const auto reviews = practice::reviews(context.database());
  return {{Offer::Kind::study,
           {},
           QObject::tr("Read a card, and grade how well you recalled it"),
           QObject::tr("It comes back when you are about to forget it."),
           QObject::tr("Study")},
          reviews && !reviews->empty()};
}

}  // namespace

QList<FirstStep> firstSteps(AppContext& context) {
  if (context.setting(kSkippedKey, {}) == "yes") return {};
  QList<FirstStep> steps;
  if (const std::string drill = firstDrill(context); !drill.empty())
    steps.append(drillStep(context, drill));
  if (const std::string design = firstDesign(context); !design.empty())
    steps.append(designStep(context, design));
  if (!context.cards().cards().empty()) steps.append(cardStep(context));
  const bool over =
      std::all_of(steps.begin(), steps.end(), [](const FirstStep& step) { return step.done; });
  return over ? QList<FirstStep>() : steps;
}

void noteKnobMoved(AppContext& context) {
  if (context.setting(kKnobKey, {}) != "done") context.setSetting(kKnobKey, "done");
}

void skipFirstSteps(AppContext& context, bool skipped) {
  context.setSetting(kSkippedKey, skipped ? "yes" : "no");
}

}  // namespace rehearse::present
