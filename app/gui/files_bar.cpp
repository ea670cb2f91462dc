// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/files_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "app/gui/page.hpp"

namespace rehearse::gui {

FilesBar::FilesBar(QWidget* parent) : QWidget(parent) {
  QHBoxLayout* row = barRow(this);
  auto* title = new QLabel(tr("Your data"), this);
  title->setObjectName("page");
  m_summary = new QLabel(this);
  m_summary->setObjectName("label");
  m_progress = new QProgressBar(this);
  m_progress->setFixedWidth(120);
  m_progress->setAccessibleName(tr("Progress"));
  m_stop = new QPushButton(tr("Stop"), this);
  m_save = new QPushButton(tr("Save report…"), this);
  m_save->setToolTip(tr("The answer as HTML or PDF (Ctrl+S)"));
  m_save->setShortcut(QKeySequence("Ctrl+S"));
  m_open = new QPushButton(tr("Open file…"), this);
  m_open->setToolTip(tr("A table of your own: CSV with a header, TSV or JSONL (Ctrl+O)"));
  m_go = new QPushButton(this);
  m_go->setObjectName("primary");
  m_go->setToolTip(tr("Ctrl+Enter"));
  m_go->setShortcut(QKeySequence("Ctrl+Return"));
  m_go->hide();
  row->addWidget(title, 1);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{m_summary, m_progress, m_stop, m_open, m_save, m_go})
    row->addWidget(widget);
}

void FilesBar::say(const QString& sentence) { m_summary->setText(sentence); }

void FilesBar::setBusy(bool busy, const QString& what) {
  m_progress->setVisible(busy);
  m_stop->setVisible(busy);
  m_progress->setValue(0);
  m_go->setEnabled(!busy);
  say(what);
}

void FilesBar::setProgress(double fraction) {
  m_progress->setValue(static_cast<int>(fraction * 100));
}

}  // namespace rehearse::gui
