// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/design_picture.hpp"

#include <QPainter>
#include <QPainterPath>

#include "app/gui/thumbnails.hpp"

namespace rehearse::gui {
namespace {

constexpr double kPictureRadius = 6;

}  // namespace

DesignPicture::DesignPicture(bool incident, QWidget* parent)
    : QWidget(parent), m_incident(incident) {
  setFixedSize(Thumbnails::kWidth, Thumbnails::kHeight);
}

void DesignPicture::show(const QPixmap& picture, const Theme& theme) {
  m_picture = picture;
  m_theme = &theme;
  update();
}

void DesignPicture::paintEvent(QPaintEvent*) {
  if (!m_theme) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (m_picture.isNull()) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->sunken);
    painter.drawRoundedRect(rect(), kPictureRadius, kPictureRadius);
    return paintPlaceholder(painter);
  }
  painter.drawPixmap(rect(), m_picture);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(m_theme->line, 1));
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kPictureRadius,
                          kPictureRadius);
}

void DesignPicture::paintPlaceholder(QPainter& painter) const {
  painter.setPen(QPen(m_theme->muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  QPainterPath path;
  if (m_incident) {  // a pager that rings
    painter.drawRoundedRect(QRectF(56, 30, 32, 28), 4, 4);
    painter.drawLine(QPointF(62, 38), QPointF(82, 38));
    painter.drawLine(QPointF(62, 44), QPointF(76, 44));
    painter.drawArc(QRectF(40, 32, 12, 24), 90 * 16, 180 * 16);
    painter.drawArc(QRectF(92, 32, 12, 24), -90 * 16, 180 * 16);
    return;
  }
  painter.drawLine(QPointF(44, 24), QPointF(44, 64));
  painter.drawLine(QPointF(44, 64), QPointF(100, 64));
  path.moveTo(50, 56);
  path.cubicTo(64, 54, 70, 36, 80, 38);
  path.cubicTo(86, 40, 90, 32, 96, 28);
  painter.drawPath(path);
}

}  // namespace rehearse::gui
