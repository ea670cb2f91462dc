// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Designs page with a step that takes its time, its gallery, and the table of arithmetic.
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QSpinBox>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "app/gui/design_bar.hpp"
#include "app/gui/design_gallery.hpp"
#include "app/gui/trail_dialog.hpp"
#include "app/plots/figure_view.hpp"
#include "engine/plan/step.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

std::atomic<bool> mayEnd{true};
std::atomic<int> begun{0};

// Reports progress until it may end, or is told to stop.
Result<plan::Outputs> runSlow(const plan::StepCall& call, const plan::StepContext& context) {
  ++begun;
  while (!mayEnd) {
    if (!context.progress.report(0.5)) return cancelled();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  Frame::Builder builder;
  builder.add("size", std::vector<double>{call.number("size")});
  return plan::Outputs{plan::Artifact::of(*std::move(builder).build())};
}

const plan::StepRegistration kSlow{{
    .name = "toy.slow",
    .sentence = "Takes its time.",
    .outputs = {{.name = "table", .kind = plan::Kind::frame}},
    .parameters = {{.name = "size", .initial = 1.0, .low = 0, .high = 100, .sentence = "a size"}},
    .run = runSlow,
}};

const char* kSlowDesign = R"(design "Slow" { asks = "How long?", seed = 5 }
chapter "One" "Prose."
local size = slider("size", 10, { 0, 100, step = 1, apply = true })
local table = toy.slow { size = size }
show.table { table, title = "T", see = "s" }
)";

const char* kFtrlDesign = R"(design "Learned" { asks = "Which weight moved?", seed = 5 }
chapter "One" "Prose."
local log = source("impressions", simulate.impressions { users = 60, days = 3, base_ctr = 0.2 }, { "time", "click" })
local model = train.ftrl { log, as = "model" }
show.number { model, on = log, metrics = { "log_loss" }, title = "N", see = "s" }
)";

struct Designs : test::ShownWindow {
  Designs() {
    mayEnd = true;
    test::writeFile(product.path("product/designs/slow.lua"), kSlowDesign);
    test::writeFile(product.path("product/designs/learned.lua"), kFtrlDesign);
    show();
  }
  ~Designs() { mayEnd = true; }
  double shownSize() const {
    const auto figures = window->findChildren<plots::FigureView*>();
    for (const auto* figure : figures)
      if (const Column* size = figure->figure().data.find("size")) return size->number(0);
    return -1;
  }
};

}  // namespace

TEST_CASE("designs: an applied knob runs when it is let go, shows progress, stops and runs again") {
  Designs at;
  at.open("design:slow");
  REQUIRE(waitFor([&] { return at.shownSize() == 10; }));
  CHECK_FALSE(at.button("Run"));
  auto* slider = at.window->findChild<QSlider*>();
  REQUIRE(slider);
  mayEnd = false;
  const int before = begun;
  slider->setSliderDown(true);
  slider->setValue(40);
  QCoreApplication::processEvents();
  CHECK(begun == before);
  CHECK(at.button("Run"));
  slider->setSliderDown(false);
  auto* progress = at.window->findChild<gui::DesignBar*>()->findChild<QProgressBar*>();
  REQUIRE(waitFor([&] { return at.button("Stop") && progress->isVisible(); }));
  CHECK(waitFor([&] { return progress->value() > 0; }));
  CHECK(at.shownSize() == 10);
  CHECK_FALSE(at.button("Run"));
  at.button("Stop")->click();
  REQUIRE(waitFor([&] { return !at.button("Stop"); }));
  CHECK_FALSE(progress->isVisible());
  CHECK(at.shownSize() == 10);
  mayEnd = true;
  auto* again = at.button("Run");
  REQUIRE(again);
  again->click();
  REQUIRE(waitFor([&] { return at.shownSize() == 40; }));
  CHECK(waitFor([&] { return !at.button("Run"); }));
}

TEST_CASE("designs: a newer move of a knob stops the run of an older one") {
  Designs at;
  at.open("design:slow");
  REQUIRE(waitFor([&] { return at.shownSize() == 10; }));
  auto* slider = at.window->findChild<QSlider*>();
  REQUIRE(slider);
  mayEnd = false;
  slider->setValue(20);
  REQUIRE(waitFor([&] { return at.button("Stop"); }));
  slider->setValue(30);
  mayEnd = true;
  CHECK(waitFor([&] { return at.shownSize() == 30; }));
}

