// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of Study: a question and its answer, a changed card, the decks, what a search found and
// that it found nothing.
#include <QLineEdit>
#include <QListWidget>

#include "app/gui/card_browser.hpp"
#include "tests/app/gui/camera.hpp"
#include "tests/app/gui/used_home.hpp"

using namespace rehearse;
using rehearse::test::Camera;

namespace {

void shootStudy(const test::Look& look) {
  Camera camera(look, test::useCards);
  camera.open("study");
  camera.shoot("study-question");
  QTest::keyClick(camera.window().windowHandle(), Qt::Key_Return);
  camera.shoot("study-answer");
  camera.open("card:platt-or-isotonic");
  camera.shoot("study-decks");
  auto& browser = camera.part<gui::CardBrowser>();
  auto* field = browser.findChild<QLineEdit*>();
  field->setText("calibrat drift");
  camera.shoot("study-found");
  for (auto* list : browser.findChildren<QListWidget*>())
    if (list->accessibleName() == "What was found") list->setCurrentRow(2);
  camera.shoot("study-found-other");
  field->setText("zebra");
  camera.shoot("study-nothing");
}

}  // namespace

TEST_CASE("shots: of Study, its decks and its search", "[.shots]") {
  for (const test::Look& look : test::looks()) shootStudy(look);
}
