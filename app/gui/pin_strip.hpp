// SPDX-License-Identifier: GPL-3.0-or-later
//
// PinStrip: the pinned runs of an open design as chips above its story: each with the look of its
// lines and what tells it from the others. A chip's menu shows or hides, renames and removes it;
// Delete removes the chip in focus; that can be undone. Hidden while there are none.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"
#include "app/present/design_pins.hpp"

class QHBoxLayout;
class QPushButton;
class QToolButton;

namespace rehearse::gui {

class PinStrip : public QWidget {
  Q_OBJECT

 public:
  PinStrip(present::DesignPins* pins, QWidget* parent);
  void setTheme(const Theme& theme);

 signals:
  void compareAsked();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fill();
  QToolButton* chip(const present::PinnedRun& pin);
  void fitChips();
  void askName(int id);
  void remove(int id);

  present::DesignPins* m_pins;
  const Theme* m_theme = nullptr;
  QHBoxLayout* m_chips;
  QPushButton* m_compare;
};

}  // namespace rehearse::gui
