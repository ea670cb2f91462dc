// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of an open design: at rest, running, with a fault in its script; runs laid over each
// other and side by side, sweeps, a challenge lost and won, a row's arithmetic; an incident.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

#include "app/gui/code_editor.hpp"
#include "app/gui/design_view.hpp"
#include "app/gui/sweep_view.hpp"
#include "app/gui/trail_dialog.hpp"
#include "app/gui/triage_view.hpp"
#include "app/plots/figure_view.hpp"
#include "tests/app/gui/camera.hpp"

using namespace rehearse;
using rehearse::test::Camera;
using rehearse::test::waitFor;

namespace {

void move(Camera& camera, const char* knob, const plan::Value& value) {
  camera.part<gui::DesignView>().session()->setKnob(knob, value, true);
  REQUIRE(test::settled(camera.context()));
}

void shootRuns(Camera& camera) {
  camera.open("design:click-calibration");
  camera.shoot("design");
  move(camera, "negatives kept", 0.05);
  for (const double kept : {0.1, 0.4}) {
    camera.trigger("design.pin");
    move(camera, "negatives kept", kept);
  }
  camera.shoot("design-pinned");
  camera.trigger("design.compare");
  camera.shoot("design-compare");
  camera.trigger("compare.back");
}

// Place 0 of the form is the knob, place 1 the second one.
void choose(gui::SweepView& view, int place, const QString& knob, const char* grid) {
  auto* box = view.findChildren<QComboBox*>()[place];
  const int index = box->findText(knob);
  REQUIRE(index >= 0);
  box->setCurrentIndex(index);
  emit box->activated(index);
  view.findChildren<QLineEdit*>()[place]->setText(grid);
}

void sweep(Camera& camera) {
  camera.trigger("sweep.run");
  REQUIRE(test::settled(camera.context()));
}

void shootSweeps(Camera& camera) {
  camera.trigger("design.sweep");
  camera.shoot("sweep-empty");
  auto& view = camera.part<gui::SweepView>();
  choose(view, 0, "negatives kept", "0.02:1:log7");
  sweep(camera);
  camera.shoot("sweep-line");
  choose(view, 0, "negatives kept", "0.02:1:log4");
  choose(view, 1, "calibration", "none,platt,isotonic");
  sweep(camera);
  camera.shoot("sweep-two-knobs");
  camera.trigger("sweep.back");
}

// One that takes a while.
void shootRunning(Camera& camera) {
  REQUIRE(camera.window().openPage("design:embedding-swap-and-decay"));
  const auto stop = [&camera] {
    for (const auto* button : camera.window().findChildren<QAbstractButton*>())
      if (button->isVisible() && button->text().startsWith("Stop")) return true;
    return false;
  };
  REQUIRE(waitFor(stop));
  camera.snap("design-running");
  REQUIRE(test::settled(camera.context()));
}

void shootArithmetic(Camera& camera) {
  camera.trigger("design.trail");
  REQUIRE(waitFor([&camera] { return camera.window().findChild<gui::TrailDialog*>() != nullptr; }));
  auto& trail = camera.part<gui::TrailDialog>();
  REQUIRE(waitFor(
      [&trail] { return trail.findChild<plots::FigureView*>()->figure().data.rows() > 0; }));
  camera.shoot(trail, "design-arithmetic");
  trail.close();
}

void shootScript(Camera& camera) {
  camera.trigger("design.edit");
  auto& view = camera.part<gui::DesignView>();
  REQUIRE(test::settled(camera.context()));
  auto* editor = view.findChild<gui::CodeEditor*>();
  REQUIRE(editor);
  camera.shoot("design-script");
  editor->setText(editor->text() + "show.pie { log }\n");
  REQUIRE(waitFor([&view] {
    for (const auto* label : view.findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains("last script that worked")) return true;
    return false;
  }));
  editor->ensureLineVisible(editor->lines());
  camera.shoot("design-script-fault");
}

void shootChallenge(Camera& camera) {
  camera.open("design:click-calibration");
  camera.trigger("design.challenge");
  camera.shoot("challenge-begun");
  camera.press("Submit");
  REQUIRE(test::settled(camera.context()));
  camera.shoot("challenge-lost");
}

// A few probes are asked, then whatever stands first is committed.
void shootTriage(Camera& camera) {
  camera.open("design:incident-null-feature");
  auto& view = camera.part<gui::TriageView>();
  const auto ready = [&] { return view.session()->isOpen() && !view.session()->running(); };
  REQUIRE(waitFor(ready));
  view.session()->open(QString(REHEARSE_SOURCE_DIR) + "/designs/incident-null-feature.lua", 3);
  REQUIRE(waitFor(ready));
  camera.shoot("triage-paged");
  const auto probes = view.session()->probes();
  for (int i = 0; i < 2; ++i) view.session()->probe(probes[i].name);
  camera.shoot("triage-probed");
  view.session()->commit(view.session()->diagnoses()[0], view.session()->actions()[0].name,
                         "Clicks are down 12% since 14:00. A feature is missing; why is not known. "
                         "We look at the upstream table next. Next update at 15:30.");
  REQUIRE(waitFor([&] { return view.session()->debrief() != nullptr; }));
  camera.shoot("triage-debrief");
}

}  // namespace

TEST_CASE("shots: of a design that is explored", "[.shots]") {
  for (const test::Look& look : test::looks()) {
    Camera camera(look);
    shootRunning(camera);
    shootRuns(camera);
    shootSweeps(camera);
    shootArithmetic(camera);
    shootChallenge(camera);
    shootScript(camera);
  }
}

TEST_CASE("shots: of an incident that is played", "[.shots]") {
  for (const test::Look& look : test::looks()) {
    Camera camera(look);
    shootTriage(camera);
  }
}
