// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/interview_date.hpp"

#include <QDate>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

#include "app/gui/undo_strip.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

constexpr int kDaysAhead = 14;  // what a date that was never set begins with

}  // namespace

InterviewDate::InterviewDate(present::AppContext& context, QWidget* page, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_page(page),
      m_date(new QDateEdit(this)),
      m_set(new QPushButton(this)),
      m_clear(new QPushButton(tr("Clear"), this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  m_date->setDisplayFormat("d MMM yyyy");
  m_date->setLocale(QLocale(QLocale::English));
  m_date->setButtonSymbols(QAbstractSpinBox::NoButtons);
  m_date->setMinimumDate(QDate::currentDate());
  m_date->setAccessibleName(tr("Date of the interview"));
  m_date->setToolTip(tr("Up and Down change the part under the cursor"));
  m_clear->setAccessibleName(tr("Clear the date of the interview"));
  for (QWidget* widget : std::initializer_list<QWidget*>{m_date, m_set, m_clear})
    row->addWidget(widget);
  connect(m_set, &QPushButton::clicked, this,
          [this] { m_context.setSetting(kKey, m_date->date().toString(Qt::ISODate)); });
  connect(m_clear, &QPushButton::clicked, this, &InterviewDate::clear);
  showValue(m_context.setting(kKey, {}));
}

void InterviewDate::showValue(const QString& stored) {
  const QDate date = QDate::fromString(stored, Qt::ISODate);
  m_date->setDate(date.isValid() ? date : QDate::currentDate().addDays(kDaysAhead));
  m_set->setText(date.isValid() ? tr("Change date") : tr("Set date"));
  m_clear->setVisible(date.isValid());
}

void InterviewDate::clear() {
  const QString before = m_context.setting(kKey, {});
  m_context.setSetting(kKey, {});
  UndoStrip::offer(m_page, tr("The date of the interview was cleared"),
                   [&context = m_context, before] { context.setSetting(kKey, before); });
}

}  // namespace rehearse::gui
