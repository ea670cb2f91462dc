// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/decks.hpp"

#include "app/practice/attempts.hpp"
#include "engine/base/json.hpp"

namespace rehearse::practice {
namespace {

constexpr const char* kSuspendedKey = "study.suspended";
constexpr const char* kBuriedKey = "study.buried";

Result<Json> json_setting(const Database& database, const char* key) {
  auto stored = setting(database, key);
  if (!stored) return fail(stored.error());
  return *stored ? Json::parse(**stored, nullptr, false) : Json();
}

}  // namespace

bool Shelf::holds(const std::string& card, std::int64_t now) const {
  const auto until = buried.find(card);
  return suspended.count(card) > 0 || (until != buried.end() && until->second > now);
}

Result<Shelf> shelf(const Database& database) {
  Shelf shelf;
  auto suspended = json_setting(database, kSuspendedKey);
  if (!suspended) return fail(suspended.error());
  auto buried = json_setting(database, kBuriedKey);
  if (!buried) return fail(buried.error());
  if (suspended->is_array())
    for (const Json& card : *suspended)
      if (card.is_string()) shelf.suspended.insert(card.get<std::string>());
  if (buried->is_object())
    for (const auto& [card, until] : buried->items())
      if (until.is_number_integer()) shelf.buried[card] = until.get<std::int64_t>();
  return shelf;
}

Result<void> save_shelf(Database& database, const Shelf& shelf) {
  if (auto done = set_setting(database, kSuspendedKey, Json(shelf.suspended).dump()); !done)
    return done;
  Json buried = Json::object();
  for (const auto& [card, until] : shelf.buried) buried[card] = until;
  return set_setting(database, kBuriedKey, buried.dump());
}

Result<DeckOverview> deck_overview(const Database& database, const CardLibrary& library,
                                   std::int64_t now) {
  auto states = card_states(database);
  if (!states) return fail(states.error());
  auto history = reviews(database);
  if (!history) return fail(history.error());
  auto shelved = shelf(database);
  if (!shelved) return fail(shelved.error());
  std::map<std::string, int> forgotten;
  for (const ReviewRow& row : *history) forgotten[row.card] += row.rating == Rating::forgot;
  std::map<std::string, Deck> decks;
  DeckOverview overview;
  for (const Card& card : library.cards()) {
    Deck& deck = decks[card.topic];
    deck.topic = card.topic;
    ++deck.all;
    CardMark mark;
    mark.suspended = shelved->suspended.count(card.id) > 0;
    mark.buried = !mark.suspended && shelved->holds(card.id, now);
    const auto state = states->find(card.id);
    if (state != states->end()) {
      ++deck.met;
      mark.changed = state->second.revision != card.revision;
      mark.leech = forgotten[card.id] >= kLeechAt;
      deck.due += state->second.memory.due <= now && !mark.suspended && !mark.buried;
    }
    deck.changed += mark.changed;
    deck.leeches += mark.leech;
    deck.shelved += mark.suspended || mark.buried;
    if (mark.changed || mark.leech || mark.suspended || mark.buried) overview.marks[card.id] = mark;
  }
  for (auto& [topic, deck] : decks) overview.decks.push_back(std::move(deck));
  return overview;
}

}  // namespace rehearse::practice
