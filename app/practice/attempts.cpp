// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/attempts.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include "engine/base/json.hpp"

namespace rehearse::practice {
namespace {

constexpr const char* kAttemptColumns =
    "id, drill, drill_hash, language, kind, started_at, submitted_at, elapsed_s, paused_s, hints, "
    "verdict, reason, passed, total, stated, mode, pauses";

std::string pauses_text(const std::vector<Pause>& pauses) {
  Json all = Json::array();
  for (const Pause& pause : pauses) all.push_back({pause.from_s, pause.to_s});
  return all.dump();
}

// What another program wrote into the column is no reason to lose the attempt: pairs of whole
// numbers are read, the rest is left out.
std::vector<Pause> pauses_from(const std::string& text) {
  std::vector<Pause> pauses;
  const Json all = Json::parse(text, nullptr, false);
  if (!all.is_array()) return pauses;
  for (const Json& one : all)
    if (one.is_array() && one.size() == 2 && one[0].is_number_integer() &&
        one[1].is_number_integer())
      pauses.push_back({one[0].get<std::int64_t>(), one[1].get<std::int64_t>()});
  return pauses;
}

Attempt attempt_from(SQLite::Statement& row, bool whole) {
  Attempt a;
  a.id = row.getColumn(0).getInt64();
  a.drill = row.getColumn(1).getString();
  a.drill_hash = row.getColumn(2).getString();
  a.language = row.getColumn(3).getString();
  a.kind = row.getColumn(4).getString();
  a.started_at = row.getColumn(5).getInt64();
  a.submitted_at = row.getColumn(6).getInt64();
  a.elapsed_s = row.getColumn(7).getInt64();
  a.paused_s = row.getColumn(8).getInt64();
  a.hints = row.getColumn(9).getInt();
  a.verdict = row.getColumn(10).getString();
  a.reason = row.getColumn(11).getString();
  a.passed = row.getColumn(12).getInt();
  a.total = row.getColumn(13).getInt();
  if (!row.getColumn(14).isNull()) a.stated = row.getColumn(14).getDouble();
  a.mode = row.getColumn(15).getString();
  a.pauses = pauses_from(row.getColumn(16).getString());
  if (whole) {
    a.text = row.getColumn(17).getString();
    a.report = row.getColumn(18).getString();
  }
  return a;
}

}  // namespace

Result<std::int64_t> add_attempt(Database& database, const Attempt& a) {
  std::int64_t id = 0;
  auto done = database.write("the attempt was not saved", [&](SQLite::Database& db) {
    SQLite::Statement insert(
        db,
        "INSERT INTO attempts(drill, drill_hash, language, text, kind, started_at, submitted_at, "
        "elapsed_s, paused_s, hints, "
        "verdict, reason, passed, total, report, stated, mode, pauses) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    int i = 0;
    for (const std::string* text : {&a.drill, &a.drill_hash, &a.language, &a.text, &a.kind})
      insert.bind(++i, *text);
    for (std::int64_t number :
         {a.started_at, a.submitted_at, a.elapsed_s, a.paused_s, std::int64_t{a.hints}})
      insert.bind(++i, number);
    insert.bind(++i, a.verdict);
    insert.bind(++i, a.reason);
    insert.bind(++i, a.passed);
    insert.bind(++i, a.total);
    insert.bind(++i, a.report);
    ++i;  // an unbound parameter is NULL
    if (a.stated) insert.bind(i, *a.stated);
    insert.bind(++i, a.mode);
    insert.bind(++i, pauses_text(a.pauses));
    insert.exec();
    id = db.getLastInsertRowid();
  });
  if (!done) return fail(done.error());
  return id;
}

Result<std::vector<Attempt>> attempts_of(const Database& database, const std::string& drill) {
  std::vector<Attempt> all;
  auto done = database.read("attempts could not be read", [&](SQLite::Database& db) {
    SQLite::Statement row(db, fmt::format("SELECT {}, text, report FROM attempts WHERE drill = ? "
                                          "ORDER BY submitted_at DESC, id DESC",
                                          kAttemptColumns));
    row.bind(1, drill);
    while (row.executeStep()) all.push_back(attempt_from(row, true));
  });
  if (!done) return fail(done.error());
  return all;
}

Result<std::vector<Attempt>> all_attempts(const Database& database) {
  std::vector<Attempt> all;
  auto done = database.read("attempts could not be read", [&](SQLite::Database& db) {
    SQLite::Statement row(
        db, fmt::format("SELECT {} FROM attempts ORDER BY submitted_at, id", kAttemptColumns));
    while (row.executeStep()) all.push_back(attempt_from(row, false));
  });
  if (!done) return fail(done.error());
  return all;
}

Result<std::optional<Attempt>> best_attempt(const Database& database, const std::string& drill) {
  std::optional<Attempt> best;
  auto done = database.read("attempts could not be read", [&](SQLite::Database& db) {
    SQLite::Statement row(db, fmt::format("SELECT {} FROM attempts WHERE drill = ? ORDER BY "
                                          "verdict = 'AC' DESC, passed DESC, elapsed_s, id LIMIT 1",
                                          kAttemptColumns));
    row.bind(1, drill);
    if (row.executeStep()) best = attempt_from(row, false);
  });
  if (!done) return fail(done.error());
  return best;
}

Result<void> save_draft(Database& database, const std::string& drill, const std::string& language,
                        const Draft& draft) {
  return database.write("the draft was not saved", [&](SQLite::Database& db) {
    SQLite::Statement put(
        db,
        "INSERT OR REPLACE INTO drafts(drill, language, text, cursor, saved_at) VALUES(?,?,?,?,?)");
    put.bind(1, drill);
    put.bind(2, language);
    put.bind(3, draft.text);
    put.bind(4, draft.cursor);
    put.bind(5, draft.saved_at);
    put.exec();
  });
}

Result<std::optional<Draft>> draft_of(const Database& database, const std::string& drill,
                                      const std::string& language) {
  std::optional<Draft> draft;
  auto done = database.read("the draft could not be read", [&](SQLite::Database& db) {
    SQLite::Statement row(
        db, "SELECT text, cursor, saved_at FROM drafts WHERE drill = ? AND language = ?");
    row.bind(1, drill);
    row.bind(2, language);
    if (row.executeStep())
      draft = Draft{row.getColumn(0).getString(), row.getColumn(1).getInt(),
                    row.getColumn(2).getInt64()};
  });
  if (!done) return fail(done.error());
  return draft;
}

Result<void> drop_draft(Database& database, const std::string& drill, const std::string& language) {
  return database.write("the draft was not dropped", [&](SQLite::Database& db) {
    SQLite::Statement drop(db, "DELETE FROM drafts WHERE drill = ? AND language = ?");
    drop.bind(1, drill);
    drop.bind(2, language);
    drop.exec();
  });
}

Result<std::vector<std::string>> drills_with_drafts(const Database& database) {
  std::vector<std::string> drills;
  auto done = database.read("drafts could not be read", [&](SQLite::Database& db) {
    SQLite::Statement row(
        db, "SELECT drill FROM drafts GROUP BY drill ORDER BY max(saved_at) DESC, drill");
    while (row.executeStep()) drills.push_back(row.getColumn(0).getString());
  });
  if (!done) return fail(done.error());
  return drills;
}

Result<void> add_design_run(Database& database, const DesignRun& run) {
  return database.write("the run was not saved", [&](SQLite::Database& db) {
    SQLite::Statement put(db,
                          "INSERT INTO design_runs(design, knobs, seed, reached, elapsed_s, "
                          "ended_at) VALUES(?,?,?,?,?,?)");
    put.bind(1, run.design);
    put.bind(2, run.knobs);
    put.bind(3, static_cast<std::int64_t>(run.seed));
    put.bind(4, run.reached ? 1 : 0);
    put.bind(5, run.elapsed_s);
    put.bind(6, run.ended_at);
    put.exec();
  });
}

Result<std::vector<DesignRun>> design_runs(const Database& database) {
  std::vector<DesignRun> runs;
  auto done = database.read("runs could not be read", [&](SQLite::Database& db) {
    SQLite::Statement row(db,
                          "SELECT design, knobs, seed, reached, elapsed_s, ended_at FROM "
                          "design_runs ORDER BY ended_at, id");
    while (row.executeStep())
      runs.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(),
                      static_cast<std::uint64_t>(row.getColumn(2).getInt64()),
                      row.getColumn(3).getInt() != 0, row.getColumn(4).getInt64(),
                      row.getColumn(5).getInt64()});
  });
  if (!done) return fail(done.error());
  return runs;
}

