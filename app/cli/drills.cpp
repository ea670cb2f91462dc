// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/drills_common.hpp"
#include "app/cli/table.hpp"
#include "app/practice/attempts.hpp"
#include "drills/judge/drill.hpp"

namespace rehearse::cli {
namespace {

struct Filter {
  std::string category, level;
  bool fits(const judge::Drill& drill) const {
    return (category.empty() || drill.category == category) &&
           (level.empty() || drill.level == level);
  }
};

std::string best_text(const practice::Database& database, const std::string& drill) {
  auto best = practice::best_attempt(database, drill);
  if (!best || !*best) return "not tried";
  const practice::Attempt& a = **best;
  return a.accepted() ? fmt::format("accepted in {}:{:02}", a.elapsed_s / 60, a.elapsed_s % 60)
                      : fmt::format("{} {} of {}", a.verdict, a.passed, a.total);
}

int list_drills(Context& context, const Filter& filter) {
  auto library = open_drills(context);
  if (!library) return context.report(library.error());
  auto database = practice::Database::open(context.home.database());
  if (!database) return context.report(database.error());
  TextTable table{{"id", "title", "category", "level", "minutes", "best"},
                  {},
                  {false, false, false, false, true, false}};
  Json all = Json::array();
  bool broken = false;
  for (const auto& entry : library->entries()) {
    auto drill = library->load(entry.id);
    if (!drill) {
      context.warn(drill.error().message);
      broken = true;
      continue;
    }
    if (!filter.fits(*drill)) continue;
    const std::string best = best_text(**database, drill->id);
    table.rows.push_back({drill->id, drill->title, drill->category, drill->level,
                          fmt::format("{:g}", drill->minutes), best});
    all.push_back({{"id", drill->id},
                   {"title", drill->title},
                   {"category", drill->category},
                   {"level", drill->level},
                   {"minutes", drill->minutes},
                   {"best", best},
                   {"path", drill->path}});
  }
  if (context.json)
    context.print(Json{{"drills", all}});
  else if (table.rows.empty())
    context.print("No drill fits; leave out --category or --level to see all.");
  else
    context.print(
        to_text(table) +
        "\nRead one with `rehearse drill ID`; judge a solution with `rehearse grade FILE`.");
  return broken ? kRefused : kDone;
}

Action declare_drills(Arguments& app) {
  auto filter = std::make_shared<Filter>();
  app.add_option("--category", filter->category, "only this category");
  app.add_option("--level", filter->level, "only this level").one_of({"easy", "medium", "hard"});
  return [filter](Context& context) { return list_drills(context, *filter); };
}

const VerbRegistration kDrills{
    {"drills", "list the drills", "rehearse drills --level medium", declare_drills}};

}  // namespace
}  // namespace rehearse::cli
