// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/study_page.hpp"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "app/gui/card_browser.hpp"
#include "app/gui/card_text.hpp"
#include "app/gui/question_view.hpp"
#include "app/gui/style.hpp"
#include "app/gui/title_label.hpp"
#include "app/present/app_context.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::gui {

using present::qs;
namespace {

constexpr int kLookAgainMs = 15000, kReviewPage = 0, kBrowsePage = 1, kEmptyPage = 2;

}  // namespace

StudyPage::StudyPage(present::AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_session(new present::StudySession(context, this)),
      m_stack(new QStackedWidget(this)),
      m_browser(new CardBrowser(context, this)),
      m_waiting(new QTimer(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar());
  m_error = label({}, "bad", this);
  m_error->setWordWrap(true);
  m_error->setContentsMargins(24, 12, 24, 12);
  m_error->hide();
  column->addWidget(m_error);
  m_stack->addWidget(makeReview());
  m_stack->addWidget(m_browser);
  m_stack->addWidget(makeEmpty());
  column->addWidget(m_stack, 1);
  makeKeys();
  m_waiting->setInterval(kLookAgainMs);
  connect(m_waiting, &QTimer::timeout, m_session, &present::StudySession::refresh);
  connect(m_session, &present::StudySession::changed, this, &StudyPage::showState);
  connect(m_session, &present::StudySession::failed, this,
          [this](const QString& message) { m_error->setText(message), m_error->show(); });
  connect(m_session, &present::StudySession::undone, this,
          [this](const QString& title) { m_note->setText(tr("taken back: %1").arg(title)); });
  connect(m_browser, &CardBrowser::shown, this, &StudyPage::showLinks);
  connect(m_question, &QuestionView::answered, this,
          [this] { m_session->revealed() ? void() : m_session->advance(); });
}

QWidget* StudyPage::makeBar() {
  auto* bar = new QWidget(this);
  QHBoxLayout* row = barRow(bar);
  m_title = new TitleLabel(bar);
  m_chip = label({}, "chip", bar);
  m_note = label({}, "label", bar);
  for (QLabel* one : {m_chip, m_note}) one->setWordWrap(false);
  m_chip->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  m_links = new QWidget(bar);
  auto* links = new QHBoxLayout(m_links);
  links->setContentsMargins(0, 0, 0, 0);
  links->setSpacing(8);
  m_undo = new QPushButton(tr("Undo  Ctrl Z"), bar);
  m_undo->setAccessibleName(tr("Undo the last grade"));
  m_undo->setToolTip(tr("Take back the last grade; its card comes back as it was"));
  m_browse = new QPushButton(tr("All cards"), bar);
  row->addWidget(m_title, 1);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_note, m_chip, m_links, m_undo, m_browse})
    row->addWidget(widget);
  connect(m_undo, &QPushButton::clicked, m_session, &present::StudySession::undo);
  connect(m_browse, &QPushButton::clicked, this,
          [this] { browse(m_stack->currentIndex() != kBrowsePage); });
  return bar;
}

QWidget* StudyPage::makeReview() {
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  auto* left = new QWidget(split);
  auto* prose = new QVBoxLayout(left);
  prose->setContentsMargins(24, 20, 16, 16);
  prose->setSpacing(12);
  m_read = new QPushButton(tr("Read the card  R"), left);
  m_read->setAccessibleName(tr("Read the card"));
  connect(m_read, &QPushButton::clicked, this, [this] {
    m_reading = true;
    showState();
  });
  m_text = new CardText(m_context.cards(), left);
  m_text->setAccessibleName(tr("The card"));
  prose->addWidget(m_text, 1);
  prose->addWidget(m_read, 0, Qt::AlignLeft);

  auto* right = new QWidget(split);
  right->setObjectName("surface");
  right->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* body = new QWidget;
  body->setObjectName("surface");
  auto* rows = new QVBoxLayout(body);
  rows->setContentsMargins(24, 20, 24, 16);
  m_question = new QuestionView(m_context.cards(), body);
  rows->addWidget(m_question);
  rows->addStretch(1);
  auto* scroll = new QScrollArea(right);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(body);
  column->addWidget(scroll, 1);
  column->addWidget(makeGrades(right));
  split->addWidget(left);
  split->addWidget(right);
  split->setStretchFactor(0, 1);
  split->setStretchFactor(1, 1);
  split->setSizes({600, 600});
  return split;
}

