// SPDX-License-Identifier: GPL-3.0-or-later
//
// What surrounds solving: how sure one is, the clock's policy, comparison, the editor's settings,
// Vim's keys on the real editor, filters, and going on after a crash.
#include <Qsci/qscilexerlua.h>

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QtTest/QTest>
#include <catch2/catch.hpp>

#include "app/gui/attempt_diff_view.hpp"
#include "app/gui/attempts_table.hpp"
#include "app/gui/code_editor.hpp"
#include "app/gui/drills_page.hpp"
#include "app/gui/editor_pane.hpp"
#include "app/gui/library_words.hpp"
#include "app/gui/measure_bar.hpp"
#include "app/gui/probability_strip.hpp"
#include "app/gui/resume_strip.hpp"
#include "app/gui/solve_view.hpp"
#include "app/gui/vim_mode.hpp"
#include "app/present/drill_filter.hpp"
#include "app/present/preferences.hpp"
#include "app/present/sitting.hpp"
#include "tests/app/sets_of_drills.hpp"
#include "tests/app/shown_window.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

const char *kSum = "function add(a, b) return a + b end\n",
           *kDifference = "function add(a, b) return a - b end\n";

struct Desk : test::ShownWindow {
  gui::SolveView* view = nullptr;

  explicit Desk(int width = 1440) {
    test::writeSets(product);
    show(width);
    view = window->findChild<gui::SolveView*>();
  }
  void openDrill() {
    REQUIRE(window->openPage("drill:add-two"));
    REQUIRE(waitFor([&] { return view->session()->isOpen() && view->editor()->hasFocus(); }));
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(window->windowHandle(), key, modifiers);
  }
  void type(const std::string& text) {
    for (const char c : text) QTest::keyClick(window->windowHandle(), c);
  }
  void pressSubmit() { press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier); }
  // Submits and skips the question.
  void submit(const char* text) {
    view->editor()->setText(text);
    pressSubmit();
    pressSubmit();
    REQUIRE(test::settled(*context));
  }
  gui::ProbabilityStrip& strip() { return *view->findChild<gui::ProbabilityStrip*>(); }
  QComboBox* box(const char* name) {
    for (auto* found : window->findChildren<QComboBox*>())
      if (found->accessibleName() == name) return found;
    FAIL(name);
    return nullptr;
  }
  int drills() {
    for (const auto* table : window->findChildren<QTableView*>())
      if (table->accessibleName() == "Drills") return table->model()->rowCount();
    return -1;
  }
};

}  // namespace

TEST_CASE("solve: a submission is preceded by how sure one is, answered by one key") {
  Desk desk;
  CHECK(present::preferenceValue(*desk.context, "solve.ask_probability") == "on");
  desk.openDrill();
  desk.view->editor()->setText(kSum);
  desk.pressSubmit();
  REQUIRE(desk.strip().asks());
  CHECK_FALSE(desk.view->session()->judging());
  desk.press(Qt::Key_4);
  CHECK_FALSE(desk.strip().asks());
  REQUIRE(test::settled(*desk.context));
  REQUIRE(desk.view->session()->attempts().size() == 1);
  CHECK(desk.view->session()->attempts()[0].stated == 0.8);
  CHECK(desk.view->editor()->text() == kSum);  // the key was no typing
}

TEST_CASE("solve: the question is skipped by Esc or by submitting again, and can be turned off") {
  Desk desk;
  desk.openDrill();
  desk.view->editor()->setText(kDifference);
  desk.pressSubmit();
  desk.press(Qt::Key_Escape);
  REQUIRE(test::settled(*desk.context));
  desk.pressSubmit();
  desk.pressSubmit();
  REQUIRE(test::settled(*desk.context));
  desk.context->setSetting("solve.ask_probability", "off");
  desk.pressSubmit();
  CHECK_FALSE(desk.strip().asks());
  REQUIRE(test::settled(*desk.context));
  const auto attempts = desk.view->session()->attempts();
  REQUIRE(attempts.size() == 3);
  for (const auto& attempt : attempts) CHECK_FALSE(attempt.stated);
  CHECK(desk.view->isVisible());
}

