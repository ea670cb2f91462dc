// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/backups.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/chrono.h>
#include <sqlite3.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <optional>

#include "app/practice/fsrs.hpp"

namespace rehearse::practice {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBackupPrefix = "rehearse-";
constexpr std::string_view kStampShape = "YYYYMMDDTHHMMSSZ";

std::string stamp_of(std::int64_t now) {
  return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(static_cast<std::time_t>(now)));
}

// Of rehearse-<stamp>.db and rehearse-<stamp>-<n>.db, the second of one second.
std::optional<std::int64_t> time_in_name(const fs::path& path) {
  const std::string stem = path.stem().string();
  if (path.extension() != ".db" || stem.rfind(kBackupPrefix, 0) != 0) return {};
  const std::string stamp = stem.substr(kBackupPrefix.size(), kStampShape.size());
  const std::string rest = stem.size() > kBackupPrefix.size() + kStampShape.size()
                               ? stem.substr(kBackupPrefix.size() + kStampShape.size())
                               : "";
  if (!rest.empty() &&
      (rest.size() < 2 || rest[0] != '-' || rest.find_first_not_of("0123456789", 1) != rest.npos))
    return {};
  std::tm time{};
  const char* end = strptime(stamp.c_str(), "%Y%m%dT%H%M%SZ", &time);
  if (!end || *end != '\0') return {};
  return static_cast<std::int64_t>(timegm(&time));
}

std::string free_name(const std::string& folder, std::int64_t now) {
  const std::string stem = fmt::format("{}/{}{}", folder, kBackupPrefix, stamp_of(now));
  std::string name = stem + ".db";
  std::error_code error;
  for (int n = 2; fs::exists(name, error); ++n) name = fmt::format("{}-{}.db", stem, n);
  return name;
}

// Copies that a killed process left half written.
void drop_partial_copies(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> stale;
  const auto day_ago = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code unreadable;
    if (at->path().filename().string().find(".db.partial-") != std::string::npos &&
        fs::last_write_time(at->path(), unreadable) < day_ago && !unreadable)
      stale.push_back(at->path());
  }
  for (const fs::path& path : stale) fs::remove(path, error);
}

Result<std::string> checked_copy(Database& database, const std::string& path) {
  if (auto copied = database.backup_to(path); !copied) return fail(copied.error());
  if (auto sound = check_backup(path); !sound) {
    std::error_code ignored;
    fs::remove(path, ignored);
    return fail(sound.error().code, "the backup {} was not kept, since it cannot be read back: {}",
                path, sound.error().message);
  }
  return path;
}

Error restore_failed(const std::string& backup, const std::string& why) {
  return {Code::io, fmt::format("{} was not restored: {}", backup, why)};
}

// The file and its log, which belongs to it.
Result<std::string> move_aside(const std::string& database, const std::string& aside) {
  std::error_code error;
  for (const char* part : {"-wal", "-shm", ""}) {
    if (!fs::exists(database + part, error)) continue;
    fs::rename(database + part, aside + part, error);
    if (error)
      return fail(Code::io, "{}{} cannot be moved aside: {}", database, part, error.message());
  }
  return aside;
}

Result<void> copy_into(const std::string& backup, Database& present) {
  try {
    SQLite::Database source(backup, SQLite::OPEN_READONLY);
    SQLite::Backup copy(present.connection(), source);
    // A lock that was waited for in vain is a return value and no exception.
    if (copy.executeStep(-1) == SQLITE_DONE) return {};
    return fail(restore_failed(
        backup,
        fmt::format("{} is in use by another program; close it and try again", present.path())));
  } catch (const SQLite::Exception& e) {
    return fail(restore_failed(backup, e.what()));
  }
}

}  // namespace

std::string backups_folder(const std::string& data) { return data + "/backups"; }

std::vector<Backup> list_backups(const std::string& folder) {
  std::vector<Backup> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const auto taken = time_in_name(at->path());
    std::error_code unreadable;
    if (taken && at->is_regular_file(unreadable))
      found.push_back({at->path().string(), *taken, at->file_size(unreadable)});
  }
  std::sort(found.begin(), found.end(), [](const Backup& a, const Backup& b) {
    return std::tuple(b.taken_at, b.path.size(), b.path) <
           std::tuple(a.taken_at, a.path.size(), a.path);
  });
  return found;
}

