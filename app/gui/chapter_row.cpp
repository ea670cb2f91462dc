// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/chapter_row.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/gui/knob_widget.hpp"
#include "app/gui/markdown_label.hpp"
#include "app/plots/figure_view.hpp"

namespace rehearse::gui {
namespace {

constexpr int kProseWidth = 400, kNarrowProse = 260, kStackedProse = 640, kBeside = 24;
// Figures stand side by side where each has this width, and none is wider than it can be read.
constexpr int kFigureWidth = 680, kMostFigureWidth = 1120, kFiguresApart = 16;
constexpr int kPlotHeight = 280, kMostPlotHeight = 380;
constexpr double kPlotShape = 0.34;  // height by width, where there is room

bool isPlot(const std::string& kind) { return kind != "number" && kind != "table"; }

}  // namespace

ChapterRow* ChapterRow::make(const plan::Plan& plan, int chapter, const Theme& theme,
                             QWidget* parent) {
  auto* row = new ChapterRow(parent);
  auto* columns = new QHBoxLayout(row);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->setSpacing(kBeside);
  row->m_columns = columns;
  auto* story = row->m_story = new QWidget(row);
  story->setLayout(row->makeProse(plan, chapter, theme));
  story->setMinimumWidth(kNarrowProse);
  story->setMaximumWidth(kProseWidth);
  columns->addWidget(story, 1);
  columns->addLayout(row->makeFigures(plan, chapter), 2);
  const bool words = !plan.chapters[static_cast<std::size_t>(chapter)].title.empty();
  if (words || !row->m_knobs.isEmpty() || !row->m_figures.isEmpty()) return row;
  delete row;
  return nullptr;
}

QVBoxLayout* ChapterRow::makeProse(const plan::Plan& plan, int chapter, const Theme& theme) {
  const plan::Chapter& text = plan.chapters[static_cast<std::size_t>(chapter)];
  auto* left = new QVBoxLayout;
  left->setContentsMargins(0, 0, 0, 0);
  left->setSpacing(8);
  if (!text.title.empty()) {
    left->addWidget(label(QString::fromStdString(text.title), "chapter", this));
    left->addWidget(markdownLabel(text.prose, theme, this));
  }
  for (const plan::Knob& knob : plan.knobs) {
    if (knob.chapter != chapter) continue;
    auto* widget = KnobWidget::make(knob, this);
    m_knobs.append(widget);
    left->addWidget(widget);
  }
  left->addStretch(1);
  return left;
}

QVBoxLayout* ChapterRow::makeFigures(const plan::Plan& plan, int chapter) {
  auto* right = new QVBoxLayout;
  m_right = right;
  right->setSpacing(kFiguresApart);
  right->addWidget(makeCard());
  m_grid = new QGridLayout;
  m_grid->setSpacing(kFiguresApart);
  right->addLayout(m_grid);
  for (std::size_t i = 0; i < plan.views.size(); ++i) {
    if (plan.views[i].chapter != chapter) continue;
    auto* figure = new plots::FigureView(this);
    figure->setAttribute(Qt::WA_StyledBackground);
    if (isPlot(plan.views[i].kind)) m_plots.append(figure);
    m_figures.append({static_cast<qsizetype>(i), figure});
  }
  right->addStretch(1);
  placeFigures();
  return right;
}

void ChapterRow::placeFigures() {
  const bool stacked = m_columns->direction() == QBoxLayout::TopToBottom;
  const int room = width() - (stacked ? 0 : kProseWidth + kBeside),
            most = std::max(1, static_cast<int>(m_figures.size())),
            columns = std::clamp(room / kFigureWidth, 1, most),
            each = (room - (columns - 1) * kFiguresApart) / columns;
  m_right->setContentsMargins(0, 0, std::max(0, (each - kMostFigureWidth) * columns), 0);
  const int height = std::clamp(static_cast<int>(std::min(each, kMostFigureWidth) * kPlotShape),
                                kPlotHeight, kMostPlotHeight);
  if (std::exchange(m_plotHeight, height) != height)
    for (plots::FigureView* plot : m_plots) plot->setContentHeight(height);
  if (columns == m_figureColumns) return;
  for (int column = 0; column < std::max(columns, m_figureColumns); ++column)
    m_grid->setColumnStretch(column, column < columns ? 1 : 0);
  m_figureColumns = columns;
  for (const auto& [view, figure] : m_figures) m_grid->removeWidget(figure);
  for (int i = 0; i < m_figures.size(); ++i)
    m_grid->addWidget(m_figures[i].second, i / columns, i % columns,
                      m_plots.contains(m_figures[i].second) ? Qt::Alignment() : Qt::AlignTop);
}

void ChapterRow::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  placeFigures();
}

QWidget* ChapterRow::makeCard() {
  m_card = new QWidget(this);
  m_card->setObjectName("card");
  m_card->setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(m_card);
  row->setContentsMargins(20, 16, 20, 16);
  row->setSpacing(16);
  m_say = label({}, "muted", m_card);
  m_repeat = new QPushButton(m_card);
  m_repeat->setToolTip(tr("Takes some seconds; Esc stops it (Ctrl+Shift+R)"));
  connect(m_repeat, &QPushButton::clicked, this, &ChapterRow::repeatAsked);
  row->addWidget(m_say, 1);
  row->addWidget(m_repeat);
  m_card->hide();
  return m_card;
}

void ChapterRow::setLeftOut(const std::function<bool(qsizetype)>& leftOut, int repeats) {
  bool any = false, older = false;
  for (const auto& [view, figure] : m_figures) {
    const bool left = leftOut(view), drawn = figure->figure().data.columns() > 0;
    any = any || left;
    older = older || (left && drawn);
    figure->setVisible(!left || drawn);
    figure->setStale(left && drawn);
  }
  m_card->setVisible(any);
  const QString times = QLocale(QLocale::English).toString(repeats);
  m_say->setText(older ? tr("What was repeated belongs to other knobs than those you see.")
                       : tr("One run shows one draw of chance. Repeated with other people, the "
                            "same experiment shows what it does on average."));
  m_repeat->setText(repeats > 1 ? tr("Run it %1 times").arg(times) : tr("Run it"));
}

void ChapterRow::setStacked(bool stacked) {
  m_columns->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
  m_story->setMaximumWidth(stacked ? kStackedProse : kProseWidth);
  placeFigures();
}

void ChapterRow::setRunning(bool running) { m_repeat->setEnabled(!running); }

}  // namespace rehearse::gui
