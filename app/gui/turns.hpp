// SPDX-License-Identifier: GPL-3.0-or-later
//
// Turns: work of the window that is done a piece at each turn of the event loop, in order, so that
// keys and clicks between the pieces are answered. A piece should take some milliseconds.
#pragma once

#include <QList>
#include <QObject>
#include <functional>

class QTimer;

namespace rehearse::gui {

class Turns : public QObject {
  Q_OBJECT

 public:
  explicit Turns(QObject* parent);
  void add(std::function<void()> piece);
  // What was not done yet never is.
  void clear();

 signals:
  // True when there is something to do, false a turn after the last piece.
  void working(bool more);

 private:
  void next();

  QTimer* m_timer;
  QList<std::function<void()>> m_due;
  bool m_working = false;
};

}  // namespace rehearse::gui
