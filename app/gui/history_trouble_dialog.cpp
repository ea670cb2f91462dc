// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/history_trouble_dialog.hpp"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace rehearse::gui {
namespace {

constexpr int kTroubleWidth = 640;

}  // namespace

HistoryTroubleDialog::HistoryTroubleDialog(const present::HistoryTrouble& trouble,
                                           const Theme& theme)
    : m_trouble(trouble),
      m_said(selectableLabel(trouble.advice, "muted", this)),
      m_restore(new QPushButton(tr("Restore the backup"), this)),
      m_again(new QPushButton(tr("Try again"), this)) {
  setWindowTitle(tr("Rehearse"));
  setWindowIcon(icon("rehearse", theme.ink));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(12);
  column->addWidget(label(tr("Your history cannot be opened"), "page", this));
  column->addWidget(selectableLabel(trouble.message, "", this));
  column->addWidget(m_said);
  m_said->setVisible(!trouble.advice.isEmpty());
  column->addStretch(1);
  column->addWidget(makeButtons());
  setStyleSheet(gui::styleSheet(theme));
  resize(kTroubleWidth, sizeHint().height());
}

QWidget* HistoryTroubleDialog::makeButtons() {
  auto* buttons = new QWidget(this);
  auto* row = new QHBoxLayout(buttons);
  row->setContentsMargins(0, 8, 0, 0);
  row->setSpacing(8);
  auto* leave = new QPushButton(tr("Leave"), buttons);
  leave->setToolTip(tr("Leave (Esc)"));
  connect(leave, &QPushButton::clicked, this, &QDialog::reject);
  row->addWidget(leave);
  row->addStretch(1);
  if (!m_trouble.folder.isEmpty()) {
    auto* folder = new QPushButton(tr("Open the folder"), buttons);
    connect(folder, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_trouble.folder)); });
    row->addWidget(folder);
  }
  row->addWidget(m_again);
  row->addWidget(m_restore);
  connect(m_again, &QPushButton::clicked, this, &QDialog::accept);
  connect(m_restore, &QPushButton::clicked, this, &HistoryTroubleDialog::restore);
  m_restore->setVisible(!m_trouble.backup.isEmpty());
  QPushButton* first = m_trouble.backup.isEmpty() ? m_again : m_restore;
  first->setObjectName("primary");
  first->setDefault(true);
  first->setFocus();
  return buttons;
}

void HistoryTroubleDialog::restore() {
  const auto restored = present::restoreBackup(m_trouble);
  m_said->setText(restored ? *restored : QString::fromStdString(restored.error().message));
  if (!restored) return;
  m_restore->hide();
  m_again->setText(tr("Go on"));
  m_again->setFocus();
}

}  // namespace rehearse::gui