Result<std::string> back_up(Database& database, const std::string& folder, std::int64_t now) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return fail(Code::io, "the folder {} for backups cannot be made: {}; mend its permissions",
                folder, error.message());
  drop_partial_copies(folder);
  auto made = checked_copy(database, free_name(folder, now));
  if (!made) return made;
  const std::vector<Backup> all = list_backups(folder);
  for (std::size_t i = kBackupsKept; i < all.size(); ++i)
    if (all[i].path != *made) fs::remove(all[i].path, error);
  return made;
}

Result<std::string> back_up_daily(const std::string& database, const std::string& folder,
                                  std::int64_t now) {
  const std::vector<Backup> all = list_backups(folder);
  if (!all.empty() && all.front().taken_at / kSecondsPerDay == now / kSecondsPerDay)
    return std::string();
  std::error_code error;
  if (!fs::exists(database, error)) return std::string();
  auto opened = Database::open(database);
  if (!opened) return fail(opened.error());
  return back_up(**opened, folder, now);
}

Result<std::string> back_up_to(Database& database, const std::string& out, std::int64_t now) {
  std::error_code error;
  return checked_copy(database, fs::is_directory(out, error) ? free_name(out, now) : out);
}

Result<void> check_backup(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error))
    return fail(Code::invalid_argument,
                "{} is a folder; name a backup in it, `rehearse backup --list` names them", path);
  if (!fs::is_regular_file(path, error))
    return fail(Code::not_found, "{}: there is no such file; `rehearse backup --list` names them",
                path);
  try {
    SQLite::Database file(path, SQLite::OPEN_READONLY);
    const int version = file.execAndGet("PRAGMA user_version").getInt();
    if (version > Database::newest_version())
      return fail(Code::unsupported,
                  "{} was written by a newer Rehearse (schema {}, this one knows {}); update "
                  "Rehearse",
                  path, version, Database::newest_version());
    if (version < 1 || !file.tableExists("attempts"))
      return fail(Code::bad_data, "{} is no backup of Rehearse's; name another", path);
    const std::string verdict = file.execAndGet("PRAGMA quick_check(1)").getString();
    if (verdict != "ok")
      return fail(Code::bad_data, "{} is damaged ({}); name another backup", path, verdict);
    return {};
  } catch (const SQLite::Exception& e) {
    return fail(Code::bad_data, "{} cannot be read as a backup ({}); name another", path, e.what());
  }
}

Result<std::string> restore(const std::string& database, const std::string& backup,
                            std::int64_t now) {
  if (auto sound = check_backup(backup); !sound) return fail(sound.error());
  std::error_code error;
  if (fs::equivalent(database, backup, error))
    return fail(Code::invalid_argument, "{} is the present database and no backup of it", backup);
  std::string aside = fmt::format("{}.before-restore-{}", database, stamp_of(now));
  for (int n = 2; fs::exists(aside, error); ++n)
    aside = fmt::format("{}.before-restore-{}-{}", database, stamp_of(now), n);
  const bool there = fs::exists(database, error) && fs::file_size(database, error) > 0;
  auto present = Database::open(database);
  const bool foreign = !present && (present.error().code == Code::bad_data ||
                                    present.error().code == Code::unsupported);
  if (foreign) {  // nothing of ours to copy into
    if (auto moved = move_aside(database, aside); !moved) return moved;
    present = Database::open(database);
  } else if (present && there) {
    if (auto kept = (*present)->backup_to(aside); !kept)
      return fail(restore_failed(backup, kept.error().message));
  }
  const std::string stays =
      foreign ? "what was there is kept in " + aside : "the present history is as it was";
  if (!present)
    return fail(restore_failed(backup, fmt::format("{}; {}", present.error().message, stays)));
  if (auto copied = copy_into(backup, **present); !copied)
    return fail(copied.error().code, "{}; {}", copied.error().message, stays);
  present->reset();
  if (auto migrated = Database::open(database); !migrated) return fail(migrated.error());
  return there ? aside : std::string();
}

}  // namespace rehearse::practice
