// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window by keyboard alone, and what must hold of every page: names for those who do not see,
// nothing cut.
#include "app/gui/main_window.hpp"

#include <Qsci/qscilexer.h>

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTest>
#include <QTextEdit>
#include <catch2/catch.hpp>
#include <set>

#include "app/gui/code_editor.hpp"
#include "app/gui/drills_page.hpp"
#include "app/gui/solve_view.hpp"
#include "app/gui/study_page.hpp"
#include "app/plots/figure_view.hpp"
#include "app/practice/reviews.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

const char* kDesign = R"(design "Small" { asks = "Does it fit?", seed = 5 }
chapter "One" [[
A first paragraph of some length, so that it wraps in any window that a person would use.

A second one.
]]
local rate = slider("base click rate", 0.05, { 0.01, 0.2, scale = "log", unit = "%" })
local method = choice("calibration", "platt", { "none", "platt" })
local log = source("impressions", simulate.impressions { users = 80, days = 8, sessions_per_day = 1, base_ctr = rate }, { "time", "click" })
local past, live = log:split { days = { 5 }, as = "past, live" }
local model = train.ftrl { past, as = "model" }
local fixed = calibrate[method] { model, on = past, as = "fixed" }
show.line { log, y = "click", by = "day", truth = "click_probability", title = "Clicks", x_title = "day", y_title = "rate", see = "a sentence long enough to need two lines in a narrow window, as many of them do" }
show.reliability { model, fixed, on = live, truth = true, title = "Reliability", see = "s" }
chapter "Two" "More."
show.number { fixed, on = live, metrics = { "log_loss", "ece" }, title = "Numbers", see = "s" }
show.line { log, y = "click", by = "day", title = "Again", see = "s" }
)";

struct Opened {
  std::unique_ptr<test::Product> product;  // where the test made one
  std::unique_ptr<present::AppContext> context;
  std::unique_ptr<gui::MainWindow> window;

  explicit Opened(QSize size = {1440, 900}) : product(std::make_unique<test::Product>()) {
    test::writeFile(product->path("product/designs/small.lua"), kDesign);
    context = product->open();
    show(size);
  }
  Opened(QSize size, std::unique_ptr<present::AppContext> of) : context(std::move(of)) {
    show(size);
  }
  void show(QSize size) {
    window = std::make_unique<gui::MainWindow>(*context);
    window->resize(size);
    window->show();
    REQUIRE(QTest::qWaitForWindowExposed(window.get()));
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const {
    QTest::keyClick(window->windowHandle(), key, modifiers);
  }
  void type(const char* text) const {
    for (const char* c = text; *c; ++c) QTest::keyClick(window->windowHandle(), *c);
  }
  gui::Page* page() const {
    return static_cast<gui::Page*>(window->findChild<QStackedWidget*>("pages")->currentWidget());
  }
  void open(const QString& name) const {
    window->openPage(name);
    settle();
  }
  void settle() const { REQUIRE(test::settled(*context)); }
};

gui::SolveView& opensDrill(const Opened& opened) {
  opened.open("drill:add-two");
  auto* view = opened.window->findChild<gui::SolveView*>();
  REQUIRE(waitFor([&] { return view->session()->isOpen(); }));
  REQUIRE(waitFor([&] { return view->editor()->hasFocus(); }));
  return *view;
}

}  // namespace

TEST_CASE("window: Ctrl and a number open the five pages") {
  Opened opened;
  std::vector<gui::Page*> pages;
  for (const Qt::Key key : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5}) {
    opened.press(key, Qt::ControlModifier);
    pages.push_back(opened.page());
  }
  CHECK(std::set(pages.begin(), pages.end()).size() == 5);
  opened.press(Qt::Key_1, Qt::ControlModifier);
  CHECK(opened.page() == pages.front());
}

TEST_CASE("window: a page is opened by checking its button, as a screen reader does") {
  Opened opened;
  for (auto* button : opened.window->findChildren<QAbstractButton*>("rail"))
    if (button->accessibleName() == "Study") button->setChecked(true);
  CHECK(opened.page() == opened.window->findChild<gui::StudyPage*>());
}

TEST_CASE("window: Ctrl+T switches the theme, and the next start remembers it") {
  Opened opened;
  const bool dark = opened.window->theme().dark;
  opened.press(Qt::Key_T, Qt::ControlModifier);
  CHECK(opened.window->theme().dark != dark);
  gui::MainWindow again(*opened.context);
  CHECK(again.theme().dark != dark);
}

TEST_CASE("window: another theme reaches every page, the one in front first") {
  Opened opened;
  opened.open("design:small");
  const auto pages = opened.window->findChildren<gui::Page*>();
  REQUIRE(pages.size() == 7);
  REQUIRE(waitFor([&] {
    return std::all_of(pages.begin(), pages.end(), [&](const gui::Page* page) {
      return page->styleSheet() == gui::styleSheet(opened.window->theme());
    });
  }));
  opened.press(Qt::Key_T, Qt::ControlModifier);
  const QString sheet = gui::styleSheet(opened.window->theme());
  CHECK(opened.page()->styleSheet() == sheet);
  for (gui::Page* page : pages) {
    INFO(page->metaObject()->className());
    CHECK(waitFor([&] { return page->styleSheet() == sheet; }));
  }
  const auto* editor = opened.window->findChild<gui::CodeEditor*>();
  CHECK(waitFor([&] { return editor->lexer()->paper(0) == opened.window->theme().surface; }));
}

