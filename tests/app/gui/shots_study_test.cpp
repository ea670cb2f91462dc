// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of Study: a changed card, the decks, what a search found and that it found nothing. Not
// a test of its own accord; see shots_test.cpp.
#include <QLineEdit>
#include <QListWidget>

#include "app/gui/card_browser.hpp"
#include "app/practice/decks.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;

namespace {

// Two cards met long ago, one of them in an older revision and often forgotten, one suspended.
void meetCards(present::AppContext& context) {
  const std::int64_t now = practice::system_seconds(), long_ago = now - 90 * 86400;
  practice::Card changed = *context.cards().find("log-loss");
  changed.revision = 0;
  for (int i = 0; i < practice::kLeechAt; ++i)
    REQUIRE(practice::record_review(context.database(), changed, practice::Rating::forgot,
                                    long_ago + i, 9));
  REQUIRE(practice::record_review(context.database(), *context.cards().find("brier-and-ece"),
                                  practice::Rating::easy, long_ago, 9));
  practice::Shelf shelf;
  shelf.suspended = {"platt-or-isotonic"};
  REQUIRE(practice::save_shelf(context.database(), shelf));
}

void shootStudy(const QString& theme, QSize size) {
  test::ShownWindow shown;
  const auto save = [&](const char* name) {
    REQUIRE(test::settled(*shown.context));
    CHECK(shown.window->grab().save(QString("%1/%2-%3-%4x%5.png")
                                        .arg(qEnvironmentVariable("REHEARSE_SHOTS"), name, theme)
                                        .arg(size.width())
                                        .arg(size.height())));
  };
  qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  shown.show(size.width(), size.height());
  shown.window->setThemeByName(theme);
  meetCards(*shown.context);
  shown.open("study");
  save("study-changed");
  shown.open("card:platt-or-isotonic");
  save("study-decks");
  auto* browser = shown.window->findChild<gui::CardBrowser*>();
  auto* field = browser->findChild<QLineEdit*>();
  field->setText("calibrat drift");
  save("study-found");
  for (auto* list : browser->findChildren<QListWidget*>())
    if (list->accessibleName() == "What was found") list->setCurrentRow(2);
  save("study-found-other");
  field->setText("zebra");
  save("study-nothing");
}

}  // namespace

TEST_CASE("shots: of Study, its decks and its search", "[.shots]") {
  REQUIRE(!qEnvironmentVariableIsEmpty("REHEARSE_SHOTS"));
  shootStudy("dark", {1024, 640});
  shootStudy("light", {1440, 900});
}
