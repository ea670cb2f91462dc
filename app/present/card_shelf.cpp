// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/card_shelf.hpp"

#include <QDateTime>
#include <QStringList>

#include "app/practice/brief_wait.hpp"
#include "app/present/app_context.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {

QString deckWords(const practice::Deck& deck) {
  QStringList parts;
  parts.append(QObject::tr("%1 due").arg(deck.due));
  parts.append(QObject::tr("%1 of %2 met").arg(deck.met).arg(deck.all));
  if (deck.changed) parts.append(QObject::tr("%1 changed").arg(deck.changed));
  if (deck.leeches) parts.append(QObject::tr("%1 often forgotten").arg(deck.leeches));
  if (deck.shelved) parts.append(QObject::tr("%1 set aside").arg(deck.shelved));
  return parts.join(" · ");
}

practice::Deck allDecks(const practice::DeckOverview& overview) {
  practice::Deck all;
  for (const practice::Deck& deck : overview.decks) {
    all.all += deck.all;
    all.met += deck.met;
    all.due += deck.due;
    all.changed += deck.changed;
    all.leeches += deck.leeches;
    all.shelved += deck.shelved;
  }
  return all;
}

QString markWords(const practice::CardMark& mark) {
  QStringList parts;
  if (mark.changed) parts.append(QObject::tr("changed since you last saw it"));
  if (mark.leech) parts.append(QObject::tr("often forgotten"));
  if (mark.suspended) parts.append(QObject::tr("suspended"));
  if (mark.buried) parts.append(QObject::tr("buried until tomorrow"));
  return parts.join(" · ");
}

QString topicWords(const std::string& topic) {
  QString words = qs(topic).replace('-', ' ');
  if (!words.isEmpty()) words[0] = words[0].toUpper();
  return words;
}

CardShelf::CardShelf(AppContext& context, QObject* parent) : QObject(parent), m_context(context) {}

practice::DeckOverview CardShelf::overview() {
  auto overview =
      practice::deck_overview(m_context.database(), m_context.cards(), practice::system_seconds());
  if (overview) return std::move(*overview);
  emit failed(qs(overview.error().message));
  return {};
}

QString CardShelf::titleOf(const QString& card) const {
  const practice::Card* found = m_context.cards().find(card.toStdString());
  return found ? qs(found->title) : card;
}

void CardShelf::change(const QString& what, const std::function<void(practice::Shelf&)>& how) {
  const practice::BriefWait brief(m_context.database());
  auto shelf = practice::shelf(m_context.database());
  if (!shelf) return emit failed(qs(shelf.error().message));
  const practice::Shelf before = *shelf;
  how(*shelf);
  if (*shelf == before) return;
  if (const auto saved = practice::save_shelf(m_context.database(), *shelf); !saved)
    return emit failed(qs(saved.error().message));
  emit m_context.recorded();
  emit changed(what, before);
}

void CardShelf::suspend(const QString& card) {
  change(tr("Suspended: %1").arg(titleOf(card)),
         [&card](practice::Shelf& shelf) { shelf.suspended.insert(card.toStdString()); });
}

void CardShelf::buryUntilTomorrow(const QString& card) {
  const qint64 midnight = QDate::currentDate().addDays(1).startOfDay().toSecsSinceEpoch();
  change(tr("Buried until tomorrow: %1").arg(titleOf(card)),
         [&](practice::Shelf& shelf) { shelf.buried[card.toStdString()] = midnight; });
}

void CardShelf::putBack(const QString& card) {
  change(tr("Put back: %1").arg(titleOf(card)), [&card](practice::Shelf& shelf) {
    shelf.suspended.erase(card.toStdString());
    shelf.buried.erase(card.toStdString());
  });
}

void CardShelf::restore(const practice::Shelf& before) {
  change({}, [&before](practice::Shelf& shelf) { shelf = before; });
}

}  // namespace rehearse::present
