// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small picture of a design on its card; until it is there, a drawn placeholder: two axes and a
// line for a design, a pager for an incident.
#pragma once

#include <QPixmap>
#include <QWidget>

#include "app/gui/style.hpp"

namespace rehearse::gui {

class DesignPicture : public QWidget {
 public:
  DesignPicture(bool incident, QWidget* parent);
  void show(const QPixmap& picture, const Theme& theme);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintPlaceholder(QPainter& painter) const;

  bool m_incident;
  QPixmap m_picture;
  const Theme* m_theme = nullptr;
};

}  // namespace rehearse::gui
