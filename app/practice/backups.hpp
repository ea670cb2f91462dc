// SPDX-License-Identifier: GPL-3.0-or-later
//
// Backups: whole copies of rehearse.db in the folder backups/ of the user's data, named by the
// second in which they were taken (rehearse-YYYYMMDDTHHMMSSZ.db). Ten are kept. An older one goes
// only after the new one was written, flushed and read back sound, so a full disk costs no backup.
// The copies that migrations make lie beside the database and are never touched.
//
// A restore takes place inside the database's own file, so that a window that has it open sees the
// restored history and not a file that is no longer there; what stood there before is kept aside.
#pragma once

#include <string>
#include <vector>

#include "app/practice/database.hpp"

namespace rehearse::practice {

constexpr std::size_t kBackupsKept = 10;

struct Backup {
  std::string path;
  std::int64_t taken_at = 0;  // seconds since 1970 UTC, from its name
  std::uintmax_t bytes = 0;
};

// data/backups; made by the first backup.
std::string backups_folder(const std::string& data);

// Newest first; files of other names are passed over. None where there is no folder.
std::vector<Backup> list_backups(const std::string& folder);

// Takes one, checks it, then drops those beyond the newest ten. The new backup's path.
// Errors: the folder cannot be made or written, disk full; nothing older is dropped then.
Result<std::string> back_up(Database& database, const std::string& folder, std::int64_t now);

// The same unless there is one of today (UTC) or nothing to save; empty then. Opens the database
// for itself, so it may run on any thread.
Result<std::string> back_up_daily(const std::string& database, const std::string& folder,
                                  std::int64_t now);

// A copy at `out`, or in `out` under the usual name where that is a folder. Errors as back_up, and
// the file exists.
Result<std::string> back_up_to(Database& database, const std::string& out, std::int64_t now);

// Errors: no such file, no database of ours, damaged, of a newer version. Changes nothing.
Result<void> check_backup(const std::string& path);

// Puts `backup` in the place of `database`. The path under which the present one is kept aside;
// empty where there was none. Errors: the backup is refused (check_backup), the database is in use
// for longer than 5 s, the disk is full; the present one is as it was then, or, where it was none
// of ours or damaged, kept aside, and the message says under which name.
Result<std::string> restore(const std::string& database, const std::string& backup,
                            std::int64_t now);

}  // namespace rehearse::practice