TEST_CASE("designs: another design opened during a run shows its own") {
  Designs at;
  at.open("design:slow");
  REQUIRE(waitFor([&] { return at.shownSize() == 10; }));
  mayEnd = false;
  at.window->findChild<QSlider*>()->setValue(20);
  REQUIRE(waitFor([&] { return at.button("Stop"); }));
  REQUIRE(at.window->openPage("design:learned"));
  mayEnd = true;
  CHECK(waitFor([&] {
    for (const auto* figure : at.window->findChildren<plots::FigureView*>())
      if (figure->figure().title == "N" && figure->figure().data.rows() == 1) return true;
    return false;
  }));
}

TEST_CASE("designs: the gallery is narrowed by what is typed") {
  Designs at;
  at.open("designs");
  CHECK(at.window->findChild<QAbstractButton*>("open:slow")->isVisible());
  for (auto* line : at.window->findChildren<QLineEdit*>())
    if (line->accessibleName() == "Search designs") line->setText("weight");
  REQUIRE(test::settled(*at.context));
  CHECK_FALSE(at.window->findChild<QAbstractButton*>("open:slow"));
  CHECK(at.window->findChild<QAbstractButton*>("open:learned"));
}

TEST_CASE(
    "designs: the gallery is built a row a turn, and a card takes the focus when it is there") {
  test::ShownWindow at;
  for (const char* id : {"a", "b", "c", "d", "e", "f"})
    test::writeFile(at.product.path(QString("product/designs/%1.lua").arg(id)), kFtrlDesign);
  at.show();
  const auto cards = [&at] {
    return at.window->findChildren<QPushButton*>(QRegularExpression("^open:")).size();
  };
  REQUIRE(at.window->openPage("designs"));
  CHECK(cards() == 2);
  at.window->findChild<gui::DesignGallery*>()->takeFocus("f");
  CHECK_FALSE(at.window->findChild<QPushButton*>("open:f"));
  REQUIRE(test::settled(*at.context));
  CHECK(cards() == 6);
  CHECK(at.window->focusWidget() == at.window->findChild<QPushButton*>("open:f"));
}

TEST_CASE("designs: another theme builds the gallery anew, at the card that had the focus") {
  test::ShownWindow at;
  for (int i = 0; i < 24; ++i)
    test::writeFile(at.product.path(QString("product/designs/d%1.lua").arg(i)), kFtrlDesign);
  at.show();
  at.open("designs");
  auto* place =
      at.window->findChild<gui::DesignGallery*>()->findChild<QScrollArea*>()->verticalScrollBar();
  const QPointer<QPushButton> last = at.window->findChild<QPushButton*>("open:d9");
  REQUIRE(last);
  last->setFocus();
  place->setValue(place->maximum());
  const int before = place->value();
  REQUIRE(before > 0);
  at.window->setThemeByName("dark");
  REQUIRE(waitFor([&last] { return !last; }));
  REQUIRE(test::settled(*at.context));
  CHECK(place->value() == before);
  CHECK(at.window->focusWidget() == at.window->findChild<QPushButton*>("open:d9"));
}

TEST_CASE("designs: a row's arithmetic is stepped through by keyboard") {
  Designs at;
  at.open("design:slow");
  CHECK(waitFor([&] { return !at.button("Step through…"); }));
  at.open("design:learned");
  REQUIRE(waitFor([&] { return at.button("Step through…"); }));
  QTest::keyClick(at.window->windowHandle(), Qt::Key_J, Qt::ControlModifier);
  gui::TrailDialog* dialog = nullptr;
  REQUIRE(waitFor([&] {
    dialog = at.window->findChild<gui::TrailDialog*>();
    return dialog && dialog->isVisible();
  }));
  auto* figure = dialog->findChild<plots::FigureView*>();
  const auto shows = [&](qlonglong row) {
    return waitFor([&] {
      return figure->figure().title.find(QString("row %1,").arg(row).toStdString()) !=
             std::string::npos;
    });
  };
  REQUIRE(shows(0));
  CHECK(figure->figure().data.rows() > 2);
  REQUIRE(QTest::qWaitForWindowExposed(dialog));
  QTest::keyClick(dialog->windowHandle(), Qt::Key_Right, Qt::AltModifier);
  CHECK(shows(1));
  dialog->findChild<QSpinBox*>()->setValue(12);
  CHECK(shows(12));
  for (const QWidget* widget : dialog->findChildren<QWidget*>()) {
    if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
    if (qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())) continue;
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    INFO(widget->metaObject()->className());
    CHECK((!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty())));
  }
}
