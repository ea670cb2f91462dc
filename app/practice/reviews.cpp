// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/reviews.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <set>

#include "app/practice/decks.hpp"
#include "engine/base/json.hpp"

namespace rehearse::practice {
namespace {

// Cards of today's learning steps are shown up to this early, so that a session can be ended.
constexpr std::int64_t kLearnAheadS = 60;

Json to_json(const CardState& state) {
  const MemoryState& m = state.memory;
  return {{"revision", state.revision},
          {"state", static_cast<int>(m.phase)},
          {"step", m.step ? Json(*m.step) : Json(nullptr)},
          {"stability", m.stability},
          {"difficulty", m.difficulty},
          {"due", m.due},
          {"last_review", m.last_review}};
}

CardState from_json(const std::string& card, const Json& json) {
  CardState state{card, json.at("revision"), {}};
  state.memory.phase = static_cast<CardPhase>(json.at("state").get<int>());
  state.memory.step =
      json.at("step").is_null() ? std::nullopt : std::optional<int>(json.at("step").get<int>());
  state.memory.stability = json.at("stability");
  state.memory.difficulty = json.at("difficulty");
  state.memory.due = json.at("due");
  state.memory.last_review = json.at("last_review");
  return state;
}

void put_state(SQLite::Database& db, const CardState& state) {
  SQLite::Statement put(db,
                        "INSERT OR REPLACE INTO card_states(card, revision, state, step, "
                        "stability, difficulty, due, last_review) VALUES(?,?,?,?,?,?,?,?)");
  const MemoryState& m = state.memory;
  put.bind(1, state.card);
  put.bind(2, state.revision);
  put.bind(3, static_cast<int>(m.phase));
  if (m.step)
    put.bind(4, *m.step);
  else
    put.bind(4);
  put.bind(5, m.stability);
  put.bind(6, m.difficulty);
  put.bind(7, m.due);
  put.bind(8, m.last_review);
  put.exec();
}

CardState state_from(SQLite::Statement& row) {
  CardState state{row.getColumn(0).getString(), row.getColumn(1).getInt(), {}};
  state.memory.phase = static_cast<CardPhase>(row.getColumn(2).getInt());
  state.memory.step =
      row.getColumn(3).isNull() ? std::nullopt : std::optional<int>(row.getColumn(3).getInt());
  state.memory.stability = row.getColumn(4).getDouble();
  state.memory.difficulty = row.getColumn(5).getDouble();
  state.memory.due = row.getColumn(6).getInt64();
  state.memory.last_review = row.getColumn(7).getInt64();
  return state;
}

struct DoneToday {
  int reviews = 0, fresh = 0;
};

DoneToday done_today(const std::vector<ReviewRow>& rows, std::int64_t now) {
  DoneToday done;
  std::set<std::string> seen;
  for (const ReviewRow& row : rows) {
    const bool first = seen.insert(row.card).second;
    if (row.reviewed_at / kSecondsPerDay != now / kSecondsPerDay) continue;
    first ? ++done.fresh : ++done.reviews;
  }
  return done;
}

// Prerequisites before what builds on them, otherwise in the library's order.
std::vector<const Card*> in_learning_order(const CardLibrary& library) {
  std::vector<const Card*> order;
  std::set<std::string> placed, visiting;
  const std::function<void(const Card&)> place = [&](const Card& card) {
    if (placed.count(card.id) || !visiting.insert(card.id).second) return;
    for (const std::string& before : card.prereq)
      if (const Card* other = library.find(before)) place(*other);
    placed.insert(card.id);
    order.push_back(&card);
  };
  for (const Card& card : library.cards()) place(card);
  return order;
}

}  // namespace

Result<std::map<std::string, CardState>> card_states(const Database& database) {
  std::map<std::string, CardState> states;
  auto done = database.read("the schedule could not be read", [&](SQLite::Database& db) {
    SQLite::Statement row(db,
                          "SELECT card, revision, state, step, stability, difficulty, due, "
                          "last_review FROM card_states");
    while (row.executeStep()) {
      CardState state = state_from(row);
      states[state.card] = std::move(state);
    }
  });
  if (!done) return fail(done.error());
  return states;
}

Result<std::vector<ReviewRow>> reviews(const Database& database) {
  std::vector<ReviewRow> rows;
  auto done = database.read("reviews could not be read", [&](SQLite::Database& db) {
    SQLite::Statement row(db,
                          "SELECT id, card, revision, rating, reviewed_at, elapsed_s FROM reviews "
                          "ORDER BY reviewed_at, id");
    while (row.executeStep())
      rows.push_back({row.getColumn(0).getInt64(), row.getColumn(1).getString(),
                      row.getColumn(2).getInt(), static_cast<Rating>(row.getColumn(3).getInt()),
                      row.getColumn(4).getInt64(), row.getColumn(5).getInt64()});
  });
  if (!done) return fail(done.error());
  return rows;
}

Result<Queue> study_queue(const Database& database, const CardLibrary& library, std::int64_t now,
                          const QueueLimits& limits, const std::string& topic) {
  auto states = card_states(database);
  if (!states) return fail(states.error());
  auto history = reviews(database);
  if (!history) return fail(history.error());
  auto shelved = shelf(database);
  if (!shelved) return fail(shelved.error());
  const DoneToday done = done_today(*history, now);
  std::vector<QueueEntry> learning, reviewing, fresh;
  Queue queue;
  for (const Card* card : in_learning_order(library)) {
    if ((!topic.empty() && card->topic != topic) || shelved->holds(card->id, now)) continue;
    const auto found = states->find(card->id);
    if (found == states->end()) {
      fresh.push_back({card, {}, true, false});
      continue;
    }
    const MemoryState& memory = found->second.memory;
    const bool is_learning = memory.phase != CardPhase::review;
    if (memory.due > now + (is_learning ? kLearnAheadS : 0)) {
      if (queue.next_due == 0 || memory.due < queue.next_due) queue.next_due = memory.due;
      continue;
    }
    (is_learning ? learning : reviewing)
        .push_back({card, memory, false, found->second.revision != card->revision});
  }
  std::stable_sort(learning.begin(), learning.end(),
                   [](const auto& a, const auto& b) { return a.memory.due < b.memory.due; });
  std::stable_sort(reviewing.begin(), reviewing.end(), [now](const auto& a, const auto& b) {
    return retrievability(a.memory, now) < retrievability(b.memory, now);
  });
  const auto take = [&queue](std::vector<QueueEntry>& from, int most) {
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (static_cast<int>(i) < most)
        queue.due.push_back(from[i]);
      else
        ++queue.waiting;
    }
  };
  take(learning, static_cast<int>(learning.size()));
  take(reviewing, std::max(0, limits.reviews_per_day - done.reviews));
  take(fresh, std::max(0, limits.new_per_day - done.fresh));
  return queue;
}

