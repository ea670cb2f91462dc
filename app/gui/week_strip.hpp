// SPDX-License-Identifier: GPL-3.0-or-later
//
// WeekStrip: the last seven days, a square each with how much was done.
#pragma once

#include <QWidget>
#include <array>

#include "app/present/week.hpp"

class QLabel;

namespace rehearse::gui {

class WeekStrip : public QWidget {
  Q_OBJECT

 public:
  explicit WeekStrip(QWidget* parent);

  void setWeek(const present::Week& week);

 private:
  std::array<QLabel*, 7> m_counts{}, m_names{};
};

}  // namespace rehearse::gui
