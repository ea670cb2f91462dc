// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decks: the cards of one topic, counted; and the shelf, where cards lie that are not asked for
// now: suspended until put back, or buried until a time. The shelf is two settings
// (study.suspended, study.buried), so it goes with every export and needs no table.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/practice/reviews.hpp"

namespace rehearse::practice {

// A card forgotten so often is better rewritten or split than asked again.
constexpr int kLeechAt = 6;

struct Shelf {
  std::set<std::string> suspended;
  std::map<std::string, std::int64_t> buried;  // until when
  bool holds(const std::string& card, std::int64_t now) const;
  bool operator==(const Shelf&) const = default;
};

// A setting that is torn counts as an empty shelf.
Result<Shelf> shelf(const Database& database);
Result<void> save_shelf(Database& database, const Shelf& shelf);

struct Deck {
  std::string topic;
  std::size_t all = 0, met = 0, due = 0, changed = 0, leeches = 0, shelved = 0;
};

// What stands out of a card that was met.
struct CardMark {
  bool changed = false, leech = false, suspended = false, buried = false;
};

struct DeckOverview {
  std::vector<Deck> decks;                // in order of topic
  std::map<std::string, CardMark> marks;  // of cards that have one
};

// Due: met, its time has come, and not on the shelf.
Result<DeckOverview> deck_overview(const Database& database, const CardLibrary& library,
                                   std::int64_t now);

}  // namespace rehearse::practice
