// SPDX-License-Identifier: GPL-3.0-or-later
//
// DrillFilterBar: the boxes above the list of drills: which set, category and level, what became of
// them, and in which language.
#pragma once

#include <QWidget>

#include "app/present/drill_sets.hpp"

class QComboBox;

namespace rehearse::present {
class DrillFilter;
}

namespace rehearse::gui {

class DrillFilterBar : public QWidget {
  Q_OBJECT

 public:
  explicit DrillFilterBar(QWidget* parent = nullptr);

  void setCategories(const QStringList& categories);
  // The set that is chosen stays chosen, while there is one.
  void setSets(const std::vector<practice::DrillSet>& sets);
  // Empty: all drills.
  QString set() const;
  void chooseSet(const QString& id);
  // Everything but the set.
  void clear();
  void applyTo(present::DrillFilter& filter) const;

 signals:
  void setChosen();
  void changed();

 private:
  QComboBox* makeBox(const QString& name);

  QComboBox *m_set, *m_category, *m_level, *m_outcome, *m_language;
};

}  // namespace rehearse::gui
