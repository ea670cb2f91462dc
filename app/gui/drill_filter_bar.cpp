// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/drill_filter_bar.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include "app/present/drill_filter.hpp"
#include "app/present/drill_session.hpp"

namespace rehearse::gui {
namespace {

constexpr int kSetWidth = 240, kLeastFilter = 6;

}  // namespace

DrillFilterBar::DrillFilterBar(QWidget* parent)
    : QWidget(parent),
      m_set(makeBox(tr("Set"))),
      m_category(makeBox(tr("Category"))),
      m_level(makeBox(tr("Level"))),
      m_outcome(makeBox(tr("Solved or not"))),
      m_language(makeBox(tr("Language that they were solved in"))) {
  m_set->setMaximumWidth(kSetWidth);
  m_set->hide();
  m_outcome->addItems({tr("Solved or not"), tr("Not tried yet"), tr("Not solved yet"), tr("Solved"),
                       tr("Solved over a week ago")});
  m_language->setToolTip(tr("The language that “solved” is about"));
  m_language->addItem(tr("In any language"), QString());
  for (const present::LanguageChoice& language : present::languagesKnown())
    m_language->addItem(tr("In %1").arg(language.name), language.id);
  m_language->hide();
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(12);
  for (QComboBox* box : {m_set, m_category, m_level, m_outcome, m_language}) row->addWidget(box);
  row->addStretch(1);
  connect(m_set, &QComboBox::currentIndexChanged, this, &DrillFilterBar::setChosen);
  connect(m_outcome, &QComboBox::currentIndexChanged, this,
          [this](int index) { m_language->setVisible(index > 0); });
  for (const QComboBox* box : {m_category, m_level, m_outcome, m_language})
    connect(box, &QComboBox::currentIndexChanged, this, &DrillFilterBar::changed);
}

// Some are filled once the drills are read.
QComboBox* DrillFilterBar::makeBox(const QString& name) {
  auto* box = new QComboBox(this);
  box->setAccessibleName(name);
  box->setMinimumContentsLength(kLeastFilter);
  box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  return box;
}

void DrillFilterBar::setCategories(const QStringList& categories) {
  m_category->clear();
  m_category->addItem(tr("All categories"));
  m_category->addItems(categories);
  m_level->clear();
  m_level->addItems({tr("All levels"), "easy", "medium", "hard"});
}

void DrillFilterBar::setSets(const std::vector<practice::DrillSet>& sets) {
  const QString chosen = set();
  const QSignalBlocker quiet(m_set);
  m_set->clear();
  m_set->addItem(tr("All drills"), QString());
  for (const practice::DrillSet& one : sets)
    m_set->addItem(QString::fromStdString(one.title), QString::fromStdString(one.id));
  chooseSet(chosen);
  m_set->setVisible(m_set->count() > 1);
}

QString DrillFilterBar::set() const { return m_set->currentData().toString(); }

void DrillFilterBar::chooseSet(const QString& id) {
  m_set->setCurrentIndex(std::max(0, m_set->findData(id)));
}

void DrillFilterBar::clear() {
  for (QComboBox* box : {m_category, m_level, m_outcome}) box->setCurrentIndex(0);
}

void DrillFilterBar::applyTo(present::DrillFilter& filter) const {
  const auto chosen = [](const QComboBox* box) {
    return box->currentIndex() > 0 ? box->currentText() : QString();
  };
  filter.inSet = m_set->currentIndex() > 0;
  filter.category = chosen(m_category);
  filter.level = chosen(m_level);
  filter.state = static_cast<present::DrillFilter::State>(m_outcome->currentIndex());
  filter.language = m_language->currentData().toString();
}

}  // namespace rehearse::gui
