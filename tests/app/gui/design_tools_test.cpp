// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the Designs page offers around an open design: pins, two runs side by side, a sweep, the
// script of a copy beside its plots, deletion with undo, the verdict of a challenge.
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <catch2/catch.hpp>

#include "app/gui/code_editor.hpp"
#include "app/gui/compare_view.hpp"
#include "app/gui/design_story.hpp"
#include "app/gui/design_view.hpp"
#include "app/gui/pin_strip.hpp"
#include "app/gui/sweep_view.hpp"
#include "app/plots/figure_view.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

const char* kToolDesign = R"lua(design "Toolbox" { asks = "What differs?", seed = 5 }
chapter "One" "Prose."
local users = slider("users", 30, { 20, 60 })
local log = simulate.impressions { users = users, days = 4, base_ctr = 0.2 }
local model = train.ftrl { log, as = "model" }
show.line { log, y = "click", by = "day", title = "Rate", see = "it wobbles" }
show.number { model, on = log, metrics = { "log_loss", "roc_auc" }, title = "Numbers", see = "s" }
challenge "Rank" { goal.above { model, "roc_auc", 0.2, on = log, because = "it must rank" },
  goal.below { model, "log_loss", 0.001, on = log, because = "nobody can" } }
)lua";

struct Toolbox : test::ShownWindow {
  Toolbox() {
    test::writeFile(product.path("product/designs/toolbox.lua"), kToolDesign);
    show();
    open("design:toolbox");
    REQUIRE(waitFor([this] { return figure("Rate") && action("design.pin")->isEnabled(); }));
  }
  QAction* action(const char* name) const {
    auto* found = window->findChild<QAction*>(name);
    REQUIRE(found);
    return found;
  }
  plots::FigureView* figure(const QString& title) const {
    for (auto* view : window->findChildren<plots::FigureView*>())
      if (QString::fromStdString(view->figure().title) == title && view->isVisible() &&
          view->figure().data.rows() > 0)
        return view;
    return nullptr;
  }
  void move(int users) {
    window->findChild<gui::DesignView*>()->session()->setKnob("users", std::int64_t{users}, true);
    REQUIRE(waitFor([this] { return action("design.pin")->isEnabled(); }));
    REQUIRE(test::settled(*context));
  }
  void trigger(const char* name) {
    REQUIRE(action(name)->isEnabled());
    action(name)->trigger();
    REQUIRE(test::settled(*context));
  }
  QList<QToolButton*> chips() const {
    QList<QToolButton*> chips;
    for (auto* chip : window->findChild<gui::PinStrip*>()->findChildren<QToolButton*>())
      if (chip->isVisible()) chips.append(chip);
    return chips;
  }
  bool says(const QString& words) const {
    for (const auto* label : window->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(words)) return true;
    return false;
  }
};

}  // namespace

TEST_CASE("designs: a pinned run lies over the next, its chip is removed by key and comes back") {
  Toolbox at;
  CHECK_FALSE(at.window->findChild<gui::PinStrip*>()->isVisible());
  CHECK_FALSE(at.window->findChild<gui::DesignStory*>()->above()->isVisible());
  QTest::keyClick(at.window->windowHandle(), Qt::Key_P, Qt::ControlModifier);
  REQUIRE(waitFor([&] { return at.chips().size() == 1; }));
  at.move(50);
  REQUIRE(at.figure("Rate"));
  CHECK(at.figure("Rate")->figure().data.find("series")->cell(0) == "now: users 50");
  CHECK(at.figure("Numbers")->figure().data.names() ==
        std::vector<std::string>{"number", "now", "users 30"});
  CHECK(at.chips().front()->accessibleName() == "Pinned run: users 30");
  QTest::keyClick(at.chips().front(), Qt::Key_Delete);
  REQUIRE(test::settled(*at.context));
  CHECK(at.chips().isEmpty());
  CHECK(at.figure("Numbers")->figure().kind == "number");
  at.button("Undo")->click();
  REQUIRE(test::settled(*at.context));
  CHECK(at.chips().size() == 1);
}