TEST_CASE("solve: a practice is paused with the text locked, a timed clock has no pause") {
  Desk desk;
  desk.openDrill();
  REQUIRE(desk.button("Pause"));
  desk.press(Qt::Key_P, Qt::AltModifier);
  CHECK(desk.view->editor()->isReadOnly());
  desk.press(Qt::Key_P, Qt::AltModifier);
  CHECK_FALSE(desk.view->editor()->isReadOnly());
  QComboBox* clock = desk.box("Clock");
  QMetaObject::invokeMethod(clock, "activated", Q_ARG(int, 1));
  CHECK(clock->currentIndex() == 0);  // it was paused, and stays a practice
  CHECK(desk.context->setting("solve.clock", {}) == "timed");
  REQUIRE(desk.view->session()->isOpen());
  Desk other;
  other.context->setSetting("solve.clock", "timed");
  other.openDrill();
  CHECK(other.box("Clock")->currentIndex() == 1);
  CHECK_FALSE(other.button("Pause"));
  other.press(Qt::Key_P, Qt::AltModifier);
  CHECK(other.view->session()->clockRunning());
}

TEST_CASE("solve: two attempts, or one and the draft, are compared line by line") {
  Desk desk;
  desk.openDrill();
  desk.submit(kDifference);
  desk.submit(kSum);
  auto* table = desk.view->attemptsTable();
  REQUIRE(table->rowCount() == 2);
  table->selectAll();
  desk.press(Qt::Key_D, Qt::ControlModifier);
  auto* compare = desk.view->findChild<gui::AttemptDiffView*>();
  REQUIRE(compare->isVisible());
  CHECK(compare->besides());
  const auto* lines = compare->findChild<QTableWidget*>();
  REQUIRE(lines->rowCount() == 1);
  CHECK(lines->item(0, 2)->text() + "\n" == kDifference);  // the older one on the left
  CHECK(lines->item(0, 4)->text() == "+");
  CHECK(lines->item(0, 5)->text() + "\n" == kSum);
  CHECK(lines->item(0, 2)->background() != lines->item(0, 5)->background());
  QStringList said;
  for (const auto* label : compare->findChildren<QLabel*>()) said.append(label->text());
  CHECK(said.join('\n').contains("wrong answer"));
  CHECK(said.join('\n').contains("accepted"));
  CHECK(said.contains("1 line added, 1 line removed."));
  desk.press(Qt::Key_Escape);
  CHECK_FALSE(compare->isVisible());
  CHECK(desk.view->editor()->hasFocus());
  table->clearSelection();
  desk.view->editor()->setText(QString(kSum) + "-- more\n");
  desk.press(Qt::Key_D, Qt::ControlModifier);
  CHECK(compare->findChild<QTableWidget*>()->rowCount() == 2);
  for (auto* button : compare->findChildren<QPushButton*>())
    if (button->text() == "One column") button->click();
  CHECK_FALSE(compare->besides());
  CHECK(lines->item(1, 3)->text() == "-- more");
  CHECK(lines->item(1, 0)->text().isEmpty());
  CHECK(lines->item(1, 1)->text() == "2");
}

TEST_CASE("compare: N and P go from change to change and around") {
  gui::AttemptDiffView view;
  view.resize(800, 400);
  view.show();
  view.compare({"left", "a\nb\nc\nd\n"}, {"right", "a\nB\nc\nD\n"});
  CHECK_FALSE(view.besides());
  const auto* table = view.findChild<QTableWidget*>();
  QAction* next = view.findChild<QAction*>("nextChange");
  QAction* previous = view.findChild<QAction*>("previousChange");
  CHECK(table->currentRow() == 1);
  next->trigger();
  CHECK(table->currentRow() == 4);
  next->trigger();
  CHECK(table->currentRow() == 1);
  previous->trigger();
  CHECK(table->currentRow() == 4);
}

TEST_CASE("editor: the size of the type is changed by keys, kept, and follows the setting") {
  Desk desk;
  desk.openDrill();
  desk.press(Qt::Key_Plus, Qt::ControlModifier);
  desk.press(Qt::Key_Plus, Qt::ControlModifier);
  desk.press(Qt::Key_Minus, Qt::ControlModifier);
  CHECK(desk.view->editor()->zoom() == 1);
  CHECK(desk.context->setting("editor.zoom", {}) == "1");
  desk.press(Qt::Key_0, Qt::ControlModifier);
  CHECK(desk.context->setting("editor.zoom", {}) == "0");
  desk.context->setSetting("editor.zoom", "5");
  CHECK(desk.view->editor()->zoom() == 5);
  desk.context->setSetting("editor.zoom", "999");
  CHECK(desk.view->editor()->zoom() == 0);  // as Settings shows it
  for (const present::Preference& one : present::preferences())
    if (one.key == "editor.zoom") {
      CHECK(one.least == gui::CodeEditor::kLeastZoom);
      CHECK(one.most == gui::CodeEditor::kMostZoom);
    }
}

