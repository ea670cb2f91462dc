// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/wrapped_label.hpp"

#include <algorithm>

namespace rehearse::plots {

WrappedLabel::WrappedLabel(QWidget* parent) : WrappedLabel(QString(), parent) {}

WrappedLabel::WrappedLabel(const QString& text, QWidget* parent) : QLabel(text, parent) {
  setWordWrap(true);
}

void WrappedLabel::refresh() const {
  if (m_text == text() && m_font == font() && m_margins == contentsMargins()) return;
  m_text = text(), m_font = font(), m_margins = contentsMargins();
  m_heights.clear();
  m_hint = m_least = QSize();
}

int WrappedLabel::heightForWidth(int width) const {
  refresh();
  width = std::min(width, maximumWidth());  // a layout offers more than it will give
  const auto known = m_heights.constFind(width);
  if (known != m_heights.constEnd()) return *known;
  const int height = QLabel::heightForWidth(width);
  m_heights.insert(width, height);
  return height;
}

QSize WrappedLabel::sizeHint() const {
  refresh();
  if (!m_hint.isValid()) m_hint = QLabel::sizeHint();
  return m_hint;
}

QSize WrappedLabel::minimumSizeHint() const {
  refresh();
  if (!m_least.isValid()) m_least = QLabel::minimumSizeHint();
  return m_least;
}

}  // namespace rehearse::plots
