// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: app/gui app/plots engine/steps
//
// The longest stretch for which the window's thread answers nobody, over a session as a candidate
// has one: pages, a design with its knobs dragged, a drill typed, run and submitted, cards graded.
// A stretch is the time between two waits of the event loop. Painting is by the processor, off
// screen; the peer is an empty window that paints itself.
#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QSlider>
#include <QTemporaryDir>
#include <QTimer>

#include "app/gui/main_window.hpp"
#include "app/present/app_context.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

// Milliseconds between the loop's waking and its next wait.
class Stretches {
 public:
  Stretches() {
    auto* loop = QAbstractEventDispatcher::instance();
    QObject::connect(loop, &QAbstractEventDispatcher::awake, [this] { woken(); });
    QObject::connect(loop, &QAbstractEventDispatcher::aboutToBlock, [this] { waiting(); });
    m_busy.start();
  }
  double takeLongest() { return std::exchange(m_longest, 0.0); }

 private:
  // The loop also says that it is awake when it was not waiting.
  void woken() {
    if (m_waiting) m_busy.restart();
    m_waiting = false;
  }
  void waiting() {
    m_longest = std::max(m_longest, static_cast<double>(m_busy.nsecsElapsed()) * 1e-6);
    m_waiting = true;
  }
  QElapsedTimer m_busy;
  double m_longest = 0;
  bool m_waiting = false;
};

void wait(int ms) {
  QEventLoop loop;
  QTimer::singleShot(ms, &loop, &QEventLoop::quit);
  loop.exec();
}

void press(QWidget& window, int key, Qt::KeyboardModifiers modifiers = {},
           const QString& text = {}) {
  QWidget* target = QApplication::focusWidget() ? QApplication::focusWidget() : &window;
  for (const auto type : {QEvent::ShortcutOverride, QEvent::KeyPress, QEvent::KeyRelease})
    QApplication::postEvent(target, new QKeyEvent(type, key, modifiers, text));
}

void report(const char* what, Stretches& stretches) {
  bench::line(what, stretches.takeLongest(), "ms", bench::at_most(50));
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

void visitPages(gui::MainWindow& window, Stretches& stretches) {
  for (const char* page : {"today", "drills", "designs", "study", "progress"}) {
    QTimer::singleShot(0, &window, [&, page] { window.openPage(page); });
    wait(700);
    bench::line(std::string("page ") + page, stretches.takeLongest(), "ms", bench::at_most(50));
  }
}

void explore(gui::MainWindow& window, Stretches& stretches, const char* design) {
  QTimer::singleShot(0, &window, [&] { window.openPage(QString("design:") + design); });
  wait(4000);
  bench::line(std::string("design ") + design + " opened", stretches.takeLongest(), "ms",
              bench::at_most(50));
  dragKnobs(window);
  wait(1500);
  report("  its sliders dragged", stretches);
}

void solve(gui::MainWindow& window, Stretches& stretches) {
  QTimer::singleShot(0, &window, [&] { window.openPage("drill:count-islands"); });
  wait(2500);
  report("a drill opened", stretches);
  for (const QChar c : QString("local answer = {} for i = 1, 10 do answer[i] = i end ")) {
    press(window, c.toUpper().unicode(), {}, QString(c));
    wait(4);
  }
  report("  typing", stretches);
  press(window, Qt::Key_Return, Qt::ControlModifier);
  wait(3000);
  report("  run on the examples", stretches);
  press(window, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
  wait(5000);
  report("  submitted", stretches);
}

void study(gui::MainWindow& window, Stretches& stretches) {
  QTimer::singleShot(0, &window, [&] { window.openPage("study"); });
  wait(1000);
  stretches.takeLongest();
  for (int i = 0; i < 5; ++i) {
    press(window, Qt::Key_Space);
    wait(150);
    press(window, Qt::Key_3);
    wait(150);
  }
  report("five cards shown and graded", stretches);
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_NO_GLIB", "1");  // Qt's own loop tells when it wakes
  qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  QApplication app(argc, argv);
  QApplication::setFont(plots::textFont(plots::kTextPx));
  QTemporaryDir home;
  auto context = present::AppContext::open(home.path().toStdString());
  if (!context) {
    fmt::print("{}\n", context.error().message);
    return 1;
  }
  Stretches stretches;
  {
    QWidget empty;
    empty.resize(1440, 900);
    empty.show();
    wait(300);
    bench::line("peer: an empty window, shown", stretches.takeLongest(), "ms");
  }
  gui::MainWindow window(**context);
  window.resize(1440, 900);
  window.show();
  wait(1000);
  bench::line("the window built and shown (once)", stretches.takeLongest(), "ms");
  visitPages(window, stretches);
  explore(window, stretches, "click-calibration");
  explore(window, stretches, "feature-drift");
  solve(window, stretches);
  study(window, stretches);
  QTimer::singleShot(0, &window, [&] { window.setThemeByName("dark"); });
  wait(1000);
  report("the theme switched", stretches);
}
