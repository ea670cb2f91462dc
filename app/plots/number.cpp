// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `number`: key numbers side by side, each with its name, unit and interval below. A number
// that is undefined shows "–" and says why.
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <cmath>

#include "app/plots/figure_content.hpp"
#include "app/plots/wrapped_label.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::plots {
namespace {

QString textOf(const Column* column, std::size_t row) {
  return column && !column->missing(row) ? QString::fromStdString(column->cell(row)) : QString();
}

QString shown(double value, const QString& unit) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  if (unit == "%") return QString::number(value * 100, 'f', std::abs(value) < 0.1 ? 2 : 1) + "%";
  if (value == std::floor(value) && std::abs(value) >= 1000)
    return QLocale(QLocale::English).toString(static_cast<qlonglong>(value));
  return QString::number(value, 'g', 4);
}

class NumberContent : public FigureContent {
 public:
  explicit NumberContent(QWidget* parent) : FigureContent(parent), m_row(new QHBoxLayout(this)) {
    m_row->setContentsMargins(0, 4, 0, 4);
    m_row->setSpacing(24);
  }

  void setFigure(const Figure& figure, const Theme& theme) override {
    while (QLayoutItem* item = m_row->takeAt(0)) {
      delete item->widget();
      delete item;
    }
    const Frame& rows = figure.data;
    const Column* value = rows.find("value");
    if (!value || !value->numeric()) return;
    for (std::size_t row = 0; row < rows.rows(); ++row)
      m_row->addWidget(block(rows, *value, row, theme));
    m_row->addStretch(1);
  }

 private:
  QWidget* block(const Frame& rows, const Column& value, std::size_t row, const Theme& theme) {
    const QString name = textOf(rows.find("name"), row), unit = textOf(rows.find("unit"), row);
    const QString why = textOf(rows.find("why"), row), style = textOf(rows.find("style"), row);
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    const double number = value.missing(row) ? std::nan("") : value.number(row);
    auto* figure = new QLabel(shown(number, unit), box);
    figure->setObjectName("key");
    if (style == "ok" || style == "bad")
      figure->setStyleSheet(
          QString("color: %1").arg((style == "ok" ? theme.ok : theme.bad).name()));
    auto* label = new WrappedLabel(
        name + (unit.isEmpty() || unit == "%" ? QString() : QString(" (%1)").arg(unit)), box);
    label->setObjectName("label");
    column->addWidget(figure);
    column->addWidget(label);
    const Column *low = rows.find("low"), *high = rows.find("high");
    if (low && high && std::isfinite(low->number(row)) && std::isfinite(high->number(row))) {
      auto* range = new QLabel(
          tr("%1 to %2").arg(shown(low->number(row), unit), shown(high->number(row), unit)), box);
      range->setObjectName("label");
      column->addWidget(range);
    }
    column->addStretch(1);
    box->setToolTip(why);
    box->setAccessibleName(name + ": " + figure->text() + (why.isEmpty() ? "" : ", " + why));
    return box;
  }

  QHBoxLayout* m_row;
};

const FigureKindRegistration kNumber("number",
                                     [](QWidget* parent) { return new NumberContent(parent); });

}  // namespace
}  // namespace rehearse::plots