Result<MemoryState> record_review(Database& database, const Card& card, Rating rating,
                                  std::int64_t now, std::int64_t elapsed_s,
                                  const FsrsOptions& options) {
  auto states = card_states(database);
  if (!states) return fail(states.error());
  const auto found = states->find(card.id);
  CardState after{
      card.id, card.revision,
      review(found == states->end() ? MemoryState{} : found->second.memory, rating, now, options)};
  auto done = database.write("the review was not saved", [&](SQLite::Database& db) {
    put_state(db, after);
    SQLite::Statement put(db,
                          "INSERT INTO reviews(card, revision, rating, reviewed_at, elapsed_s, "
                          "before, after) VALUES(?,?,?,?,?,?,?)");
    put.bind(1, card.id);
    put.bind(2, card.revision);
    put.bind(3, static_cast<int>(rating));
    put.bind(4, now);
    put.bind(5, elapsed_s);
    if (found == states->end())
      put.bind(6);
    else
      put.bind(6, to_json(found->second).dump());
    put.bind(7, to_json(after).dump());
    put.exec();
  });
  if (!done) return fail(done.error());
  return after.memory;
}

Result<std::string> undo_review(Database& database) {
  std::string card;
  auto done = database.write("the review was not taken back", [&](SQLite::Database& db) {
    SQLite::Statement last(
        db, "SELECT id, card, before FROM reviews ORDER BY reviewed_at DESC, id DESC LIMIT 1");
    if (!last.executeStep()) return;
    card = last.getColumn(1).getString();
    if (last.getColumn(2).isNull()) {
      SQLite::Statement drop(db, "DELETE FROM card_states WHERE card = ?");
      drop.bind(1, card);
      drop.exec();
    } else {
      put_state(db, from_json(card, Json::parse(last.getColumn(2).getString())));
    }
    SQLite::Statement drop(db, "DELETE FROM reviews WHERE id = ?");
    drop.bind(1, last.getColumn(0).getInt64());
    drop.exec();
  });
  if (!done) return fail(done.error());
  return card;
}

}  // namespace rehearse::practice
