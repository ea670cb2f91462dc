// SPDX-License-Identifier: GPL-3.0-or-later
//
// LanguageBox: the choice of a language. One that this machine lacks is there too, greyed, and its
// tooltip says why.
#pragma once

#include <QComboBox>
#include <QFutureWatcher>

#include "app/present/drill_session.hpp"

namespace rehearse::gui {

class LanguageBox : public QComboBox {
  Q_OBJECT

 public:
  explicit LanguageBox(QWidget* parent = nullptr);

  // Which languages there are is asked of their programs, which takes longer than the window may
  // stand still: until listed() it holds none.
  void load();
  void setChoices(const QList<present::LanguageChoice>& choices);
  bool has(const QString& id) const;
  void select(const QString& id);

 signals:
  void listed();
  void chosen(const QString& id);

 private:
  QString m_selected;
  QFutureWatcher<QList<present::LanguageChoice>> m_loader;
};

}  // namespace rehearse::gui
