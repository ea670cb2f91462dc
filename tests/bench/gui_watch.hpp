// SPDX-License-Identifier: GPL-3.0-or-later
//
// The watchdog of the window's benchmarks: how long the thread of the window answers nobody.
//
// Another thread knocks every two milliseconds and looks how long it waits for an answer. Two
// clocks run meanwhile: the wall's, and the processor time that the window's thread spends. The
// figure is the second, since on a busy machine the first is also other programs' doing; it stands
// beside it, and where both differ on a machine that does nothing else, the window waited for
// something.
#pragma once

#include <pthread.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <algorithm>
#include <ctime>
#include <functional>
#include <thread>
#include <utility>

#include "tests/bench/bench.hpp"

namespace rehearse::bench {

struct Stall {
  double processor_ms = 0, wall_ms = 0;
};

// Lives in the window's thread.
class Knocker {
 public:
  Knocker()
      : m_thread([this, clock = clockOfThisThread()](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            QElapsedTimer asked;
            asked.start();
            const double spent = milliseconds(clock);
            QMetaObject::invokeMethod(
                qApp, [this, asked, spent, clock] { answer(asked, milliseconds(clock) - spent); },
                Qt::QueuedConnection);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
          }
        }) {}

  // The longest of each clock since it was last asked; they need not be the same stall.
  Stall takeLongest() { return std::exchange(m_longest, {}); }

 private:
  static clockid_t clockOfThisThread() {
    clockid_t clock = CLOCK_THREAD_CPUTIME_ID;
    pthread_getcpuclockid(pthread_self(), &clock);
    return clock;
  }
  static double milliseconds(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
  }
  void answer(const QElapsedTimer& asked, double spent) {
    m_longest.processor_ms = std::max(m_longest.processor_ms, spent);
    m_longest.wall_ms =
        std::max(m_longest.wall_ms, static_cast<double>(asked.nsecsElapsed()) * 1e-6);
  }
  Stall m_longest;
  std::jthread m_thread;
};

// The window lives on for so long.
inline void wait(int ms) {
  QEventLoop loop;
  QTimer::singleShot(ms, &loop, &QEventLoop::quit);
  loop.exec();
}

// The same until `idle` was so five times in a row, and no longer than `most_ms`.
inline void wait_until(const std::function<bool()>& idle, int most_ms) {
  QElapsedTimer time;
  time.start();
  for (int quiet = 0; quiet < 5 && time.elapsed() < most_ms; quiet = idle() ? quiet + 1 : 0)
    wait(10);
}

inline void line(const std::string& what, Stall stall, Limit limit = {}) {
  line(what, stall.processor_ms, fmt::format("ms ({:6.1f} by the wall)", stall.wall_ms), limit);
}

}  // namespace rehearse::bench
