// SPDX-License-Identifier: GPL-3.0-or-later
//
// OwnInputStrip: an input of one's own, tried at once or kept as a case, and the way to stress.
#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace rehearse::gui {

class OwnInputStrip : public QWidget {
  Q_OBJECT

 public:
  explicit OwnInputStrip(QWidget* parent = nullptr);

  QString text() const;
  // What the line begins with: an input that can be tried as it is and shows how one looks.
  void setExample(const QString& text);
  void setBusy(bool busy);
  void takeFocus();
  void keep();

 signals:
  void tryInput(const QString& text);
  void keepCase(const QString& text);
  void stress();

 private:
  QLineEdit* m_line;
  QPushButton *m_try, *m_keep, *m_stress;
};

}  // namespace rehearse::gui
