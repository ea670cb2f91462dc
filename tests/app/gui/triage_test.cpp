// SPDX-License-Identifier: GPL-3.0-or-later
//
// An incident played in the window by keyboard, and what repeats an experiment run when asked.
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSlider>
#include <atomic>
#include <catch2/catch.hpp>

#include "app/gui/designs_page.hpp"
#include "app/gui/triage_view.hpp"
#include "app/plots/figure_view.hpp"
#include "app/present/progress.hpp"
#include "engine/plan/step.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

std::atomic<int> repeated{0};

Result<plan::Outputs> runRepeated(const plan::StepCall& call, const plan::StepContext&) {
  ++repeated;
  Frame::Builder builder;
  builder.add("coverage", std::vector<double>{call.number("size")});
  return plan::Outputs{plan::Artifact::of(*std::move(builder).build())};
}

const plan::StepRegistration kRepeated{{
    .name = "toy.repeated",
    .sentence = "Repeats something.",
    .outputs = {{.name = "table", .kind = plan::Kind::frame}},
    .parameters = {{.name = "size", .initial = 1.0, .low = 0, .high = 100, .sentence = "a size"},
                   {.name = "n",
                    .type = plan::ParameterType::integer,
                    .initial = std::int64_t{1000},
                    .low = 1,
                    .high = 10000,
                    .sentence = "how often"},
                   {.name = "body",
                    .type = plan::ParameterType::subplan,
                    .sentence = "what is repeated"}},
    .repeats = "n",
    .run = runRepeated,
}};

const char* kRepeatedDesign = R"(design "Repeated" { asks = "How often?", seed = 5 }
chapter "One" "Prose."
local size = slider("size", 10, { 0, 100, step = 1 })
local log = simulate.impressions { users = 20, days = 1 }
show.table { log, title = "Log", see = "s" }
show.table { toy.repeated { size = size, body = function() return simulate.impressions { users = 20, days = 1 } end }, title = "Coverage", see = "s" }
challenge "Reach it" { goal.above { toy.repeated { size = size, body = function() return simulate.impressions { users = 20, days = 1 } end }, "coverage", 5 } }
)";

struct Played : test::ShownWindow {
  Played() {
    QFile file(QString(REHEARSE_SOURCE_DIR) + "/designs/incident-null-feature.lua");
    REQUIRE(file.open(QIODevice::ReadOnly));
    test::writeFile(product.path("product/designs/incident-null-feature.lua"), file.readAll());
    test::writeFile(product.path("product/designs/repeated.lua"), kRepeatedDesign);
    show(1280, 800);
  }
  plots::FigureView* figure(const std::string& title) const {
    for (auto* found : window->findChildren<plots::FigureView*>())
      if (found->figure().title == title) return found;
    return nullptr;
  }
};

}  // namespace

TEST_CASE("triage: an incident is asked, committed and debriefed by keyboard, and kept") {
  Played at;
  at.open("design:incident-null-feature");
  auto* view = at.window->findChild<gui::TriageView*>();
  REQUIRE(view);
  REQUIRE(waitFor([&] { return view->session()->isOpen() && !view->session()->running(); }));
  REQUIRE(test::settled(*at.context));
  const auto figures = view->findChildren<plots::FigureView*>().size();
  CHECK(figures > 0);
  QTest::keyClick(at.window->windowHandle(), Qt::Key_1, Qt::AltModifier);
  REQUIRE(waitFor([&] { return view->session()->probes()[0].asked; }));
  CHECK(waitFor([&] { return view->findChildren<plots::FigureView*>().size() > figures; }));
  CHECK(waitFor([&] {
    for (const auto* probe : view->findChildren<QAbstractButton*>("probe"))
      if (probe->property("probe") == view->session()->probes()[0].name && !probe->isEnabled())
        return true;
    return false;
  }));
  for (auto* box : view->findChildren<QComboBox*>()) box->setCurrentIndex(1);
  view->findChild<QPlainTextEdit*>()->setPlainText("Clicks are down 12% since 14:00.");
  view->findChild<QPlainTextEdit*>()->setFocus();
  QTest::keyClick(at.window->windowHandle(), Qt::Key_Return, Qt::ControlModifier);
  REQUIRE(waitFor([&] { return view->session()->debrief() != nullptr; }));
  REQUIRE(test::settled(*at.context));
  CHECK(at.button("Save…"));
  const auto progress = present::readProgress(*at.context);
  REQUIRE(progress);
  const Figure kept = present::byIncident(*progress);
  REQUIRE(kept.data.rows() == 1);
  CHECK(kept.data.find("best")->cell(0).find("of 100") != std::string::npos);
  QTest::keyClick(at.window->windowHandle(), Qt::Key_Escape);
  CHECK(waitFor([&] { return at.button("Play") != nullptr; }));
}

TEST_CASE("triage: everything that takes the focus has a name") {
  Played at;
  at.open("design:incident-null-feature");
  auto* view = at.window->findChild<gui::TriageView*>();
  REQUIRE(waitFor([&] { return view->session()->isOpen() && !view->session()->running(); }));
  for (const QWidget* widget : view->findChildren<QWidget*>()) {
    if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    INFO(widget->metaObject()->className());
    CHECK((!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty())));
  }
}

TEST_CASE("designs: what repeats an experiment runs when asked, and once for the same knobs") {
  Played at;
  repeated = 0;
  at.open("design:repeated");
  REQUIRE(waitFor([&] { return at.figure("Log") && at.figure("Log")->figure().data.rows() > 0; }));
  REQUIRE(test::settled(*at.context));
  CHECK(repeated == 0);
  CHECK_FALSE(at.figure("Coverage"));
  auto* run = at.button("Run it 1,000 times");
  REQUIRE(run);
  run->click();
  REQUIRE(waitFor([&] { return at.figure("Coverage") != nullptr; }));
  CHECK(at.figure("Coverage")->figure().data.rows() == 1);
  REQUIRE(test::settled(*at.context));
  CHECK(repeated == 1);
  CHECK(at.figure("Coverage")->isVisible());
  CHECK_FALSE(at.button("Run it 1,000 times"));
  at.window->findChild<QSlider*>()->setValue(20);
  REQUIRE(waitFor([&] { return at.button("Run it 1,000 times") != nullptr; }));
  CHECK(repeated == 1);
  CHECK(at.figure("Coverage")->isVisible());  // of the knobs before
  at.window->findChild<QSlider*>()->setValue(10);
  CHECK(waitFor([&] { return !at.button("Run it 1,000 times"); }));
  CHECK(repeated == 1);
}

TEST_CASE("designs: a challenge about what is repeated runs it before it judges") {
  Played at;
  repeated = 0;
  at.open("design:repeated");
  REQUIRE(waitFor([&] { return at.button("Take the challenge") != nullptr; }));
  REQUIRE(test::settled(*at.context));
  at.button("Take the challenge")->click();
  REQUIRE(test::settled(*at.context));
  REQUIRE(waitFor([&] { return at.button("Submit") && at.button("Submit")->isEnabled(); }));
  at.button("Submit")->click();
  CHECK(waitFor([&] {
    for (const auto* words : at.window->findChildren<QLabel*>())
      if (words->text().startsWith("Reached: ")) return true;
    return false;
  }));
  CHECK(repeated == 1);
}
