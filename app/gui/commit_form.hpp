// SPDX-License-Identifier: GPL-3.0-or-later
//
// CommitForm: what ends a triage: a diagnosis, an action, and the update for everybody who waits.
#pragma once

#include <QWidget>

#include "app/present/triage_session.hpp"

class QComboBox;
class QPlainTextEdit;
class QPushButton;

namespace rehearse::gui {

class CommitForm : public QWidget {
  Q_OBJECT

 public:
  explicit CommitForm(QWidget* parent = nullptr);

  // Empties the form. Nothing is chosen until somebody chooses.
  void fill(const QStringList& diagnoses, const QList<present::TriageSession::Choice>& actions);
  QString diagnosis() const;
  QString action() const;
  QString words() const;  // of the update
  void setOpen(bool open);  // whether it may still be committed

 signals:
  void committed();

 private:
  QComboBox *m_diagnosis, *m_action;
  QPlainTextEdit* m_update;
  QPushButton* m_commit;
};

}  // namespace rehearse::gui
