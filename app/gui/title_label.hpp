// SPDX-License-Identifier: GPL-3.0-or-later
//
// TitleLabel: the title of a page on one line, which ends in … where the bar is too narrow; the
// whole of it is its tool tip.
#pragma once

#include <QLabel>

namespace rehearse::gui {

class TitleLabel : public QLabel {
 public:
  explicit TitleLabel(QWidget* parent = nullptr);
  void setTitle(const QString& title);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace rehearse::gui
