// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of states that no flag of the program reaches: a compile error, a verdict, a kept case.
// Not a test of its own accord; tests/e2e/screenshot.sh runs it with REHEARSE_SHOTS set to a
// folder.
#include <QAction>
#include <QTemporaryDir>
#include <QtTest/QTest>
#include <catch2/catch.hpp>

#include "app/gui/attempts_table.hpp"
#include "app/gui/code_editor.hpp"
#include "app/gui/designs_page.hpp"
#include "app/gui/files_page.hpp"
#include "app/gui/main_window.hpp"
#include "app/gui/probability_strip.hpp"
#include "app/gui/solve_view.hpp"
#include "app/gui/trail_dialog.hpp"
#include "app/gui/triage_view.hpp"
#include "app/plots/figure_view.hpp"
#include "app/present/sitting.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using rehearse::test::waitFor;

namespace {

const char* kLongError = R"(#include <map>
#include <string>
#include <vector>

class HitCounter {
 public:
  explicit HitCounter(long long window_s) : window_s_(window_s) {}
  void hit(long long at_s) { times_[at_s] = std::vector<std::string>{1.5, at_s, *this}; }
  long long count(long long now_s) { return times_.lower_bound(now_s - window_s_); }

 private:
  long long window_s_;
  std::map<long long, long long> times_;
};
)";

const char* kAccepted = R"(#include <deque>
#include <utility>

// Hits of the last `window_s` seconds; hits of the same second share an entry.
class HitCounter {
 public:
  explicit HitCounter(long long window_s) : window_s_(window_s) {}

  void hit(long long at_s) {
    latest_ = std::max(latest_, at_s);
    if (hits_.empty() || hits_.back().first != latest_) hits_.emplace_back(latest_, 0);
    ++hits_.back().second;
    ++total_;
    drop(latest_);
  }

  long long count(long long now_s) {
    latest_ = std::max(latest_, now_s);
    drop(latest_);
    return total_;
  }

 private:
  void drop(long long now_s) {
    while (!hits_.empty() && hits_.front().first <= now_s - window_s_) {
      total_ -= hits_.front().second;
      hits_.pop_front();
    }
  }

  long long window_s_, latest_ = 0, total_ = 0;
  std::deque<std::pair<long long, long long>> hits_;
};
)";

class Camera {
 public:
  Camera(const QString& theme, QSize size)
      : m_folder(qEnvironmentVariable("REHEARSE_SHOTS")),
        m_ending(QString("-%1-%2x%3.png").arg(theme).arg(size.width()).arg(size.height())) {
    auto context = present::AppContext::open(m_home.path().toStdString());
    if (!context) FAIL(context.error().message);
    m_context = std::move(*context);
    m_window = std::make_unique<gui::MainWindow>(*m_context);
    m_window->setThemeByName(theme);
    m_window->resize(size);
    m_window->show();
    REQUIRE(QTest::qWaitForWindowExposed(m_window.get()));
  }
  void shoot(const QString& name) {
    REQUIRE(test::settled(*m_context));
    shoot(*m_window, name);
  }
  // Once what is laid out in several rounds looks the same twice.
  void shoot(QWidget& widget, const QString& name) {
    QImage before, now;
    REQUIRE(waitFor([&] {
      before = std::exchange(now, widget.grab().toImage());
      return now == before;
    }));
    CHECK(now.save(m_folder + "/" + name + m_ending));
  }
  gui::MainWindow& window() { return *m_window; }
  present::AppContext& context() { return *m_context; }
  void open(const QString& page) { REQUIRE(m_window->openPage(page)); }
  gui::SolveView& solves(const QString& drill, const char* language, const char* text) {
    open("drill:" + drill);
    auto* view = m_window->findChild<gui::SolveView*>();
    REQUIRE(waitFor([&] { return view->session()->isOpen(); }));
    view->session()->setLanguage(language);
    if (text) view->editor()->setText(text);
    return *view;
  }

