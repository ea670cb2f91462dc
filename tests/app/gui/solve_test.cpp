// SPDX-License-Identifier: GPL-3.0-or-later
//
// Solving in the window: languages, own inputs, stress and sets.
#include <Qsci/qscilexer.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QtTest/QTest>
#include <catch2/catch.hpp>

#include "app/gui/attempts_table.hpp"
#include "app/gui/code_editor.hpp"
#include "app/gui/drills_page.hpp"
#include "app/gui/language_box.hpp"
#include "app/gui/main_window.hpp"
#include "app/gui/mono_text.hpp"
#include "app/gui/own_input_strip.hpp"
#include "app/gui/results_view.hpp"
#include "app/gui/solve_view.hpp"
#include "drills/judge/languages.hpp"
#include "tests/app/sets_of_drills.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

struct Solving {
  test::Product product;
  std::unique_ptr<present::AppContext> context;
  std::unique_ptr<gui::MainWindow> window;
  gui::SolveView* view = nullptr;

  Solving() {
    test::writeSets(product);
    context = product.open();
    context->setSetting("solve.ask_probability", "off");
    window = std::make_unique<gui::MainWindow>(*context);
    window->resize(1024, 640);
    window->show();
    REQUIRE(QTest::qWaitForWindowExposed(window.get()));
    view = window->findChild<gui::SolveView*>();
  }
  void openDrill() {
    REQUIRE(window->openPage("drill:add-two"));
    REQUIRE(waitFor([&] { return view->session()->isOpen() && view->editor()->hasFocus(); }));
  }
  void settle() { REQUIRE(test::settled(*context)); }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(window->windowHandle(), key, modifiers);
  }
  bool shows(const QString& text) const {
    for (const auto* label : view->findChild<gui::ResultsView*>()->findChildren<QLabel*>())
      if (label->text().contains(text)) return true;
    for (const auto* mono : view->findChild<gui::ResultsView*>()->findChildren<gui::MonoText*>())
      if (mono->toPlainText().contains(text)) return true;
    return false;
  }
  QStringList titles() const {
    QStringList list;
    for (const auto* table : window->findChildren<QTableView*>())
      if (table->accessibleName() == "Drills")
        for (int row = 0; row < table->model()->rowCount(); ++row)
          list.append(table->model()->index(row, 1).data().toString());
    return list;
  }
};

}  // namespace

TEST_CASE("solve: a language that is lacking cannot be chosen and says why") {
  gui::LanguageBox box;
  box.setChoices({{"lua", "Lua 5.4", ""}, {"cobol", "COBOL", "install a compiler of COBOL"}});
  CHECK(box.has("lua"));
  CHECK_FALSE(box.has("cobol"));
  CHECK(box.count() == 2);
  CHECK(box.itemData(1, Qt::ToolTipRole).toString() == "install a compiler of COBOL");
}

TEST_CASE("solve: C++ has its starter, its error in full, and is accepted") {
  if (judge::find_language("cpp")->version().empty()) return;
  Solving opened;
  opened.openDrill();
  REQUIRE(opened.view->session()->setLanguage("cpp"));
  CHECK(opened.view->editor()->text().contains("long long add("));
  CHECK(QString(opened.view->editor()->lexer()->language()) == "C++");
  opened.view->editor()->setText("long long add(long long a, long long b) { return a + missing; }");
  bool told = false;
  QObject::connect(opened.view->session(), &present::DrillSession::compiling, opened.view, [&] {
    for (const auto* label : opened.view->findChildren<QLabel*>())
      told = told || (label->isVisible() && label->text() == "compiling…");
  });
  opened.press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
  opened.settle();
  CHECK(told);
  CHECK(opened.shows("was not declared in this scope"));
  const auto* said = opened.view->findChild<gui::ResultsView*>()->findChild<gui::MonoText*>();
  REQUIRE(said);
  CHECK(said->textInteractionFlags() & Qt::TextSelectableByMouse);
  CHECK(said->document()->size().height() <= said->height());
  opened.view->editor()->setText("long long add(long long a, long long b) { return a + b; }");
  opened.press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
  opened.settle();
  CHECK(opened.shows("Accepted"));
}

