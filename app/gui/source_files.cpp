// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/source_files.hpp"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/gui/style.hpp"

namespace rehearse::gui {

SourceFiles::SourceFiles(QWidget* parent) : QWidget(parent), m_list(new QVBoxLayout(this)) {
  m_list->setContentsMargins(24, 12, 24, 0);
  hide();
}

void SourceFiles::setFiles(const QMap<QString, QString>& files) {
  while (QLayoutItem* item = m_list->takeAt(0)) {
    if (item->widget()) item->widget()->deleteLater();
    delete item;
  }
  for (auto file = files.begin(); file != files.end(); ++file) {
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(
        label(tr("%1 comes from your file %2. What is true is not known for it, so truth "
                 "lines are missing.")
                  .arg(file.key(), QFileInfo(file.value()).fileName()),
              "muted", line),
        1);
    auto* back = new QPushButton(tr("Use the simulated site again"), line);
    connect(back, &QPushButton::clicked, this,
            [this, source = file.key()] { emit dropped(source); });
    row->addWidget(back);
    m_list->addWidget(line);
  }
  setVisible(!files.isEmpty());
}

}  // namespace rehearse::gui