 private:
  QTemporaryDir m_home;
  QString m_folder, m_ending;
  std::unique_ptr<present::AppContext> m_context;
  std::unique_ptr<gui::MainWindow> m_window;
};

QString writeScores(const QTemporaryDir& folder) {
  QByteArray text = "time,device,label,score\n";
  for (int i = 0; i < 6000; ++i) {
    const int hash = (i * 7919) % 1000;
    const double p = 0.01 + 0.00012 * hash;
    text += "2026-06-15," + QByteArray(i % 3 ? "web" : "ios") + "," +
            ((i * 104729) % 10007 < p * 10007 ? "1" : "0") + "," +
            QByteArray::number(p * (i % 3 ? 1.0 : 1.8), 'g', 6) + "\n";
  }
  test::writeFile(folder.filePath("scores.csv"), text);
  return folder.filePath("scores.csv");
}

void shootDesigns(const QString& theme, QSize size) {
  Camera camera(theme, size);
  camera.open("designs");
  camera.shoot("designs");
  camera.open("design:click-calibration");
  camera.shoot("design-click-calibration");
  auto* page = camera.window().findChild<gui::DesignsPage*>();
  REQUIRE(waitFor([&] {
    page->stepThrough();
    return page->findChild<gui::TrailDialog*>() != nullptr;
  }));
  auto* trail = page->findChild<gui::TrailDialog*>();
  REQUIRE(
      waitFor([&] { return trail->findChild<plots::FigureView*>()->figure().data.rows() > 0; }));
  camera.shoot(*trail, "trail");
  trail->close();
  camera.open("files");
  camera.shoot("files-empty");
  const QTemporaryDir folder;
  auto* files = camera.window().findChild<gui::FilesPage*>();
  files->openFile(writeScores(folder));
  REQUIRE(waitFor([&] { return files->session()->isOpen(); }));
  const analysis::Analysis* calibration = analysis::find("calibration");
  REQUIRE(calibration);
  files->session()->ask(*calibration, files->session()->guesses(*calibration));
  REQUIRE(waitFor([&] { return files->session()->answer() != nullptr; }));
  camera.shoot("files-answer");
}

// A few probes are asked, then whatever stands first is committed.
void shootTriage(const QString& theme, QSize size) {
  Camera camera(theme, size);
  camera.open("design:incident-null-feature");
  auto* view = camera.window().findChild<gui::TriageView*>();
  const auto ready = [&] { return view->session()->isOpen() && !view->session()->running(); };
  REQUIRE(waitFor(ready));
  view->session()->open(QString(REHEARSE_SOURCE_DIR) + "/designs/incident-null-feature.lua", 3);
  REQUIRE(waitFor(ready));
  camera.shoot("triage-paged");
  const auto probes = view->session()->probes();
  for (int i = 0; i < 2; ++i) view->session()->probe(probes[i].name);
  camera.shoot("triage-probed");
  view->session()->commit(
      view->session()->diagnoses()[0], view->session()->actions()[0].name,
      "Clicks are down 12% since 14:00. A feature is missing; why is not known. "
      "We look at the upstream table next. Next update at 15:30.");
  REQUIRE(waitFor([&] { return view->session()->debrief() != nullptr; }));
  camera.shoot("triage-debrief");
  camera.open("progress");
  camera.shoot("progress-incident");
}

