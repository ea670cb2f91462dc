// SPDX-License-Identifier: GPL-3.0-or-later
//
// DrillFilter: which drills the list shows. Words in the title, the set, category, level, and what
// became of a drill so far, in one language or in any; all at once.
//
// "Due" are drills that were solved, and that more than a week ago.
#pragma once

#include <QSortFilterProxyModel>
#include <map>

#include "app/practice/attempts.hpp"

namespace rehearse::present {

// What became of the drills, by id and language.
struct DrillHistory {
  struct Outcome {
    bool tried = false;
    qint64 solvedAt = 0;  // the last time; 0 for never
  };
  std::map<std::pair<QString, QString>, Outcome> byLanguage;

  static DrillHistory of(const std::vector<practice::Attempt>& attempts);
  // In any language where `language` is empty.
  Outcome of(const QString& drill, const QString& language) const;
};

class DrillFilter : public QSortFilterProxyModel {
 public:
  enum class State { any, notTried, notSolved, solved, due };
  // Columns and role of the model that is filtered.
  struct Places {
    int place, title, category, level, idRole;
  };

  DrillFilter(Places places, QObject* parent) : QSortFilterProxyModel(parent), m_at(places) {}
  QString text, category, level, language;
  State state = State::any;
  bool inSet = false;  // only what has a place in the set that is shown
  DrillHistory history;
  qint64 now = 0;
  void refresh() { invalidateFilter(); }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  Places m_at;
};

}  // namespace rehearse::present
