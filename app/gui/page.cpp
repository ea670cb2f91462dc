// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/page.hpp"

#include <QHBoxLayout>
#include <QScrollArea>

namespace rehearse::gui {

QHBoxLayout* barRow(QWidget* bar) {
  bar->setObjectName("bar");
  bar->setAttribute(Qt::WA_StyledBackground);
  bar->setFixedHeight(64);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(24, 0, 24, 0);
  row->setSpacing(12);
  return row;
}

QScrollArea* scrolledPart(const QString& name, QWidget* body, QWidget* parent) {
  auto* area = new QScrollArea(parent);
  area->setAccessibleName(name);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setWidget(body);
  return area;
}

Page::Page(QWidget* parent) : QWidget(parent) {
  setObjectName("window");
  setAttribute(Qt::WA_StyledBackground);
}

bool Page::wear(const Theme& theme) {
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
