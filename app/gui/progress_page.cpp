// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/progress_page.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "app/plots/figure_view.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

constexpr int kPlotHeight = 340, kTableHeight = 300;

}  // namespace

ProgressPage::ProgressPage(present::AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_stack(new QStackedLayout(this)),
      m_message(new QLabel(this)) {
  m_stack->addWidget(makeEmpty());
  m_stack->addWidget(makeFigures());
  connect(&context, &present::AppContext::recorded, this, [this] {
    if (isVisible()) refresh();
  });
}

QWidget* ProgressPage::makeEmpty() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(12);
  auto* title = new QLabel(tr("Progress"), page);
  title->setObjectName("page");
  m_message->setObjectName("muted");
  m_message->setWordWrap(true);
  m_message->setMaximumWidth(640);
  auto* study = new QPushButton(tr("Study a card"), page);
  study->setObjectName("primary");
  connect(study, &QPushButton::clicked, this, &ProgressPage::requestStudy);
  column->addWidget(title);
  column->addWidget(m_message);
  column->addWidget(study, 0, Qt::AlignLeft);
  column->addStretch(1);
  return page;
}

plots::FigureView* ProgressPage::figure(const QString& name, int height, QWidget* parent) {
  auto* view = new plots::FigureView(parent);
  view->setAttribute(Qt::WA_StyledBackground);
  view->setAccessibleName(name);
  if (height > 0) view->setMinimumHeight(height);
  return view;
}

QWidget* ProgressPage::makeFigures() {
  auto* body = new QWidget;
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(16);
  auto* title = new QLabel(tr("Progress"), body);
  title->setObjectName("page");
  m_numbers = figure(tr("Key numbers"), 0, body);
  m_attempts = figure(tr("Submissions by day"), kPlotHeight, body);
  m_reviews = figure(tr("Reviews by day"), kPlotHeight, body);
  m_categories = figure(tr("By category"), kTableHeight, body);
  m_drills = figure(tr("By drill"), kTableHeight, body);
  m_incidents = figure(tr("By incident"), 0, body);
  auto* grid = new QGridLayout;
  grid->setSpacing(16);
  grid->addWidget(m_attempts, 0, 0);
  grid->addWidget(m_reviews, 0, 1);
  grid->addWidget(m_categories, 1, 0);
  grid->addWidget(m_drills, 1, 1);
  for (int i = 0; i < 2; ++i) grid->setColumnStretch(i, 1);
  column->addWidget(title);
  column->addWidget(m_numbers);
  column->addLayout(grid);
  column->addWidget(m_incidents);
  column->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setAccessibleName(tr("Progress"));
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setWidget(body);
  return scroll;
}

void ProgressPage::refresh() {
  if (!m_theme) return;
  const auto read = present::readProgress(m_context);
  if (!read) {
    m_message->setText(QString::fromStdString(read.error().message));
    return m_stack->setCurrentIndex(0);
  }
  const present::ProgressInput& input = *read;
  m_message->setText(
      tr("Nothing is recorded yet. Every submission, every graded card, every challenge and every "
         "incident will be counted here: what was accepted, how long it "
         "took, and on which days."));
  m_stack->setCurrentIndex(input.empty() ? 0 : 1);
  if (input.empty()) return;
  m_numbers->setFigure(present::keyNumbers(input), *m_theme);
  m_attempts->setFigure(present::attemptsByDay(input), *m_theme);
  m_reviews->setFigure(present::reviewsByDay(input), *m_theme);
  m_categories->setFigure(present::byCategory(input), *m_theme);
  m_drills->setFigure(present::byDrill(input), *m_theme);
  const Figure incidents = present::byIncident(input);
  m_incidents->setVisible(incidents.data.rows() > 0);
  m_incidents->setFigure(incidents, *m_theme);
}

void ProgressPage::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (isVisible()) refresh();  // else it refreshes when it comes to the front
}

void ProgressPage::activated() { refresh(); }

}  // namespace rehearse::gui