Result<std::int64_t> begin_session(Database& database, const std::string& kind, std::int64_t now) {
  std::int64_t id = 0;
  auto done = database.write("the session was not saved", [&](SQLite::Database& db) {
    SQLite::Statement put(db, "INSERT INTO sessions(kind, started_at) VALUES(?,?)");
    put.bind(1, kind);
    put.bind(2, now);
    put.exec();
    id = db.getLastInsertRowid();
  });
  if (!done) return fail(done.error());
  return id;
}

Result<void> end_session(Database& database, std::int64_t id, std::int64_t now) {
  return database.write("the session was not saved", [&](SQLite::Database& db) {
    SQLite::Statement put(db, "UPDATE sessions SET ended_at = ? WHERE id = ?");
    put.bind(1, now);
    put.bind(2, id);
    put.exec();
  });
}

Result<std::optional<std::string>> setting(const Database& database, const std::string& key) {
  std::optional<std::string> value;
  auto done = database.read("settings could not be read", [&](SQLite::Database& db) {
    SQLite::Statement row(db, "SELECT value FROM settings WHERE key = ?");
    row.bind(1, key);
    if (row.executeStep()) value = row.getColumn(0).getString();
  });
  if (!done) return fail(done.error());
  return value;
}

Result<void> set_setting(Database& database, const std::string& key, const std::string& value) {
  return database.write("the setting was not saved", [&](SQLite::Database& db) {
    SQLite::Statement put(db, "INSERT OR REPLACE INTO settings(key, value) VALUES(?,?)");
    put.bind(1, key);
    put.bind(2, value);
    put.exec();
  });
}

}  // namespace rehearse::practice
