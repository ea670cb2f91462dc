// SPDX-License-Identifier: GPL-3.0-or-later
//
// Study by keyboard: a deck chosen, a card set aside and taken back, and a search that opens a
// drill.
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <catch2/catch.hpp>

#include "app/gui/solve_view.hpp"
#include "app/gui/undo_strip.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;

namespace {

struct StudyWindow : test::ShownWindow {
  StudyWindow() {
    test::writeFile(
        product.path("product/content/drift/psi.md"),
        test::card("psi", "Psi", "### recall\n\nWhat?\n\n```toml\nanswer = \"A sum.\"\n```\n"));
    show();
    open("study");
  }
  void press(int key, Qt::KeyboardModifiers modifiers = {}) const {
    QTest::keyClick(window->windowHandle(), static_cast<Qt::Key>(key), modifiers);
  }
  void type(const char* text) const {
    for (const char* c = text; *c; ++c) QTest::keyClick(window->windowHandle(), *c);
  }
  template <typename Widget>
  Widget* named(const QString& name) const {
    for (auto* found : window->findChildren<Widget*>())
      if (found->accessibleName() == name) return found;
    return nullptr;
  }
  bool says(const QString& words) const {
    for (auto* label : window->findChildren<QLabel*>())
      if (label->isVisible() && label->text().startsWith(words)) return true;
    return false;
  }
  QString chip() const {
    for (auto* label : window->findChildren<QLabel*>("chip"))
      if (label->isVisible() && label->text().contains("due")) return label->text();
    return {};
  }
};

}  // namespace

TEST_CASE("study: a deck is studied alone, and all decks again") {
  StudyWindow study;
  CHECK(study.chip().startsWith("4 due"));
  study.press(Qt::Key_F, Qt::ControlModifier);
  auto* decks = study.named<QListWidget>("Decks");
  REQUIRE(decks);
  REQUIRE(decks->count() == 3);
  CHECK(decks->item(2)->text() == "Drift\n0 due · 0 of 1 met");
  decks->setCurrentRow(2);
  CHECK(study.named<QListWidget>("Cards")->count() == 1);
  QAbstractButton* only = study.button("Study this deck only");
  REQUIRE(only);
  only->click();
  CHECK(study.chip().startsWith("1 due · Drift"));
  QAbstractButton* all = study.button("All decks");
  REQUIRE(all);
  all->click();
  CHECK(study.chip().startsWith("4 due"));
}

TEST_CASE("study: a card is buried by key, and undo brings it back") {
  StudyWindow study;
  study.press(Qt::Key_B, Qt::ControlModifier);
  CHECK(study.chip().startsWith("3 due"));
  auto* strip = study.window->findChild<gui::UndoStrip*>();
  REQUIRE(strip);
  strip->undo();
  CHECK(study.chip().startsWith("4 due"));
}

TEST_CASE("study: a search finds a drill, Enter opens it, Esc leaves the search") {
  StudyWindow study;
  study.press(Qt::Key_F, Qt::ControlModifier);
  auto* field = study.named<QLineEdit>("Search drills, designs and cards");
  auto* hits = study.named<QListWidget>("What was found");
  REQUIRE(field);
  REQUIRE(field->hasFocus());
  study.type("zebra 1");
  REQUIRE(test::waitFor([&] { return study.says("Nothing has these words"); }));
  CHECK_FALSE(hits->isVisible());
  study.press(Qt::Key_Escape);
  CHECK(field->text().isEmpty());
  CHECK(study.named<QListWidget>("Decks")->isVisible());
  study.press(Qt::Key_F, Qt::ControlModifier);
  study.type("add two");
  REQUIRE(test::waitFor([&] { return hits->isVisible() && hits->count() == 1; }));
  study.press(Qt::Key_Return);
  CHECK(hits->hasFocus());
  study.press(Qt::Key_Return);
  REQUIRE(test::waitFor([&] {
    auto* view = study.window->findChild<gui::SolveView*>();
    return view && view->isVisible() && view->session()->isOpen();
  }));
}

TEST_CASE("study: a suspended card says so in the list and is put back there") {
  StudyWindow study;
  study.press(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
  CHECK(study.chip().startsWith("3 due"));
  study.press(Qt::Key_F, Qt::ControlModifier);
  auto* cards = study.named<QListWidget>("Cards");
  int row = 0;
  while (row < cards->count() && !cards->item(row)->text().endsWith("\nsuspended")) ++row;
  REQUIRE(row < cards->count());
  cards->setCurrentRow(row);
  QAbstractButton* back = study.button("Put it back");
  REQUIRE(back);
  back->click();
  study.press(Qt::Key_Escape);
  CHECK(study.chip().startsWith("4 due"));
}
