// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/design_story.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/gui/challenge_card.hpp"
#include "app/gui/chapter_row.hpp"
#include "app/gui/knob_widget.hpp"
#include "app/gui/markdown_label.hpp"
#include "app/plots/figure_view.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_pins.hpp"
#include "app/present/design_session.hpp"

namespace rehearse::gui {
namespace {

constexpr int kQuestionWidth = 760, kStackBelow = 720, kAround = 24;
constexpr int kAbove = 16, kCardWidth = 1544;  // of the challenge: as the widest chapter

QString shapeOf(const present::DesignSession& session) {
  QString shape = session.path();
  for (const plan::Knob& knob : session.plan().knobs)
    shape += "|" + QString::fromStdString(knob.name);
  for (const plan::View& view : session.plan().views)
    shape += "|" + QString::fromStdString(view.kind) + QString::number(view.chapter);
  return shape;
}

// What the story was built from beside its shape: an edited script may change any of it.
QString textsOf(const plan::Plan& plan) {
  QString texts = QString::fromStdString(plan.title + plan.asks + plan.challenge);
  for (const plan::Chapter& chapter : plan.chapters)
    texts += QString::fromStdString("\n" + chapter.title + "\n" + chapter.prose);
  for (const plan::Knob& knob : plan.knobs) {
    texts +=
        QString("\n%1 %2 %3 %4").arg(knob.low).arg(knob.high).arg(knob.step).arg(knob.log_scale);
    for (const std::string& choice : knob.choices) texts += QString::fromStdString(" " + choice);
    texts += QString::fromStdString(knob.unit) + (knob.apply ? "!" : "");
  }
  return texts;
}

}  // namespace

DesignStory::DesignStory(present::AppContext& context, present::DesignSession* session,
                         present::DesignPins* pins, QWidget* parent)
    : QScrollArea(parent),
      m_context(context),
      m_session(session),
      m_pins(pins),
      m_above(new QWidget(this)),
      m_stage(new QTimer(this)) {
  setAccessibleName(tr("The story"));
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  setWidget(new QWidget);
  auto* above = new QHBoxLayout(m_above);
  above->setContentsMargins(kAround, kAbove, kAround, kAbove - 4);
  above->addStretch(0);
  m_above->hide();
  m_stage->setSingleShot(true);
  connect(m_pins, &present::DesignPins::changed, this, [this] {
    if (m_session->isOpen() && m_session->lastRun()) showFigures();
  });
  connect(m_stage, &QTimer::timeout, this, &DesignStory::nextPiece);
}

bool DesignStory::showPlan(const Theme& theme) {
  m_theme = &theme;
  const QString shape = shapeOf(*m_session);
  if (shape != m_builtFor) {
    m_builtFor = shape;
    build();
    return true;
  }
  const plan::Plan& plan = m_session->plan();
  for (int i = 0; i < m_knobs.size(); ++i)
    m_knobs[i]->setValue(plan.knobs[static_cast<std::size_t>(i)].value);
  return false;
}

bool DesignStory::saysOther() const { return textsOf(m_session->plan()) != m_builtTexts; }

void DesignStory::clear() {
  m_stage->stop();
  m_context.setBusy(m_stage, false);
  m_builtFor.clear();
  m_builtPath.clear();
  m_knobs.clear();
  m_chapters.clear();
  m_figures.clear();
  leaveChallenge();
  setWidget(new QWidget);
}

void DesignStory::build() {
  const plan::Plan& plan = m_session->plan();
  m_keepPlace = m_builtPath == m_session->path() ? verticalScrollBar()->value() : -1;
  m_builtPath = m_session->path();
  m_builtTexts = textsOf(plan);
  m_knobs.clear();
  m_chapters.clear();
  m_figures = QList<plots::FigureView*>(static_cast<qsizetype>(plan.views.size()), nullptr);
  auto* body = new QWidget;
  m_column = new QVBoxLayout(body);
  m_column->setContentsMargins(24, 24, 24, 24);
  m_column->setSpacing(24);
  leaveChallenge();
  if (!plan.challenge.empty()) {
    m_challenge = new ChallengeCard(QString::fromStdString(plan.challenge), m_above);
    m_challenge->hide();
    m_challenge->setMaximumWidth(kCardWidth);
    static_cast<QHBoxLayout*>(m_above->layout())->insertWidget(0, m_challenge, 1);
    m_challenge->installEventFilter(this);
    connect(m_challenge, &ChallengeCard::submitted, this, &DesignStory::submitted);
    connect(m_challenge, &ChallengeCard::closed, this, [this] {
      m_challenge->stop();
      m_challenge->hide();
      emit challengeLeft();
    });
  }
  auto* asks = markdownLabel(plan.asks, *m_theme, body);
  asks->setFont(plots::textFont(plots::kChapterPx));
  asks->setMaximumWidth(kQuestionWidth);
  m_column->addWidget(asks);
  m_column->addStretch(1);
  setWidget(body);
  m_nextChapter = 0;
  m_due.clear();
  m_stage->start();
}

void DesignStory::addChapter(int chapter) {
  ChapterRow* row = ChapterRow::make(m_session->plan(), chapter, *m_theme);
  if (!row) return;
  m_chapters.append(row);
  row->setStacked(narrow());
  connect(row, &ChapterRow::repeatAsked, m_session, &present::DesignSession::runRepeats);
  for (KnobWidget* knob : row->knobs()) {
    connect(knob, &KnobWidget::moved, m_session, &present::DesignSession::setKnob);
    m_knobs.append(knob);
  }
  for (const auto& [view, figure] : row->figures()) {
    connect(figure, &plots::FigureView::exportFailed, this, &DesignStory::exportFailed);
    connect(figure, &plots::FigureView::exported, this, &DesignStory::exported);
    m_figures[view] = figure;
    if (!m_due.contains(view)) m_due.append(view);
  }
  m_column->insertWidget(m_column->count() - 1, row);
  showLeftOut();
}

bool DesignStory::narrow() const { return viewport()->width() < kStackBelow; }

void DesignStory::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  for (ChapterRow* row : m_chapters) row->setStacked(narrow());
}

