// SPDX-License-Identifier: GPL-3.0-or-later
//
// The palette, the list of keys and the strip that takes things back, by keyboard.
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>

#include "app/gui/code_editor.hpp"
#include "app/gui/command_palette.hpp"
#include "app/gui/commands.hpp"
#include "app/gui/keys_dialog.hpp"
#include "app/gui/undo_strip.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

struct OpenPalette {
  test::ShownWindow shown;
  gui::CommandPalette* palette = nullptr;
  QLineEdit* field = nullptr;

  explicit OpenPalette(const char* page = "today") {
    shown.show();
    shown.open(page);
  }
  void open() {
    QTest::keyClick(shown.window->windowHandle(), Qt::Key_P,
                    Qt::ControlModifier | Qt::ShiftModifier);
    palette = shown.window->findChild<gui::CommandPalette*>();
    REQUIRE(palette);
    field = palette->findChild<QLineEdit*>();
    REQUIRE(test::settled(*shown.context));
  }
  QStringList titles() const {
    QStringList all;
    const auto* model = palette->findChild<QTableView*>()->model();
    for (int row = 0; row < model->rowCount(); ++row)
      all.append(model->index(row, 0).data().toString());
    return all;
  }
  QString page() const {
    return shown.window->findChild<QStackedWidget*>("pages")
        ->currentWidget()
        ->metaObject()
        ->className();
  }
};

}  // namespace

TEST_CASE("palette: Ctrl+Shift+P, a few letters and Enter go to a drill by its title") {
  OpenPalette opened;
  opened.open();
  REQUIRE(opened.palette->isVisible());
  CHECK(opened.field->hasFocus());
  QTest::keyClicks(opened.field, "addtwo");
  REQUIRE_FALSE(opened.titles().isEmpty());
  CHECK(opened.titles().first() == "Add two numbers");
  QTest::keyClick(opened.field, Qt::Key_Return);
  CHECK_FALSE(opened.palette->isVisible());
  auto* editor = opened.shown.window->findChild<gui::CodeEditor*>();
  CHECK(waitFor([&] { return editor->hasFocus(); }));
}

TEST_CASE("palette: a card is a place to go to") {
  OpenPalette opened;
  opened.open();
  QTest::keyClicks(opened.field, "c plain");
  REQUIRE_FALSE(opened.titles().isEmpty());
  QTest::keyClick(opened.field, Qt::Key_Return);
  CHECK(waitFor([&] { return opened.page() == "rehearse::gui::StudyPage"; }));
}

TEST_CASE("palette: an action is done, with its key beside it") {
  OpenPalette opened;
  const bool dark = opened.shown.window->theme().dark;
  opened.open();
  QTest::keyClicks(opened.field, "switch between");
  const auto* model = opened.palette->findChild<QTableView*>()->model();
  REQUIRE(model->rowCount() > 0);
  CHECK(model->index(0, 2).data().toString() == "Ctrl+T");
  QTest::keyClick(opened.field, Qt::Key_Return);
  CHECK(waitFor([&] { return opened.shown.window->theme().dark != dark; }));
}

TEST_CASE("palette: Esc closes it and nothing behind it, and the focus is where it was") {
  OpenPalette opened("drill:add-two");
  auto* editor = opened.shown.window->findChild<gui::CodeEditor*>();
  REQUIRE(waitFor([&] { return editor->hasFocus(); }));
  opened.open();
  QTest::keyClick(opened.field, Qt::Key_Escape);
  CHECK_FALSE(opened.palette->isVisible());
  CHECK(editor->hasFocus());
  CHECK(editor->isVisible());
}

TEST_CASE("palette: the chosen row is told as the field's description") {
  OpenPalette opened;
  opened.open();
  const QString first = opened.field->accessibleDescription();
  QTest::keyClick(opened.field, Qt::Key_Down);
  CHECK(opened.field->accessibleDescription() != first);
  CHECK(opened.field->accessibleDescription().contains("2 of "));
  QTest::keyClicks(opened.field, "qqqqzz");
  CHECK(opened.titles().isEmpty());
  CHECK(opened.field->accessibleDescription().contains("Nothing fits"));
}

TEST_CASE("palette: what cannot be done now is not offered") {
  QWidget widget;
  auto* action = new QAction("Do it", &widget);
  widget.addAction(action);
  widget.addAction(new QAction(&widget));  // without a text
  widget.show();
  CHECK(gui::commandsIn(widget, gui::CommandScope::now).size() == 1);
  action->setEnabled(false);
  CHECK(gui::commandsIn(widget, gui::CommandScope::now).isEmpty());
}

TEST_CASE("palette: an action with two keys, and the button behind it, are one thing to do") {
  QWidget widget;
  for (const char* key : {"Ctrl+Return", "Ctrl+Enter"}) {
    auto* action = new QAction("&Run", &widget);
    action->setShortcut(QKeySequence(key));
    widget.addAction(action);
  }
  auto* button = new QPushButton("Run", &widget);
  button->setShortcut(QKeySequence("Ctrl+R"));
  widget.show();
  const auto commands = gui::commandsIn(widget, gui::CommandScope::now);
  REQUIRE(commands.size() == 1);
  CHECK(commands.first().title == "Run");
  CHECK(commands.first().keys.size() == 3);
}

TEST_CASE("keys: F1 lists what the actions say, and Esc closes it") {
  OpenPalette opened;
  QTimer::singleShot(0, [] {
    REQUIRE(
        waitFor([] { return qobject_cast<gui::KeysDialog*>(QApplication::activeModalWidget()); }));
    auto* dialog = QApplication::activeModalWidget();
    QStringList texts;
    for (const auto* label : dialog->findChildren<QLabel*>()) texts.append(label->text());
    CHECK(texts.contains("Switch between light and dark"));
    CHECK(texts.contains("Ctrl+T"));
    CHECK(texts.contains("Everywhere"));
    QTest::keyClick(dialog, Qt::Key_Escape);
  });
  QTest::keyClick(opened.shown.window->windowHandle(), Qt::Key_F1);
  CHECK_FALSE(QApplication::activeModalWidget());
}

TEST_CASE("undo strip: takes back once, by its button or its key, and a newer offer replaces it") {
  QWidget page;
  page.resize(800, 600);
  page.show();
  REQUIRE(QTest::qWaitForWindowExposed(&page));
  int taken = 0;
  auto* first = gui::UndoStrip::offer(&page, "Gone", [&] { ++taken; });
  auto* second = gui::UndoStrip::offer(&page, "Gone too", [&] { taken += 10; });
  CHECK_FALSE(first->isVisible());
  CHECK(page.rect().contains(second->geometry()));
  QTest::keyClick(page.windowHandle(), Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
  CHECK(taken == 10);
  CHECK_FALSE(second->isVisible());
  second->undo();
  CHECK(taken == 10);
}

TEST_CASE("undo strip: when its time is over there is nothing to take back") {
  QWidget page;
  page.resize(800, 600);
  page.show();
  bool taken = false;
  auto* strip = gui::UndoStrip::offer(&page, "Gone", [&] { taken = true; });
  CHECK(strip->isVisible());
  strip->expire();
  CHECK_FALSE(strip->isVisible());
  strip->undo();
  CHECK_FALSE(taken);
}
