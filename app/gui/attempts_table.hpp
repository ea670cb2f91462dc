// SPDX-License-Identifier: GPL-3.0-or-later
//
// AttemptsTable: the attempts at one drill, newest first. Enter on one asks for its text.
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

 signals:
  void wanted(const QString& text, const QString& language);

 protected:
  void resizeEvent(QResizeEvent* event) override;
};

}  // namespace rehearse::gui
