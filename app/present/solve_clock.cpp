// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/solve_clock.hpp"

#include <chrono>

namespace rehearse::present {
namespace {

qint64 steadyMs() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

SolveClock::SolveClock(Now now) : m_now(now ? std::move(now) : Now(steadyMs)) {}

void SolveClock::reset(double minutes) {
  m_allowedMs = static_cast<qint64>(minutes * 60'000);
  m_spentMs = m_elapsedMs = m_pausedMs = 0;
  m_running = m_paused = m_finished = false;
  m_pauses.clear();
}

void SolveClock::restore(qint64 elapsedMs, std::vector<practice::Pause> pauses) {
  m_elapsedMs = elapsedMs;
  m_pauses = std::move(pauses);
  m_pausedMs = 0;
  for (const practice::Pause& pause : m_pauses) m_pausedMs += 1000 * (pause.to_s - pause.from_s);
}

bool SolveClock::setPolicy(Policy policy) {
  if (policy == Policy::timed && (m_paused || !m_pauses.empty())) return false;
  m_policy = policy;
  return true;
}

void SolveClock::start() {
  if (m_running || m_finished) return;
  if (m_paused) {
    m_pauses = pauses();
    m_pausedMs += m_now() - m_since;
    m_paused = false;
  }
  m_running = true;
  m_since = m_now();
}

bool SolveClock::pause() {
  if (!m_running || m_policy == Policy::timed) return false;
  m_elapsedMs = elapsedMs();
  m_running = false;
  m_paused = true;
  m_since = m_now();
  return true;
}

void SolveClock::finish() {
  m_elapsedMs = elapsedMs();
  m_running = false;
  m_finished = true;
}

qint64 SolveClock::elapsedMs() const { return m_elapsedMs + (m_running ? m_now() - m_since : 0); }

int SolveClock::secondsLeft() const {
  return static_cast<int>((m_allowedMs - m_spentMs) / 1000) - elapsedSeconds();
}

int SolveClock::pausedSeconds() const {
  return static_cast<int>((m_pausedMs + (m_paused ? m_now() - m_since : 0)) / 1000);
}

qint64 SolveClock::wallSeconds() const { return (elapsedMs() + m_pausedMs) / 1000; }

std::vector<practice::Pause> SolveClock::pauses() const {
  std::vector<practice::Pause> all = m_pauses;
  if (m_paused) all.push_back({wallSeconds(), wallSeconds() + (m_now() - m_since) / 1000});
  return all;
}

}  // namespace rehearse::present
