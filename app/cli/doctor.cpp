// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/cli/designs_common.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/drills_common.hpp"
#include "app/cli/table.hpp"
#include "app/cli/version.hpp"
#include "app/practice/card_library.hpp"
#include "app/practice/database.hpp"
#include "drills/judge/isolation.hpp"
#include "drills/judge/languages.hpp"

namespace rehearse::cli {
namespace {

struct Line {
  std::string what, found;
  bool fine = true;
};

Line database_line(const Context& context) {
  auto database = practice::Database::open(context.home.database());
  if (!database) return {"database", database.error().message, false};
  return {"database",
          fmt::format("{} (schema {})", context.home.database(), (*database)->version())};
}

Line isolation_line(const Context& context) {
  auto level = judge::isolation_level(workshop(context));
  if (!level) return {"isolation", level.error().message, false};
  if (level->full()) return {"isolation", fmt::format("full: {}", fmt::join(level->layers, ", "))};
  return {"isolation",
          fmt::format("{}; missing: {}", fmt::join(level->layers, ", "),
                      fmt::join(level->missing, "; ")),
          false};
}

template <class T>
Line count_line(const char* what, const Result<T>& found, std::size_t count,
                const std::string& place) {
  if (!found) return {what, found.error().message, false};
  return {what, fmt::format("{} in {}", count, place), count > 0};
}

std::vector<Line> examine(const Context& context) {
  std::vector<Line> lines = {{"version", kVersion}};
  lines.push_back(
      {"display",
       has_display()
           ? "yes"
           : "none: the window cannot open here; every verb works, and plots are drawn offscreen"});
  const std::string desktop = executable_folder() + "/rehearse-desktop";
  const bool has_desktop = access(desktop.c_str(), X_OK) == 0;
  lines.push_back({"desktop part",
                   has_desktop ? desktop : "not installed: no window, --plot and --report",
                   has_desktop});
  for (const judge::Language& language : judge::languages()) {
    const std::string version = language.version();
    lines.push_back({language.name, version.empty() ? "not found" : version, !version.empty()});
  }
  lines.push_back(isolation_line(context));
  lines.push_back({"data folder", context.home.data});
  lines.push_back({"cache folder", context.home.cache});
  lines.push_back(database_line(context));
  auto drills = open_drills(context);
  lines.push_back(count_line("drills", drills, drills ? drills->entries().size() : 0,
                             context.home.builtin + "/drills and " + context.home.user_drills));
  auto designs = open_designs(context);
  lines.push_back(count_line("designs", designs, designs ? designs->designs().size() : 0,
                             context.home.builtin + "/designs and " + context.home.user_designs));
  const auto cards =
      practice::CardLibrary::open({context.home.builtin + "/content", context.home.user_content});
  lines.push_back({"cards",
                   fmt::format("{} in {}/content and {}", cards.cards().size(),
                               context.home.builtin, context.home.user_content),
                   !cards.cards().empty()});
  for (const Error& problem : cards.problems())
    lines.push_back({"card problem", problem.message, false});
  return lines;
}

int doctor(Context& context) {
  const auto lines = examine(context);
  if (context.json) {
    Json json = Json::object();
    Json troubles = Json::array();
    for (const Line& line : lines) {
      json[line.what] = line.found;
      if (!line.fine) troubles.push_back(line.what + ": " + line.found);
    }
    json["troubles"] = troubles;
    context.print(json);
    return kDone;
  }
  TextTable table{{"what", "found", ""}, {}, {}};
  for (const Line& line : lines)
    table.rows.push_back({line.what, line.found, line.fine ? "" : "look at this"});
  context.print(to_text(table));
  return kDone;
}

const VerbRegistration kDoctor{
    {"doctor", "what this machine offers: display, languages, isolation, folders, versions",
     "rehearse doctor", [](Arguments&) { return Action(doctor); }}};

}  // namespace
}  // namespace rehearse::cli
