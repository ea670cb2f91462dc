// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/challenge_text.hpp"

#include <QObject>
#include <algorithm>
#include <cmath>

#include "app/present/qt_text.hpp"
#include "engine/base/name_words.hpp"
#include "engine/base/number_words.hpp"

namespace rehearse::present {
namespace {

QString missedBy(const plan::Check& goal) {
  const plan::Expectation& asked = goal.expectation;
  const bool above = asked.kind != plan::Expectation::Kind::above && goal.value >= asked.high;
  const double limit = above ? asked.high : asked.low, by = std::abs(goal.value - limit);
  const QString amount = qs(number_words(by, 3));
  if (by == 0) return QObject::tr("exactly the limit, which is not enough");
  const QString words =
      above ? QObject::tr("%1 too much").arg(amount) : QObject::tr("%1 too little").arg(amount);
  if (limit == 0) return words;
  return QObject::tr("%1 (%2% of the limit)").arg(words).arg(by / std::abs(limit) * 100, 0, 'f', 0);
}

}  // namespace

QString goalLine(const plan::Check& goal) {
  // Names of metrics as the plots write them: "excess log loss".
  const QString sentence = qs(spaced_names(goal.sentence));
  switch (goal.state) {
    case plan::Check::State::held: return QObject::tr("Reached: %1").arg(sentence);
    case plan::Check::State::inactive: return QObject::tr("Not reached: %1").arg(sentence);
    case plan::Check::State::unknown: return QObject::tr("Cannot be judged: %1").arg(sentence);
    case plan::Check::State::broken: break;
  }
  if (!std::isfinite(goal.value)) return QObject::tr("Not reached: %1").arg(sentence);
  return QObject::tr("Not reached: %1: %2").arg(sentence, missedBy(goal));
}

QString verdictLine(const std::vector<plan::Check>& goals, int seconds) {
  const auto held = std::count_if(goals.begin(), goals.end(), [](const plan::Check& goal) {
    return goal.state == plan::Check::State::held;
  });
  const QString time = QString("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar('0'));
  const auto all = static_cast<qlonglong>(goals.size());
  if (held == all && all > 0)
    return all == 1 ? QObject::tr("The goal is reached, in %1.").arg(time)
                    : QObject::tr("All %1 goals are reached, in %2.").arg(all).arg(time);
  return QObject::tr("%1 of %2 goals reached after %3. Move on and submit again.")
      .arg(static_cast<qlonglong>(held))
      .arg(all)
      .arg(time);
}

}  // namespace rehearse::present
