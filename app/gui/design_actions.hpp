// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be done with an open design, as actions with their keys; added to the view in which they
// hold. The view says which of them can be done now.
#pragma once

#include <QAction>
#include <QObject>

class QWidget;

namespace rehearse::gui {

class DesignActions : public QObject {
  Q_OBJECT

 public:
  explicit DesignActions(QWidget* view);

  QAction *back, *run, *repeat, *pin, *compare, *sweep, *edit, *trail, *challenge, *reset, *report,
      *remove;

 private:
  QAction* make(QWidget* view, const char* name, const QString& text, const char* keys);
};

}  // namespace rehearse::gui