TEST_CASE("solve: lines become comments and code again, in each language") {
  gui::CodeEditor editor;
  for (const auto& [language, mark] :
       {std::pair{"lua", "-- "}, std::pair{"python", "# "}, std::pair{"cpp", "// "}}) {
    editor.setLanguage(language);
    editor.setText("  one\n\n    two\nthree");
    editor.setSelection(0, 3, 3, 0);
    editor.toggleComment();
    CHECK(editor.text() == QString("  %1one\n\n  %1  two\nthree").arg(mark));
    editor.setSelection(0, 0, 2, 3);
    editor.toggleComment();
    CHECK(editor.text() == "  one\n\n    two\nthree");
    editor.setCursorPosition(3, 2);
    editor.toggleComment();
    CHECK(editor.text() == QString("  one\n\n    two\n%1three").arg(mark));
  }
}

TEST_CASE("solve: an own input is typed, tried and kept by keyboard, and judged from then on") {
  Solving opened;
  opened.openDrill();
  opened.view->editor()->setText("function add(a, b) return math.abs(a) + b end");
  opened.press(Qt::Key_I, Qt::ControlModifier);
  auto* line = qobject_cast<QLineEdit*>(opened.window->focusWidget());
  REQUIRE(line);
  CHECK(line->accessibleName() == "Own input");
  for (const char c : std::string("-5, 7")) QTest::keyClick(opened.window->windowHandle(), c);
  opened.press(Qt::Key_Return);
  opened.settle();
  CHECK(opened.shows("Wrong answer · your own input"));
  CHECK(opened.shows("12"));
  opened.press(Qt::Key_K, Qt::ControlModifier);
  opened.settle();
  CHECK(opened.shows("Kept as a case of your own"));
  opened.press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
  opened.settle();
  const auto* cases = opened.view->findChild<gui::ResultsView*>()->findChild<QTableWidget*>();
  REQUIRE(cases);
  CHECK(cases->item(cases->rowCount() - 1, 0)->text() == "own: line 2");
}

TEST_CASE("solve: stress runs behind a Stop, and Esc ends it") {
  Solving opened;
  opened.openDrill();
  opened.view->editor()->setText("function add(a, b) while true do end end");
  opened.view->trial()->stress(1000);
  CHECK(opened.view->trial()->running());
  opened.press(Qt::Key_Escape);
  opened.settle();
  CHECK(opened.view->isVisible());
  CHECK(opened.shows("Stopped."));
  opened.view->editor()->setText("function add(a, b) return a - b end");
  opened.view->trial()->stress(5);
  opened.settle();
  CHECK(opened.shows("found by stress"));
}

TEST_CASE("drills page: a set shows its drills in its order, and the day's set is offered") {
  Solving opened;
  REQUIRE(opened.window->openPage("drills"));
  opened.settle();
  CHECK(opened.titles().size() == 3);
  REQUIRE(opened.window->openPage("set:sums"));
  opened.settle();
  CHECK(opened.titles() == QStringList{"Add three", "Add two numbers"});
  CHECK_FALSE(opened.window->openPage("set:nothing"));
  REQUIRE(opened.window->openPage("set:daily"));
  CHECK(opened.titles() == QStringList{"Add three", "Add two numbers"});
  for (auto* box : opened.window->findChild<gui::DrillsPage*>()->findChildren<QComboBox*>())
    if (box->accessibleName() == "Set") box->setCurrentIndex(0);
  CHECK(opened.titles().size() == 3);
}

TEST_CASE("drills page: without a file of sets there is no such filter") {
  test::Product product;
  const auto context = product.open();
  gui::MainWindow window(*context);
  window.show();
  window.openPage("drills");
  REQUIRE(waitFor([&] { return !context->busy(); }));
  for (const auto* box : window.findChild<gui::DrillsPage*>()->findChildren<QComboBox*>())
    CHECK((box->accessibleName() != "Set" || !box->isVisible()));
}

TEST_CASE("solve: a drill of one's own that cannot be read is told with its file") {
  test::Product product;
  const QString path = product.path("home/drills/mine/broken.lua");
  test::writeFile(path, "return drill {");
  const auto context = product.open();
  gui::MainWindow window(*context);
  REQUIRE(window.openPage("drill:broken"));
  const auto says = [&](const QString& text) {
    for (const auto* label : window.findChild<gui::SolveView*>()->findChildren<QLabel*>())
      if (label->text().contains(text)) return true;
    return false;
  };
  CHECK(waitFor([&] { return says(path + ":1:"); }));
  CHECK(says("No drill is open"));
}
