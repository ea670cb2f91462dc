// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/designs_page.hpp"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTextDocument>
#include <QTimer>
#include <QVBoxLayout>

#include "app/gui/card_text.hpp"
#include "app/gui/challenge_card.hpp"
#include "app/gui/knob_widget.hpp"
#include "app/gui/title_label.hpp"
#include "app/plots/figure_view.hpp"
#include "app/plots/wrapped_label.hpp"
#include "app/present/app_context.hpp"
#include "app/present/report_process.hpp"
#include "engine/plan/report.hpp"

namespace rehearse::gui {
namespace {

constexpr const char* kMarkdown = "markdown";  // what a label of prose was made from
constexpr int kProseWidth = 400, kNarrowProse = 260, kBusyAfterMs = 250;

QString html(const QString& markdown, const Theme& theme) {
  QTextDocument document;
  document.setMarkdown(markdown);
  typeset(document, theme);
  return document.toHtml();
}

QLabel* prose(const std::string& markdown, const Theme& theme, QWidget* parent) {
  auto* label = new plots::WrappedLabel(parent);
  label->setProperty(kMarkdown, QString::fromStdString(markdown));
  label->setTextFormat(Qt::RichText);
  label->setText(html(label->property(kMarkdown).toString(), theme));
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse);
  return label;
}

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
  m_stack->addWidget(makeGallery());
  m_stack->addWidget(makeStory());
  m_stage->setSingleShot(true);
  connect(m_stage, &QTimer::timeout, this, &DesignsPage::nextPiece);
  m_busyTimer->setSingleShot(true);
  m_busyTimer->setInterval(kBusyAfterMs);
  connect(m_busyTimer, &QTimer::timeout, this, [this] { showRunning(true); });
  connect(m_session, &present::DesignSession::planChanged, this, &DesignsPage::planChanged);
  connect(m_session, &present::DesignSession::runStarted, this, [this] {
    m_context.setBusy(this, true);
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
  connect(m_session, &present::DesignSession::failed, this, &DesignsPage::showError);
  auto* escape = new QAction(this);
  escape->setShortcut(Qt::Key_Escape);
  escape->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(escape, &QAction::triggered, this,
          [this] { m_session->running() ? m_session->cancel() : showGallery(); });
  addAction(escape);
}

QWidget* DesignsPage::makeGallery() {
  auto* body = new QWidget;
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(16);
  auto* title = new QLabel(tr("Designs"), body);
  title->setObjectName("page");
  auto* lead = new QLabel(tr("Systems that run over a simulated community site. Because the site "
                             "is simulated, the truth is known: "
                             "it is the thin ink line in every plot."),
                          body);
  lead->setObjectName("muted");
  lead->setWordWrap(true);
  column->addWidget(title);
  column->addWidget(lead);
  m_galleryList = new QVBoxLayout;
  m_galleryList->setSpacing(12);
  column->addLayout(m_galleryList);
  column->addStretch(1);
  return scrolled(tr("Designs"), body, this);
}

void DesignsPage::fillGallery() {
  while (QLayoutItem* item = m_galleryList->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (const trace::DesignEntry& design : m_context.designs().designs()) {
    auto* card = new QWidget;
    card->setObjectName("card");
    card->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(card);
    row->setContentsMargins(20, 16, 20, 16);
    auto* text = new QVBoxLayout;
    auto* title = new plots::WrappedLabel(
        QString::fromStdString(design.title.empty() ? design.id : design.title), card);
    title->setObjectName("chapter");
    auto* asks = new plots::WrappedLabel(
        QString::fromStdString(design.error.empty() ? design.asks : design.error), card);
    asks->setObjectName(design.error.empty() ? "muted" : "bad");
    QStringList names;
    for (const std::string& chapter : design.chapters)
      names.append(QString::fromStdString(chapter));
    auto* chapters = new plots::WrappedLabel(names.join("  ·  "), card);
    chapters->setObjectName("label");
    text->addWidget(title);
    text->addWidget(asks);
    text->addWidget(chapters);
    row->addLayout(text, 1);
    auto* open = new QPushButton(tr("Open"), card);
    open->setObjectName("open:" + QString::fromStdString(design.id));
    open->setAccessibleName(tr("Open %1").arg(title->text()));
    open->setEnabled(design.error.empty());
    connect(open, &QPushButton::clicked, this,
            [this, id = QString::fromStdString(design.id)] { openDesign(id); });
    row->addWidget(open);
    m_galleryList->addWidget(card);
  }
  if (m_context.designs().designs().empty())
    m_galleryList->addWidget(new QLabel(tr("No designs were found. Put one into %1, or run "
                                           "`rehearse doctor` to see where they are looked for.")
                                            .arg(m_context.userFolder("designs"))));
}

QWidget* DesignsPage::makeBar() {
  auto* bar = new QWidget(this);
  bar->setObjectName("bar");
  bar->setAttribute(Qt::WA_StyledBackground);
  bar->setFixedHeight(64);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(24, 0, 24, 0);
  row->setSpacing(12);
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
  m_reset = new QPushButton(tr("Reset knobs"), bar);
  connect(m_reset, &QPushButton::clicked, m_session, &present::DesignSession::resetKnobs);
  m_report = new QPushButton(tr("Report"), bar);
  m_report->setToolTip(tr("Save this run as HTML or PDF"));
  connect(m_report, &QPushButton::clicked, this, &DesignsPage::saveReport);
  m_challengeButton = new QPushButton(tr("Take the challenge"), bar);
  m_challengeButton->setObjectName("primary");
  connect(m_challengeButton, &QPushButton::clicked, this, &DesignsPage::startChallenge);
  row->addWidget(back);
  row->addWidget(m_title, 1);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_summary, m_progress, m_stop, m_reset,
                                                         m_report, m_challengeButton})
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
    m_session->open(QString::fromStdString(entry->path));
  }
  m_stack->setCurrentIndex(1);
  m_storyScroll->setFocus();  // arrows and Page Down read on
}