QWidget* StudyPage::makeGrades(QWidget* parent) {
  auto* foot = new QWidget(parent);
  auto* column = new QVBoxLayout(foot);
  column->setContentsMargins(24, 12, 24, 20);
  m_next = new QPushButton(foot);
  m_next->setObjectName("primary");
  m_next->setMinimumHeight(36);
  connect(m_next, &QPushButton::clicked, m_session, &present::StudySession::advance);
  m_grades = new QWidget(foot);
  m_grades->setAccessibleName(tr("How well did you recall it?"));
  auto* rows = new QVBoxLayout(m_grades);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(8);
  rows->addWidget(
      label(tr("How well did you recall it? Forgot means forgot, however close it felt."), "label",
            m_grades));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  for (int key = 1; key <= 4; ++key) {
    const auto i = static_cast<std::size_t>(key - 1);
    const QString name = practice::rating_label(static_cast<practice::Rating>(key));
    auto* cell = new QVBoxLayout;
    cell->setSpacing(4);
    m_gradeButtons[i] = new QPushButton(QString("%1  %2").arg(name).arg(key), m_grades);
    m_gradeButtons[i]->setMinimumHeight(36);
    m_intervals[i] = label({}, "label", m_grades);
    m_intervals[i]->setWordWrap(false);
    m_intervals[i]->setAlignment(Qt::AlignHCenter);
    connect(m_gradeButtons[i], &QPushButton::clicked, this, [this, key] { grade(key); });
    cell->addWidget(m_gradeButtons[i]);
    cell->addWidget(m_intervals[i]);
    row->addLayout(cell, 1);
  }
  rows->addLayout(row);
  column->addWidget(m_next);
  column->addWidget(m_grades);
  return foot;
}

QWidget* StudyPage::makeEmpty() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(24, 24, 24, 24);
  column->setSpacing(12);
  m_emptyTitle = label({}, "page", page);
  m_emptyText = label({}, "muted", page);
  m_emptyText->setWordWrap(true);
  m_emptyText->setMaximumWidth(640);
  auto* read = new QPushButton(tr("Read any card"), page);
  read->setObjectName("primary");
  connect(read, &QPushButton::clicked, this, [this] { browse(true); });
  column->addWidget(m_emptyTitle);
  column->addWidget(m_emptyText);
  column->addWidget(read, 0, Qt::AlignLeft);
  column->addStretch(1);
  return page;
}

