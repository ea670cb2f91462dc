// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QPushButton>

#include "app/gui/first_steps_card.hpp"
#include "app/gui/progress_page.hpp"
#include "app/gui/undo_strip.hpp"
#include "app/gui/week_strip.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;

namespace {

practice::Attempt acceptedAttempt() {
  practice::Attempt attempt;
  attempt.drill = "add-two";
  attempt.submitted_at = practice::system_seconds();
  attempt.elapsed_s = 60;
  attempt.verdict = "AC";
  attempt.stated = 0.9;
  return attempt;
}

}  // namespace

TEST_CASE("today: a newcomer sees first steps, with the focus on the first, and can skip them") {
  test::ShownWindow shown;
  shown.show(1024, 640);
  auto* card = shown.window->findChild<gui::FirstStepsCard*>();
  REQUIRE(card);
  CHECK(card->nextButton()->text() == "Start drill");
  CHECK(card->nextButton()->hasFocus());
  shown.button("Skip these")->click();
  REQUIRE(test::settled(*shown.context));
  CHECK_FALSE(shown.window->findChild<gui::FirstStepsCard*>());
  shown.window->findChild<gui::UndoStrip*>()->undo();
  REQUIRE(test::settled(*shown.context));
  CHECK(shown.window->findChild<gui::FirstStepsCard*>());
}

TEST_CASE("today: a step that was done is ticked, and the next has the accent") {
  test::ShownWindow shown;
  shown.context = shown.product.open();
  REQUIRE(practice::add_attempt(shown.context->database(), acceptedAttempt()));
  shown.context.reset();
  shown.show();
  auto* card = shown.window->findChild<gui::FirstStepsCard*>();
  REQUIRE(card);
  CHECK(card->nextButton()->text() == "Study");
  QStringList marks;
  for (const auto* label : card->findChildren<QLabel*>()) marks.append(label->accessibleName());
  CHECK(marks.contains("Done"));
  CHECK(shown.window->findChild<gui::WeekStrip*>()->isVisible());
}

TEST_CASE("progress: before ten answers it says how to begin, and begins at a press") {
  test::ShownWindow shown;
  shown.context = shown.product.open();
  REQUIRE(practice::add_attempt(shown.context->database(), acceptedAttempt()));
  shown.context->setSetting("solve.ask_probability", "off");
  shown.context.reset();
  shown.show();
  shown.open("progress");
  auto* ask = shown.button("Ask me from now on");
  REQUIRE(ask);
  ask->click();
  CHECK(shown.context->setting("solve.ask_probability", {}) == "on");
  CHECK_FALSE(ask->isVisible());
  for (int i = 0; i < 10; ++i)
    REQUIRE(practice::add_attempt(shown.context->database(), acceptedAttempt()));
  emit shown.context->recorded();
  QStringList titles;
  for (const auto* view :
       shown.window->findChild<gui::ProgressPage*>()->findChildren<QWidget*>("figure"))
    if (view->isVisible()) titles.append(view->accessibleName());
  CHECK(titles.contains("How well you know yourself"));
  CHECK(titles.contains("Your own calibration"));
  CHECK(titles.contains("Share accepted, as it goes"));
}
