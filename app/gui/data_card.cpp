// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/data_card.hpp"

#include <QAction>
#include <QDesktopServices>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QUrl>
#include <QVBoxLayout>

#include "app/gui/setting_row.hpp"
#include "app/gui/style.hpp"
#include "app/present/app_context.hpp"
#include "app/present/data_transfer.hpp"

namespace rehearse::gui {

DataCard::DataCard(present::AppContext& context, QWidget* page)
    : QWidget(page), m_data(new present::DataTransfer(context, this)) {
  QVBoxLayout* column = settingColumn(tr("Your data"), this);
  const QString folder = context.userFolder({});
  auto* open = new QPushButton(tr("Open the folder"), this);
  open->setAccessibleName(tr("Open the folder of your data"));
  connect(open, &QPushButton::clicked, this,
          [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
  column->addLayout(settingRow(
      tr("Folder"),
      tr("Attempts, drafts, reviews and settings, and your own drills, designs and cards, lie in "
         "%1 and nowhere else.")
          .arg(folder),
      open, this));
  m_backups = label(m_data->backupWords(), "muted", this);
  column->addLayout(
      settingRow(tr("Backups"), m_backups, makeButton(tr("Back up now"), &DataCard::backUp), this));
  column->addLayout(settingRow(
      tr("Export"),
      tr("Everything as JSON, or as CSV tables in a folder; your history as Markdown; every card "
         "for Anki."),
      makeButton(tr("Export…"), &DataCard::exportAll), this));
  column->addLayout(settingRow(tr("Import"),
                               tr("Adds what is not here yet; nothing that is here gives way."),
                               makeButton(tr("Import…"), &DataCard::importAll), this));
  m_said = selectableLabel({}, "muted", this);
  m_said->setAccessibleName(tr("What became of it"));
  m_said->hide();
  column->addWidget(m_said);
  connect(m_data, &present::DataTransfer::started, this,
          [this](const QString& what) { say(what, "muted", false); });
  connect(m_data, &present::DataTransfer::done, this,
          [this](const QString& sentence) { say(sentence, "ok", true); });
  connect(m_data, &present::DataTransfer::failed, this,
          [this](const QString& message) { say(message, "bad", true); });
}

QPushButton* DataCard::makeButton(const QString& text, void (DataCard::*act)()) {
  auto* button = new QPushButton(text, this);
  connect(button, &QPushButton::clicked, this, act);
  auto* action = new QAction(text, this);
  connect(action, &QAction::triggered, this, act);
  addAction(action);
  m_buttons.append(button);
  return button;
}

void DataCard::say(const QString& sentence, const char* name, bool ready) {
  m_said->setObjectName(name);
  m_said->style()->unpolish(m_said);
  m_said->style()->polish(m_said);
  m_said->setText(sentence);
  m_said->show();
  m_backups->setText(m_data->backupWords());
  for (QPushButton* button : m_buttons) button->setEnabled(ready);
  for (QAction* action : actions()) action->setEnabled(ready);
}

void DataCard::backUp() { m_data->backUp(); }

void DataCard::exportAll() {
  const QString path = QFileDialog::getSaveFileName(
      this, tr("Export everything"), "rehearse.json",
      tr("JSON (*.json);;CSV tables in a folder (*.csv);;Markdown (*.md);;Anki (*.apkg)"));
  if (!path.isEmpty()) m_data->exportTo(path);
}

void DataCard::importAll() {
  const QString path = QFileDialog::getOpenFileName(
      this, tr("Import"), {}, tr("What was exported (*.json *.csv *.md *.apkg);;All files (*)"));
  if (!path.isEmpty()) m_data->importFrom(path);
}

}  // namespace rehearse::gui
