// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/rail.hpp"

#include <QButtonGroup>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace rehearse::gui {
namespace {

constexpr int kWide = 176, kNarrow = 56;
// Below the brand and above the countdown.
constexpr int kFirstButton = 1;

// The style leaves 4 px between icon and words; the drawing brings the rest.
constexpr int kIconSide = 20, kIconGap = 8;

QIcon spaced(const QIcon& drawn) {
  QIcon wide;
  for (const int scale : {1, 2, 3}) {
    QPixmap pixmap(QSize(kIconSide + kIconGap, kIconSide) * scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.drawPixmap(QRect(0, 0, kIconSide * scale, kIconSide * scale),
                       drawn.pixmap(QSize(kIconSide, kIconSide) * scale, 1.0));
    painter.end();
    wide.addPixmap(pixmap);
  }
  return wide;
}

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
  // A screen reader checks a button without a click.
  connect(m_buttons, &QButtonGroup::idToggled, this, [this](int page, bool on) {
    if (on) emit chosen(page);
  });
}

QToolButton* Rail::makeButton(const QString& title) {
  auto* button = new QToolButton(this);
  button->setObjectName("rail");
  button->setText(title);
  button->setAccessibleName(title);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
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
  const QSignalBlocker quiet(m_buttons);
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
  m_themeButton->setText(theme.dark ? tr("Light") : tr("Dark"));
  setNarrow(m_narrow);
}

void Rail::drawIcons() {
  const auto draw = [this](QAbstractButton* button, const QString& name) {
    const QIcon drawn = icon(name, m_theme->ink);
    button->setIconSize(QSize(m_narrow ? kIconSide : kIconSide + kIconGap, kIconSide));
    button->setIcon(m_narrow ? drawn : spaced(drawn));
  };
  for (int page = 0; page < m_icons.size(); ++page) draw(m_buttons->button(page), m_icons[page]);
  draw(m_themeButton, "theme");
}

void Rail::setNarrow(bool narrow) {
  m_narrow = narrow;
  setFixedWidth(narrow ? kNarrow : kWide);
  m_column->setContentsMargins(narrow ? 4 : 12, 20, narrow ? 4 : 12, 16);
  m_brand->setText(narrow ? tr("R", "short for Rehearse") : tr("Rehearse"));
  m_countdown->setVisible(!narrow && !m_countdown->text().isEmpty());
  if (m_theme) drawIcons();
  const auto style = narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon;
  for (QAbstractButton* button : m_buttons->buttons())
    static_cast<QToolButton*>(button)->setToolButtonStyle(style);
  m_themeButton->setToolButtonStyle(style);
}

}  // namespace rehearse::gui