TEST_CASE("designs: a run that is pinned already is refused in words") {
  Toolbox at;
  at.trigger("design.pin");
  at.trigger("design.pin");
  CHECK(at.says("pinned already"));
  CHECK(at.chips().size() == 1);
}

TEST_CASE("designs: two runs stand side by side, with what differs and the difference") {
  Toolbox at;
  at.trigger("design.pin");
  at.move(50);
  at.trigger("design.compare");
  REQUIRE(at.window->findChild<gui::CompareView*>()->isVisible());
  REQUIRE(at.figure("What differs"));
  const Frame& made = at.figure("What differs")->figure().data;
  CHECK(made.find("A")->text(0) == "30");
  CHECK(made.find("B")->text(0) == "50");
  CHECK(at.figure("Numbers")->figure().data.rows() == 2);
  CHECK(at.figure("A: Rate"));
  CHECK(at.figure("B: Rate"));
  at.action("compare.back")->trigger();
  CHECK(at.window->findChild<gui::DesignView*>()->isVisible());
}

TEST_CASE("designs: a sweep is run from its form and drawn, a wrong grid is told") {
  Toolbox at;
  at.trigger("design.sweep");
  auto* view = at.window->findChild<gui::SweepView*>();
  REQUIRE(view->isVisible());
  auto* grid = view->findChild<QLineEdit*>();
  CHECK(grid->text() == "20:60:lin9");
  grid->setText("20:600:lin3");
  at.action("sweep.run")->trigger();
  CHECK(at.says("outside its range"));
  grid->setText("20,40,60");
  at.action("sweep.run")->trigger();
  REQUIRE(waitFor([&] { return at.figure("log loss"); }));
  CHECK(at.figure("log loss")->figure().kind == "line");
  CHECK(at.figure("log loss")->figure().data.rows() == 3);
  CHECK(at.says("3 runs"));
}

TEST_CASE("designs: a grid that was typed stays when a second knob is chosen") {
  Toolbox at;
  at.trigger("design.sweep");
  auto* view = at.window->findChild<gui::SweepView*>();
  auto* grid = view->findChild<QLineEdit*>();
  auto* second = view->findChildren<QComboBox*>()[1];
  const auto choose = [second](int knob) {
    second->setCurrentIndex(knob);
    emit second->activated(knob);
  };
  choose(1);
  CHECK(grid->text() == "20:60:lin5");
  grid->setText("20,40");
  choose(0);
  CHECK(grid->text() == "20,40");
}

TEST_CASE("designs: a sweep is over the knobs of the script as it was edited") {
  Toolbox at;
  at.trigger("design.edit");
  at.trigger("design.sweep");
  auto* view = at.window->findChild<gui::SweepView*>();
  at.action("sweep.back")->trigger();
  auto* editor = at.window->findChild<gui::DesignView*>()->findChild<gui::CodeEditor*>();
  editor->setText(editor->text().replace("{ 20, 60 }", "{ 20, 80 }"));
  REQUIRE(waitFor([&] {
    return at.window->findChild<gui::DesignView*>()->session()->script().contains("{ 20, 80 }");
  }));
  at.trigger("design.sweep");
  CHECK(view->findChild<QLineEdit*>()->text() == "20:80:lin9");
}

TEST_CASE("designs: the script of a copy is edited beside its plots; a fault is told at its line") {
  Toolbox at;
  at.trigger("design.edit");
  auto* editor = at.window->findChild<gui::DesignView*>()->findChild<gui::CodeEditor*>();
  REQUIRE(waitFor([&] { return editor->isVisible() && at.figure("Rate"); }));
  CHECK(at.context->designs().find("toolbox-copy"));
  QString text = editor->text();
  editor->setText(QString(text).replace("title = \"Rate\"", "title = \"Edited\""));
  REQUIRE(waitFor([&] { return at.figure("Edited"); }));
  editor->setText(text + "show.pie { log }\n");
  REQUIRE(waitFor([&] { return at.says("The plots show the last script that worked."); }));
  CHECK(at.says("toolbox-copy.lua:10"));
  CHECK(editor->markersAtLine(9) != 0);
  CHECK(at.figure("Edited"));
  editor->setText(text.replace("Prose.", "Other prose."));
  REQUIRE(waitFor([&] { return at.says("Other prose."); }));
  at.action("script.save")->trigger();
  CHECK(at.says("saved"));
  QFile file(QString::fromStdString(at.context->designs().find("toolbox-copy")->path));
  REQUIRE(file.open(QIODevice::ReadOnly));
  CHECK(file.readAll().contains("Other prose."));
}

