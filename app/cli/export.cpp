// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/verb.hpp"
#include "app/practice/transfer.hpp"

namespace rehearse::cli {
namespace {

struct ExportOptions {
  std::string path;
  bool force = false;
};

int export_all(Context& context, const ExportOptions& options) {
  auto database = practice::Database::open(context.home.database());
  if (!database) return context.report(database.error());
  auto report = practice::export_to(**database, context.home, options.path, options.force,
                                    practice::system_seconds());
  if (!report) return context.report(report.error());
  if (context.json)
    context.print(Json{{"path", options.path},
                       {"rows", report->rows},
                       {"files", report->files},
                       {"cards", report->cards}});
  else if (report->cards)
    context.print(fmt::format("{}: {} cards. In Anki: File, Import.", options.path, report->cards));
  else
    context.print(fmt::format("{}: {} rows of history and {} files of your own.", options.path,
                              report->rows, report->files));
  return kDone;
}

Action declare_export(Arguments& app) {
  auto options = std::make_shared<ExportOptions>();
  app.add_option("path", options->path,
                 "FILE.json or FOLDER.csv: everything, and it comes back byte for byte; FILE.md: a "
                 "history to read, with your own cards; FILE.apkg: all cards, for Anki")
      .required();
  app.add_flag("--force", options->force, "replace a file that is there");
  return [options](Context& context) { return export_all(context, *options); };
}

const VerbRegistration kExport{{"export", "your history and your own files, to take with you",
                                "rehearse export rehearse.json", declare_export}};

}  // namespace
}  // namespace rehearse::cli
