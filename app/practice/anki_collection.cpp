// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/anki_collection.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <map>
#include <set>

#include "app/practice/card_html.hpp"
#include "app/practice/sha1.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/json.hpp"

namespace rehearse::practice {
namespace {

constexpr char kFieldSeparator = '\x1f';
constexpr std::int64_t kIdsFrom = 1'600'000'000'000, kIdRange = 100'000'000'000;
constexpr std::size_t kMostNotes = 500'000;
// Steps of SQLite's machine between two looks, and how many looks a foreign file may take.
constexpr int kLookEvery = 1'000'000, kMostLooks = 20'000;

constexpr const char* kAnkiSchema = R"sql(
CREATE TABLE col(id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null,
  dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
CREATE TABLE notes(id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null,
  tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null);
CREATE TABLE cards(id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null,
  usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null,
  factor integer not null, reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog(id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null,
  lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
CREATE TABLE graves(usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn ON notes(usn);
CREATE INDEX ix_cards_usn ON cards(usn);
CREATE INDEX ix_revlog_usn ON revlog(usn);
CREATE INDEX ix_cards_nid ON cards(nid);
CREATE INDEX ix_cards_sched ON cards(did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog(cid);
CREATE INDEX ix_notes_csum ON notes(csum);
)sql";

// The same text has the same id in every export.
std::int64_t stable_id(const std::string& text) {
  return kIdsFrom + static_cast<std::int64_t>(fnv1a64(text) % kIdRange);
}

Json note_type(std::int64_t id, const std::vector<std::string>& fields, std::int64_t now) {
  Json list = Json::array();
  for (std::size_t i = 0; i < fields.size(); ++i)
    list.push_back({{"name", fields[i]},
                    {"ord", i},
                    {"sticky", false},
                    {"rtl", false},
                    {"font", "Arial"},
                    {"size", 20},
                    {"media", Json::array()}});
  const Json card = {{"name", "Card 1"},
                     {"ord", 0},
                     {"qfmt", "{{" + fields[0] + "}}"},
                     {"afmt", "{{FrontSide}}\n\n<hr id=answer>\n\n{{" + fields[1] + "}}"},
                     {"did", nullptr},
                     {"bqfmt", ""},
                     {"bafmt", ""}};
  return {{"id", id},
          {"name", "Rehearse"},
          {"type", 0},
          {"mod", now},
          {"usn", -1},
          {"sortf", 0},
          {"did", 1},
          {"tmpls", Json::array({card})},
          {"flds", list},
          {"css",
           ".card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 40em; "
           "margin: auto; }"},
          {"latexPre", "\\documentclass[12pt]{article}\n\\begin{document}\n"},
          {"latexPost", "\\end{document}"},
          {"tags", Json::array()},
          {"vers", Json::array()},
          {"req", Json::array({Json::array({0, "any", Json::array({0})})})}};
}

Json deck(std::int64_t id, const std::string& name, std::int64_t now) {
  const Json today = Json::array({0, 0});
  return {{"id", id},          {"name", name},       {"mod", now},
          {"usn", -1},         {"lrnToday", today},  {"revToday", today},
          {"newToday", today}, {"timeToday", today}, {"collapsed", false},
          {"desc", ""},        {"dyn", 0},           {"conf", 1},
          {"extendNew", 10},   {"extendRev", 50},    {"browserCollapsed", false}};
}

Json deck_options() {
  return {{"id", 1},
          {"mod", 0},
          {"name", "Default"},
          {"usn", 0},
          {"maxTaken", 60},
          {"autoplay", true},
          {"timer", 0},
          {"replayq", true},
          {"dyn", false},
          {"new",
           {{"bury", true},
            {"delays", {1, 10}},
            {"initialFactor", 2500},
            {"ints", {1, 4, 7}},
            {"order", 1},
            {"perDay", 20},
            {"separate", true}}},
          {"lapse",
           {{"delays", {10}}, {"leechAction", 0}, {"leechFails", 8}, {"minInt", 1}, {"mult", 0}}},
          {"rev",
           {{"bury", true},
            {"ease4", 1.3},
            {"fuzz", 0.05},
            {"ivlFct", 1},
            {"maxIvl", 36500},
            {"minSpace", 1},
            {"perDay", 100}}}};
}

Json collection_options(std::int64_t type) {
  return {{"nextPos", 1},          {"estTimes", true},  {"activeDecks", {1}},
          {"sortType", "noteFld"}, {"timeLim", 0},      {"sortBackwards", false},
          {"addToCur", true},      {"curDeck", 1},      {"newBury", true},
          {"newSpread", 0},        {"dueCounts", true}, {"curModel", fmt::format("{}", type)},
          {"collapseTime", 1200}};
}

void put_collection(SQLite::Database& db, const std::vector<AnkiNote>& notes,
                    const std::vector<std::string>& fields, std::int64_t now) {
  const std::int64_t type = stable_id("rehearse note type");
  Json decks = {{"1", deck(1, "Default", now)}};
  for (const AnkiNote& note : notes) {
    const std::int64_t id = stable_id("deck " + note.deck);
    decks[fmt::format("{}", id)] = deck(id, note.deck, now);
  }
  SQLite::Statement put(db, "INSERT INTO col VALUES(1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')");
  put.bind(1, now);
  put.bind(2, now * 1000);
  put.bind(3, now * 1000);
  put.bind(4, collection_options(type).dump());
  put.bind(5, Json{{fmt::format("{}", type), note_type(type, fields, now)}}.dump());
  put.bind(6, decks.dump());
  put.bind(7, Json{{"1", deck_options()}}.dump());
  put.exec();
}

std::int64_t checksum_of(const std::string& field) {
  return std::stoll(sha1_hex(words_of_html(field)).substr(0, 8), nullptr, 16);
}

void put_note(SQLite::Database& db, const AnkiNote& note, std::int64_t id, std::int64_t place,
              std::int64_t now) {
  std::string joined;
  for (std::size_t i = 0; i < note.fields.size(); ++i)
    joined += (i ? std::string(1, kFieldSeparator) : "") + note.fields[i];
  SQLite::Statement put(db, "INSERT INTO notes VALUES(?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')");
  put.bind(1, id);
  put.bind(2, note.guid);
  put.bind(3, stable_id("rehearse note type"));
  put.bind(4, now);
  put.bind(5, " " + note.tags + " ");
  put.bind(6, joined);
  put.bind(7, words_of_html(note.fields.front()));
  put.bind(8, checksum_of(note.fields.front()));
  put.exec();
  SQLite::Statement card(db,
                         "INSERT INTO cards VALUES(?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, "
                         "0, 0, '')");
  card.bind(1, id);
  card.bind(2, id);
  card.bind(3, stable_id("deck " + note.deck));
  card.bind(4, now);
  card.bind(5, place);
  card.exec();
}

std::vector<std::string> split_fields(const std::string& text) {
  std::vector<std::string> fields(1);
  for (const char c : text) {
    if (c == kFieldSeparator)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}

// Deck names by id; empty where the collection keeps them elsewhere.
std::map<std::string, std::string> deck_names(SQLite::Database& db) {
  std::map<std::string, std::string> names;
  SQLite::Statement row(db, "SELECT decks FROM col");
  if (!row.executeStep()) return names;
  const Json decks = Json::parse(row.getColumn(0).getString(), nullptr, false);
  if (!decks.is_object()) return names;
  for (const auto& [id, one] : decks.items())
    if (one.is_object() && one.contains("name") && one["name"].is_string())
      names[id] = one["name"].get<std::string>();
  return names;
}

std::vector<AnkiNote> read_notes(SQLite::Database& db) {
  const auto names = deck_names(db);
  std::vector<AnkiNote> notes;
  SQLite::Statement row(db,
                        "SELECT guid, tags, flds, CAST((SELECT did FROM cards WHERE nid = "
                        "notes.id LIMIT 1) AS TEXT) FROM notes ORDER BY id");
  while (row.executeStep() && notes.size() < kMostNotes) {
    AnkiNote note{row.getColumn(0).getString(), "", row.getColumn(1).getString(),
                  split_fields(row.getColumn(2).getString())};
    const auto name = names.find(row.getColumn(3).getString());
    if (name != names.end()) note.deck = name->second;
    notes.push_back(std::move(note));
  }
  return notes;
}

// A stranger's file: no triggers or views of its own run, and reading ends.
void distrust(SQLite::Database& db, int& looks) {
  sqlite3* handle = db.getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_progress_handler(
      handle, kLookEvery,
      [](void* count) { return ++*static_cast<int*>(count) > kMostLooks ? 1 : 0; }, &looks);
}

}  // namespace

Result<std::string> anki_collection(const std::vector<AnkiNote>& notes,
                                    const std::vector<std::string>& fields, std::int64_t now) {
  try {
    SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(kAnkiSchema);
    SQLite::Transaction transaction(db);
    put_collection(db, notes, fields, now);
    std::set<std::int64_t> taken;
    std::int64_t place = 0;
    for (const AnkiNote& note : notes) {
      std::int64_t id = stable_id("note " + note.guid);
      while (!taken.insert(id).second) ++id;
      put_note(db, note, id, ++place, now);
    }
    transaction.commit();
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(db.getHandle(), "main", &size, 0);
    if (!bytes) return fail(Code::limit, "the collection does not fit into memory");
    std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return text;
  } catch (const std::exception& e) {
    return fail(Code::internal, "the collection cannot be made: {}", e.what());
  }
}

Result<std::vector<AnkiNote>> anki_notes(std::string bytes, const std::string& name) {
  try {
    SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    int looks = 0;
    distrust(db, looks);
    if (sqlite3_deserialize(db.getHandle(), "main", reinterpret_cast<unsigned char*>(bytes.data()),
                            static_cast<sqlite3_int64>(bytes.size()),
                            static_cast<sqlite3_int64>(bytes.size()),
                            SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
      return fail(Code::bad_data, "{}: its collection is no database", name);
    if (!db.tableExists("notes") || !db.tableExists("cards") || !db.tableExists("col"))
      return fail(Code::bad_data, "{}: its collection has no notes of Anki's", name);
    return read_notes(db);
  } catch (const std::exception& e) {
    return fail(Code::bad_data, "{}: its collection cannot be read ({}); export it anew", name,
                e.what());
  }
}

}  // namespace rehearse::practice
