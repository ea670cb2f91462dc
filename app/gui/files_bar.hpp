// SPDX-License-Identifier: GPL-3.0-or-later
//
// FilesBar: the strip above the user's own data: what was done last, progress with Stop, and the
// buttons that the page answers.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace rehearse::gui {

class FilesBar : public QWidget {
  Q_OBJECT

 public:
  explicit FilesBar(QWidget* parent = nullptr);

  QPushButton* open() const { return m_open; }
  QPushButton* save() const { return m_save; }
  QPushButton* stop() const { return m_stop; }
  // The one thing to do next; hidden before a file is open.
  QPushButton* go() const { return m_go; }
  void say(const QString& sentence);
  void setBusy(bool busy, const QString& what);
  void setProgress(double fraction);

 private:
  QLabel* m_summary;
  QProgressBar* m_progress;
  QPushButton *m_open, *m_save, *m_stop, *m_go;
};

}  // namespace rehearse::gui