void DesignStory::leaveChallenge() {
  delete std::exchange(m_challenge, nullptr);
  m_above->hide();
}

// It takes no room while the challenge is not taken.
bool DesignStory::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_challenge && event->type() == QEvent::ShowToParent) m_above->show();
  if (watched == m_challenge && event->type() == QEvent::HideToParent) m_above->hide();
  return QScrollArea::eventFilter(watched, event);
}

void DesignStory::nextPiece() {
  if (!m_session->isOpen()) return m_context.setBusy(m_stage, false);
  m_context.setBusy(m_stage, true);
  if (m_nextChapter < static_cast<int>(m_session->plan().chapters.size())) {
    addChapter(m_nextChapter++);
    return m_stage->start();
  }
  if (m_keepPlace >= 0) verticalScrollBar()->setValue(std::exchange(m_keepPlace, -1));
  if (m_due.isEmpty()) return m_context.setBusy(m_stage, false);
  const qsizetype i = m_due.takeFirst();
  if (i < m_figures.size() && m_figures[i] && !m_session->leftOut(static_cast<std::size_t>(i)))
    m_figures[i]->setFigure(m_pins->overlaid(static_cast<std::size_t>(i),
                                             m_session->figure(static_cast<std::size_t>(i))),
                            *m_theme);
  m_stage->start();
}

// One that still waits keeps its place, so that none is left behind while a knob is dragged.
void DesignStory::showFigures() {
  for (qsizetype i = 0; i < m_figures.size(); ++i)
    if (!m_due.contains(i)) m_due.append(i);
  m_context.setBusy(m_stage, true);
  m_stage->start();
}

// What repeats an experiment and was not run with these knobs.
void DesignStory::showLeftOut() {
  for (ChapterRow* row : m_chapters)
    row->setLeftOut(
        [this](qsizetype view) { return m_session->leftOut(static_cast<std::size_t>(view)); },
        m_session->repeats());
}

void DesignStory::setRunning(bool running) {
  for (plots::FigureView* figure : m_figures)
    if (figure) figure->setStale(running);
  for (ChapterRow* row : m_chapters) row->setRunning(running);
  if (!running) showLeftOut();
  if (m_challenge && !running) m_challenge->setReady(true);
}

void DesignStory::setTheme(const Theme& theme) {
  m_theme = &theme;
  dressMarkdown(*this, theme);
  if (m_session->isOpen() && m_session->lastRun()) showFigures();
}

}  // namespace rehearse::gui
