// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/field_form.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QSpinBox>
#include <QVBoxLayout>

#include "app/gui/style.hpp"

namespace rehearse::gui {
namespace {

constexpr int kMostListed = 5, kListedHeight = 30;

QString fieldName(const analysis::Field& field) {
  return QString::fromStdString(field.name).replace('-', ' ');
}

}  // namespace

FieldForm::FieldForm(QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
}

void FieldForm::build(const analysis::Analysis& analysis, const Frame& table, const Frame& other,
                      const std::map<std::string, std::string>& guesses) {
  delete m_body;
  m_values.clear();
  m_columns.clear();
  m_guessed = 0;
  m_body = new QWidget(this);
  auto* column = new QVBoxLayout(m_body);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  for (const analysis::Field& field : analysis.fields) {
    const auto guess = guesses.find(field.name);
    QWidget* made = editor(field, field.in_other ? other : table,
                           guess == guesses.end() ? std::string() : guess->second);
    made->setAccessibleName(fieldName(field));
    made->setToolTip(QString::fromStdString(field.sentence));
    if (field.kind != analysis::Field::Kind::flag) {
      auto* name = label(tr("%1: %2").arg(fieldName(field), QString::fromStdString(field.sentence)),
                         "label", m_body);
      name->setBuddy(made);
      name->setContentsMargins(0, 8, 0, 0);
      column->addWidget(name);
    }
    column->addWidget(made);
  }
  layout()->addWidget(m_body);
}

void FieldForm::choose(const std::map<std::string, std::string>& columns) {
  for (const auto& [name, box] : m_columns) {
    const auto chosen = columns.find(name);
    const int index = chosen == columns.end() || chosen->second.empty()
                          ? -1
                          : box->findData(QString::fromStdString(chosen->second));
    if (index > 0 && index != box->currentIndex()) emit box->activated(index);
  }
}

std::map<std::string, std::string> FieldForm::values() const {
  std::map<std::string, std::string> all;
  for (const auto& [name, value] : m_values) all[name] = value().toStdString();
  return all;
}

QWidget* FieldForm::editor(const analysis::Field& field, const Frame& table,
                           const std::string& value) {
  using Kind = analysis::Field::Kind;
  const QString shown = QString::fromStdString(value);
  if (field.kind == Kind::column) return columnEditor(field, table, value);
  if (field.kind == Kind::columns) return columnsEditor(field, table, value);
  if (field.kind == Kind::choice) {
    auto* box = new QComboBox(m_body);
    for (const std::string& choice : field.choices) box->addItem(QString::fromStdString(choice));
    box->setCurrentText(shown);
    m_values[field.name] = [box] { return box->currentText(); };
    return box;
  }
  if (field.kind == Kind::number) {
    auto* box = new QSpinBox(m_body);
    box->setRange(static_cast<int>(field.low), static_cast<int>(field.high));
    box->setValue(shown.toInt());
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);  // arrow keys do the same
    m_values[field.name] = [box] { return QString::number(box->value()); };
    return box;
  }
  auto* box = new QCheckBox(QString::fromStdString(field.sentence), m_body);
  box->setChecked(value == "true");
  m_values[field.name] = [box] { return box->isChecked() ? "true" : "false"; };
  return box;
}

// Space marks a column; those that were guessed are marked already.
QWidget* FieldForm::columnsEditor(const analysis::Field& field, const Frame& table,
                                  const std::string& value) {
  auto* list = new QListWidget(m_body);
  const QStringList marked = QString::fromStdString(value).split('\n', Qt::SkipEmptyParts);
  for (std::size_t c = 0; c < table.columns(); ++c) {
    if (field.numeric && !table.column(c).numeric()) continue;
    auto* item = new QListWidgetItem(QString::fromStdString(table.column(c).name()), list);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(marked.contains(item->text()) ? Qt::Checked : Qt::Unchecked);
  }
  list->setFixedHeight(std::clamp(list->count(), 1, kMostListed) * kListedHeight + 8);
  m_values[field.name] = [list] {
    QStringList names;
    for (int i = 0; i < list->count(); ++i)
      if (list->item(i)->checkState() == Qt::Checked) names.append(list->item(i)->text());
    return names.join('\n');
  };
  return list;
}

// The name of the column is the item's data; its text may say that it was guessed.
QWidget* FieldForm::columnEditor(const analysis::Field& field, const Frame& table,
                                 const std::string& value) {
  auto* box = new QComboBox(m_body);
  box->addItem(field.optional ? tr("none") : tr("choose a column"), QString());
  for (std::size_t c = 0; c < table.columns(); ++c) {
    if (field.numeric && !table.column(c).numeric()) continue;
    const QString name = QString::fromStdString(table.column(c).name());
    const bool guess = name.toStdString() == value;
    box->addItem(guess ? tr("%1 (guessed from its name)").arg(name) : name, name);
    if (guess) box->setCurrentIndex(box->count() - 1), ++m_guessed;
  }
  connect(box, &QComboBox::activated, box, [box](int index) {
    for (int i = 1; i < box->count(); ++i) box->setItemText(i, box->itemData(i).toString());
    box->setCurrentIndex(index);
  });
  m_values[field.name] = [box] { return box->currentData().toString(); };
  m_columns[field.name] = box;
  return box;
}

}  // namespace rehearse::gui
