// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reviews: what is due, and what a grade does. A review writes the card's new state and a row of
// history in one transaction, and the last one can be undone exactly. A backlog never buries
// anyone: a day offers at most so many cards, those most at risk of being forgotten first.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/practice/card_library.hpp"
#include "app/practice/database.hpp"
#include "app/practice/fsrs.hpp"

namespace rehearse::practice {

struct CardState {
  std::string card;
  int revision = 1;  // of the card when it was last reviewed
  MemoryState memory;
};

struct ReviewRow {
  std::int64_t id = 0;
  std::string card;
  int revision = 1;
  Rating rating = Rating::recalled;
  std::int64_t reviewed_at = 0, elapsed_s = 0;
};

struct QueueLimits {
  int reviews_per_day = 60, new_per_day = 10;
};

struct QueueEntry {
  const Card* card = nullptr;
  MemoryState memory;
  bool fresh = false;    // never reviewed
  bool changed = false;  // the card's answer changed since the last review
};

struct Queue {
  std::vector<QueueEntry> due;  // in the order to study
  std::size_t waiting = 0;      // due, but beyond today's limit
  std::int64_t next_due = 0;    // when nothing is due: the next time that something is; 0 never
};

Result<std::map<std::string, CardState>> card_states(const Database& database);
Result<std::vector<ReviewRow>> reviews(const Database& database);

// Learning cards first (they are minutes, not days), then reviews by retrievability, then new cards
// in the order of the library, prerequisites first. Cards on the shelf (decks.hpp) are left out,
// and where a topic is given all others.
Result<Queue> study_queue(const Database& database, const CardLibrary& library, std::int64_t now,
                          const QueueLimits& limits = {}, const std::string& topic = {});

// The new state. `elapsed_s`: time the learner took.
Result<MemoryState> record_review(Database& database, const Card& card, Rating rating,
                                  std::int64_t now, std::int64_t elapsed_s,
                                  const FsrsOptions& options = {});

// Takes back the last review of all; its card is as it was before. The card's id; empty when there
// is nothing to undo.
Result<std::string> undo_review(Database& database);

}  // namespace rehearse::practice
