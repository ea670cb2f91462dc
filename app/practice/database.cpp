// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/chrono.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/practice/backups.hpp"
#include "app/practice/schema.hpp"

namespace rehearse::practice {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyTimeoutMs = 5000;
constexpr std::uintmax_t kCheckedAtOpen = std::uintmax_t{32} << 20;

// Of those in backups/, else of the copies beside the file, which migrations make.
std::string newest_backup(const std::string& path) {
  std::string newest;
  fs::file_time_type newest_time;
  std::error_code error;
  const std::string folder = fs::absolute(path, error).parent_path();
  if (auto kept = list_backups(backups_folder(folder)); !kept.empty()) return kept.front().path;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string(), of = fs::path(path).filename();
    if (!name.starts_with(of + ".backup-")) continue;
    std::error_code unreadable;
    const auto time = fs::last_write_time(at->path(), unreadable);
    if (unreadable || (!newest.empty() && time <= newest_time)) continue;
    newest = at->path().string();
    newest_time = time;
  }
  return newest;
}

std::string mend_for(const std::string& path) {
  const std::string backup = newest_backup(path);
  if (backup.empty())
    return fmt::format("move it (and {}-wal, if there is one) away to start afresh", path);
  return fmt::format(
      "`rehearse backup --restore {} --home {}` puts the newest backup in its place "
      "and keeps what is there now beside it",
      backup, fs::path(path).parent_path().string());
}

// Where SQLite only knows that it could not, the cause is looked for.
bool no_room_at(const std::string& path) {
  std::error_code error;
  const auto space = fs::space(fs::path(path).parent_path(), error);
  return !error && space.available < (64 << 10);  // the index of its log alone takes half of it
}

Error disk_full(const std::string& path) {
  return {Code::io, fmt::format("{}: the disk is full; what was saved before is kept. Make room "
                                "and try again",
                                path)};
}

Error damaged(const std::string& path, std::string_view why) {
  return {Code::bad_data, fmt::format("{} is damaged or not a Rehearse database ({}); {}", path,
                                      why, mend_for(path))};
}

Error newer(const std::string& path, int version) {
  return {Code::unsupported,
          fmt::format("{} was written by a newer Rehearse (schema {}, this one knows {}); it was "
                      "left alone. Update Rehearse, or name another folder with --home",
                      path, version, Database::newest_version())};
}

Error describe(const std::string& path, const SQLite::Exception& e) {
  switch (e.getErrorCode()) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return damaged(path, e.what());
    case SQLITE_FULL: return disk_full(path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      if (std::error_code error; fs::is_directory(path, error))
        return {Code::io, fmt::format("{} is a folder, and the database is a file; move it away, "
                                      "or name another folder with --home",
                                      path)};
      return {Code::io, fmt::format("{} cannot be opened for writing ({}); mend the permissions of "
                                    "the file and its folder, or name another folder with --home",
                                    path, e.what())};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Code::io,
              fmt::format("{} is in use by another program; close it and try again", path)};
    case SQLITE_IOERR:
      if (no_room_at(path)) return disk_full(path);
      return {Code::io, fmt::format("{}: the machine refused to read or write it ({}); what was "
                                    "saved before is kept. Look at the disk, its quota and the "
                                    "limits of this process, then try again",
                                    path, e.what())};
    default: return {Code::io, fmt::format("{}: {}", path, e.what())};
  }
}

// Before SQLite touches anything: the fixed header of the file (www.sqlite.org/fileformat.html, the
// magic string at 0 and the big-endian user_version at 60).
Result<void> look_at_header(const std::string& path) {
  constexpr std::string_view kSqliteMagic("SQLite format 3\0", 16);
  constexpr std::size_t kVersionAt = 60;
  char header[100] = {};
  std::ifstream file(path, std::ios::binary);
  file.read(header, sizeof header);
  const auto length = static_cast<std::size_t>(file.gcount());
  if (length == 0) return {};
  if (length < sizeof header || std::string_view(header, kSqliteMagic.size()) != kSqliteMagic)
    return fail(damaged(path, "it does not begin as one"));
  std::uint32_t version = 0;
  for (std::size_t i = kVersionAt; i < kVersionAt + 4; ++i)
    version = version << 8 | static_cast<unsigned char>(header[i]);
  if (version > static_cast<std::uint32_t>(Database::newest_version()))
    return fail(newer(path, static_cast<int>(version)));
  return {};
}

// Changing to WAL asks for the whole file and does not wait for it as other locks do.
void use_write_ahead_log(SQLite::Database& connection) {
  constexpr auto kPause = std::chrono::milliseconds(20);
  for (int waited_ms = 0;; waited_ms += static_cast<int>(kPause.count())) {
    try {
      if (connection.execAndGet("PRAGMA journal_mode").getString() != "wal")
        connection.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (const SQLite::Exception& e) {
      if (e.getErrorCode() != SQLITE_BUSY || waited_ms >= kBusyTimeoutMs) throw;
    }
    std::this_thread::sleep_for(kPause);
  }
}

std::string free_backup_name(const std::string& path, int version, std::int64_t now) {
  const std::string stem = fmt::format("{}.backup-v{}-{:%Y%m%dT%H%M%SZ}", path, version,
                                       fmt::gmtime(static_cast<std::time_t>(now)));
  std::string name = stem;
  std::error_code error;
  for (int n = 2; fs::exists(name, error); ++n) name = fmt::format("{}-{}", stem, n);
  return name;
}

bool flush_to_disk(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool flushed = ::fsync(file) == 0;
  ::close(file);
  return flushed;
}

}  // namespace

