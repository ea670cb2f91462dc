// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/backups.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "app/cli/table.hpp"
#include "app/cli/verb.hpp"

namespace rehearse::cli {
namespace {

struct BackupOptions {
  std::string out, restore;
  bool list = false;
};

std::string when_taken(const practice::Backup& backup) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}",
                     fmt::localtime(static_cast<std::time_t>(backup.taken_at)));
}

int list_them(Context& context, const std::string& folder) {
  const auto all = practice::list_backups(folder);
  if (context.json) {
    Json list = Json::array();
    for (const auto& one : all)
      list.push_back({{"path", one.path}, {"taken_at", one.taken_at}, {"bytes", one.bytes}});
    context.print(Json{{"folder", folder}, {"kept", practice::kBackupsKept}, {"backups", list}});
    return kDone;
  }
  if (all.empty()) {
    context.print("There is no backup yet in " + folder + ". `rehearse backup` takes one.");
    return kDone;
  }
  TextTable table{{"taken", "KB", "file"}, {}, {false, true, false}};
  for (const auto& one : all)
    table.rows.push_back({when_taken(one), fmt::format("{}", (one.bytes + 1023) / 1024), one.path});
  context.print(to_text(table));
  return kDone;
}

int bring_back(Context& context, const std::string& backup) {
  auto aside = practice::restore(context.home.database(), backup, practice::system_seconds());
  if (!aside) return context.report(aside.error());
  if (context.json)
    context.print(Json{{"restored", backup},
                       {"database", context.home.database()},
                       {"kept_aside", aside->empty() ? Json(nullptr) : Json(*aside)}});
  else
    context.print("Restored " + backup + "." +
                  (aside->empty() ? std::string()
                                  : " What was there before is kept in " + *aside +
                                        "; `rehearse backup --restore` with that file undoes it."));
  return kDone;
}

int back_up(Context& context, const BackupOptions& options) {
  const std::string folder = practice::backups_folder(context.home.data);
  if (options.list) return list_them(context, folder);
  if (!options.restore.empty()) return bring_back(context, options.restore);
  auto database = practice::Database::open(context.home.database());
  if (!database) return context.report(database.error());
  const auto now = practice::system_seconds();
  auto made = options.out.empty() ? practice::back_up(**database, folder, now)
                                  : practice::back_up_to(**database, options.out, now);
  if (!made) return context.report(made.error());
  if (context.json)
    context.print(Json{{"backup", *made}});
  else
    context.print("Saved and read back: " + *made);
  return kDone;
}

Action declare_backup(Arguments& app) {
  auto options = std::make_shared<BackupOptions>();
  app.add_option("--out", options->out,
                 "where to: a new file, or a folder (default: backups/ of the data folder, where "
                 "the newest ten are kept)");
  app.add_flag("--list", options->list, "the backups there are, newest first");
  app.add_option("--restore", options->restore,
                 "put this backup in the place of the history; the present one is kept aside");
  return [options](Context& context) {
    if (options->list + !options->out.empty() + !options->restore.empty() > 1)
      return context.report(
          {Code::invalid_argument, "give one of --out, --list and --restore at a time"});
    return back_up(context, *options);
  };
}

const VerbRegistration kBackup{{"backup", "a checked copy of your history, and the way back",
                                "rehearse backup --list", declare_backup}};

}  // namespace
}  // namespace rehearse::cli
