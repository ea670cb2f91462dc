// SPDX-License-Identifier: GPL-3.0-or-later
//
// CardReader: one card to be read, with what stands out of it and the way to set it aside; or a
// drill or design that a search found, with the way there.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"
#include "app/present/card_shelf.hpp"
#include "app/present/search_session.hpp"

class QLabel;
class QPushButton;

namespace rehearse::gui {

class CardText;

class CardReader : public QWidget {
  Q_OBJECT

 public:
  explicit CardReader(const practice::CardLibrary& cards, QWidget* parent = nullptr);

  void showCard(const practice::Card& card, const practice::CardMark& mark);
  void showHit(const practice::SearchHit& hit);
  void clear();
  void setTheme(const Theme& theme);

 signals:
  // The hit that is shown.
  void openWanted();
  // The card that is shown.
  void suspendWanted();
  void putBackWanted();
  // A link in the text.
  void cardWanted(const QString& id);

 private:
  const practice::CardLibrary& m_cards;
  bool m_aside = false;  // what is shown is suspended or buried
  QLabel* m_mark;
  CardText* m_text;
  QPushButton *m_open, *m_shelve;
};

}  // namespace rehearse::gui
