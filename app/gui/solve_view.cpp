// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/solve_view.hpp"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStyle>
#include <QTableWidget>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <QtConcurrent>

#include "app/gui/card_text.hpp"
#include "app/gui/code_editor.hpp"
#include "app/gui/results_view.hpp"
#include "app/gui/title_label.hpp"
#include "app/plots/plain_table.hpp"
#include "app/present/app_context.hpp"
#include "app/present/drill_text.hpp"

namespace rehearse::gui {
namespace {

constexpr int kLowSeconds = 120, kLanguageRole = Qt::UserRole + 1;

QString clockText(int seconds) {
  const QString sign = seconds < 0 ? QStringLiteral("−") : QString();
  seconds = std::abs(seconds);
  return sign + QString("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar('0'));
}

QPushButton* button(const QString& text, const QString& keys, QWidget* parent) {
  auto* made = new QPushButton(keys.isEmpty() ? text : text + "  " + keys, parent);
  made->setAccessibleName(text);
  return made;
}

}  // namespace

SolveView::SolveView(present::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_session(new present::DrillSession(context, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar());
  m_error = new QLabel(this);
  m_error->setObjectName("bad");
  m_error->setWordWrap(true);
  m_error->setContentsMargins(24, 8, 24, 8);
  m_error->hide();
  column->addWidget(m_error);
  m_split = new QSplitter(Qt::Horizontal, this);
  m_split->addWidget(makeLeft());
  m_split->addWidget(makeRight());
  m_split->setStretchFactor(0, 2);
  m_split->setStretchFactor(1, 5);
  m_split->setSizes({400, 860});
  m_split->setChildrenCollapsible(false);
  column->addWidget(m_split, 1);
  makeKeys();
  using Session = present::DrillSession;
  connect(m_session, &Session::opened, this, &SolveView::showDrill);
  connect(m_session, &Session::languageChanged, this, &SolveView::showText);
  connect(m_session, &Session::failed, this,
          [this](const QString& message) { m_error->setText(message), m_error->show(); });
  connect(m_session, &Session::draftSaved, this, [this] { m_saved->setText(tr("saved")); });
  connect(m_session, &Session::tick, this, &SolveView::showClock);
  connect(m_session, &Session::judgingStarted, this, [this] { showJudging(true); });
  connect(m_session, &Session::caseDone, this, [this](int done, int total, const QString& name) {
    m_progress->setRange(0, total);
    m_progress->setValue(done);
    m_saved->setText(tr("judging: %1").arg(name));
  });
  connect(m_session, &Session::judged, this, &SolveView::showReport);
  connect(m_session, &Session::stopped, this, [this] {
    showJudging(false);
    m_results->clear(tr("Stopped. Nothing was recorded."));
  });
  showJudging(false);
}

QWidget* SolveView::makeBar() {
  auto* bar = new QWidget(this);
  bar->setObjectName("bar");
  bar->setAttribute(Qt::WA_StyledBackground);
  bar->setFixedHeight(64);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(24, 0, 24, 0);
  row->setSpacing(12);
  auto* back = button(tr("All drills"), {}, bar);
  connect(back, &QPushButton::clicked, this, &SolveView::back);
  m_title = new TitleLabel(bar);
  m_category = new QLabel(bar);
  m_level = new QLabel(bar);
  for (QLabel* chip : {m_category, m_level}) {
    chip->setObjectName("chip");
    chip->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  }
  m_clock = new QLabel(bar);
  m_clock->setObjectName("clock");
  m_clock->setAccessibleName(tr("Time left"));
  m_pause = button(tr("Pause"), {}, bar);
  m_hint = button(tr("Hint"), {}, bar);
  m_run = button(tr("Run"), tr("Ctrl ↵"), bar);
  m_submit = button(tr("Submit"), tr("Ctrl ⇧ ↵"), bar);
  m_submit->setObjectName("primary");
  m_stop = button(tr("Stop"), tr("Esc"), bar);
  m_progress = new QProgressBar(bar);
  m_progress->setFixedWidth(100);
  m_progress->setAccessibleName(tr("Cases judged"));
  row->addWidget(back);
  row->addWidget(m_title, 1);
  for (QWidget* widget : std::initializer_list<QWidget*>{
           m_category, m_level, m_clock, m_pause, m_hint, m_progress, m_stop, m_run, m_submit})
    row->addWidget(widget);
  connect(m_pause, &QPushButton::clicked, this, [this] {
    m_session->clockRunning() ? m_session->pauseClock() : m_session->startClock();
    m_editor->setReadOnly(!m_session->clockRunning());
    showClock();
  });
  connect(m_hint, &QPushButton::clicked, this, &SolveView::takeHint);
  connect(m_run, &QPushButton::clicked, m_session, &present::DrillSession::runExamples);
  connect(m_submit, &QPushButton::clicked, m_session, &present::DrillSession::submit);
  connect(m_stop, &QPushButton::clicked, m_session, &present::DrillSession::stop);
  return bar;
}

QWidget* SolveView::makeLeft() {
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(24, 20, 16, 16);
  column->setSpacing(8);
  m_statement = new QTextBrowser(left);
  m_statement->setOpenExternalLinks(false);
  m_statement->setAccessibleName(tr("Statement"));
  m_statement->setTabChangesFocus(true);
  auto* title = new QLabel(tr("Attempts"), left);
  title->setObjectName("chapter");
  m_attempts = new QTableWidget(0, 4, left);
  m_attempts->setHorizontalHeaderLabels({tr("when"), tr("verdict"), tr("cases"), tr("time")});
  plots::makePlain(*m_attempts, 28);
  m_attempts->setAccessibleName(tr("Attempts"));
  m_attempts->setToolTip(
      tr("Enter puts an attempt's text back into the editor; undo takes it out again"));
  m_attempts->setMaximumHeight(180);
  m_attempts->horizontalHeader()->setMinimumSectionSize(40);
  m_attempts->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
  connect(m_attempts, &QTableWidget::itemActivated, this, [this](QTableWidgetItem* item) {
    const QTableWidgetItem* first = m_attempts->item(item->row(), 0);
    const QString text = first->data(Qt::UserRole).toString();
    if (!m_session->setLanguage(first->data(kLanguageRole).toString().toStdString())) return;
    // As an edit, so that undo brings back what stood there.
    m_editor->selectAll();
    m_editor->replaceSelectedText(text);
    m_editor->setFocus();
  });
  column->addWidget(m_statement, 1);
  column->addWidget(title);
  column->addWidget(m_attempts);
  return left;
}

QWidget* SolveView::makeRight() {
  auto* right = new QSplitter(Qt::Vertical, this);
  auto* top = new QWidget(right);
  top->setObjectName("surface");
  top->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(top);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* strip = new QHBoxLayout;
  strip->setContentsMargins(24, 8, 24, 8);
  strip->setSpacing(12);
  m_language = new QComboBox(top);
  m_language->setAccessibleName(tr("Language"));
  m_language->setToolTip(tr("What you write in; each language has a draft of its own"));
  m_language->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  listLanguages();
  m_saved = new QLabel(top);
  m_saved->setObjectName("label");
  auto* reset = new QPushButton(tr("Starter"), top);
  reset->setToolTip(tr("Back to the starter; undo brings your text back"));
  connect(reset, &QPushButton::clicked, this, [this] {
    m_editor->selectAll();
    m_editor->replaceSelectedText(m_session->starter());
    m_editor->setFocus();
  });
  strip->addWidget(m_language);
  strip->addStretch(1);
  strip->addWidget(m_saved);
  strip->addWidget(reset);
  column->addLayout(strip);
  m_editor = new CodeEditor(top);
  column->addWidget(m_editor, 1);
  m_results = new ResultsView(right);
  right->addWidget(top);
  right->addWidget(m_results);
  right->setStretchFactor(0, 3);
  right->setStretchFactor(1, 2);
  right->setChildrenCollapsible(false);
  connect(m_editor, &QsciScintilla::textChanged, this, [this] {
    if (!m_session->isOpen()) return;
    m_saved->setText(tr("typing…"));
    m_session->textChanged(m_editor->text());
    m_editor->markLine(0);
  });
  connect(m_editor, &CodeEditor::leave, this, [this](bool backwards) {
    (backwards ? static_cast<QWidget*>(m_statement) : m_submit)->setFocus(Qt::TabFocusReason);
  });
  return right;
}

void SolveView::makeKeys() {
  const auto key = [this](const QKeySequence& keys, auto slot) {
    auto* action = new QAction(this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
  };
  for (const char* enter : {"Return", "Enter"}) {
    key(QKeySequence(QString("Ctrl+%1").arg(enter)), [this] { m_session->runExamples(); });
    key(QKeySequence(QString("Ctrl+Shift+%1").arg(enter)), [this] { m_session->submit(); });
  }
  key(QKeySequence("Esc"), [this] { m_session->judging() ? m_session->stop() : emit back(); });
}

void SolveView::open(const QString& drillId) {
  if (m_session->isOpen() && m_session->drill().id == drillId.toStdString()) return;
  m_error->hide();
  m_title->setTitle(tr("Reading the drill…"));
  m_session->open(drillId);
}

void SolveView::showDrill() {
  const judge::Drill& drill = m_session->drill();
  m_over = false;
  m_hints.clear();
  m_title->setTitle(QString::fromStdString(drill.title));
  m_category->setText(QString::fromStdString(drill.category).replace('-', ' '));
  m_level->setText(tr("%1 · %2 min").arg(QString::fromStdString(drill.level)).arg(drill.minutes));
  showStatement(present::statementMarkdown(drill));
  m_editor->setReadOnly(false);
  showText();
  m_session->startClock();
  showClock();
  showAttempts();
  m_editor->setFocus();
}

// The draft or starter of the language at hand.
void SolveView::showText() {
  const std::string& language = m_session->language();
  m_editor->setLanguage(QString::fromStdString(language));
  m_language->setCurrentIndex(m_language->findData(QString::fromStdString(language)));
  if (!m_session->isOpen()) return;
  const QSignalBlocker blocker(m_editor);
  m_editor->setText(m_session->initialText());
  m_editor->setModified(false);
  m_saved->setText(m_session->hasDraft() ? tr("your draft, restored") : QString());
  m_results->clear(tr("Run tries the examples; Submit judges every case and measures growth."));
}

// Which languages there are is asked of their programs, which takes longer than the window may
// stand still.
void SolveView::listLanguages() {
  m_language->addItem(tr("Lua 5.4"), QString("lua"));
  connect(m_language, &QComboBox::activated, this, [this](int index) {
    m_session->setLanguage(m_language->itemData(index).toString().toStdString());
    m_editor->setFocus();
  });
  connect(&m_languages, &QFutureWatcherBase::finished, this, [this] {
    m_language->clear();
    for (const present::LanguageChoice& choice : m_languages.result())
      m_language->addItem(choice.name, choice.id);
    const auto shown = [this] {
      return m_language->findData(QString::fromStdString(m_session->language()));
    };
    if (shown() < 0) m_session->setLanguage("lua");
    m_language->setCurrentIndex(shown());
  });
  m_languages.setFuture(QtConcurrent::run(present::languagesHere));
}

void SolveView::showStatement(const QString& markdown) {
  m_statement->setMarkdown(markdown);
  if (m_theme) typeset(*m_statement->document(), *m_theme);
}

void SolveView::showClock() {
  if (!m_session->isOpen()) return;
  const int left = m_session->secondsLeft();
  m_clock->setText(clockText(left));
  m_clock->setProperty("low", left < kLowSeconds);
  m_clock->style()->unpolish(m_clock);
  m_clock->style()->polish(m_clock);
  m_pause->setText(m_session->clockRunning() ? tr("Pause") : tr("Resume"));
  const double cost = m_session->nextHintCost();
  m_hint->setEnabled(m_session->hintsTaken() < static_cast<int>(m_session->drill().hints.size()));
  m_hint->setText(m_hint->isEnabled() ? tr("Hint −%1 min").arg(cost) : tr("No more hints"));
  if (left < 0 && !m_over) timeIsUp();
}

void SolveView::timeIsUp() {
  m_over = true;
  m_saved->setText(tr("time is up: your draft is being submitted"));
  m_session->submit();
}

void SolveView::takeHint() {
  const QString hint = m_session->takeHint();
  if (hint.isEmpty()) return;
  m_hints += tr("\n\n**Hint %1.** %2").arg(m_session->hintsTaken()).arg(hint);
  showStatement(present::statementMarkdown(m_session->drill()) + m_hints);
  m_statement->moveCursor(QTextCursor::End);
  showClock();
}

void SolveView::showAttempts() {
  const auto attempts = m_session->attempts();
  m_attempts->setRowCount(static_cast<int>(attempts.size()));
  for (int row = 0; row < m_attempts->rowCount(); ++row) {
    const auto line = present::attemptLine(attempts[static_cast<std::size_t>(row)]);
    const QStringList cells = {line.when, line.verdict, line.cases, line.time};
    for (int c = 0; c < cells.size(); ++c) {
      auto* item = new QTableWidgetItem(cells[c]);
      if (c != 1) item->setFont(plots::monoFont(plots::kLabelPx));
      if (c == 1 && m_theme) item->setForeground(line.accepted ? m_theme->ok : m_theme->bad);
      m_attempts->setItem(row, c, item);
    }
    m_attempts->item(row, 0)->setData(Qt::UserRole, line.text);
    const QString language =
        QString::fromStdString(attempts[static_cast<std::size_t>(row)].language);
    m_attempts->item(row, 0)->setData(kLanguageRole, language);
    if (language != "lua") m_attempts->item(row, 1)->setText(line.verdict + " · " + language);
  }
  for (const int column : {0, 2, 3}) m_attempts->resizeColumnToContents(column);
}

void SolveView::showJudging(bool judging) {
  m_progress->setVisible(judging);
  m_progress->setRange(0, 0);
  m_stop->setVisible(judging);
  m_run->setVisible(!judging);
  m_submit->setEnabled(!judging);
}

void SolveView::showReport(const judge::SubmissionReport& report, bool examplesOnly) {
  showJudging(false);
  m_saved->setText(examplesOnly ? tr("examples run") : tr("submitted"));
  m_results->show(report, m_session->drill(), examplesOnly);
  m_editor->markLine(present::errorLine(report));
  if (!examplesOnly) showAttempts();
  if (report.accepted() && !examplesOnly) {
    m_session->pauseClock();
    showStatement(present::statementMarkdown(m_session->drill()) + m_hints +
                  present::debriefMarkdown(m_session->drill()));
  }
  showClock();
}

void SolveView::setTheme(const plots::Theme& theme) {
  m_theme = &theme;
  m_editor->setTheme(theme);
  m_results->setTheme(theme);
  if (!m_session->isOpen()) return;
  showAttempts();
  typeset(*m_statement->document(), theme);
}

}  // namespace rehearse::gui