TEST_CASE("editor: words of the language's library are offered after three characters") {
  Desk desk;
  desk.openDrill();
  gui::CodeEditor& editor = *desk.view->editor();
  editor.setText("");
  desk.type("setm");
  REQUIRE(editor.isListActive());
  desk.press(Qt::Key_Tab);
  CHECK(editor.text().startsWith("setmetatable"));
  editor.setText("");
  desk.type("setm");
  desk.press(Qt::Key_Return);  // ends the line, and takes nothing
  CHECK(editor.text() == "setm\n");
  editor.setText("");
  desk.type("setm");
  REQUIRE(editor.isListActive());
  desk.press(Qt::Key_Escape);
  CHECK_FALSE(editor.isListActive());
  CHECK(desk.view->isVisible());
  desk.context->setSetting("editor.completion", "off");
  editor.setText("");
  desk.type("setm");
  CHECK_FALSE(editor.isListActive());
  desk.press(Qt::Key_Space, Qt::ControlModifier);
  CHECK((editor.isListActive() || editor.text().startsWith("setmetatable")));
}

TEST_CASE("editor: a language has its words, and an owner its members") {
  const auto offered = [](const char* language, const QStringList& context) {
    QsciLexerLua lexer;
    QStringList list;
    gui::LibraryWords(language, &lexer).updateAutoCompletionList(context, list);
    return list;
  };
  CHECK(offered("lua", {"ipa"}) == QStringList{"ipairs"});
  CHECK(offered("lua", {"table", "un"}) == QStringList{"unpack"});
  CHECK(offered("lua", {"table", ""}).contains("insert"));
  CHECK(offered("lua", {"mine", "un"}).isEmpty());
  CHECK(offered("python", {"heapq", "heapp"}).contains("heappush"));
  CHECK(offered("python", {"enumer"}) == QStringList{"enumerate"});
  CHECK(offered("cpp", {"std", "stable_s"}) == QStringList{"stable_sort"});
  CHECK(offered("cpp", {"unordered_m"}) ==
        QStringList{"unordered_map", "unordered_multimap", "unordered_multiset"});
  CHECK(offered("cobol", {"add"}).isEmpty());
}

TEST_CASE("editor: words are not offered where no screen is, and typing goes on") {
  gui::CodeEditor editor;
  editor.setCompletion(true);
  editor.move(-5000, -5000);
  editor.show();
  for (const char c : std::string("setmetatable table.")) QTest::keyClick(&editor, c);
  editor.completeNow();
  CHECK_FALSE(editor.isListActive());
  CHECK(editor.text() == "setmetatable table.");
  editor.move(0, 0);
  editor.setText("");
  for (const char c : std::string("table.")) QTest::keyClick(&editor, c);
  CHECK(editor.isListActive());
}

TEST_CASE("editor: Vim's keys edit the text, and the page's keys stay the page's") {
  Desk desk;
  desk.context->setSetting("editor.vim", "on");
  desk.openDrill();
  gui::CodeEditor& editor = *desk.view->editor();
  REQUIRE(editor.vim());
  editor.setText("local é = 1\nreturn x\n");
  editor.setCursorPosition(0, 0);
  desk.type("dd");
  CHECK(editor.text() == "return x\n");
  desk.type("u");
  CHECK(editor.text().startsWith("local é = 1\n"));
  editor.setCursorPosition(0, 0);
  desk.type("wcwvalue");
  CHECK(editor.vim()->status() == "INSERT");
  desk.press(Qt::Key_Escape);
  CHECK(editor.vim()->status() == "NORMAL");
  CHECK(editor.text().startsWith("local value = 1\n"));
  desk.press(Qt::Key_R, Qt::ControlModifier);
  desk.type("u");
  CHECK(editor.text().startsWith("local é = 1\n"));
  desk.type("Vy");
  desk.type("p");
  CHECK(editor.text().startsWith("local é = 1\nlocal é = 1\n"));
  desk.press(Qt::Key_Escape);
  CHECK(desk.view->isVisible());  // Esc is Vim's; :q leaves
  editor.setText(kSum);
  desk.pressSubmit();
  CHECK(desk.strip().asks());
  desk.press(Qt::Key_1);
  REQUIRE(test::settled(*desk.context));
  CHECK(desk.view->session()->attempts().size() == 1);
  editor.setFocus();
  desk.type(":q");
  desk.press(Qt::Key_Return);
  CHECK_FALSE(desk.view->isVisible());
  desk.context->setSetting("editor.vim", "off");
  CHECK_FALSE(editor.vim());
}