std::int64_t system_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Database::Database(std::string path) : path_(std::move(path)) {}
Database::~Database() = default;

int Database::newest_version() { return static_cast<int>(kMigrations.size()); }

int Database::version() const { return connection_->execAndGet("PRAGMA user_version").getInt(); }

Result<std::unique_ptr<Database>> Database::open(const std::string& path, const Clock& clock) {
  if (path.empty())
    return fail(Code::invalid_argument, "the database has no path; name a folder with --home");
  if (auto fine = look_at_header(path); !fine) return fail(fine.error());
  std::unique_ptr<Database> database(new Database(path));
  try {
    database->connection_ = std::make_unique<SQLite::Database>(
        path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeoutMs);
    SQLite::Database& connection = *database->connection_;
    if (auto ours = database->recognise(); !ours) return fail(ours.error());
    use_write_ahead_log(connection);
    connection.exec("PRAGMA synchronous = FULL");
    connection.exec("PRAGMA foreign_keys = ON");
  } catch (const SQLite::Exception& e) {
    return fail(describe(path, e));
  }
  std::error_code error;
  if (const auto size = fs::file_size(path, error); !error && size <= kCheckedAtOpen)
    if (auto sound = database->check(); !sound) return fail(sound.error());
  if (auto migrated = database->migrate(clock); !migrated) return fail(migrated.error());
  return database;
}

// A file whose newest version still lies in its write-ahead log passes the look at its header, so
// SQLite is asked again. Refusing must not fold that log into the file.
Result<void> Database::recognise() {
  std::error_code error;
  const bool has_log = fs::exists(path_ + "-wal", error);
  const int found = version();
  const bool empty = connection_->execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
  const bool foreign = found == 0 ? !empty : !connection_->tableExists("attempts");
  if (found <= newest_version() && !foreign) return {};
  if (has_log)
    sqlite3_db_config(connection_->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  if (found > newest_version()) return fail(newer(path_, found));
  return fail(damaged(path_, "it is a database of another program"));
}

Result<void> Database::check() const {
  try {
    const std::string verdict = connection_->execAndGet("PRAGMA quick_check(1)").getString();
    if (verdict != "ok") return fail(damaged(path_, verdict));
    return {};
  } catch (const SQLite::Exception& e) {
    return fail(describe(path_, e));
  }
}

Result<void> Database::migrate(const Clock& clock) {
  try {
    const int from = version();
    if (from == newest_version()) return {};
    if (from > 0) {
      auto saved = backup_to(free_backup_name(path_, from, clock()));
      if (!saved)
        return fail(saved.error().code, "{} was not brought up to date and is as it was: {}", path_,
                    saved.error().message);
    }
    SQLite::Transaction transaction(*connection_, SQLite::TransactionBehavior::IMMEDIATE);
    // Another process may have done it while this one waited for the lock.
    for (int v = version(); v < newest_version(); ++v)
      connection_->exec(kMigrations[static_cast<std::size_t>(v)]);
    connection_->exec(fmt::format("PRAGMA user_version = {}", newest_version()));
    transaction.commit();
    return {};
  } catch (const SQLite::Exception& e) {
    const Error error = describe(path_, e);
    return fail(error.code, "{} was not brought up to date and is as it was: {}", path_,
                error.message);
  }
}

Result<void> Database::backup_to(const std::string& path) {
  std::error_code error;
  if (fs::exists(path, error))
    return fail(Code::invalid_argument, "{} exists; name a file that does not", path);
  const std::string partial = fmt::format("{}.partial-{}", path, ::getpid());
  fs::remove(partial, error);
  try {
    SQLite::Statement statement(*connection_, "VACUUM INTO ?");
    statement.bind(1, partial);
    statement.exec();
  } catch (const SQLite::Exception& e) {
    fs::remove(partial, error);
    return fail(Code::io, "the copy {} was not made: {}", path, describe(path_, e).message);
  }
  if (flush_to_disk(partial))
    fs::rename(partial, path, error);
  else
    error = std::make_error_code(std::errc::io_error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove(partial, ignored);
  return fail(Code::io, "the copy {} was not made: {}", path, error.message());
}

Result<void> Database::write(const std::string& what,
                             const std::function<void(SQLite::Database&)>& work) {
  try {
    SQLite::Transaction transaction(*connection_, SQLite::TransactionBehavior::IMMEDIATE);
    work(*connection_);
    transaction.commit();
    return {};
  } catch (const SQLite::Exception& e) {
    const Error error = describe(path_, e);
    return fail(error.code, "{}: {}", what, error.message);
  } catch (const std::exception& e) {
    return fail(Code::bad_data, "{}: {} holds what cannot be read: {}", what, path_, e.what());
  }
}

Result<void> Database::read(const std::string& what,
                            const std::function<void(SQLite::Database&)>& work) const {
  try {
    work(*connection_);
    return {};
  } catch (const SQLite::Exception& e) {
    const Error error = describe(path_, e);
    return fail(error.code, "{}: {}", what, error.message);
  } catch (const std::exception& e) {
    return fail(Code::bad_data, "{}: {} holds what cannot be read: {}", what, path_, e.what());
  }
}

}  // namespace rehearse::practice
