// SPDX-License-Identifier: GPL-3.0-or-later
//
// Database: the user's file rehearse.db, and its migrations.
//
// SQLite in WAL mode with synchronous FULL: what a call has returned from survives a killed process
// and a pulled plug, so that saving a draft every second loses at most one second of typing.
// `PRAGMA user_version` numbers the schema (schema.hpp); an older file is first copied beside
// itself (rehearse.db.backup-v<N>-<time>) and then migrated in one transaction; a newer one, or one
// of another program, is refused and left byte for byte as it was. Window and command line may have
// the file open together: a writer waits up to 5 s for the other.
//
// Not thread-safe: one Database a thread. Times are seconds since 1970 UTC, given by the caller.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace SQLite {
class Database;
}

namespace rehearse::practice {

// Seconds since 1970 UTC; injected, so that tests own the time.
using Clock = std::function<std::int64_t()>;
std::int64_t system_seconds();

class Database {
 public:
  // `clock` dates the copy that a migration makes. Errors: no permission, not a database or a
  // damaged one (says which backup to restore), another program's, written by a newer version, in
  // use for longer than 5 s, disk full. The folder must exist (home.hpp makes it).
  static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                const Clock& clock = system_seconds);
  ~Database();

  static int newest_version();
  int version() const;
  const std::string& path() const { return path_; }
  // A copy of the whole file, consistent while others write, and whole or not there at all. Errors:
  // the target exists or cannot be written.
  Result<void> backup_to(const std::string& path);
  // Reads every page and says whether the file is sound. O(size); `open` does it for files of up to
  // 32 MB, so that a long history does not slow every command.
  Result<void> check() const;

  // The connection, for the repositories of this room.
  SQLite::Database& connection() { return *connection_; }

  // Runs `work` in a transaction of its own that holds the write lock from the start, so that what
  // it reads stays true until it commits. Any exception becomes an Error that starts with `what`,
  // and nothing of the work remains.
  Result<void> write(const std::string& what, const std::function<void(SQLite::Database&)>& work);
  Result<void> read(const std::string& what,
                    const std::function<void(SQLite::Database&)>& work) const;

 private:
  explicit Database(std::string path);
  Result<void> recognise();
  Result<void> migrate(const Clock& clock);
  std::string path_;
  std::unique_ptr<SQLite::Database> connection_;
};

}  // namespace rehearse::practice
