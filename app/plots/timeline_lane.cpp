// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/timeline_lane.hpp"

#include <algorithm>

namespace rehearse::plots {
namespace {

constexpr int kLineHeight = 17, kMostLines = 4;
constexpr double kApart = 8;  // pixels between two words of a line

}  // namespace

void TimelineLane::make(QCustomPlot* plot, int events) {
  m_words.clear();
  m_height = kLineHeight * std::min(kMostLines, events);
  m_rect = new QCPAxisRect(plot, false);
  m_rect->setAutoMargins(QCP::msLeft | QCP::msRight);
  m_rect->setMargins(QMargins(0, 0, 0, 0));
  m_rect->setMinimumSize(0, m_height);
  m_rect->setMaximumSize(QWIDGETSIZE_MAX, std::max(1, m_height));
  m_rect->addAxis(QCPAxis::atBottom)->setVisible(false);
}

void TimelineLane::add(QCustomPlot* plot, const StripEvent& event, const Theme& theme) {
  if (event.label.isEmpty()) return;
  auto* text = new QCPItemText(plot);
  text->setClipToAxisRect(false);
  text->position->setType(QCPItemPosition::ptAbsolute);
  text->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
  text->setFont(textFont(kLabelPx, event.alarm ? QFont::DemiBold : QFont::Normal));
  text->setColor(event.alarm ? theme.bad : theme.ink);
  text->setProperty("at", event.x);
  text->setProperty("words", event.label);
  m_words.append(text);
}

void TimelineLane::place() {
  if (!m_rect) return;
  const QRect area = m_rect->rect();
  QVector<QVector<QPair<double, double>>> lines(kMostLines);
  for (const QPointer<QCPItemText>& text : m_words) {
    if (!text) continue;
    const QFontMetrics metrics(text->font());
    const QString words = metrics.elidedText(text->property("words").toString(), Qt::ElideRight,
                                             std::max(40, area.width()));
    const double at = axis()->coordToPixel(text->property("at").toDouble()),
                 width = metrics.horizontalAdvance(words) + 4;
    const double left = std::clamp(at, static_cast<double>(area.left()),
                                   std::max<double>(area.left(), area.right() - width));
    text->setText(words);
    const auto taken = [&](int line) {
      for (const auto& [begin, end] : lines[line])
        if (left < end + kApart && begin < left + width + kApart) return true;
      return false;
    };
    int line = 0;
    while (line < kMostLines && taken(line)) ++line;
    const bool shown =
        (line + 1) * kLineHeight <= m_height && at >= area.left() - 1 && at <= area.right() + 1;
    text->setVisible(shown);
    if (!shown) continue;
    lines[line].append({left, left + width});
    text->position->setPixelPosition(QPointF(left, area.top() + line * kLineHeight));
  }
}

}  // namespace rehearse::plots
