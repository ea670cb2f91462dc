// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `table`: the rows themselves, as tall as sixteen of them are; more are scrolled.
#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "app/plots/figure_content.hpp"
#include "app/plots/frame_model.hpp"
#include "app/plots/number_text.hpp"
#include "app/plots/plain_table.hpp"

namespace rehearse::plots {
namespace {

constexpr int kRowHeight = 28, kFrame = 2;
constexpr int kMostRows = 16;  // of a card that is as tall as its rows

class TableContent : public FigureContent {
 public:
  explicit TableContent(QWidget* parent)
      : FigureContent(parent), m_view(new QTableView(this)), m_model(new FrameModel(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setModel(m_model);
    makePlain(*m_view, kRowHeight);
    layout->addStretch(1);
  }

  void setFigure(const Figure& figure, const Theme&) override {
    m_model->setFrame(figure.data, cellDigits(figure));
    m_view->setAccessibleName(QString::fromStdString(figure.title));
    fitColumns(*m_view);
    m_rows = std::max(static_cast<int>(figure.data.rows()), 1);
    m_height = around(true) + std::min(m_rows, kMostRows) * kRowHeight;
    fit();
  }
  // Said aloud: a card whose sentence wraps keeps the height that it had before the rows came.
  int heightWanted() const override { return m_height; }

 protected:
  void resizeEvent(QResizeEvent* event) override {
    FigureContent::resizeEvent(event);
    fit();
  }

 private:
  int around(bool bar) const {
    return m_view->horizontalHeader()->sizeHint().height() + kFrame +
           (bar ? m_view->horizontalScrollBar()->sizeHint().height() : 0);
  }
  // Whole rows, and more of them where there is room: a dialog may be taller than its table asks.
  // Room for the bar below them is used only where there is a bar.
  void fit() {
    const int others = around(m_view->horizontalHeader()->length() > width() - kFrame),
              least = std::min(m_rows, kMostRows),
              rows = std::clamp((height() - others) / kRowHeight, least, m_rows);
    m_view->setFixedHeight(others + rows * kRowHeight);
  }

  int m_height = 0, m_rows = 1;
  QTableView* m_view;
  FrameModel* m_model;
};

const FigureKindRegistration kTable("table",
                                    [](QWidget* parent) { return new TableContent(parent); });

}  // namespace
}  // namespace rehearse::plots
