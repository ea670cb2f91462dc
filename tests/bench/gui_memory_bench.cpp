// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: app/gui app/plots engine/steps
//
// The memory of the window over an hour's worth of use, made short: pages visited, designs opened
// and their sliders moved, drills run and submitted, the theme changed. Named on the command line,
// a number says how many rounds (default 3); what a round adds once all was opened is a leak.
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include "app/gui/main_window.hpp"
#include "app/present/app_context.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

constexpr int kMostWaitMs = 20000, kMovesOfASlider = 3, kSlidersMoved = 3;

double resident_mb() {
  QFile status("/proc/self/status");
  if (!status.open(QIODevice::ReadOnly)) return 0;
  for (const QByteArray& line : status.readAll().split('\n'))
    if (line.startsWith("VmRSS:"))
      return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
  return 0;
}

void settle(const present::AppContext& context) {
  QElapsedTimer time;
  time.start();
  int quiet = 0;
  while (quiet < 5 && time.elapsed() < kMostWaitMs) {
    QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    quiet = context.busy() ? 0 : quiet + 1;
    QTest::qWait(5);
  }
}

void open(gui::MainWindow& window, const present::AppContext& context, const QString& page) {
  if (!window.openPage(page)) fmt::print("there is no page {}\n", page.toStdString());
  settle(context);
}

void explore(gui::MainWindow& window, const present::AppContext& context) {
  int moved = 0;
  for (const QPointer<QSlider> slider : window.findChildren<QSlider*>()) {
    if (!slider || !slider->isVisible() || ++moved > kSlidersMoved) continue;
    for (int i = 1; i <= kMovesOfASlider && slider; ++i) {
      slider->setValue(slider->minimum() +
                       i * (slider->maximum() - slider->minimum()) / (kMovesOfASlider + 1));
      settle(context);
    }
  }
}

void round(gui::MainWindow& window, const present::AppContext& context) {
  for (const char* design :
       {"click-calibration", "feature-drift", "cold-start", "late-clicks", "leakage-hunt",
        "alert-tuning", "novelty-fades", "labels-on-their-way"}) {
    open(window, context, QString("design:") + design);
    explore(window, context);
  }
  for (const char* drill : {"count-islands", "fewest-rooms", "lru-cache", "running-median"}) {
    open(window, context, QString("drill:") + drill);
    QTest::keyClick(window.windowHandle(), Qt::Key_Return, Qt::ControlModifier);
    settle(context);
    QTest::keyClick(window.windowHandle(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    settle(context);
  }
  for (int i = 0; i < 10; ++i)
    for (const char* page : {"today", "drills", "designs", "study", "progress", "files"})
      open(window, context, page);
  for (const char* theme : {"dark", "light"}) {
    window.setThemeByName(theme);
    settle(context);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  QApplication app(argc, argv);
  QApplication::setFont(plots::textFont(plots::kTextPx));
  const QTemporaryDir home;
  auto context = present::AppContext::open(home.path().toStdString());
  if (!context) {
    fmt::print("{}\n", context.error().message);
    return 1;
  }
  gui::MainWindow window(**context);
  window.resize(1440, 900);
  window.show();
  window.activateWindow();
  settle(**context);
  bench::line("resident, the window shown", resident_mb(), "MB");
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 3;
  for (int i = 1; i <= rounds; ++i) {
    const double seconds = bench::seconds([&] { round(window, **context); });
    bench::line(fmt::format("resident after round {} ({:.0f} s)", i, seconds), resident_mb(), "MB",
                bench::at_most(300));
  }
}
