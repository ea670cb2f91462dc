// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/study_page.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "app/gui/card_browser.hpp"
#include "app/gui/review_view.hpp"
#include "app/gui/style.hpp"
#include "app/gui/title_label.hpp"
#include "app/gui/undo_strip.hpp"
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
      m_shelf(new present::CardShelf(context, this)),
      m_stack(new QStackedWidget(this)),
      m_browser(new CardBrowser(context, *m_shelf, this)),
      m_review(new ReviewView(context, *m_session, this)),
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
  m_stack->addWidget(m_review);
  m_stack->addWidget(m_browser);
  m_stack->addWidget(makeEmpty());
  column->addWidget(m_stack, 1);
  makeKeys();
  m_waiting->setInterval(kLookAgainMs);
  connect(m_waiting, &QTimer::timeout, m_session, &present::StudySession::refresh);
  connect(m_session, &present::StudySession::changed, this, &StudyPage::showState);
  const auto complain = [this](const QString& message) {
    m_error->setText(message);
    m_error->show();
  };
  connect(m_session, &present::StudySession::failed, this, complain);
  connect(m_shelf, &present::CardShelf::failed, this, complain);
  connect(m_browser, &CardBrowser::failed, this, complain);
  connect(m_session, &present::StudySession::undone, this,
          [this](const QString& title) { m_note->setText(tr("taken back: %1").arg(title)); });
  connect(m_shelf, &present::CardShelf::changed, this, &StudyPage::offerUndo);
  connect(m_review, &ReviewView::graded, this, [this](const QString& title, const QString& name) {
    m_note->setText(tr("%1: %2").arg(title, name));
  });
  connect(m_review, &ReviewView::suspendWanted, m_shelf, &present::CardShelf::suspend);
  connect(m_review, &ReviewView::buryWanted, m_shelf, &present::CardShelf::buryUntilTomorrow);
  connect(m_browser, &CardBrowser::shown, this, &StudyPage::showLinks);
  connect(m_browser, &CardBrowser::deckWanted, this, &StudyPage::studyDeck);
  connect(m_browser, &CardBrowser::drillWanted, this, &Page::requestDrill);
  connect(m_browser, &CardBrowser::designWanted, this, &Page::requestDesign);
}

void StudyPage::offerUndo(const QString& what, const practice::Shelf& before) {
  if (m_stack->currentIndex() != kBrowsePage) m_session->refresh();
  if (what.isEmpty()) return;
  UndoStrip::offer(this, what, [this, before] { m_shelf->restore(before); });
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
  m_browse->setToolTip(tr("Decks, every card, and a search over everything (Ctrl+F)"));
  m_allDecks = new QPushButton(tr("All decks"), bar);
  m_allDecks->setToolTip(tr("Study all decks again"));
  connect(m_allDecks, &QPushButton::clicked, this, [this] { studyDeck({}); });
  row->addWidget(m_title, 1);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{m_note, m_chip, m_links, m_allDecks, m_undo, m_browse})
    row->addWidget(widget);
  connect(m_undo, &QPushButton::clicked, m_session, &present::StudySession::undo);
  connect(m_browse, &QPushButton::clicked, this,
          [this] { browse(m_stack->currentIndex() != kBrowsePage); });
  return bar;
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
  const auto key = [this](const QString& text, const QList<QKeySequence>& keys, auto slot) {
    auto* action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
    return action;
  };
  m_goActions = {
      key(tr("Show the answer, or go on"), {Qt::Key_Space}, [this] { m_review->goOn(); }),
      key(tr("Show the answer"), {Qt::Key_Return, Qt::Key_Enter}, [this] { m_review->confirm(); })};
  for (int number = 1; number <= 4; ++number)
    m_gradeActions.append(
        key(tr("Grade: %1").arg(practice::rating_label(static_cast<practice::Rating>(number))),
            {QKeySequence(QString::number(number))}, [this, number] { m_review->grade(number); }));
  m_reviewActions = {
      key(tr("Read the card"), {Qt::Key_R}, [this] { m_review->readCard(); }),
      key(tr("Bury this card until tomorrow"), {QKeySequence("Ctrl+B")},
          [this] { m_shelf->buryUntilTomorrow(qs(m_session->current()->card->id)); }),
      key(tr("Suspend this card"), {QKeySequence("Ctrl+Shift+B")},
          [this] { m_shelf->suspend(qs(m_session->current()->card->id)); })};
  key(tr("Take the last grade back"), QKeySequence::keyBindings(QKeySequence::Undo),
      [this] { m_session->undo(); });
  key(tr("Search drills, designs and cards"), {QKeySequence("Ctrl+F")}, [this] {
    browse(true);
    m_browser->focusSearch();
  });
  key(tr("Back to studying"), {Qt::Key_Escape}, [this] {
    if (m_stack->currentIndex() == kBrowsePage && !m_browser->leaveSearch()) browse(false);
  });
}

void StudyPage::studyDeck(const QString& topic) {
  m_session->studyDeck(topic);
  browse(false);
}

void StudyPage::browse(bool on) {
  m_browse->setText(on ? tr("Back to studying  Esc") : tr("All cards"));
  m_undo->setVisible(!on);
  m_allDecks->setVisible(!on && !m_session->deck().isEmpty());
  if (!on) {
    m_stack->setCurrentIndex(kReviewPage);
    return m_session->refresh();
  }
  m_stack->setCurrentIndex(kBrowsePage);
  m_title->setTitle(tr("All cards"));
  m_chip->show();
  m_chip->setText(tr("%1 cards").arg(m_context.cards().cards().size()));
  m_note->clear();
  for (QAction* action : m_goActions + m_gradeActions + m_reviewActions) action->setEnabled(false);
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
  m_allDecks->setVisible(!m_session->deck().isEmpty());
  for (QAction* action : m_goActions) action->setEnabled(true);
  for (QAction* action : m_gradeActions) action->setEnabled(m_session->gradable());
  for (QAction* action : m_reviewActions) action->setEnabled(entry != nullptr);
  if (!entry) return showEmpty();
  m_waiting->stop();
  m_stack->setCurrentIndex(kReviewPage);
  m_title->setTitle(qs(entry->card->title));
  QStringList chip = {tr("%1 due").arg(m_session->dueCount())};
  if (!m_session->deck().isEmpty())
    chip.append(present::topicWords(m_session->deck().toStdString()));
  if (entry->fresh) chip.append(tr("new"));
  if (entry->changed) chip.append(tr("its answer changed"));
  m_chip->setText(chip.join(" · "));
  if (m_linked != entry->card) showLinks(entry->card);
  m_review->showState();
}

void StudyPage::showEmpty() {
  m_review->forget();
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
    m_emptyTitle->setText(
        m_session->deck().isEmpty()
            ? tr("Nothing is due")
            : tr("Nothing is due in %1").arg(present::topicWords(m_session->deck().toStdString())));
    m_emptyText->setText(
        next.isEmpty() ? tr("Today's new cards are done. More wait for tomorrow; any card can be "
                            "read meanwhile.")
                       : tr("The next card is due %1. Any card can be read meanwhile.").arg(next));
  }
  m_waiting->start();
}

void StudyPage::showLinks(const practice::Card* card) {
  m_linked = card;
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
  m_review->setTheme(theme);
  m_browser->setTheme(theme);
}

void StudyPage::activated() {
  m_stack->currentIndex() == kBrowsePage ? m_browser->activated() : m_session->refresh();
}

}  // namespace rehearse::gui