void StudyPage::makeKeys() {
  const auto key = [this](const QKeySequence& keys, auto slot) {
    auto* action = new QAction(this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
  };
  key(Qt::Key_Space, [this] { goOn(); });
  for (const int enter : {Qt::Key_Return, Qt::Key_Enter}) key(enter, [this] { confirm(); });
  for (int number = 1; number <= 4; ++number)
    key(QKeySequence(QString::number(number)), [this, number] { grade(number); });
  key(Qt::Key_R, [this] {
    if (m_read->isVisible()) m_read->click();
  });
  key(QKeySequence::Undo, [this] { m_session->undo(); });
  key(Qt::Key_Escape, [this] {
    if (m_stack->currentIndex() == kBrowsePage) browse(false);
  });
}

// Space belongs to the button that has the focus; elsewhere it goes on with the card.
void StudyPage::goOn() {
  if (auto* button = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
      button && button != m_next)
    return button->click();
  if (m_stack->currentIndex() == kReviewPage) m_session->advance();
}

// Enter shows the answer where Space would type a blank or tick an option.
void StudyPage::confirm() {
  const bool answering =
      m_stack->currentIndex() == kReviewPage && m_session->question() && !m_session->revealed();
  answering ? m_session->advance() : goOn();
}

void StudyPage::grade(int key) {
  if (m_stack->currentIndex() != kReviewPage || !m_session->gradable()) return;
  const QString title = qs(m_session->current()->card->title);
  m_note->setText(
      tr("%1: %2").arg(title, practice::rating_label(static_cast<practice::Rating>(key))));
  m_session->grade(static_cast<practice::Rating>(key));
}

void StudyPage::browse(bool on) {
  m_browse->setText(on ? tr("Back to studying  Esc") : tr("All cards"));
  m_undo->setVisible(!on);
  if (!on) {
    m_stack->setCurrentIndex(kReviewPage);
    return m_session->refresh();
  }
  m_stack->setCurrentIndex(kBrowsePage);
  m_title->setTitle(tr("All cards"));
  m_chip->setText(tr("%1 cards").arg(m_context.cards().cards().size()));
  m_note->clear();
  m_browser->activated();
  showLinks(m_browser->current());
}

void StudyPage::openCard(const QString& id) {
  browse(true);
  m_browser->open(id);
}

void StudyPage::showState() {
  if (m_stack->currentIndex() == kBrowsePage) return;
  const practice::QueueEntry* entry = m_session->current();
  m_chip->setVisible(entry != nullptr);
  if (!entry) return showEmpty();
  m_waiting->stop();
  m_stack->setCurrentIndex(kReviewPage);
  showCard(*entry);
  showQuestion();
}

void StudyPage::showCard(const practice::QueueEntry& entry) {
  const practice::Card& card = *entry.card;
  if (m_shown != &card || !m_session->revealed()) {
    const bool another = m_shown != &card;
    m_shown = &card;
    if (another) m_reading = entry.fresh;
    if (another) showLinks(&card);
  }
  if (m_session->gradable()) m_reading = true;
  m_title->setTitle(qs(card.title));
  m_chip->setText(tr("%1 due%2")
                      .arg(m_session->dueCount())
                      .arg(entry.fresh     ? tr(" · new")
                           : entry.changed ? tr(" · its answer changed")
                                           : QString()));
  m_text->setBody(m_reading ? present::cardMarkdown(card, m_context.cards())
                            : tr("*You have met this card before. Answer first; its text comes "
                                 "after the last answer, or with R.*"));
  m_read->setVisible(!m_reading);
}

void StudyPage::showQuestion() {
  const practice::Question* question = m_session->question();
  const bool gradable = m_session->gradable();
  m_question->setQuestion(question, m_session->questionNumber(), m_session->questionCount());
  m_question->setRevealed(m_session->revealed());
  m_grades->setVisible(gradable);
  m_next->setVisible(!gradable);
  m_next->setText(
      m_session->revealed() ? tr("Next question  Space")
      : question ? tr("Show answer  %1").arg(m_question->takesInput() ? tr("Enter") : tr("Space"))
                 : tr("I have recalled it  Space"));
  m_next->setAccessibleName(m_next->text().section("  ", 0, 0));
  if (gradable) {
    const auto words = m_session->intervals();
    for (std::size_t i = 0; i < words.size(); ++i) {
      m_intervals[i]->setText(words[i]);
      m_gradeButtons[i]->setAccessibleName(
          tr("%1, again in %2")
              .arg(practice::rating_label(static_cast<practice::Rating>(i + 1)), words[i]));
    }
    m_gradeButtons[2]->setFocus(Qt::OtherFocusReason);
  } else if (m_session->revealed() || !m_question->focusAnswer()) {
    m_next->setFocus(Qt::OtherFocusReason);
  }
}

void StudyPage::showEmpty() {
  m_shown = nullptr;
  m_stack->setCurrentIndex(kEmptyPage);
  m_title->setTitle(tr("Study"));
  showLinks(nullptr);
  const QString next = m_session->nextDueWords();
  if (m_context.cards().cards().empty()) {
    m_emptyTitle->setText(tr("No cards were found"));
    m_emptyText->setText(
        tr("`rehearse doctor` says where they are looked for; your own go into %1.")
            .arg(m_context.userFolder("content")));
  } else {
    m_emptyTitle->setText(tr("Nothing is due"));
    m_emptyText->setText(
        next.isEmpty() ? tr("Today's new cards are done. More wait for tomorrow; any card can be "
                            "read meanwhile.")
                       : tr("The next card is due %1. Any card can be read meanwhile.").arg(next));
  }
  m_waiting->start();
}

void StudyPage::showLinks(const practice::Card* card) {
  qDeleteAll(m_links->findChildren<QPushButton*>());
  if (!card) return;
  if (!card->design.empty() && m_context.designs().find(card->design)) {
    auto* open = new QPushButton(tr("Open design"), m_links);
    open->setAccessibleName(tr("Open the design that shows %1").arg(qs(card->title)));
    connect(open, &QPushButton::clicked, this,
            [this, id = qs(card->design)] { emit requestDesign(id); });
    m_links->layout()->addWidget(open);
  }
  for (const std::string& id : card->drills) {
    if (!m_context.drills().find(id)) continue;
    auto* drill = new QPushButton(tr("Drill it"), m_links);
    drill->setAccessibleName(tr("Open the drill %1").arg(qs(id).replace('-', ' ')));
    drill->setToolTip(qs(id).replace('-', ' '));
    connect(drill, &QPushButton::clicked, this, [this, name = qs(id)] { emit requestDrill(name); });
    m_links->layout()->addWidget(drill);
    break;
  }
}

void StudyPage::setTheme(const Theme& theme) {
  m_text->setTheme(theme);
  m_question->setTheme(theme);
  m_browser->setTheme(theme);
}

void StudyPage::activated() {
  if (m_stack->currentIndex() != kBrowsePage) m_session->refresh();
}

}  // namespace rehearse::gui
