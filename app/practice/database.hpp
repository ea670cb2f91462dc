// SPDX-License-Identifier: GPL-3.0-or-later
//
// Database: the user's file rehearse.db, and its migrations.
//
// SQLite in WAL mode with synchronous FULL: what a call has returned from survives a killed process
// and a pulled plug. `PRAGMA user_version` numbers the schema; an older file is first copied beside
// itself (rehearse.db.backup-v<N>) and then migrated in one transaction; a newer file is refused and
// left alone. Window and command line may have it open together.
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
  // Errors: no permission, not a database or a damaged one (says which backup to restore), written
  // by a newer version, disk full.
  static Result<std::unique_ptr<Database>> open(const std::string& path);
  ~Database();

  static int newest_version();
  int version() const;
  const std::string& path() const { return path_; }
  // A copy of the whole file, consistent while others write. Error: the target exists.
  Result<void> backup_to(const std::string& path);

  // The connection, for the repositories of this room.
  SQLite::Database& connection() { return *connection_; }

  // Runs `work` in a transaction; any SQLite error becomes an Error that starts with `what`, and
  // nothing of the work remains.
  Result<void> write(const std::string& what, const std::function<void(SQLite::Database&)>& work);
  Result<void> read(const std::string& what, const std::function<void(SQLite::Database&)>& work) const;

 private:
  explicit Database(std::string path);
  Result<void> migrate();
  std::string path_;
  std::unique_ptr<SQLite::Database> connection_;
};

}  // namespace rehearse::practice
