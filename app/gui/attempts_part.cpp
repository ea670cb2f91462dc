// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/attempts_part.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/gui/attempts_table.hpp"
#include "app/gui/style.hpp"
#include "app/present/drill_text.hpp"

namespace rehearse::gui {

AttemptsPart::AttemptsPart(QWidget* parent)
    : QWidget(parent),
      m_table(new AttemptsTable(this)),
      m_compare(new QPushButton(tr("Compare"), this)),
      m_about(label({}, "label", this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* head = new QHBoxLayout;
  auto* title = new QLabel(tr("Attempts"), this);
  title->setObjectName("chapter");
  head->addWidget(title, 1);
  head->addWidget(m_compare);
  column->addLayout(head);
  column->addWidget(m_table);
  column->addWidget(m_about);
  connect(m_compare, &QPushButton::clicked, this, &AttemptsPart::compareWanted);
  connect(m_table, &AttemptsTable::chosenChanged, this, &AttemptsPart::offerComparison);
  hide();
}

void AttemptsPart::show(std::vector<practice::Attempt> attempts, const plots::Theme* theme) {
  m_shown = std::move(attempts);
  m_table->show(m_shown, theme);
  setVisible(!m_shown.empty());
  offerComparison();
}

std::vector<practice::Attempt> AttemptsPart::toCompare() const {
  QList<int> chosen = m_table->chosen();
  if (m_shown.empty() || chosen.size() > 2) return {};
  if (chosen.isEmpty()) chosen = {0};
  std::vector<practice::Attempt> all;
  for (auto place = chosen.rbegin(); place != chosen.rend(); ++place)  // the newest is on top
    all.push_back(m_shown[static_cast<std::size_t>(*place)]);
  return all;
}

void AttemptsPart::offerComparison() {
  const QList<int> chosen = m_table->chosen();
  const bool can = !m_shown.empty() && chosen.size() <= 2;
  m_compare->setEnabled(can);
  m_compare->setToolTip(chosen.size() > 2    ? tr("Select one attempt, or two")
                        : chosen.size() == 2 ? tr("The two attempts, line by line (Ctrl+D)")
                                             : tr("The attempt and the draft, line by line "
                                                  "(Ctrl+D); Shift or Ctrl selects two"));
  const bool one = chosen.size() == 1 && chosen[0] < static_cast<int>(m_shown.size());
  m_about->setText(one ? present::attemptDetails(m_shown[static_cast<std::size_t>(chosen[0])])
                       : QString());
  m_about->setVisible(one);
  emit comparable(can);
}

}  // namespace rehearse::gui
