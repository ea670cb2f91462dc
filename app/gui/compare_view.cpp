// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/compare_view.hpp"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QTimer>
#include <QVBoxLayout>

#include "app/gui/page.hpp"
#include "app/gui/title_label.hpp"
#include "app/plots/figure_view.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

constexpr int kComparedHeight = 220;

plots::FigureView* figureOn(const Figure& figure, const Theme& theme, int height, QWidget* parent) {
  auto* view = new plots::FigureView(parent);
  view->setAttribute(Qt::WA_StyledBackground);
  if (height > 0) view->setContentHeight(height);
  view->setFigure(figure, theme);
  return view;
}

}  // namespace

CompareView::CompareView(present::AppContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_title(new TitleLabel(this)),
      m_a(new QComboBox(this)),
      m_b(new QComboBox(this)),
      m_scroll(scrolledPart(tr("Two runs side by side"), new QWidget, this)),
      m_stage(new QTimer(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar());
  column->addWidget(m_scroll, 1);
  m_stage->setSingleShot(true);
  connect(m_stage, &QTimer::timeout, this, &CompareView::nextPiece);
  auto* back = new QAction(tr("Back to the design"), this);
  back->setObjectName("compare.back");
  back->setShortcut(Qt::Key_Escape);
  back->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(back, &QAction::triggered, this, &CompareView::closed);
  addAction(back);
}

QWidget* CompareView::makeBar() {
  auto* bar = new QWidget(this);
  QHBoxLayout* row = barRow(bar);
  auto* back = new QPushButton(tr("Back"), bar);
  back->setToolTip(tr("Back to the design (Esc)"));
  connect(back, &QPushButton::clicked, this, &CompareView::closed);
  row->addWidget(back);
  row->addWidget(m_title, 1);
  for (const auto& [box, name] : {std::pair{m_a, tr("A")}, std::pair{m_b, tr("B")}}) {
    auto* letter = new QLabel(name, bar);
    letter->setObjectName("chapter");
    letter->setBuddy(box);
    box->setAccessibleName(tr("Run %1").arg(name));
    box->setMaximumWidth(360);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(18);
    row->addWidget(letter);
    row->addWidget(box);
    connect(box, &QComboBox::activated, this, &CompareView::build);
  }
  return bar;
}

void CompareView::show(const QString& design, std::vector<present::ComparedRun> runs) {
  m_runs = std::move(runs);
  m_title->setTitle(tr("Compare: %1").arg(design));
  for (QComboBox* box : {m_a, m_b}) {
    const QSignalBlocker blocker(box);
    box->clear();
    for (const present::ComparedRun& run : m_runs) {
      box->addItem(run.brief);
      box->setItemData(box->count() - 1, run.label, Qt::ToolTipRole);
    }
  }
  m_a->setCurrentIndex(0);
  m_b->setCurrentIndex(1);
  build();
  m_a->setFocus();
}

void CompareView::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (!m_runs.empty()) build();
}

void CompareView::addTable(const Figure& figure, const QString& otherwise) {
  if (figure.data.rows() > 0)
    m_column->addWidget(figureOn(figure, *m_theme, 0, m_scroll->widget()));
  else
    m_column->addWidget(label(otherwise, "muted", m_scroll->widget()));
}

void CompareView::build() {
  if (!m_theme || m_a->currentIndex() < 0 || m_b->currentIndex() < 0) return;
  auto* body = new QWidget;
  m_column = new QVBoxLayout(body);
  m_column->setContentsMargins(24, 24, 24, 24);
  m_column->setSpacing(16);
  m_scroll->setWidget(body);
  const auto& a = m_runs[static_cast<std::size_t>(m_a->currentIndex())];
  const auto& b = m_runs[static_cast<std::size_t>(m_b->currentIndex())];
  m_a->setToolTip(a.label);
  m_b->setToolTip(b.label);
  addTable(present::madeWith(a, b),
           tr("A and B were made with the same knobs and the same seed: nothing can differ."));
  addTable(present::numbersOf(a, b), tr("This design has no key numbers; its plots stand below."));
  m_column->addStretch(1);
  m_next = 0;
  m_context.setBusy(this, true);
  m_stage->start();
}

void CompareView::nextPiece() {
  const auto& a = m_runs[static_cast<std::size_t>(m_a->currentIndex())].figures;
  const auto& b = m_runs[static_cast<std::size_t>(m_b->currentIndex())].figures;
  while (m_next < std::min(a.size(), b.size()) && a[m_next].kind == "number") ++m_next;
  if (m_next >= std::min(a.size(), b.size())) return m_context.setBusy(this, false);
  auto* pair = new QWidget(m_scroll->widget());
  auto* row = new QHBoxLayout(pair);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(16);
  std::vector<plots::FigureView*> sides;
  for (const auto& [side, name] :
       {std::pair{&a[m_next], tr("A")}, std::pair{&b[m_next], tr("B")}}) {
    Figure figure = *side;
    figure.title = (name + ": " + QString::fromStdString(figure.title)).toStdString();
    figure.see.clear();
    sides.push_back(figureOn(figure, *m_theme, figure.kind == "table" ? 0 : kComparedHeight, pair));
    row->addWidget(sides.back(), 1);
  }
  sides[0]->shareAxes(*sides[1]);
  m_column->insertWidget(m_column->count() - 1, pair);
  ++m_next;
  m_stage->start();
}

}  // namespace rehearse::gui
