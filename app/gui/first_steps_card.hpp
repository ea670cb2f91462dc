// SPDX-License-Identifier: GPL-3.0-or-later
//
// FirstStepsCard: the steps of a newcomer, each ticked once it is done; the next one has the
// accent.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"
#include "app/present/first_steps.hpp"

class QPushButton;

namespace rehearse::gui {

class FirstStepsCard : public QWidget {
  Q_OBJECT

 public:
  FirstStepsCard(const QList<present::FirstStep>& steps, const Theme& theme, QWidget* parent);

  // Of the next step; null where all are done.
  QPushButton* nextButton() const { return m_next; }

 signals:
  void taken(const present::Offer& offer);
  void skipped();

 private:
  QPushButton* m_next = nullptr;
};

}  // namespace rehearse::gui