TEST_CASE("designs: the line of a script's error is a key away") {
  Toolbox at;
  at.trigger("design.edit");
  auto* editor = at.window->findChild<gui::DesignView*>()->findChild<gui::CodeEditor*>();
  editor->setText(editor->text() + "show.pie { log }\n");
  REQUIRE(waitFor([&] { return at.says("F8 goes there."); }));
  at.trigger("script.fault");
  int line = 0, column = 0;
  editor->getCursorPosition(&line, &column);
  CHECK(line == 9);
}

TEST_CASE("designs: another draw has the next seed, and the challenge the design's own") {
  Toolbox at;
  auto* session = at.window->findChild<gui::DesignView*>()->session();
  REQUIRE(session->plan().seed == 5);
  at.trigger("design.redraw");
  REQUIRE(waitFor([&] { return !session->running(); }));
  CHECK(session->lastPlan()->seed == 6);
  at.trigger("design.challenge");
  CHECK(session->plan().seed == 5);
}

TEST_CASE("designs: knobs that were reset come back") {
  Toolbox at;
  auto* session = at.window->findChild<gui::DesignView*>()->session();
  at.move(50);
  at.trigger("design.reset");
  CHECK(session->knobs().empty());
  at.button("Undo")->click();
  REQUIRE(test::settled(*at.context));
  CHECK(session->knobs() == plan::KnobValues{{"users", std::int64_t{50}}});
}

TEST_CASE("designs: one's own design is deleted, and undone in the gallery") {
  Toolbox at;
  CHECK_FALSE(at.action("design.remove")->isEnabled());
  at.trigger("design.edit");
  at.trigger("design.remove");
  CHECK_FALSE(at.window->findChild<QAbstractButton*>("open:toolbox-copy"));
  CHECK(at.says("is deleted"));
  at.button("Undo")->click();
  REQUIRE(test::settled(*at.context));
  CHECK(at.window->findChild<QAbstractButton*>("open:toolbox-copy"));
}

TEST_CASE(
    "designs: the gallery says how many designs a section has, and draws its pictures in time") {
  Toolbox at;
  at.action("design.back")->trigger();
  REQUIRE(test::settled(*at.context));
  CHECK(at.says("More designs · 1"));
  const QString folder = QString::fromStdString(at.context->home().cache) + "/thumbnails";
  CHECK(waitFor([&folder] { return QDir(folder).entryList({"*.png"}).size() == 2; }));
}

TEST_CASE("designs: a challenge's verdict says which goal held and by how much the other failed") {
  Toolbox at;
  at.trigger("design.challenge");
  REQUIRE(waitFor([&] { return at.button("Submit") && at.button("Submit")->isEnabled(); }));
  at.button("Submit")->click();
  REQUIRE(waitFor([&] { return at.says("1 of 2 goals reached after"); }));
  REQUIRE(test::settled(*at.context));
  CHECK(at.says("Reached: "));
  CHECK(at.says("too much"));
  CHECK(at.says("Why it is asked: nobody can"));
  // It does not scroll away with the story, and the gallery knows.
  CHECK_FALSE(at.window->findChild<gui::DesignStory*>()->isAncestorOf(at.button("Submit")));
  at.button("Leave")->click();
  CHECK_FALSE(at.window->findChild<gui::DesignStory*>()->above()->isVisible());
  at.action("design.back")->trigger();
  REQUIRE(test::settled(*at.context));
  CHECK(at.says("tried, goals open"));
}
