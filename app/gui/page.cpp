// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/page.hpp"

namespace rehearse::gui {

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
