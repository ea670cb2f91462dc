// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/verb.hpp"
#include "app/practice/transfer.hpp"

namespace rehearse::cli {
namespace {

struct ImportOptions {
  std::string path;
  bool replace = false;
};

void print_report(const Context& context, const practice::ImportReport& report) {
  std::string tables;
  for (const auto& [table, count] : report.added)
    tables += fmt::format("{}{} {}", tables.empty() ? ": " : ", ", count, table);
  context.print(fmt::format(
      "{} rows added{}; {} gave way to newer ones; {} files written; {} were "
      "there already.",
      report.added_rows(), tables, report.replaced, report.written.size(), report.known));
  for (const std::string& file : report.kept)
    context.print(fmt::format(
        "  {} is there with another content and was kept; rename it and import again", file));
  if (!report.aside.empty())
    context.print("What was there before is in " + report.aside +
                  "; `rehearse backup --restore` brings it back.");
}

int import_all(Context& context, const ImportOptions& options) {
  auto database = practice::Database::open(context.home.database());
  if (!database) return context.report(database.error());
  auto report = practice::import_from(**database, context.home, options.path, options.replace,
                                      practice::system_seconds());
  if (!report) return context.report(report.error());
  if (context.json)
    context.print(Json{{"added", report->added},
                       {"replaced", report->replaced},
                       {"known", report->known},
                       {"written", report->written},
                       {"kept", report->kept},
                       {"backup", report->aside.empty() ? Json(nullptr) : Json(report->aside)}});
  else
    print_report(context, *report);
  return report->kept.empty() ? kDone : kRefused;
}

Action declare_import(Arguments& app) {
  auto options = std::make_shared<ImportOptions>();
  app.add_option("path", options->path,
                 "what `rehearse export` wrote (.json, .csv, .md), or a package of Anki's (.apkg)")
      .required();
  app.add_flag("--replace", options->replace,
               "it takes the place of all that is there, after a backup (default: it is added; "
               "what is there already is recognised)");
  return [options](Context& context) { return import_all(context, *options); };
}

const VerbRegistration kImport{{"import", "an export, or a package of Anki's, into your history",
                                "rehearse import rehearse.json", declare_import}};

}  // namespace
}  // namespace rehearse::cli
