// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: app/gui app/plots engine/steps
//
// The longest stretch for which the window's thread answers nobody, over a session as a candidate
// has one: pages, a design with its knobs dragged, a drill typed, run and submitted, cards graded.
// Painting is by the processor, off screen; the peer is an empty window that paints itself.
#include <QApplication>
#include <QElapsedTimer>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <thread>

#include "app/gui/main_window.hpp"
#include "app/present/app_context.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

// Another thread knocks every two milliseconds and notes how long it waited for an answer.
class Knocker {
 public:
  Knocker()
      : m_thread([this](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            QElapsedTimer asked;
            asked.start();
            QMetaObject::invokeMethod(
                qApp, [this, asked] { answer(asked); }, Qt::QueuedConnection);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
          }
        }) {}
  double takeLongest() { return std::exchange(m_longest, 0.0); }

 private:
  void answer(const QElapsedTimer& asked) {
    m_longest = std::max(m_longest, static_cast<double>(asked.nsecsElapsed()) * 1e-6);
  }
  double m_longest = 0;
  std::jthread m_thread;
};

void wait(int ms) {
  QEventLoop loop;
  QTimer::singleShot(ms, &loop, &QEventLoop::quit);
  loop.exec();
}

void report(const char* what, Knocker& knocker) {
  bench::line(what, knocker.takeLongest(), "ms", bench::at_most(50));
}

void dragKnobs(gui::MainWindow& window) {
  for (auto* slider : window.findChildren<QSlider*>()) {
    if (!slider->isVisible()) continue;
    for (int i = 0; i <= 20; ++i) {
      const int range = slider->maximum() - slider->minimum();
      QTimer::singleShot(0, slider, [=] { slider->setValue(slider->minimum() + i * range / 20); });
      wait(40);
    }
  }
}

void visitPages(gui::MainWindow& window, Knocker& knocker) {
  for (const char* page : {"today", "drills", "designs", "study", "progress"}) {
    QTimer::singleShot(0, &window, [&, page] { window.openPage(page); });
    wait(700);
    bench::line(std::string("page ") + page, knocker.takeLongest(), "ms", bench::at_most(50));
  }
}

// Long enough for some of its pictures to be made.
void lookAtGallery(gui::MainWindow& window, Knocker& knocker) {
  QTimer::singleShot(0, &window, [&] { window.openPage("designs"); });
  wait(6000);
  report("the gallery looked at", knocker);
}

void explore(gui::MainWindow& window, Knocker& knocker, const char* design) {
  QTimer::singleShot(0, &window, [&] { window.openPage(QString("design:") + design); });
  wait(4000);
  bench::line(std::string("design ") + design + " opened", knocker.takeLongest(), "ms",
              bench::at_most(50));
  dragKnobs(window);
  wait(1500);
  report("  its sliders dragged", knocker);
}

void solve(gui::MainWindow& window, Knocker& knocker) {
  QTimer::singleShot(0, &window, [&] { window.openPage("drill:count-islands"); });
  wait(2500);
  report("a drill opened", knocker);
  for (const QChar c : QString("local answer = {} for i = 1, 10 do answer[i] = i end ")) {
    QTest::keyClick(window.windowHandle(), c.toLatin1());
    wait(4);
  }
  report("  typing", knocker);
  QTest::keyClick(window.windowHandle(), Qt::Key_Return, Qt::ControlModifier);
  wait(3000);
  report("  run on the examples", knocker);
  QTest::keyClick(window.windowHandle(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
  QTest::keyClick(window.windowHandle(), Qt::Key_5);  // 90 % sure
  wait(5000);
  report("  submitted", knocker);
}

void study(gui::MainWindow& window, Knocker& knocker) {
  QTimer::singleShot(0, &window, [&] { window.openPage("study"); });
  wait(1000);
  knocker.takeLongest();
  for (int i = 0; i < 5; ++i) {
    QTest::keyClick(window.windowHandle(), Qt::Key_Return);
    wait(150);
    QTest::keyClick(window.windowHandle(), Qt::Key_3);
    wait(150);
  }
  report("five cards shown and graded", knocker);
}

void switchTheme(gui::MainWindow& window, Knocker& knocker) {
  for (const char* page : {"designs", "drills", "study", "progress"}) {
    QTimer::singleShot(0, &window, [&, page] { window.openPage(page); });
    wait(1000);
    knocker.takeLongest();
    QTimer::singleShot(0, &window,
                       [&] { window.setThemeByName(window.theme().dark ? "light" : "dark"); });
    wait(1000);
    bench::line(std::string("theme switched before ") + page, knocker.takeLongest(), "ms",
                bench::at_most(50));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  QApplication app(argc, argv);
  QApplication::setFont(plots::textFont(plots::kTextPx));
  QTemporaryDir home;
  auto context = present::AppContext::open(home.path().toStdString());
  if (!context) {
    fmt::print("{}\n", context.error().message);
    return 1;
  }
  Knocker knocker;
  {
    QWidget empty;
    empty.resize(1440, 900);
    empty.show();
    wait(300);
    bench::line("peer: an empty window, shown", knocker.takeLongest(), "ms");
  }
  gui::MainWindow window(**context);
  window.resize(1440, 900);
  window.show();
  window.activateWindow();
  wait(1000);
  bench::line("the window built and shown (once)", knocker.takeLongest(), "ms");
  visitPages(window, knocker);
  lookAtGallery(window, knocker);
  explore(window, knocker, "click-calibration");
  explore(window, knocker, "feature-drift");
  solve(window, knocker);
  study(window, knocker);
  switchTheme(window, knocker);
}
