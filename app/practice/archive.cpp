// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/archive.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/practice/backups.hpp"
#include "app/practice/own_files.hpp"
#include "app/practice/table_merge.hpp"

namespace rehearse::practice {

std::size_t ImportReport::added_rows() const {
  std::size_t all = 0;
  for (const auto& [table, count] : added) all += count;
  return all;
}

Result<Archive> read_archive(const Database& database, const std::string& data) {
  Archive archive;
  archive.schema = database.version();
  auto files = own_files(data);
  if (!files) return fail(files.error());
  archive.files = std::move(*files);
  auto done = database.read("the history could not be read", [&](SQLite::Database& db) {
    // One look at all tables, however others write meanwhile.
    SQLite::Transaction transaction(db);
    archive.tables = read_tables(db);
    transaction.commit();
  });
  if (!done) return fail(done.error());
  return archive;
}

Result<ImportReport> import_archive(Database& database, const Archive& archive,
                                    const ImportTarget& target, std::int64_t now) {
  if (archive.schema > Database::newest_version())
    return fail(
        Code::unsupported,
        "it was written by a newer Rehearse (schema {}, this one knows {}); update Rehearse",
        archive.schema, Database::newest_version());
  if (auto fine = check_paths(archive.files); !fine) return fail(fine.error());
  if (target.replace && archive.schema == 0)
    return fail(
        Code::invalid_argument,
        "it holds cards and no history, so it can be added and not take the place of yours");
  ImportReport report;
  std::string aside;
  if (target.replace) {
    auto saved = back_up(database, backups_folder(target.data), now);
    if (!saved) return fail(saved.error());
    report.aside = *saved;
    aside = saved->substr(0, saved->size() - std::string_view(".db").size()) + "-files";
  }
  Result<void> fitting;
  auto done = database.write("nothing was imported", [&](SQLite::Database& db) {
    auto tables = conform(db, archive);
    if (!tables) {
      fitting = fail(tables.error());
      return;
    }
    target.replace ? replace_tables(db, *tables, report) : merge_tables(db, *tables, report);
  });
  if (!done) return fail(done.error());
  if (!fitting) return fail(fitting.error());
  if (auto written = write_own_files(archive.files, target, aside, report); !written)
    return fail(written.error().code,
                "the history was imported, and {} of {} files; then: {}. Importing again goes on",
                report.written.size(), archive.files.size(), written.error().message);
  return report;
}

}  // namespace rehearse::practice
