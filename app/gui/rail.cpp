// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/rail.hpp"

#include <QButtonGroup>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace rehearse::gui {
namespace {

constexpr int kWide = 176, kNarrow = 56;
// Below the brand and above the countdown.
constexpr int kFirstButton = 1;

}  // namespace

Rail::Rail(QWidget* parent)
    : QWidget(parent),
      m_column(new QVBoxLayout(this)),
      m_brand(new QLabel(this)),
      m_countdown(label({}, "label", this)),
      m_buttons(new QButtonGroup(this)) {
  setObjectName("rail");
  setAttribute(Qt::WA_StyledBackground);
  m_column->setSpacing(4);
  m_brand->setObjectName("brand");
  m_brand->setContentsMargins(12, 0, 0, 12);
  m_countdown->setContentsMargins(12, 0, 0, 8);
  m_column->addWidget(m_brand);
  m_column->addStretch(1);
  m_column->addWidget(m_countdown);
  m_themeButton = makeButton({});
  m_themeButton->setToolTip(tr("Light or dark (Ctrl+T)"));
  m_themeButton->setAccessibleName(tr("Switch between light and dark"));
  m_column->addWidget(m_themeButton);
  connect(m_themeButton, &QToolButton::clicked, this, &Rail::themeAsked);
  connect(m_buttons, &QButtonGroup::idClicked, this, &Rail::chosen);
}

QToolButton* Rail::makeButton(const QString& title) {
  auto* button = new QToolButton(this);
  button->setObjectName("rail");
  button->setText(title);
  button->setAccessibleName(title);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  button->setIconSize(QSize(20, 20));
  return button;
}

void Rail::addPage(const QString& name, const QString& title, const QKeySequence& key,
                   Place place) {
  const auto page = static_cast<int>(m_icons.size());
  QToolButton* button = makeButton(title);
  button->setCheckable(true);
  button->setToolTip(tr("%1 (%2)").arg(title, key.toString(QKeySequence::NativeText)));
  m_buttons->addButton(button, page);
  m_column->insertWidget(place == Place::head ? kFirstButton + page : m_column->count() - 1,
                         button);
  m_icons.append(name);
}

void Rail::setCurrent(int page) {
  if (auto* button = m_buttons->button(page)) button->setChecked(true);
}

void Rail::setCountdown(const QString& sentence) {
  m_countdown->setText(sentence);
  m_countdown->setVisible(!m_narrow && !sentence.isEmpty());
}

void Rail::setTheme(const Theme& theme) {
  m_theme = &theme;
  ensurePolished();  // Qt 6.4 keeps the old sheet of what was measured and never polished
  setStyleSheet(gui::styleSheet(theme));
  for (int page = 0; page < m_icons.size(); ++page)
    m_buttons->button(page)->setIcon(icon(m_icons[page], theme.ink));
  m_themeButton->setIcon(icon("theme", theme.ink));
  m_themeButton->setText(theme.dark ? tr("Light") : tr("Dark"));
  setNarrow(m_narrow);
}

void Rail::setNarrow(bool narrow) {
  m_narrow = narrow;
  setFixedWidth(narrow ? kNarrow : kWide);
  m_column->setContentsMargins(narrow ? 6 : 12, 20, narrow ? 6 : 12, 16);
  m_brand->setText(narrow ? tr("R", "short for Rehearse") : tr("Rehearse"));
  m_countdown->setVisible(!narrow && !m_countdown->text().isEmpty());
  const auto style = narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon;
  for (QAbstractButton* button : m_buttons->buttons())
    static_cast<QToolButton*>(button)->setToolButtonStyle(style);
  m_themeButton->setToolButtonStyle(style);
}

}  // namespace rehearse::gui
