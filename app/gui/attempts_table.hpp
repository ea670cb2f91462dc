// SPDX-License-Identifier: GPL-3.0-or-later
//
// AttemptsTable: the attempts at one drill, newest first. Enter on one asks for its text; one or
// two can be selected, to be compared.
#pragma once

#include <QTableWidget>

#include "app/plots/theme.hpp"
#include "app/present/drill_session.hpp"

namespace rehearse::gui {

class AttemptsTable : public QTableWidget {
  Q_OBJECT

 public:
  explicit AttemptsTable(QWidget* parent = nullptr);
  void show(const std::vector<practice::Attempt>& attempts, const plots::Theme* theme);
  // As places in what was shown, the newest first; more than two are not selected.
  QList<int> chosen() const;

 signals:
  void wanted(const QString& text, const QString& language);
  void chosenChanged();

 protected:
  void resizeEvent(QResizeEvent* event) override;
};

}  // namespace rehearse::gui
