// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <chrono>
#include <filesystem>

namespace rehearse::practice {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyTimeoutMs = 5000;

// Step i takes a file of version i to version i + 1. Never edited once released, only appended.
constexpr std::array<const char*, 2> kMigrations = {
    R"sql(
CREATE TABLE attempts(
  id INTEGER PRIMARY KEY, drill TEXT NOT NULL, drill_hash TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
  kind TEXT NOT NULL, started_at INTEGER NOT NULL, submitted_at INTEGER NOT NULL, elapsed_s INTEGER NOT NULL,
  paused_s INTEGER NOT NULL, hints INTEGER NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, passed INTEGER NOT NULL,
  total INTEGER NOT NULL, report TEXT NOT NULL);
CREATE INDEX attempts_by_drill ON attempts(drill, submitted_at);
CREATE TABLE drafts(
  drill TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, cursor INTEGER NOT NULL, saved_at INTEGER NOT NULL,
  PRIMARY KEY(drill, language));
CREATE TABLE card_states(
  card TEXT PRIMARY KEY, revision INTEGER NOT NULL, state INTEGER NOT NULL, step INTEGER, stability REAL NOT NULL,
  difficulty REAL NOT NULL, due INTEGER NOT NULL, last_review INTEGER NOT NULL);
CREATE TABLE reviews(
  id INTEGER PRIMARY KEY, card TEXT NOT NULL, revision INTEGER NOT NULL, rating INTEGER NOT NULL, reviewed_at INTEGER NOT NULL,
  elapsed_s INTEGER NOT NULL, before TEXT, after TEXT NOT NULL);
CREATE INDEX reviews_by_time ON reviews(reviewed_at);
CREATE TABLE sessions(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER);
CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL);
)sql",
    R"sql(
CREATE TABLE design_runs(
  id INTEGER PRIMARY KEY, design TEXT NOT NULL, knobs TEXT NOT NULL, seed INTEGER NOT NULL, reached INTEGER NOT NULL,
  elapsed_s INTEGER NOT NULL, ended_at INTEGER NOT NULL);
)sql"};

std::string mend_for(const std::string& path) {
  std::string newest;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(path).parent_path(), error)) {
    const std::string name = entry.path().string();
    if (name.rfind(path + ".backup", 0) == 0 && (newest.empty() || fs::last_write_time(name, error) > fs::last_write_time(newest, error))) newest = name;
  }
  return newest.empty() ? fmt::format("move {} away to start afresh", path)
                        : fmt::format("move it away and copy the backup {} to its place, or start afresh without it", newest);
}

Error describe(const std::string& path, const SQLite::Exception& e) {
  switch (e.getErrorCode()) {
    case 26: /* SQLITE_NOTADB */
    case 11: /* SQLITE_CORRUPT */
      return {Code::bad_data, fmt::format("{} is damaged or not a Rehearse database ({}); {}", path, e.what(), mend_for(path))};
    case 13: /* SQLITE_FULL */ return {Code::io, fmt::format("{}: the disk is full; nothing was lost, make room and try again", path)};
    case 8:  /* SQLITE_READONLY */
    case 14: /* SQLITE_CANTOPEN */
      return {Code::io, fmt::format("{} cannot be opened for writing ({}); mend its permissions or name another folder with --home", path, e.what())};
    case 5: /* SQLITE_BUSY */ return {Code::io, fmt::format("{} is in use by another program for more than {} s; close it and try again", path, kBusyTimeoutMs / 1000)};
    default: return {Code::io, fmt::format("{}: {}", path, e.what())};
  }
}

}  // namespace

std::int64_t system_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Database::Database(std::string path) : path_(std::move(path)) {}
Database::~Database() = default;

int Database::newest_version() { return static_cast<int>(kMigrations.size()); }

int Database::version() const { return connection_->execAndGet("PRAGMA user_version").getInt(); }

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
  std::unique_ptr<Database> database(new Database(path));
  try {
    database->connection_ = std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeoutMs);
    SQLite::Database& connection = *database->connection_;
    if (database->version() > newest_version())
      return fail(Code::unsupported,
                  "{} was written by a newer Rehearse (schema {}, this one knows {}); it was left alone. Update Rehearse, or name another folder with --home",
                  path, database->version(), newest_version());
    connection.exec("PRAGMA journal_mode = WAL");
    connection.exec("PRAGMA synchronous = FULL");
    connection.exec("PRAGMA foreign_keys = ON");
    if (connection.execAndGet("PRAGMA quick_check(1)").getString() != "ok")
      return fail(Code::bad_data, "{} is damaged; {}", path, mend_for(path));
  } catch (const SQLite::Exception& e) {
    return fail(describe(path, e));
  }
  if (auto migrated = database->migrate(); !migrated) return fail(migrated.error());
  return database;
}

Result<void> Database::migrate() {
  try {
    const int from = version();
    if (from == newest_version()) return {};
    const bool fresh = from == 0 && connection_->execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (from == 0 && !fresh)
      return fail(Code::bad_data, "{} is a database of another program; {}", path_, mend_for(path_));
    if (!fresh) {
      const std::string backup = fmt::format("{}.backup-v{}", path_, from);
      std::error_code ignored;
      fs::remove(backup, ignored);
      if (auto saved = backup_to(backup); !saved) return saved;
    }
    SQLite::Transaction transaction(*connection_);
    for (int v = version(); v < newest_version(); ++v) connection_->exec(kMigrations[static_cast<std::size_t>(v)]);
    connection_->exec(fmt::format("PRAGMA user_version = {}", newest_version()));
    transaction.commit();
    return {};
  } catch (const SQLite::Exception& e) {
    return fail(describe(path_, e));
  }
}

Result<void> Database::backup_to(const std::string& path) {
  std::error_code error;
  if (fs::exists(path, error)) return fail(Code::invalid_argument, "{} exists; name a file that does not", path);
  try {
    SQLite::Statement statement(*connection_, "VACUUM INTO ?");
    statement.bind(1, path);
    statement.exec();
    return {};
  } catch (const SQLite::Exception& e) {
    return fail(describe(path, e));
  }
}

Result<void> Database::write(const std::string& what, const std::function<void(SQLite::Database&)>& work) {
  try {
    SQLite::Transaction transaction(*connection_);
    work(*connection_);
    transaction.commit();
    return {};
  } catch (const SQLite::Exception& e) {
    const Error error = describe(path_, e);
    return fail(error.code, "{}: {}", what, error.message);
  }
}

Result<void> Database::read(const std::string& what, const std::function<void(SQLite::Database&)>& work) const {
  try {
    work(*connection_);
    return {};
  } catch (const SQLite::Exception& e) {
    const Error error = describe(path_, e);
    return fail(error.code, "{}: {}", what, error.message);
  }
}

}  // namespace rehearse::practice
