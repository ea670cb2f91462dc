// SPDX-License-Identifier: GPL-3.0-or-later
//
// UndoStrip: after something was deleted, cleared or reset, a strip at the foot of the page says so
// and offers to take it back for ten seconds (longer while the pointer or the focus is on it).
//
//   UndoStrip::offer(this, tr("The date was cleared"), [this, before] { save(before); });
//
// Ctrl+Alt+Z takes it back from anywhere in the window. A window shows one strip: a newer offer
// takes the place of an older one.
#pragma once

#include <QWidget>
#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace rehearse::gui {

class UndoStrip : public QWidget {
  Q_OBJECT

 public:
  static constexpr int kSecondsShown = 10;

  // `what` is a sentence without a full stop. `over` wears the style sheet of its page; the strip
  // goes with it. What `undo` captures must live as long as `over`.
  static UndoStrip* offer(QWidget* over, const QString& what, std::function<void()> undo);

  void undo();
  // The time is over.
  void expire();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  UndoStrip(QWidget* over, const QString& what, std::function<void()> undo);
  void place();
  void leave();

  std::function<void()> m_undo;
  QPushButton* m_button;
  QTimer* m_timer;
};

}  // namespace rehearse::gui
