// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/week_strip.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QStyle>

namespace rehearse::gui {
namespace {

constexpr int kSquare = 32;

}  // namespace

WeekStrip::WeekStrip(QWidget* parent) : QWidget(parent) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(4);
  for (std::size_t i = 0; i < m_counts.size(); ++i) {
    m_counts[i] = new QLabel(this);
    m_counts[i]->setFixedSize(kSquare, kSquare);
    m_names[i] = new QLabel(this);
    m_names[i]->setObjectName("label");
    for (QLabel* one : {m_counts[i], m_names[i]}) one->setAlignment(Qt::AlignCenter);
    grid->addWidget(m_counts[i], 0, static_cast<int>(i));
    grid->addWidget(m_names[i], 1, static_cast<int>(i));
  }
}

void WeekStrip::setWeek(const present::Week& week) {
  for (std::size_t i = 0; i < m_counts.size(); ++i) {
    const present::DayDone& day = week.days[i];
    const QString words = present::dayWords(day);
    m_counts[i]->setObjectName(day.total() > 0 ? "dayDone" : "day");
    m_counts[i]->style()->unpolish(m_counts[i]);
    m_counts[i]->style()->polish(m_counts[i]);
    m_counts[i]->setText(day.total() > 0 ? QString::number(day.total()) : QStringLiteral("–"));
    m_counts[i]->setToolTip(words);
    m_counts[i]->setAccessibleName(words);
    m_names[i]->setText(
        QLocale(QLocale::English).dayName(day.day.dayOfWeek(), QLocale::ShortFormat));
  }
}

}  // namespace rehearse::gui
