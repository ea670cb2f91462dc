// SPDX-License-Identifier: GPL-3.0-or-later
//
// SolveClock: the countdown of one drill and its policy. In practice it may be paused, and each
// pause is kept; timed, it runs to its end. What is spent on hints shortens it.
//
// Contracts: times are monotonic milliseconds of `now`; pauses are whole seconds since the start,
// standing time included; a clock that has finished does not start again before reset().
#pragma once

#include <QtGlobal>
#include <functional>
#include <vector>

#include "app/practice/attempts.hpp"

namespace rehearse::present {

class SolveClock {
 public:
  enum class Policy { practice, timed };
  using Now = std::function<qint64()>;

  // `now` is the machine's steady clock unless a test brings its own.
  explicit SolveClock(Now now = {});

  // A new drill of so many minutes: nothing has run yet.
  void reset(double minutes);
  // What a sitting that broke off had reached; the clock stands.
  void restore(qint64 elapsedMs, std::vector<practice::Pause> pauses);
  // False: this sitting was paused already, so it stays a practice.
  bool setPolicy(Policy policy);
  Policy policy() const { return m_policy; }

  void start();
  // False: it does not run, or its policy knows no pause.
  bool pause();
  // Stops it for good: solved, or the time is up.
  void finish();
  bool running() const { return m_running; }
  bool finished() const { return m_finished; }

  void spend(double minutes) { m_spentMs += static_cast<qint64>(minutes * 60'000); }
  qint64 elapsedMs() const;
  int elapsedSeconds() const { return static_cast<int>(elapsedMs() / 1000); }
  // Negative when over.
  int secondsLeft() const;
  int pausedSeconds() const;
  // A pause that goes on ends now.
  std::vector<practice::Pause> pauses() const;

 private:
  qint64 wallSeconds() const;

  Now m_now;
  Policy m_policy = Policy::practice;
  qint64 m_allowedMs = 0, m_spentMs = 0, m_elapsedMs = 0, m_pausedMs = 0;
  qint64 m_since = 0;  // when it last began to run, or to stand
  bool m_running = false, m_paused = false, m_finished = false;
  std::vector<practice::Pause> m_pauses;
};

}  // namespace rehearse::present
