// SPDX-License-Identifier: GPL-3.0-or-later
//
// SourceFiles: the files of the user's that stand in for sources of a design, one line each with
// the way back. Hidden while there are none.
#pragma once

#include <QMap>
#include <QWidget>

class QVBoxLayout;

namespace rehearse::gui {

class SourceFiles : public QWidget {
  Q_OBJECT

 public:
  explicit SourceFiles(QWidget* parent = nullptr);
  // Paths by source.
  void setFiles(const QMap<QString, QString>& files);

 signals:
  void dropped(const QString& source);

 private:
  QVBoxLayout* m_list;
};

}  // namespace rehearse::gui
