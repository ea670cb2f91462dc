// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kind `table`: the rows themselves.
#include <QTableView>
#include <QVBoxLayout>

#include "app/plots/figure_content.hpp"
#include "app/plots/frame_model.hpp"
#include "app/plots/plain_table.hpp"

namespace rehearse::plots {
namespace {

class TableContent : public FigureContent {
 public:
  explicit TableContent(QWidget* parent)
      : FigureContent(parent), m_view(new QTableView(this)), m_model(new FrameModel(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setModel(m_model);
    makePlain(*m_view, 28);
    m_view->setMinimumHeight(140);
  }

  void setFigure(const Figure& figure, const Theme&) override {
    m_model->setFrame(figure.data);
    m_view->setAccessibleName(QString::fromStdString(figure.title));
    m_view->resizeColumnsToContents();
  }

 private:
  QTableView* m_view;
  FrameModel* m_model;
};

const FigureKindRegistration kTable("table",
                                    [](QWidget* parent) { return new TableContent(parent); });

}  // namespace
}  // namespace rehearse::plots
