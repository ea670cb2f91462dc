// SPDX-License-Identifier: GPL-3.0-or-later
//
// ProbeList: what the on-call may look at, each with its price in minutes and a key (Alt+1 …
// Alt+9).
#pragma once

#include <QList>
#include <QWidget>

#include "app/present/triage_session.hpp"

class QPushButton;
class QVBoxLayout;

namespace rehearse::gui {

class ProbeList : public QWidget {
  Q_OBJECT

 public:
  explicit ProbeList(QWidget* parent = nullptr);

  // The probes of another attempt.
  void fill(const QList<present::TriageSession::Choice>& probes);
  // The same probes, some of them asked by now. After the commitment none can be asked.
  void refresh(const QList<present::TriageSession::Choice>& probes, bool over);

 signals:
  void asked(const QString& name);

 private:
  QVBoxLayout* m_column;
  QList<QPushButton*> m_buttons;
};

}  // namespace rehearse::gui
