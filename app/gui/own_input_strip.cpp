// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/own_input_strip.hpp"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include "app/plots/theme.hpp"
#include "app/present/drill_trial.hpp"

namespace rehearse::gui {

OwnInputStrip::OwnInputStrip(QWidget* parent)
    : QWidget(parent),
      m_line(new QLineEdit(this)),
      m_try(new QPushButton(tr("Try"), this)),
      m_keep(new QPushButton(tr("Keep as a case"), this)),
      m_stress(new QPushButton(tr("Stress"), this)) {
  setObjectName("surface");
  setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(24, 8, 24, 8);
  row->setSpacing(8);
  m_line->setAccessibleName(tr("Own input"));
  m_line->setToolTip(
      tr("An input of your own, written as a drill file writes its cases (Ctrl+I). "
         "Enter tries it."));
  m_line->setFont(plots::monoFont(plots::kControlPx));
  m_try->setToolTip(tr("Runs your text on this input, beside the reference's answer (Enter)"));
  m_keep->setToolTip(tr("Judges every submission of this drill with this input too (Ctrl+K)"));
  m_stress->setToolTip(tr("Looks for %1 seconds for an input that your text answers wrongly, and "
                          "keeps it as a case")
                           .arg(present::DrillTrial::kStressSeconds));
  row->addWidget(m_line, 1);
  for (QPushButton* button : {m_try, m_keep, m_stress}) row->addWidget(button);
  connect(m_line, &QLineEdit::returnPressed, m_try, &QPushButton::click);
  connect(m_try, &QPushButton::clicked, this, [this] { emit tryInput(text()); });
  connect(m_keep, &QPushButton::clicked, this, [this] { emit keepCase(text()); });
  connect(m_stress, &QPushButton::clicked, this, &OwnInputStrip::stress);
}

QString OwnInputStrip::text() const { return m_line->text(); }

void OwnInputStrip::setExample(const QString& text) {
  m_line->setText(text);
  m_line->setCursorPosition(0);
}

void OwnInputStrip::setBusy(bool busy) {
  for (QPushButton* button : {m_try, m_keep, m_stress}) button->setEnabled(!busy);
}

void OwnInputStrip::takeFocus() {
  m_line->setFocus(Qt::ShortcutFocusReason);
  m_line->selectAll();
}

void OwnInputStrip::keep() { m_keep->click(); }

}  // namespace rehearse::gui
