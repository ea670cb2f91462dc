// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rail: the pages at the left, icons only in a narrow window; at its foot the countdown, the
// settings and the switch between light and dark.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"

class QButtonGroup;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace rehearse::gui {

class Rail : public QWidget {
  Q_OBJECT

 public:
  enum class Place { head, foot };

  explicit Rail(QWidget* parent);

  // `name` names the icon. Pages are numbered as they are added.
  void addPage(const QString& name, const QString& title, const QKeySequence& key, Place place);
  void setCurrent(int page);
  void setCountdown(const QString& sentence);
  void setTheme(const Theme& theme);
  // Icons without words.
  void setNarrow(bool narrow);

 signals:
  void chosen(int page);
  void themeAsked();

 private:
  QToolButton* makeButton(const QString& title);
  void drawIcons();

  const Theme* m_theme = nullptr;
  QVBoxLayout* m_column;
  QLabel *m_brand, *m_countdown;
  QToolButton* m_themeButton;
  QButtonGroup* m_buttons;
  QStringList m_icons;
  bool m_narrow = false;
};

}  // namespace rehearse::gui
