// SPDX-License-Identifier: GPL-3.0-or-later
//
// AttemptsPart: the attempts at one drill below its statement, what is known of the one that is
// selected, and the way to compare two of them, or one with the draft. Not there before the first.
#pragma once

#include <QWidget>

#include "app/plots/theme.hpp"
#include "app/present/drill_text.hpp"

class QLabel;
class QPushButton;

namespace rehearse::gui {

class AttemptsTable;

class AttemptsPart : public QWidget {
  Q_OBJECT

 public:
  explicit AttemptsPart(QWidget* parent = nullptr);

  // Newest first.
  void show(std::vector<practice::Attempt> attempts, const plots::Theme* theme);
  // Two, the older one first, or one, which is compared with the draft: the newest where none is
  // selected. Empty where nothing can be compared.
  std::vector<practice::Attempt> toCompare() const;
  AttemptsTable* table() const { return m_table; }

 signals:
  void compareWanted();
  void comparable(bool can);

 private:
  void offerComparison();

  AttemptsTable* m_table;
  QPushButton* m_compare;
  QLabel* m_about;
  std::vector<practice::Attempt> m_shown;
};

}  // namespace rehearse::gui
