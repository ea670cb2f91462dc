// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/drill_filter.hpp"

#include <algorithm>

#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

constexpr qint64 kDueAfterSeconds = 7 * 24 * 3600;

}  // namespace

DrillHistory DrillHistory::of(const std::vector<practice::Attempt>& attempts) {
  DrillHistory history;
  for (const practice::Attempt& attempt : attempts) {
    Outcome& outcome = history.byLanguage[{qs(attempt.drill), qs(attempt.language)}];
    outcome.tried = true;
    if (attempt.accepted())
      outcome.solvedAt = std::max(outcome.solvedAt, qint64{attempt.submitted_at});
  }
  return history;
}

DrillHistory::Outcome DrillHistory::of(const QString& drill, const QString& language) const {
  Outcome all;
  for (auto at = byLanguage.lower_bound({drill, QString()});
       at != byLanguage.end() && at->first.first == drill; ++at) {
    if (!language.isEmpty() && at->first.second != language) continue;
    all.tried = all.tried || at->second.tried;
    all.solvedAt = std::max(all.solvedAt, at->second.solvedAt);
  }
  return all;
}

bool DrillFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  const auto index = [&](int column) { return sourceModel()->index(row, column, parent); };
  const auto cell = [&](int column) { return index(column).data().toString(); };
  if (!cell(m_at.title).contains(text, Qt::CaseInsensitive) ||
      (inSet && cell(m_at.place).isEmpty()) ||
      (!category.isEmpty() && cell(m_at.category) != category) ||
      (!level.isEmpty() && cell(m_at.level) != level))
    return false;
  if (state == State::any) return true;
  const auto outcome = history.of(index(m_at.title).data(m_at.idRole).toString(), language);
  switch (state) {
    case State::notTried: return !outcome.tried;
    case State::notSolved: return outcome.solvedAt == 0;
    case State::solved: return outcome.solvedAt > 0;
    case State::due: return outcome.solvedAt > 0 && now - outcome.solvedAt > kDueAfterSeconds;
    case State::any: break;
  }
  return true;
}

}  // namespace rehearse::present
