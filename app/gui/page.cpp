// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/page.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>

namespace rehearse::gui {
namespace {

class WheelPasser : public QObject {
 public:
  using QObject::QObject;
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() != QEvent::Wheel) return false;
    event->ignore();
    return true;
  }
};

}  // namespace

QHBoxLayout* barRow(QWidget* bar) {
  bar->setObjectName("bar");
  bar->setAttribute(Qt::WA_StyledBackground);
  bar->setFixedHeight(64);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(24, 0, 24, 0);
  row->setSpacing(12);
  return row;
}

void dressScrolled(QScrollArea* area, const QString& name) {
  area->setAccessibleName(name);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QScrollArea* scrolledPart(const QString& name, QWidget* body, QWidget* parent) {
  auto* area = new QScrollArea(parent);
  dressScrolled(area, name);
  area->setWidget(body);
  return area;
}

void scrollPast(QWidget& field) { field.installEventFilter(new WheelPasser(&field)); }

Page::Page(QWidget* parent) : QWidget(parent) {
  setObjectName("window");
  setAttribute(Qt::WA_StyledBackground);
}

bool Page::wear(const Theme& theme) {
  if (m_ready != &theme) {
    m_ready = &theme;
    if (beforeSheet()) return true;
  }
  if (m_sheet != &theme) {
    m_sheet = &theme;
    setStyleSheet(gui::styleSheet(theme));
    return true;
  }
  if (m_worn == &theme) return false;
  m_worn = &theme;
  setTheme(theme);
  return true;
}

}  // namespace rehearse::gui
