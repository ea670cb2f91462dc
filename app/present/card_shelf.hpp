// SPDX-License-Identifier: GPL-3.0-or-later
//
// CardShelf: decks with their counts, and taking cards off the schedule: suspended until put back,
// or buried until tomorrow (practice/decks.hpp). Every change hands out what undoes it.
#pragma once

#include <QObject>
#include <QString>

#include "app/practice/decks.hpp"

namespace rehearse::present {

class AppContext;

// "2 due · 3 of 10 met · 1 changed".
QString deckWords(const practice::Deck& deck);
// All decks as one, its topic empty.
practice::Deck allDecks(const practice::DeckOverview& overview);
// "changed since you last saw it · often forgotten"; empty where nothing stands out.
QString markWords(const practice::CardMark& mark);
// "label-delay" as "label delay".
QString topicWords(const std::string& topic);

class CardShelf : public QObject {
  Q_OBJECT

 public:
  explicit CardShelf(AppContext& context, QObject* parent = nullptr);

  // Empty, after failed(), where the database cannot be read.
  practice::DeckOverview overview();
  void suspend(const QString& card);
  void buryUntilTomorrow(const QString& card);
  void putBack(const QString& card);
  void restore(const practice::Shelf& before);

 signals:
  // The shelf is another now. `what` says what was done; empty after restore().
  void changed(const QString& what, const practice::Shelf& before);
  void failed(const QString& message);

 private:
  void change(const QString& what, const std::function<void(practice::Shelf&)>& how);
  QString titleOf(const QString& card) const;
  AppContext& m_context;
};

}  // namespace rehearse::present
