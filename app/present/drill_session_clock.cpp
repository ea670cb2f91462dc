// SPDX-License-Identifier: GPL-3.0-or-later
//
// The clock of a drill session: its policy, its end, its hints, and how it survives a crash.
#include "app/practice/brief_wait.hpp"
#include "app/present/app_context.hpp"
#include "app/present/drill_session.hpp"
#include "app/present/preferences.hpp"
#include "app/present/sitting.hpp"

namespace rehearse::present {
namespace {

constexpr const char* kClockSetting = "solve.clock";
constexpr int kAliveEverySeconds = 5;

SolveClock::Policy policyNamed(const QString& name) {
  return name == "timed" ? SolveClock::Policy::timed : SolveClock::Policy::practice;
}

}  // namespace

void DrillSession::sitDown() {
  m_clock.reset(m_drill->minutes);
  m_clock.setPolicy(policyNamed(preferenceValue(m_context, kClockSetting)));
  m_hintsTaken = 0;
  m_unsent = m_atZero = m_zeroMet = false;
  m_startedAt = m_savedAt = practice::system_seconds();
  resume();
}

// A sitting of this drill that broke off: its language, its clock and its hints.
void DrillSession::resume() {
  const auto broken = brokenSitting(m_context);
  if (!broken || broken->drill.toStdString() != m_drill->id) return;
  if (judge::find_language(broken->language.toStdString()))
    m_language = broken->language.toStdString();
  m_clock.setPolicy(policyNamed(broken->mode));
  m_clock.restore(broken->elapsedMs, broken->pauses);
  for (int taken = 0; taken < broken->hints; ++taken) takeHint();
  m_zeroMet = !timed() && secondsLeft() <= 0;
  m_startedAt = broken->startedAt;
  m_savedAt = broken->savedAt;
  m_unsent = true;
  forgetBrokenSitting(m_context);
  keepAlive();
}

void DrillSession::keepAlive() {
  if (!m_unsent) return;
  m_aliveAt = practice::system_seconds();
  const practice::BriefWait brief(m_context.database());
  keepSitting(m_context, {.drill = QString::fromStdString(m_drill->id),
                          .language = QString::fromStdString(m_language),
                          .startedAt = m_startedAt,
                          .savedAt = m_savedAt,
                          .aliveAt = m_aliveAt,
                          .elapsedMs = m_clock.elapsedMs(),
                          .secondsLeft = secondsLeft(),
                          .hints = m_hintsTaken,
                          .pauses = m_clock.pauses(),
                          .mode = timed() ? "timed" : "practice"});
}

void DrillSession::onTick() {
  emit tick();
  if (m_clock.running() && secondsLeft() <= 0 && (timed() || !m_zeroMet)) return meetZero();
  if (practice::system_seconds() - m_aliveAt >= kAliveEverySeconds) keepAlive();
}

// A practice goes on after zero: there is nothing to submit where nothing was written, or where
// what stands there is with the judge already.
void DrillSession::meetZero() {
  m_zeroMet = true;
  if (timed()) m_clock.finish();
  const bool sent = m_submitted.drill == m_drill && m_submitted.language == m_language &&
                    m_submitted.text == m_text && !m_submitted.examplesOnly;
  m_atZero = timed() || (m_text != starter() && !sent);
  emit timeUp(m_atZero);
  if (!m_atZero) return;
  // What is judged now is either the examples, which make way, or an older text, which does not.
  if (!judging()) return submitAtZero();
  if (m_submitted.examplesOnly) m_stop.request_stop();
}

// At zero, or as soon as what was being judged then is out of the way.
void DrillSession::submitAtZero() {
  m_atZero = false;
  judgeNow(false, {}, true);
}

void DrillSession::startClock() {
  if (!m_drill || m_clock.running()) return;
  m_clock.start();
  emit tick();
}

bool DrillSession::pauseClock() {
  if (!m_clock.pause()) return false;
  emit tick();
  return true;
}

void DrillSession::finishClock() {
  m_clock.finish();
  emit tick();
}

bool DrillSession::setTimed(bool wanted) {
  m_context.setSetting(kClockSetting, wanted ? "timed" : "practice");
  const bool taken = m_clock.setPolicy(policyNamed(wanted ? "timed" : "practice"));
  emit tick();
  return taken;
}

QString DrillSession::takeHint() {
  if (!m_drill || m_hintsTaken >= static_cast<int>(m_drill->hints.size())) return {};
  const judge::Hint& hint = m_drill->hints[static_cast<std::size_t>(m_hintsTaken++)];
  m_clock.spend(hint.cost_min);
  emit tick();
  return QString::fromStdString(hint.text);
}

double DrillSession::nextHintCost() const {
  if (!m_drill || m_hintsTaken >= static_cast<int>(m_drill->hints.size())) return 0;
  return m_drill->hints[static_cast<std::size_t>(m_hintsTaken)].cost_min;
}

}  // namespace rehearse::present
