// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be done with an open design, as actions with their keys; added to the view in which they
// hold.
#pragma once

#include <QAction>
#include <QObject>

class QWidget;

namespace rehearse::present {
class DesignPins;
class DesignSession;
}  // namespace rehearse::present

namespace rehearse::gui {

class DesignActions : public QObject {
  Q_OBJECT

 public:
  explicit DesignActions(QWidget* view);

  // Which of them can be done now. `own`: the design is the user's.
  void fit(const present::DesignSession& session, const present::DesignPins& pins, bool own,
           bool scriptShown);

  QAction *back, *run, *repeat, *pin, *compare, *sweep, *edit, *trail, *challenge, *reset, *redraw,
      *report, *remove;

 private:
  QAction* make(QWidget* view, const char* name, const QString& text, const char* keys);
};

}  // namespace rehearse::gui