// Back on the list, at the design that was open.
void DesignsPage::showGallery() {
  m_stack->setCurrentIndex(0);
  if (auto* open = m_stack->currentWidget()->findChild<QPushButton*>("open:" + m_id))
    open->setFocus(Qt::OtherFocusReason);
}

void DesignsPage::activated() {
  if (m_galleryList->count() == 0) fillGallery();
}

void DesignsPage::setTheme(const Theme& theme) {
  m_theme = &theme;
  for (QLabel* label : m_storyScroll->findChildren<QLabel*>())
    if (const QVariant markdown = label->property(kMarkdown); markdown.isValid())
      label->setText(html(markdown.toString(), theme));
  if (m_session->isOpen() && m_session->lastRun()) showFigures();
}

// Widgets are rebuilt only where the shape of the plan changed: its knobs, chapters or views.
void DesignsPage::planChanged() {
  const plan::Plan& plan = m_session->plan();
  QString shape = m_session->path();
  for (const plan::Knob& knob : plan.knobs) shape += "|" + QString::fromStdString(knob.name);
  for (const plan::View& view : plan.views)
    shape += "|" + QString::fromStdString(view.kind) + QString::number(view.chapter);
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
  auto* asks = prose(plan.asks, *m_theme, body);
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
    auto* title = new QLabel(QString::fromStdString(text.title), row);
    title->setObjectName("chapter");
    left->addWidget(title);
    left->addWidget(prose(text.prose, *m_theme, row));
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
    if (kind == "table")
      figure->setContentHeight(240);
    else if (kind != "number")
      figure->setContentHeight(280);
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
}

void DesignsPage::showRunning(bool running) {
  if (!running) {
    m_busyTimer->stop();
    m_context.setBusy(this, false);
    if (m_challenge) m_challenge->setReady(true);
  }
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

void DesignsPage::saveReport() {
  if (!m_session->lastRun()) return;
  const QString path = QFileDialog::getSaveFileName(this, tr("Save the report"), m_id + ".html",
                                                    tr("HTML (*.html);;PDF (*.pdf)"));
  if (path.isEmpty()) return;
  m_report->setEnabled(false);
  m_summary->setText(tr("writing %1 …").arg(path));
  m_context.setBusy(m_report, true);
  present::renderReport(plan::document_of(m_session->plan(), *m_session->lastRun()), path, this,
                        [this, path](const Result<void>& written) {
                          m_context.setBusy(m_report, false);
                          m_report->setEnabled(true);
                          m_summary->setText(written ? tr("saved %1").arg(path) : QString());
                          if (!written) showError(QString::fromStdString(written.error().message));
                        });
}

}  // namespace rehearse::gui
