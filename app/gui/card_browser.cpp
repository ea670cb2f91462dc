// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/card_browser.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/gui/card_reader.hpp"
#include "app/present/app_context.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::gui {

using present::qs;
namespace {

constexpr int kBrowseLists = 0, kHitList = 1;

QListWidget* listOf(const QString& name, QWidget* parent) {
  auto* list = new QListWidget(parent);
  list->setAccessibleName(name);
  list->setWordWrap(true);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return list;
}

void addLines(QListWidget* list, const QString& first, const QString& second,
              const QString& stored) {
  auto* item = new QListWidgetItem(second.isEmpty() ? first : first + "\n" + second, list);
  item->setData(Qt::UserRole, stored);
  item->setData(Qt::AccessibleTextRole, QString("%1, %2").arg(first, second));
}

QString storedIn(const QListWidget* list) {
  const QListWidgetItem* item = list->currentItem();
  return item ? item->data(Qt::UserRole).toString() : QString();
}

}  // namespace

CardBrowser::CardBrowser(present::AppContext& context, present::CardShelf& shelf, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_shelf(shelf),
      m_searching(new present::SearchSession(context, this)) {
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  split->addWidget(makeLists(split));
  m_reader = new CardReader(context.cards(), split);
  split->addWidget(m_reader);
  split->setStretchFactor(1, 1);
  split->setSizes({360, 840});
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(split);
  connect(m_field, &QLineEdit::textChanged, this, &CardBrowser::search);
  connect(m_field, &QLineEdit::returnPressed, this, [this] {
    if (m_lists->currentIndex() == kHitList && m_hits->count()) m_hits->setFocus();
  });
  connect(m_searching, &present::SearchSession::answered, this, &CardBrowser::showHits);
  connect(m_searching, &present::SearchSession::failed, this, &CardBrowser::failed);
  connect(m_decks, &QListWidget::currentRowChanged, this, &CardBrowser::fillCards);
  connect(m_cards, &QListWidget::currentItemChanged, this, &CardBrowser::showFront);
  connect(m_hits, &QListWidget::currentItemChanged, this, &CardBrowser::showFront);
  connect(m_hits, &QListWidget::itemActivated, this, &CardBrowser::openHit);
  connect(m_reader, &CardReader::suspendWanted, this, [this] {
    if (const practice::Card* card = current()) m_shelf.suspend(qs(card->id));
  });
  connect(m_reader, &CardReader::putBackWanted, this, [this] {
    if (const practice::Card* card = current()) m_shelf.putBack(qs(card->id));
  });
  connect(m_reader, &CardReader::openWanted, this, &CardBrowser::openHit);
  connect(m_reader, &CardReader::cardWanted, this, &CardBrowser::open);
  connect(m_study, &QPushButton::clicked, this, [this] { emit deckWanted(topic()); });
  connect(&m_shelf, &present::CardShelf::changed, this, [this] {
    if (isVisible()) count();
  });
}

QWidget* CardBrowser::makeLists(QWidget* parent) {
  auto* left = new QWidget(parent);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(24, 20, 16, 16);
  column->setSpacing(8);
  m_field = new QLineEdit(left);
  m_field->setPlaceholderText(tr("Search drills, designs, cards  Ctrl F"));
  m_field->setAccessibleName(tr("Search drills, designs and cards"));
  m_field->setToolTip(
      tr("Words or their beginnings, a \"phrase\" in quotes, -without (Ctrl+F). Enter goes to the "
         "results, Esc leaves them."));
  m_field->setClearButtonEnabled(true);
  m_lists = new QStackedWidget(left);
  auto* browse = new QWidget(m_lists);
  auto* lists = new QVBoxLayout(browse);
  lists->setContentsMargins(0, 0, 0, 0);
  lists->setSpacing(8);
  m_decks = listOf(tr("Decks"), browse);
  m_cards = listOf(tr("Cards"), browse);
  m_study = new QPushButton(browse);
  m_study->setObjectName("primary");
  lists->addWidget(m_decks, 2);
  lists->addWidget(m_study);
  lists->addWidget(m_cards, 3);
  m_hits = listOf(tr("What was found"), m_lists);
  m_lists->addWidget(browse);
  m_lists->addWidget(m_hits);
  m_state = label({}, "muted", left);
  column->addWidget(m_field);
  column->addWidget(m_state);
  column->addWidget(m_lists, 1);
  column->addStretch();
  return left;
}

void CardBrowser::activated() {
  count();
  if (!m_decks->currentItem()) m_decks->setCurrentRow(0);
  if (m_lists->currentIndex() == kBrowseLists) m_cards->setFocus();
}

void CardBrowser::focusSearch() {
  m_field->setFocus();
  m_field->selectAll();
}

bool CardBrowser::leaveSearch() {
  if (m_field->text().isEmpty()) return false;
  m_field->clear();
  m_cards->setFocus();
  return true;
}

void CardBrowser::count() {
  m_overview = m_shelf.overview();
  const int row = std::max(0, m_decks->currentRow());
  {
    const QSignalBlocker quiet(m_decks);
    m_decks->clear();
    addLines(m_decks, tr("All cards"), present::deckWords(present::allDecks(m_overview)), {});
    for (const practice::Deck& deck : m_overview.decks)
      addLines(m_decks, present::topicWords(deck.topic), present::deckWords(deck), qs(deck.topic));
    m_decks->setCurrentRow(std::min(row, m_decks->count() - 1));
  }
  fillCards();
}

void CardBrowser::fillCards() {
  const QString front = storedIn(m_cards);
  int row = 0;
  {
    const QSignalBlocker quiet(m_cards);
    m_cards->clear();
    for (const practice::Card& card : m_context.cards().cards()) {
      if (!topic().isEmpty() && qs(card.topic) != topic()) continue;
      const auto mark = m_overview.marks.find(card.id);
      const QString words =
          mark == m_overview.marks.end() ? QString() : present::markWords(mark->second);
      if (qs(card.id) == front) row = m_cards->count();
      addLines(m_cards, qs(card.title), words.isEmpty() ? present::topicWords(card.topic) : words,
               qs(card.id));
    }
    m_cards->setCurrentRow(m_cards->count() ? row : -1);
  }
  m_study->setVisible(m_cards->count() > 0);
  m_study->setText(topic().isEmpty() ? tr("Study all decks") : tr("Study this deck only"));
  showFront();
  m_state->setText(tr("No cards were found."));
  m_state->setVisible(m_lists->currentIndex() == kBrowseLists && m_cards->count() == 0);
}

void CardBrowser::search() {
  if (!m_field->text().trimmed().isEmpty()) {
    m_state->setText(tr("Searching…"));
    m_state->setVisible(true);
    return m_searching->ask(m_field->text());
  }
  m_lists->setCurrentIndex(kBrowseLists);
  m_lists->show();
  m_state->hide();
  fillCards();
}

void CardBrowser::showHits() {
  if (m_field->text().trimmed().isEmpty()) return;  // left meanwhile
  m_lists->setCurrentIndex(kHitList);
  {
    const QSignalBlocker quiet(m_hits);
    m_hits->clear();
    for (const practice::SearchHit& hit : m_searching->hits())
      addLines(m_hits, qs(hit.title), present::kindWords(hit), {});
    m_hits->setCurrentRow(m_hits->count() ? 0 : -1);
  }
  m_lists->setVisible(m_hits->count() > 0);
  m_state->show();
  m_state->setText(m_hits->count() ? tr("%n found", nullptr, m_hits->count())
                                   : tr("Nothing has these words. Try fewer, or the beginning of "
                                        "one."));
  showFront();
}

QString CardBrowser::topic() const { return storedIn(m_decks); }

const practice::SearchHit* CardBrowser::hit() const {
  const int row = m_hits->currentRow();
  if (m_lists->currentIndex() != kHitList || row < 0) return nullptr;
  const auto& hits = m_searching->hits();
  return static_cast<std::size_t>(row) < hits.size() ? &hits[static_cast<std::size_t>(row)]
                                                     : nullptr;
}

const practice::Card* CardBrowser::current() const {
  if (m_lists->currentIndex() == kHitList)
    return hit() && hit()->kind == practice::SearchKind::card ? m_context.cards().find(hit()->id)
                                                              : nullptr;
  return m_context.cards().find(storedIn(m_cards).toStdString());
}

void CardBrowser::open(const QString& cardId) {
  m_field->clear();
  const practice::Card* card = m_context.cards().find(cardId.toStdString());
  if (!card) return;
  if (!topic().isEmpty() && topic() != qs(card->topic)) m_decks->setCurrentRow(0);
  for (int row = 0; row < m_cards->count(); ++row)
    if (m_cards->item(row)->data(Qt::UserRole).toString() == cardId)
      return m_cards->setCurrentRow(row);
}

void CardBrowser::showFront() {
  const practice::Card* card = current();
  if (card) {
    const auto mark = m_overview.marks.find(card->id);
    m_reader->showCard(*card, mark == m_overview.marks.end() ? practice::CardMark() : mark->second);
  } else if (hit()) {
    m_reader->showHit(*hit());
  } else {
    m_reader->clear();
  }
  emit shown(card);
}

void CardBrowser::openHit() {
  if (!hit()) return;
  if (hit()->kind == practice::SearchKind::drill)
    emit drillWanted(qs(hit()->id));
  else if (hit()->kind == practice::SearchKind::design)
    emit designWanted(qs(hit()->id));
  else
    m_reader->setFocus();
}

void CardBrowser::setTheme(const Theme& theme) { m_reader->setTheme(theme); }

}  // namespace rehearse::gui
