// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/language_box.hpp"

#include <QStandardItemModel>
#include <QtConcurrent>

namespace rehearse::gui {

LanguageBox::LanguageBox(QWidget* parent) : QComboBox(parent) {
  setAccessibleName(tr("Language"));
  setToolTip(tr("What you write in; each language has a draft of its own"));
  setSizeAdjustPolicy(QComboBox::AdjustToContents);
  connect(this, &QComboBox::activated, this,
          [this](int index) { emit chosen(itemData(index).toString()); });
  connect(&m_loader, &QFutureWatcherBase::finished, this, [this] {
    setChoices(m_loader.result());
    emit listed();
  });
}

void LanguageBox::load() { m_loader.setFuture(QtConcurrent::run(present::languagesHere)); }

void LanguageBox::setChoices(const QList<present::LanguageChoice>& choices) {
  clear();
  for (const present::LanguageChoice& choice : choices) {
    addItem(choice.name, choice.id);
    if (choice.lacking.isEmpty()) continue;
    setItemText(count() - 1, tr("%1 (not here)").arg(choice.name));
    setItemData(count() - 1, choice.lacking, Qt::ToolTipRole);
    static_cast<QStandardItemModel*>(model())->item(count() - 1)->setEnabled(false);
  }
  select(m_selected);
}

bool LanguageBox::has(const QString& id) const {
  const int index = findData(id);
  return index >= 0 && (model()->flags(model()->index(index, 0)) & Qt::ItemIsEnabled);
}

void LanguageBox::select(const QString& id) {
  m_selected = id;
  if (count() > 0) setCurrentIndex(findData(id));
}

}  // namespace rehearse::gui