TEST_CASE("window: a design is left by Esc and opened again by Space") {
  Opened opened;
  opened.open("design:small");
  opened.press(Qt::Key_Escape);
  auto* open = qobject_cast<QAbstractButton*>(opened.window->focusWidget());
  REQUIRE(open);
  CHECK(open->accessibleName() == "Open Small");
  opened.press(Qt::Key_Space);
  opened.settle();
  CHECK_FALSE(open->isVisible());
  REQUIRE(opened.window->focusWidget());
  CHECK(opened.window->focusWidget()->accessibleName() == "The story");
}

TEST_CASE("window: a page that there is not is refused, and the one in front stays") {
  Opened opened;
  opened.open("study");
  const gui::Page* front = opened.page();
  for (const char* name : {"", "nowhere", "drill:", "drill:none", "design:none", "today:x"}) {
    INFO(name);
    CHECK_FALSE(opened.window->openPage(name));
    CHECK(opened.page() == front);
  }
}

TEST_CASE("window: a drill is typed, run, submitted and left by keyboard") {
  Opened opened;
  gui::SolveView& view = opensDrill(opened);
  std::optional<judge::SubmissionReport> report;
  bool examples = false;
  QObject::connect(view.session(), &present::DrillSession::judged, &view,
                   [&](const judge::SubmissionReport& got, bool only) {
                     report = got;
                     examples = only;
                   });
  opened.press(Qt::Key_A, Qt::ControlModifier);
  opened.type("function add(a, b) return a + b end");
  opened.press(Qt::Key_Return, Qt::ControlModifier);
  REQUIRE(waitFor([&] { return report.has_value(); }));
  CHECK(examples);
  CHECK(report->accepted());
  report.reset();
  opened.press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
  opened.press(Qt::Key_5);  // 90 % sure
  REQUIRE(waitFor([&] { return report.has_value(); }));
  CHECK_FALSE(examples);
  CHECK(report->accepted());
  CHECK(view.session()->attempts().size() == 1);
  opened.press(Qt::Key_Escape);
  CHECK_FALSE(view.isVisible());
}

TEST_CASE("window: what is typed is a draft at the next start") {
  Opened opened;
  opensDrill(opened);
  opened.type("-- mine");
  opened.window->close();
  gui::MainWindow again(*opened.context);
  again.show();
  again.openPage("drill:add-two");
  auto* view = again.findChild<gui::SolveView*>();
  REQUIRE(waitFor([&] { return view->session()->isOpen(); }));
  CHECK(view->editor()->text().startsWith("-- mine"));
}

TEST_CASE("window: a card is answered, graded and taken back by keyboard") {
  Opened opened;
  opened.press(Qt::Key_4, Qt::ControlModifier);
  opened.settle();
  const auto total = [&] {
    const auto reviews = practice::reviews(opened.context->database());
    REQUIRE(reviews);
    return reviews->size();
  };
  REQUIRE(total() == 0);
  // However many questions the card has, Enter goes on to the grades and 3 is "good".
  for (int i = 0; i < 8 && total() == 0; ++i) {
    opened.press(Qt::Key_Return);
    opened.press(Qt::Key_3);
  }
  CHECK(total() == 1);
  opened.press(Qt::Key_Z, Qt::ControlModifier);
  CHECK(total() == 0);
}

TEST_CASE("window: everything that takes the focus has a name") {
  Opened opened;
  for (const char* name : {"today", "drills", "drill:add-two", "designs", "design:small", "study",
                           "progress", "files", "settings"}) {
    opened.open(name);
    for (const QWidget* widget : opened.window->findChildren<QWidget*>()) {
      if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
      if (qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())) continue;  // a part of it
      const auto* button = qobject_cast<const QAbstractButton*>(widget);
      const bool named =
          !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
      INFO(name << ": " << widget->metaObject()->className() << " "
                << widget->objectName().toStdString() << " in "
                << widget->parentWidget()->metaObject()->className());
      CHECK(named);
    }
  }
}

void checkNothingCut(const Opened& opened, const QString& design) {
  opened.open("design:" + design);
  for (const auto* area : opened.page()->findChildren<QScrollArea*>())
    if (area->accessibleName() == "The story") {
      INFO(design.toStdString() << " " << opened.window->width());
      CHECK(area->horizontalScrollBar()->maximum() == 0);
    }
  QList<plots::FigureView*> figures;
  REQUIRE(waitFor([&] {
    figures = opened.page()->findChildren<plots::FigureView*>();
    return figures.size() >= 4 &&
           std::all_of(figures.begin(), figures.end(),
                       [](const auto* figure) { return figure->figure().data.rows() > 0; });
  }));
  opened.settle();
  for (const plots::FigureView* figure : figures) {
    INFO(design.toStdString() << " " << opened.window->width() << ": " << figure->figure().title);
    const QRect row = figure->parentWidget()->rect();
    CHECK(figure->height() >= figure->heightForWidth(figure->width()));
    CHECK(figure->height() >= figure->minimumHeight());
    CHECK(row.contains(figure->geometry()));
    CHECK(figure->mapTo(opened.window.get(), QPoint(figure->width(), 0)).x() <=
          opened.window->width());
  }
}

TEST_CASE("window: no figure of a story is cut, at any size") {
  for (const QSize size : {QSize(1024, 640), QSize(1440, 900), QSize(3840, 2160)}) {
    Opened opened(size);
    checkNothingCut(opened, "small");
  }
}

TEST_CASE("window: nor in the designs that come with the product") {
  const test::Product product;
  qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  for (const char* design : {"click-calibration", "feature-drift"}) {
    Opened opened({1440, 2400}, product.open());
    checkNothingCut(opened, design);
  }
}