// What surrounds solving: how sure, a comparison, Vim's keys, offered words, going on.
void shootTools(const QString& theme, QSize size) {
  Camera camera(theme, size);
  gui::SolveView& view = camera.solves("hits-in-window", "cpp", nullptr);
  view.editor()->setText(QString(kAccepted).replace("<= now_s -", "< now_s -"));
  view.session()->submit(0.8);
  REQUIRE(waitFor([&] { return view.session()->attempts().size() == 1; }));
  view.editor()->setText(kAccepted);
  view.findChild<QAction*>("submit")->trigger();
  camera.shoot("solve-how-sure");
  view.session()->submit(0.95);
  REQUIRE(waitFor([&] { return view.session()->attempts().size() == 2; }));
  view.findChild<gui::ProbabilityStrip*>()->withdraw();
  view.attemptsTable()->selectRow(0);
  camera.shoot("solve-accepted-cases");
  view.attemptsTable()->selectAll();
  view.compareChosen();
  camera.shoot("solve-compare");
  view.findChild<QAction*>("escape")->trigger();
  camera.context().setSetting("editor.vim", "on");
  view.findChild<QAction*>("resetToStarter")->trigger();
  camera.shoot("solve-vim-undo");
  present::keepSitting(camera.context(), {.drill = "hits-in-window",
                                          .language = "cpp",
                                          .savedAt = 7,
                                          .aliveAt = 10,
                                          .secondsLeft = 872,
                                          .pauses = {}});
  REQUIRE(practice::save_draft(camera.context().database(), "hits-in-window", "cpp", {"//", 0, 7}));
  present::noticeBrokenSitting(camera.context());
  view.findChild<QAction*>("escape")->trigger();
  camera.shoot("drills-go-on");
}

void shootAll(const QString& theme, QSize size) {
  Camera camera(theme, size);
  camera.open("drills");
  camera.shoot("drills");
  if (camera.window().openPage("set:daily")) camera.shoot("drills-set");
  gui::SolveView& view = camera.solves("hits-in-window", "cpp", nullptr);
  camera.shoot("solve-starter");
  view.editor()->setText(kLongError);
  view.session()->submit();
  camera.shoot("solve-compile-error");
  view.trial()->stress();
  camera.shoot("solve-stress-compile-error");
  view.editor()->setText(QString(kAccepted).replace("<= now_s -", "< now_s -"));
  view.session()->submit();
  camera.shoot("solve-wrong");
  view.trial()->runInput("new = { 10 }, calls = { { \"hit\", 1 }, { \"count\", 11 } }");
  camera.shoot("solve-own-input");
  view.trial()->keepCase("new = { 10 }, calls = { { \"hit\", 1 }, { \"count\", 11 } }");
  camera.shoot("solve-own-kept");
  view.trial()->stress();
  camera.shoot("solve-stress-found");
  view.editor()->setText(kAccepted);
  view.session()->submit();
  camera.shoot("solve-accepted");
  camera.open("today");
  camera.shoot("today");
}

}  // namespace

TEST_CASE("shots: of what is reached by typing", "[.shots]") {
  REQUIRE(!qEnvironmentVariableIsEmpty("REHEARSE_SHOTS"));
  if (!qEnvironmentVariableIsSet("REHEARSE_DATA")) qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  for (const char* theme : {"light", "dark"})
    for (const QSize size : {QSize(1024, 640), QSize(1440, 900)}) shootAll(theme, size);
}

TEST_CASE("shots: of what surrounds solving", "[.shots][solve]") {
  REQUIRE(!qEnvironmentVariableIsEmpty("REHEARSE_SHOTS"));
  if (!qEnvironmentVariableIsSet("REHEARSE_DATA")) qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  for (const char* theme : {"light", "dark"})
    for (const QSize size : {QSize(1024, 640), QSize(1440, 900)}) shootTools(theme, size);
}

TEST_CASE("shots: of designs, arithmetic and files", "[.shots]") {
  REQUIRE(!qEnvironmentVariableIsEmpty("REHEARSE_SHOTS"));
  if (!qEnvironmentVariableIsSet("REHEARSE_DATA")) qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  for (const char* theme : {"light", "dark"})
    for (const QSize size : {QSize(1024, 640), QSize(1440, 900)}) shootDesigns(theme, size);
}

TEST_CASE("shots: of an incident that is played", "[.shots]") {
  REQUIRE(!qEnvironmentVariableIsEmpty("REHEARSE_SHOTS"));
  if (!qEnvironmentVariableIsSet("REHEARSE_DATA")) qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  for (const char* theme : {"light", "dark"})
    for (const QSize size : {QSize(1024, 640), QSize(1440, 900)}) shootTriage(theme, size);
}
