// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `number`: key numbers side by side, each with its name, unit and interval below. A number
// that is undefined shows "–" and says why.
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/plots/figure_content.hpp"
#include "app/plots/number_text.hpp"
#include "app/plots/wrapped_label.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::plots {
namespace {

constexpr int kNumbersApart = 24, kBlockWidth = 104;

QString textOf(const Column* column, std::size_t row) {
  return column && !column->missing(row) ? QString::fromStdString(column->cell(row)) : QString();
}

class NumberContent : public FigureContent {
 public:
  explicit NumberContent(QWidget* parent) : FigureContent(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 4, 0, 4);
    m_grid->setHorizontalSpacing(kNumbersApart);
    m_grid->setVerticalSpacing(8);
  }

  void setFigure(const Figure& figure, const Theme& theme) override {
    qDeleteAll(m_blocks);
    m_blocks.clear();
    const Frame& rows = figure.data;
    const Column* value = rows.find("value");
    if (!value || !value->numeric()) return;
    for (std::size_t row = 0; row < rows.rows(); ++row)
      m_blocks.append(block(rows, *value, row, theme));
    m_columns = 0;
    place();
  }
  // A narrow place has them in several rows.
  QSize minimumSizeHint() const override {
    return {kBlockWidth, FigureContent::minimumSizeHint().height()};
  }

 protected:
  void resizeEvent(QResizeEvent* event) override {
    FigureContent::resizeEvent(event);
    place();
  }

 private:
  void place() {
    const int most = std::max(1, (width() + kNumbersApart) / (kBlockWidth + kNumbersApart));
    const int columns = std::clamp(most, 1, std::max(1, static_cast<int>(m_blocks.size())));
    if (columns == m_columns) return;
    for (QWidget* block : m_blocks) m_grid->removeWidget(block);
    for (int column = 0; column <= std::max(columns, m_columns); ++column)
      m_grid->setColumnStretch(column, column == columns ? 1 : 0);
    m_columns = columns;
    for (int i = 0; i < m_blocks.size(); ++i)
      m_grid->addWidget(m_blocks[i], i / columns, i % columns);
  }

  QWidget* block(const Frame& rows, const Column& value, std::size_t row, const Theme& theme) {
    const QString name = textOf(rows.find("name"), row), unit = textOf(rows.find("unit"), row);
    const QString why = textOf(rows.find("why"), row), style = textOf(rows.find("style"), row);
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    const double number = value.missing(row) ? std::nan("") : value.number(row);
    auto* figure = new QLabel(keyNumber(number, unit), box);
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
          tr("%1 to %2").arg(keyNumber(low->number(row), unit), keyNumber(high->number(row), unit)),
          box);
      range->setObjectName("label");
      column->addWidget(range);
    }
    column->addStretch(1);
    box->setToolTip(why);
    box->setAccessibleName(name + ": " + figure->text() + (why.isEmpty() ? "" : ", " + why));
    return box;
  }

  QGridLayout* m_grid;
  QList<QWidget*> m_blocks;
  int m_columns = 0;
};

const FigureKindRegistration kNumber("number",
                                     [](QWidget* parent) { return new NumberContent(parent); });

}  // namespace
}  // namespace rehearse::plots
