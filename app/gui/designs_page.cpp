// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/designs_page.hpp"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/gui/challenge_card.hpp"
#include "app/gui/design_gallery.hpp"
#include "app/gui/knob_widget.hpp"
#include "app/gui/markdown_label.hpp"
#include "app/gui/source_files.hpp"
#include "app/gui/title_label.hpp"
#include "app/gui/trail_dialog.hpp"
#include "app/plots/figure_view.hpp"
#include "app/plots/wrapped_label.hpp"
#include "app/present/app_context.hpp"
#include "app/present/report_process.hpp"
#include "engine/plan/report.hpp"
#include "engine/plan/trail.hpp"

namespace rehearse::gui {
namespace {

constexpr int kProseWidth = 400, kNarrowProse = 260, kBusyAfterMs = 250;

QScrollArea* scrolled(const QString& name, QWidget* body, QWidget* parent) {
  auto* area = new QScrollArea(parent);
  area->setAccessibleName(name);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setWidget(body);
  return area;
}

}  // namespace

DesignsPage::DesignsPage(present::AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_session(new present::DesignSession(this)),
      m_stack(new QStackedLayout(this)),
      m_busyTimer(new QTimer(this)),
      m_stage(new QTimer(this)) {
  m_gallery = new DesignGallery(m_context, this);
  connect(m_gallery, &DesignGallery::opened, this, &DesignsPage::openDesign);
  m_stack->addWidget(m_gallery);
  m_stack->addWidget(makeStory());
  m_stage->setSingleShot(true);
  connect(m_stage, &QTimer::timeout, this, &DesignsPage::nextPiece);
  m_busyTimer->setSingleShot(true);
  m_busyTimer->setInterval(kBusyAfterMs);
  connect(m_busyTimer, &QTimer::timeout, this, [this] { showRunning(true); });
  connect(m_session, &present::DesignSession::planChanged, this, &DesignsPage::planChanged);
  connect(m_session, &present::DesignSession::runStarted, this, [this] {
    m_context.setBusy(this, true);
    m_run->hide();
    m_busyTimer->start();
    if (m_challenge) m_challenge->setReady(false);
  });
  connect(m_session, &present::DesignSession::progressed, this,
          [this](double fraction, const QString& what) {
            m_progress->setValue(static_cast<int>(fraction * 100));
            m_progress->setAccessibleDescription(what);
            if (m_progress->isVisible()) m_summary->setText(tr("running %1").arg(what));
          });
  connect(m_session, &present::DesignSession::runFinished, this, &DesignsPage::showRun);
  connect(m_session, &present::DesignSession::cancelled, this, [this] {
    showRunning(false);
    m_summary->setText(tr("stopped; the plots show the last finished run"));
  });
  connect(m_session, &present::DesignSession::filesChanged, this,
          [this] { m_files->setFiles(m_session->files()); });
  connect(m_session, &present::DesignSession::failed, this, &DesignsPage::showError);
  auto* escape = new QAction(this);
  escape->setShortcut(Qt::Key_Escape);
  escape->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(escape, &QAction::triggered, this,
          [this] { m_session->running() ? m_session->cancel() : showGallery(); });
  addAction(escape);
}

QWidget* DesignsPage::makeBar() {
  auto* bar = new QWidget(this);
  QHBoxLayout* row = barRow(bar);
  auto* back = new QPushButton(tr("All designs"), bar);
  back->setToolTip(tr("Back to the list (Esc)"));
  connect(back, &QPushButton::clicked, this, &DesignsPage::showGallery);
  m_title = new TitleLabel(bar);
  m_summary = new QLabel(bar);
  m_summary->setObjectName("label");
  m_progress = new QProgressBar(bar);
  m_progress->setFixedWidth(120);
  m_progress->setAccessibleName(tr("Progress of the run"));
  m_stop = new QPushButton(tr("Stop"), bar);
  m_stop->setToolTip(tr("Stop the run (Esc)"));
  connect(m_stop, &QPushButton::clicked, m_session, &present::DesignSession::cancel);
  m_run = new QPushButton(tr("Run"), bar);
  m_run->setToolTip(tr("The plots belong to other knobs than those you see: run these (Ctrl+R)"));
  m_run->setShortcut(QKeySequence("Ctrl+R"));
  connect(m_run, &QPushButton::clicked, m_session, &present::DesignSession::run);
  m_reset = new QPushButton(tr("Reset knobs"), bar);
  connect(m_reset, &QPushButton::clicked, m_session, &present::DesignSession::resetKnobs);
  m_trailButton = new QPushButton(tr("Step through…"), bar);
  m_trailButton->setToolTip(tr("Follow one example through a step's arithmetic (Ctrl+J)"));
  m_trailButton->setShortcut(QKeySequence("Ctrl+J"));
  connect(m_trailButton, &QPushButton::clicked, this, &DesignsPage::stepThrough);
  m_more = new QToolButton(bar);
  m_more->setText(tr("More"));
  m_more->setAccessibleName(tr("More"));
  m_more->setToolTip(tr("Save a report, use a file of your own"));
  m_more->setPopupMode(QToolButton::InstantPopup);
  m_more->setFocusPolicy(Qt::TabFocus);
  m_moreMenu = new QMenu(m_more);
  m_more->setMenu(m_moreMenu);
  connect(m_moreMenu, &QMenu::aboutToShow, this, &DesignsPage::fillMore);
  m_challengeButton = new QPushButton(tr("Take the challenge"), bar);
  m_challengeButton->setObjectName("primary");
  connect(m_challengeButton, &QPushButton::clicked, this, &DesignsPage::startChallenge);
  row->addWidget(back);
  row->addWidget(m_title, 1);
  for (QWidget* widget : std::initializer_list<QWidget*>{
           m_summary, m_progress, m_stop, m_run, m_reset, m_trailButton, m_more, m_challengeButton})
    row->addWidget(widget);
  return bar;
}

QWidget* DesignsPage::makeStory() {
  auto* story = new QWidget(this);
  auto* column = new QVBoxLayout(story);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar());
  m_error = new QLabel(story);
  m_error->setObjectName("bad");
  m_error->setWordWrap(true);
  m_error->setContentsMargins(24, 12, 24, 0);
  m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_error->hide();
  column->addWidget(m_error);
  m_files = new SourceFiles(story);
  connect(m_files, &SourceFiles::dropped, m_session, &present::DesignSession::dropFile);
  column->addWidget(m_files);
  m_storyScroll = scrolled(tr("The story"), new QWidget, story);
  column->addWidget(m_storyScroll, 1);
  showRunning(false);
  return story;
}

void DesignsPage::openDesign(const QString& id) {
  const trace::DesignEntry* entry = m_context.designs().find(id.toStdString());
  if (!entry) return;
  if (m_id != id || !m_session->isOpen()) {
    m_id = id;
    m_builtFor.clear();
    m_error->hide();
    if (m_trail) m_trail->hide();
    m_trailButton->hide();
    m_session->open(QString::fromStdString(entry->path));
    m_files->setFiles(m_session->files());
  }
  m_stack->setCurrentIndex(1);
  m_storyScroll->setFocus();  // arrows and Page Down read on
}

// Back on the list, at the design that was open.
void DesignsPage::showGallery() {
  m_stack->setCurrentIndex(0);
  m_gallery->takeFocus(m_id);
}

void DesignsPage::activated() { m_gallery->refresh(); }

void DesignsPage::setTheme(const Theme& theme) {
  m_theme = &theme;
  if (m_trail) m_trail->setTheme(theme);
  dressMarkdown(*m_storyScroll, theme);
  if (m_session->isOpen() && m_session->lastRun()) showFigures();
}

// Widgets are rebuilt only where the shape of the plan changed: its knobs, chapters or views.
void DesignsPage::planChanged() {
  const plan::Plan& plan = m_session->plan();
  QString shape = m_session->path();
  for (const plan::Knob& knob : plan.knobs) shape += "|" + QString::fromStdString(knob.name);
  for (const plan::View& view : plan.views)
    shape += "|" + QString::fromStdString(view.kind) + QString::number(view.chapter);
  showBehind();
  if (shape != m_builtFor) {
    m_builtFor = shape;
    buildStory();
    return;
  }
  for (int i = 0; i < m_knobs.size(); ++i)
    m_knobs[i]->setValue(plan.knobs[static_cast<std::size_t>(i)].value);
}

void DesignsPage::buildStory() {
  const plan::Plan& plan = m_session->plan();
  m_title->setTitle(QString::fromStdString(plan.title));
  m_challengeButton->setVisible(!plan.challenge.empty());
  m_knobs.clear();
  m_figures = QList<plots::FigureView*>(static_cast<qsizetype>(plan.views.size()), nullptr);
  auto* body = new QWidget;
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(24);
  m_challenge = nullptr;
  if (!plan.challenge.empty()) {
    m_challenge = new ChallengeCard(QString::fromStdString(plan.challenge), body);
    m_challenge->hide();
    connect(m_challenge, &ChallengeCard::submitted, this, &DesignsPage::submitChallenge);
    connect(m_challenge, &ChallengeCard::closed, this,
            [this] { m_challenge->stop(), m_challenge->hide(), m_challengeButton->show(); });
    column->addWidget(m_challenge);
  }
  auto* asks = markdownLabel(plan.asks, *m_theme, body);
  asks->setFont(plots::textFont(plots::kChapterPx));
  asks->setMaximumWidth(760);
  column->addWidget(asks);
  column->addStretch(1);
  m_storyScroll->setWidget(body);
  m_storyColumn = column;
  m_nextChapter = 0;
  m_due.clear();
  m_stage->start();
}

// A story is built, and a run is shown, a piece at each turn of the event loop: the window never
// waits for a whole page of plots.
void DesignsPage::nextPiece() {
  m_context.setBusy(m_stage, true);
  if (m_nextChapter < static_cast<int>(m_session->plan().chapters.size())) {
    if (QWidget* row = makeChapter(m_nextChapter++))
      m_storyColumn->insertWidget(m_storyColumn->count() - 1, row);
    return m_stage->start();
  }
  if (m_due.isEmpty()) return m_context.setBusy(m_stage, false);
  const qsizetype i = m_due.takeFirst();
  if (i < m_figures.size() && m_figures[i])
    m_figures[i]->setFigure(m_session->figure(static_cast<std::size_t>(i)), *m_theme);
  m_stage->start();
}

// Every figure once more; one that still waits keeps its place, so that none is left behind while
// a knob is dragged.
void DesignsPage::showFigures() {
  for (qsizetype i = 0; i < m_figures.size(); ++i)
    if (!m_due.contains(i)) m_due.append(i);
  m_stage->start();
}

QWidget* DesignsPage::makeChapter(int chapter) {
  const plan::Plan& plan = m_session->plan();
  const plan::Chapter& text = plan.chapters[static_cast<std::size_t>(chapter)];
  auto* row = new QWidget;
  auto* columns = new QHBoxLayout(row);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->setSpacing(24);
  auto* left = new QVBoxLayout;
  auto* right = new QVBoxLayout;
  left->setSpacing(8);
  right->setSpacing(16);
  bool any = !text.title.empty();
  if (any) {
    left->addWidget(label(QString::fromStdString(text.title), "chapter", row));
    left->addWidget(markdownLabel(text.prose, *m_theme, row));
  }
  for (const plan::Knob& knob : plan.knobs) {
    if (knob.chapter != chapter) continue;
    any = true;
    auto* widget = KnobWidget::make(knob, row);
    connect(widget, &KnobWidget::moved, m_session, &present::DesignSession::setKnob);
    m_knobs.append(widget);
    left->addWidget(widget);
  }
  left->addStretch(1);
  for (std::size_t i = 0; i < plan.views.size(); ++i) {
    if (plan.views[i].chapter != chapter) continue;
    any = true;
    auto* figure = new plots::FigureView(row);
    figure->setAttribute(Qt::WA_StyledBackground);
    const std::string& kind = plan.views[i].kind;
    if (kind != "number" && kind != "table") figure->setContentHeight(280);
    connect(figure, &plots::FigureView::exportFailed, this, &DesignsPage::showError);
    connect(figure, &plots::FigureView::exported, this,
            [this](const QString& path) { m_summary->setText(tr("saved %1").arg(path)); });
    m_figures[static_cast<qsizetype>(i)] = figure;
    right->addWidget(figure);
    if (!m_due.contains(static_cast<qsizetype>(i))) m_due.append(static_cast<qsizetype>(i));
  }
  right->addStretch(1);
  if (!any) return delete row, nullptr;
  auto* story = new QWidget(row);
  story->setLayout(left);
  story->setMinimumWidth(kNarrowProse);
  story->setMaximumWidth(kProseWidth);
  left->setContentsMargins(0, 0, 0, 0);
  columns->addWidget(story, 1);
  columns->addLayout(right, 2);
  return row;
}

void DesignsPage::showRun() {
  showRunning(false);
  m_error->hide();
  showFigures();
  m_summary->setText(m_session->summary());
  m_trailButton->setVisible(!plan::steppable(*m_session->lastPlan()).empty());
  if (m_trail && m_trail->isVisible())
    m_trail->session()->setRun(*m_session->lastPlan(), *m_session->lastRun());
}

// A knob that was moved and not released, or whose run was stopped.
void DesignsPage::showBehind() {
  m_run->setVisible(m_session->lastRun() && !m_session->running() && m_session->behind());
}

void DesignsPage::showRunning(bool running) {
  if (!running) {
    m_busyTimer->stop();
    m_context.setBusy(this, false);
    if (m_challenge) m_challenge->setReady(true);
  }
  m_run->setVisible(!running && m_session->lastRun() && m_session->behind());
  m_progress->setVisible(running);
  m_stop->setVisible(running);
  m_progress->setValue(0);
  for (plots::FigureView* figure : m_figures)
    if (figure) figure->setStale(running);
}

void DesignsPage::showError(const QString& message) {
  showRunning(false);
  m_error->setText(message);
  m_error->show();
}

void DesignsPage::startChallenge() {
  if (!m_challenge) return;
  m_session->resetKnobs();
  m_challenge->start();
  m_challenge->show();
  m_challengeButton->hide();
  m_storyScroll->ensureWidgetVisible(m_challenge);
}

void DesignsPage::submitChallenge() {
  if (!m_session->lastRun() || m_session->running()) return;
  const bool reached = m_challenge->judge(*m_session->lastRun());
  m_context.recordDesignRun(m_id, m_session->knobs(), m_session->plan().seed, reached,
                            m_challenge->seconds());
}

QString DesignsPage::designTitle() const {
  return m_session->isOpen() ? QString::fromStdString(m_session->plan().title) : QString();
}

QStringList DesignsPage::sources() const {
  QStringList names;
  if (m_session->isOpen())
    for (const plan::Source& source : m_session->plan().sources)
      names.append(QString::fromStdString(source.name));
  return names;
}

void DesignsPage::useFile(const QString& source, const QString& path) {
  m_stack->setCurrentIndex(1);
  m_session->useFile(source, path);
}

void DesignsPage::fillMore() {
  m_moreMenu->clear();
  m_moreMenu->addAction(tr("Save a report…"), this, &DesignsPage::saveReport)
      ->setEnabled(m_session->lastRun());
  for (const QString& source : sources())
    m_moreMenu->addAction(tr("Use a file of yours for %1…").arg(source), this,
                          [this, source] { emit fileWanted(source); });
}

void DesignsPage::stepThrough() {
  if (!m_session->lastRun() || plan::steppable(*m_session->lastPlan()).empty()) return;
  if (!m_trail) {
    m_trail = new TrailDialog(this);
    m_trail->setTheme(*m_theme);
  }
  m_trail->show();
  m_trail->raise();
  m_trail->activateWindow();
  m_trail->session()->setRun(*m_session->lastPlan(), *m_session->lastRun());
}

void DesignsPage::saveReport() {
  if (!m_session->lastRun()) return;
  const QString path = QFileDialog::getSaveFileName(this, tr("Save the report"), m_id + ".html",
                                                    tr("HTML (*.html);;PDF (*.pdf)"));
  if (path.isEmpty()) return;
  m_summary->setText(tr("writing %1 …").arg(path));
  m_context.setBusy(m_more, true);
  present::renderReport(plan::document_of(m_session->plan(), *m_session->lastRun()), path, this,
                        [this, path](const Result<void>& written) {
                          m_context.setBusy(m_more, false);
                          m_summary->setText(written ? tr("saved %1").arg(path) : QString());
                          if (!written) showError(QString::fromStdString(written.error().message));
                        });
}

}  // namespace rehearse::gui
