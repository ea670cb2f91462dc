// SPDX-License-Identifier: GPL-3.0-or-later
//
// Page: one entry of the rail. The window owns the rail, the theme and the keys; a page owns what
// is right of it. Pages reach each other only through the window (`request…` signals).
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"

class QHBoxLayout;
class QScrollArea;

namespace rehearse::gui {

// The strip on top of a page: dresses `bar` and gives it the row to fill.
QHBoxLayout* barRow(QWidget* bar);

// A part of a page that scrolls up and down, never sideways; `name` is for screen readers.
void dressScrolled(QScrollArea* area, const QString& name);
QScrollArea* scrolledPart(const QString& name, QWidget* body, QWidget* parent);

// A wheel over `field` scrolls the page: a value that only passes under the pointer stays as it is.
void scrollPast(QWidget& field);

class Page : public QWidget {
  Q_OBJECT

 public:
  explicit Page(QWidget* parent);

  // One step of putting on the theme: what is taken down, the style sheet, what follows none. False
  // once nothing is left to do. A step takes some 20 ms for a page of 150 widgets, so the window
  // takes one per turn of the event loop, and all of them before it shows a page.
  bool wear(const Theme& theme);
  // The page has come to the front: refresh what other pages may have changed, take the focus.
  virtual void activated() {}
  // The window is about to close: save drafts. False keeps the window open.
  virtual bool mayClose() { return true; }

 signals:
  void requestDrill(const QString& drillId);
  void requestDesign(const QString& designId);
  void requestSet(const QString& setId);
  void requestStudy();
  // A sentence for the status line at the bottom of the rail.
  void status(const QString& sentence);

 protected:
  // A style sheet is about to be put on all that the page holds. What is better built anew than
  // dressed is taken down (true), and built again by setTheme.
  virtual bool beforeSheet() { return false; }
  // Repaint what follows no style sheet (editor, plots, typeset prose).
  virtual void setTheme(const Theme& theme) = 0;

 private:
  const Theme *m_ready = nullptr, *m_sheet = nullptr, *m_worn = nullptr;
};

}  // namespace rehearse::gui
