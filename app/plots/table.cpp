// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `table`: the rows themselves, as tall as a few of them are; more are scrolled.
#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "app/plots/figure_content.hpp"
#include "app/plots/frame_model.hpp"
#include "app/plots/plain_table.hpp"

namespace rehearse::plots {
namespace {

constexpr int kRowHeight = 28, kFrame = 2;
constexpr std::size_t kMostRows = 7;

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
    m_model->setFrame(figure.data);
    m_view->setAccessibleName(QString::fromStdString(figure.title));
    m_view->resizeColumnsToContents();
    const int rows = static_cast<int>(std::min<std::size_t>(figure.data.rows(), kMostRows));
    m_rowsHeight = std::max(rows, 1) * kRowHeight;
    m_height = m_view->horizontalHeader()->sizeHint().height() + m_rowsHeight +
               m_view->horizontalScrollBar()->sizeHint().height() + kFrame;
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
  // Whole rows: room for the bar below them is used only where there is a bar.
  void fit() {
    const QHeaderView& header = *m_view->horizontalHeader();
    const bool bar = header.length() > width() - kFrame;
    m_view->setFixedHeight(header.sizeHint().height() + m_rowsHeight + kFrame +
                           (bar ? m_view->horizontalScrollBar()->sizeHint().height() : 0));
  }

  int m_height = 0, m_rowsHeight = kRowHeight;
  QTableView* m_view;
  FrameModel* m_model;
};

const FigureKindRegistration kTable("table",
                                    [](QWidget* parent) { return new TableContent(parent); });

}  // namespace
}  // namespace rehearse::plots
