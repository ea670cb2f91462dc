// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/settings_page.hpp"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include "app/gui/data_card.hpp"
#include "app/gui/interview_date.hpp"
#include "app/gui/setting_row.hpp"
#include "app/gui/undo_strip.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

using present::Preference;

constexpr int kSettingsWidth = 760, kMargin = 24, kControlWidth = 160;

}  // namespace

SettingsPage::SettingsPage(present::AppContext& context, QWidget* parent)
    : Page(parent), m_context(context) {
  connect(&context, &present::AppContext::settingChanged, this, &SettingsPage::showValue);
  connect(&context, &present::AppContext::failed, this, [this](const QString& message) {
    if (!m_error) return;
    m_error->setText(message);
    m_error->setVisible(!message.isEmpty());
  });
}

void SettingsPage::activated() {
  if (!m_first) make();
  m_first->setFocus(Qt::OtherFocusReason);
}

void SettingsPage::make() {
  auto* body = new QWidget(this);
  body->setMaximumWidth(kSettingsWidth + 2 * kMargin);
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  column->setSpacing(16);
  auto* top = new QWidget(body);
  auto* row = new QHBoxLayout(top);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(label(tr("Settings"), "page", top), 1);
  auto* reset = new QPushButton(tr("Reset to defaults"), top);
  reset->setToolTip(tr("Everything here but the date of the interview; it can be undone"));
  connect(reset, &QPushButton::clicked, this, &SettingsPage::reset);
  row->addWidget(reset);
  column->addWidget(top);
  m_error = label({}, "bad", body);
  m_error->hide();
  column->addWidget(m_error);
  const QList<Preference> all = present::preferences();
  for (qsizetype from = 0, to = 0; from < all.size(); from = to) {
    while (to < all.size() && all[to].section == all[from].section) ++to;
    column->addWidget(makeSection(all[from].section, all.mid(from, to - from)));
  }
  column->addWidget(new DataCard(m_context, this));
  column->addStretch(1);
  QScrollArea* scroll = scrolledPart(tr("Settings"), body, this);
  scroll->setFocusPolicy(Qt::NoFocus);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(scroll);
  auto* action = new QAction(tr("Reset the settings to defaults"), this);
  action->setObjectName("reset_settings");
  connect(action, &QAction::triggered, this, &SettingsPage::reset);
  addAction(action);
}

QWidget* SettingsPage::makeSection(const QString& title, const QList<Preference>& preferences) {
  auto* card = new QWidget(this);
  QVBoxLayout* column = settingColumn(title, card);
  for (const Preference& preference : preferences) {
    QWidget* control = makeControl(preference, card);
    control->setObjectName(preference.key);
    control->setAccessibleName(preference.title);
    control->setAccessibleDescription(preference.sentence);
    if (!m_first) m_first = control;
    column->addLayout(settingRow(preference.title, preference.sentence, control, card));
    m_show[preference.key](present::preferenceValue(m_context, preference));
  }
  return card;
}

QWidget* SettingsPage::makeControl(const Preference& preference, QWidget* parent) {
  switch (preference.kind) {
    case Preference::Kind::choice: return makeChoice(preference, parent);
    case Preference::Kind::toggle: return makeToggle(preference, parent);
    case Preference::Kind::number: return makeNumber(preference, parent);
    case Preference::Kind::date: return makeDate(preference, parent);
  }
  Q_UNREACHABLE();
}

QWidget* SettingsPage::makeChoice(const Preference& preference, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setMinimumWidth(kControlWidth);
  for (const present::PreferenceChoice& choice : preference.choices)
    box->addItem(choice.label, choice.value);
  m_show[preference.key] = [box](const QString& value) {
    box->setCurrentIndex(box->findData(value));
  };
  connect(box, &QComboBox::currentIndexChanged, this,
          [this, box, key = preference.key] { save(key, box->currentData().toString()); });
  return box;
}

QWidget* SettingsPage::makeToggle(const Preference& preference, QWidget* parent) {
  auto* box = new QCheckBox(parent);
  const auto say = [box](bool on) { box->setText(on ? tr("On") : tr("Off")); };
  m_show[preference.key] = [box, say](const QString& value) {
    box->setChecked(value == "on");
    say(box->isChecked());
  };
  connect(box, &QCheckBox::toggled, this, [this, say, key = preference.key](bool on) {
    say(on);
    save(key, on ? "on" : "off");
  });
  return box;
}

QWidget* SettingsPage::makeNumber(const Preference& preference, QWidget* parent) {
  auto* box = new QSpinBox(parent);
  box->setRange(preference.least, preference.most);
  box->setSuffix(" " + preference.unit);
  box->setMinimumWidth(kControlWidth);
  box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  box->setToolTip(tr("Up and Down change it"));
  m_show[preference.key] = [box](const QString& value) { box->setValue(value.toInt()); };
  connect(box, &QSpinBox::valueChanged, this,
          [this, key = preference.key](int value) { save(key, QString::number(value)); });
  return box;
}

QWidget* SettingsPage::makeDate(const Preference& preference, QWidget* parent) {
  Q_ASSERT(preference.key == InterviewDate::kKey);
  auto* date = new InterviewDate(m_context, this, parent);
  m_show[preference.key] = [date](const QString& value) { date->showValue(value); };
  return date;
}

void SettingsPage::save(const QString& key, const QString& value) {
  if (m_context.setting(key, {}) != value) m_context.setSetting(key, value);
}

void SettingsPage::showValue(const QString& key) {
  if (!m_show.contains(key)) return;
  m_show[key](present::preferenceValue(m_context, key));
}

void SettingsPage::reset() {
  const present::PreferenceValues before = present::resetPreferences(m_context);
  if (before.isEmpty()) return;
  UndoStrip::offer(this, tr("The settings are as they came"),
                   [this, before] { present::setPreferences(m_context, before); });
}

void SettingsPage::setTheme(const Theme&) {}

}  // namespace rehearse::gui
