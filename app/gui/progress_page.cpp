// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/progress_page.hpp"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "app/plots/figure_view.hpp"
#include "app/present/app_context.hpp"
#include "app/present/preferences.hpp"
#include "app/present/report_process.hpp"

namespace rehearse::gui {
namespace {

constexpr int kPlotHeight = 340, kTableHeight = 300, kWidest = 1680;
constexpr const char* kAskKey = "solve.ask_probability";

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
  page->setFocusProxy(study);
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

QWidget* ProgressPage::makeTop(QWidget* parent) {
  auto* top = new QWidget(parent);
  auto* row = new QHBoxLayout(top);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(12);
  row->addWidget(label(tr("Progress"), "page", top), 1);
  m_said = label({}, "muted", top);
  m_said->setWordWrap(false);
  row->addWidget(m_said);
  auto* save = new QPushButton(tr("Save all as…"), top);
  save->setToolTip(tr("Everything on this page as HTML or PDF (Ctrl+S)"));
  connect(save, &QPushButton::clicked, this, &ProgressPage::saveReport);
  row->addWidget(save);
  auto* action = new QAction(tr("Save your progress as a report"), this);
  action->setObjectName("save_progress");
  action->setShortcut(QKeySequence("Ctrl+S"));
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(action, &QAction::triggered, this, &ProgressPage::saveReport);
  addAction(action);
  return top;
}

// Before there are enough answers: what is missing, and how to begin.
QWidget* ProgressPage::makeOwnEmpty(QWidget* parent) {
  m_ownEmpty = new QWidget(parent);
  m_ownEmpty->setObjectName("card");
  m_ownEmpty->setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(m_ownEmpty);
  row->setContentsMargins(20, 16, 20, 16);
  row->setSpacing(16);
  auto* text = new QVBoxLayout;
  text->setSpacing(4);
  text->addWidget(label(tr("How well you know yourself"), "chapter", m_ownEmpty));
  m_ownText = label({}, "muted", m_ownEmpty);
  text->addWidget(m_ownText);
  row->addLayout(text, 1);
  m_ask = new QPushButton(tr("Ask me from now on"), m_ownEmpty);
  connect(m_ask, &QPushButton::clicked, this, [this] {
    m_context.setSetting(kAskKey, "on");
    refresh();
  });
  row->addWidget(m_ask, 0, Qt::AlignVCenter);
  return m_ownEmpty;
}

QWidget* ProgressPage::makeFigures() {
  auto* body = new QWidget;
  body->setMaximumWidth(kWidest);
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(16);
  m_numbers = figure(tr("Key numbers"), 0, body);
  m_attempts = figure(tr("Submissions by day"), kPlotHeight, body);
  m_reviews = figure(tr("Reviews by day"), kPlotHeight, body);
  m_categories = figure(tr("By category"), kTableHeight, body);
  m_drills = figure(tr("By drill"), kTableHeight, body);
  m_incidents = figure(tr("By incident"), 0, body);
  m_trend = figure(tr("Share accepted"), kPlotHeight, body);
  m_own = figure(tr("How well you know yourself"), kPlotHeight, body);
  m_ownNumbers = figure(tr("Your own calibration"), 0, body);
  auto* grid = new QGridLayout;
  grid->setSpacing(16);
  grid->addWidget(m_attempts, 0, 0);
  grid->addWidget(m_reviews, 0, 1);
  // One of the two is shown.
  grid->addWidget(m_own, 1, 0);
  grid->addWidget(makeOwnEmpty(body), 1, 0, Qt::AlignTop);
  grid->addWidget(m_trend, 1, 1);
  grid->addWidget(m_categories, 2, 0);
  grid->addWidget(m_drills, 2, 1);
  for (int i = 0; i < 2; ++i) grid->setColumnStretch(i, 1);
  column->addWidget(makeTop(body));
  column->addWidget(m_numbers);
  column->addWidget(m_ownNumbers);
  column->addLayout(grid);
  column->addWidget(m_incidents);
  column->addStretch(1);
  return scrolledPart(tr("Progress"), body, this);
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
  const Figure trend = present::acceptanceTrend(input);
  m_trend->setVisible(trend.data.rows() > 0);
  m_trend->setFigure(trend, *m_theme);
  showOwn(present::ownCalibration(input));
  m_categories->setFigure(present::byCategory(input), *m_theme);
  m_drills->setFigure(present::byDrill(input), *m_theme);
  const Figure incidents = present::byIncident(input);
  m_incidents->setVisible(incidents.data.rows() > 0);
  m_incidents->setFigure(incidents, *m_theme);
}

void ProgressPage::showOwn(const present::OwnCalibration& own) {
  m_own->setVisible(own.enough());
  m_ownNumbers->setVisible(own.enough());
  m_ownEmpty->setVisible(!own.enough());
  if (own.enough()) {
    m_own->setFigure(own.curve, *m_theme);
    m_ownNumbers->setFigure(own.numbers, *m_theme);
    return;
  }
  const bool asked = present::preferenceValue(m_context, kAskKey) == "on";
  m_ask->setVisible(!asked);
  m_ownText->setText(
      asked ? tr("%1 of %2 answers so far. After that, what you stated stands here beside what "
                 "came of it.")
                  .arg(own.answers)
                  .arg(present::OwnCalibration::kLeastAnswers)
            : tr("State before each submission how likely it is to be accepted, and after %1 "
                 "answers you see whether to trust yourself.")
                  .arg(present::OwnCalibration::kLeastAnswers));
}

void ProgressPage::saveReport() {
  const auto input = present::readProgress(m_context);
  if (!input || input->empty()) return;
  const QString path = QFileDialog::getSaveFileName(this, tr("Save your progress"), "progress.html",
                                                    tr("HTML (*.html);;PDF (*.pdf)"));
  if (path.isEmpty()) return;
  m_said->setText(tr("Writing…"));
  m_context.setBusy(m_said, true);
  present::renderReport(
      present::progressReport(*input), path, this, [this, path](const Result<void>& written) {
        m_context.setBusy(m_said, false);
        m_said->setText(written ? tr("Saved %1").arg(QFileInfo(path).fileName())
                                : QString::fromStdString(written.error().message));
      });
}

void ProgressPage::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (isVisible()) refresh();  // else it refreshes when it comes to the front
}

void ProgressPage::activated() {
  refresh();
  m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

}  // namespace rehearse::gui