TEST_CASE("editor: back at the starter, the text can be had again") {
  Desk desk;
  desk.openDrill();
  gui::CodeEditor& editor = *desk.view->editor();
  const QString starter = editor.text();
  editor.setText("-- mine\n");
  desk.view->findChild<QAction*>("resetToStarter")->trigger();
  CHECK(editor.text() == starter);
  desk.press(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
  CHECK(editor.text() == "-- mine\n");
}

TEST_CASE("solve: every action has a text and a name, and time and memory have bars") {
  Desk desk;
  desk.openDrill();
  for (const QWidget* part : std::initializer_list<QWidget*>{
           desk.view, desk.view->findChild<gui::EditorPane*>(), &desk.strip()})
    for (const QAction* action : part->actions()) {
      INFO(action->objectName().toStdString());
      CHECK_FALSE(action->text().isEmpty());
      CHECK_FALSE(action->objectName().isEmpty());
    }
  desk.submit(kSum);
  double most = 0;
  for (const auto* table : desk.view->findChildren<QTableWidget*>())
    for (int row = 0; table->accessibleName() == "Cases" && row < table->rowCount(); ++row)
      most = std::max(most, table->item(row, 2)->data(gui::MeasureBar::kShareRole).toDouble());
  CHECK(most == 1.0);
}

TEST_CASE("drills page: filters by what became of a drill, in a language or in any") {
  Desk desk;
  REQUIRE(desk.window->openPage("drills"));
  REQUIRE(test::settled(*desk.context));
  practice::Attempt solved;
  solved.drill = "add-two", solved.verdict = "AC", solved.language = "python";
  solved.submitted_at = practice::system_seconds() - 8 * 24 * 3600;
  REQUIRE(practice::add_attempt(desk.context->database(), solved));
  emit desk.context->recorded();
  QComboBox* outcome = desk.box("Solved or not");
  const std::vector<int> expected = {3, 2, 2, 1, 1};
  for (int state = 0; state < 5; ++state) {
    outcome->setCurrentIndex(state);
    INFO(outcome->currentText().toStdString());
    CHECK(desk.drills() == expected[static_cast<std::size_t>(state)]);
  }
  QComboBox* language = desk.box("Language that they were solved in");
  language->setCurrentIndex(language->findData("lua"));
  CHECK(desk.drills() == 0);
  language->setCurrentIndex(language->findData("python"));
  CHECK(desk.drills() == 1);
}

TEST_CASE("drills page: after a crash it offers to go on, and remembers a skip") {
  Desk desk;
  REQUIRE(practice::save_draft(desk.context->database(), "add-two", "lua", {"-- half", 0, 1}));
  present::keepSitting(*desk.context,
                       {.drill = "add-two", .language = "lua", .elapsedMs = 20'000, .pauses = {}});
  present::noticeBrokenSitting(*desk.context);
  REQUIRE(desk.window->openPage("drills"));
  REQUIRE(test::settled(*desk.context));
  REQUIRE(desk.button("Go on"));
  desk.button("Go on")->click();
  REQUIRE(waitFor([&] { return desk.view->session()->isOpen(); }));
  CHECK(desk.view->editor()->text() == "-- half");
  CHECK(desk.view->session()->secondsLeft() <= 40);
  REQUIRE(desk.window->openPage("today"));
  CHECK_FALSE(desk.button("Go on"));
  present::keepSitting(*desk.context, {.drill = "add-two", .language = "lua", .pauses = {}});
  present::noticeBrokenSitting(*desk.context);
  REQUIRE(desk.button("Skip"));  // on Today, too
  desk.button("Skip")->click();
  CHECK_FALSE(desk.button("Skip"));
  CHECK_FALSE(present::resumeOffer(*desk.context));
}
