// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/cli/drills_common.hpp"
#include "app/cli/table.hpp"
#include "app/practice/attempts.hpp"
#include "app/practice/drill_sets.hpp"
#include "drills/judge/drill.hpp"

namespace rehearse::cli {
namespace {

// A category that no drill is in was mistyped.
Result<void> known_category(const judge::Library& library, const std::string& category) {
  std::vector<std::string> known;
  for (const auto& entry : library.entries()) {
    if (category.empty() || entry.category == category || entry.category.empty()) return {};
    if (std::find(known.begin(), known.end(), entry.category) == known.end())
      known.push_back(entry.category);
  }
  std::sort(known.begin(), known.end());
  return fail(Code::not_found, "--category {}: no drill is in it; there are {}", category,
              fmt::join(known, ", "));
}

struct Filter {
  std::string category, level, set;
  bool sets = false;
  std::vector<std::string> ids;  // of the set, in its order
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

// The sets of the files and the day's own, first.
Result<std::vector<practice::DrillSet>> all_sets(const Context& context,
                                                 const judge::Library& library,
                                                 const practice::Database& database) {
  auto sets = practice::load_drill_sets(set_files(context));
  if (!sets) return fail(sets.error());
  auto attempts = practice::all_attempts(database);
  if (!attempts) return fail(attempts.error());
  std::map<std::string, double> minutes;
  for (const practice::Attempt& attempt : *attempts)
    if (!minutes.count(attempt.drill) && library.find(attempt.drill))
      if (auto drill = library.load(attempt.drill)) minutes[attempt.drill] = drill->minutes;
  sets->insert(sets->begin(),
               practice::set_of_the_day(*sets, *attempts, minutes, practice::system_seconds()));
  return sets;
}

int list_sets(const Context& context, const std::vector<practice::DrillSet>& sets) {
  TextTable table{
      {"set", "title", "drills", "minutes", "about"}, {}, {false, false, true, true, false}};
  Json all = Json::array();
  for (const practice::DrillSet& set : sets) {
    table.rows.push_back({set.id, set.title, fmt::format("{}", set.drills.size()),
                          set.minutes ? fmt::format("{}", set.minutes) : "", set.about});
    all.push_back({{"id", set.id},
                   {"title", set.title},
                   {"about", set.about},
                   {"minutes", set.minutes},
                   {"drills", set.drills}});
  }
  if (context.json)
    context.print(Json{{"sets", all}});
  else
    context.print(to_text(table) + "\nSee one with `rehearse drills --set NAME`.");
  return kDone;
}

int list_drills(Context& context, Filter filter) {
  auto library = open_drills(context);
  if (!library) return context.report(library.error());
  auto database = practice::Database::open(context.home.database());
  if (!database) return context.report(database.error());
  if (filter.sets || !filter.set.empty()) {
    auto sets = all_sets(context, *library, **database);
    if (!sets) return context.report(sets.error());
    if (filter.sets) return list_sets(context, *sets);
    const auto found = std::find_if(sets->begin(), sets->end(),
                                    [&](const auto& set) { return set.id == filter.set; });
    if (found == sets->end())
      return context.report({Code::not_found, "--set " + filter.set +
                                                  ": there is no such set; `rehearse drills "
                                                  "--sets` lists them"});
    filter.ids = found->drills;
    if (!context.json) context.print(found->title + ". " + found->about + "\n");
  } else {
    for (const auto& entry : library->entries()) filter.ids.push_back(entry.id);
  }
  TextTable table{{"id", "title", "category", "level", "minutes", "best"},
                  {},
                  {false, false, false, false, true, false}};
  Json all = Json::array();
  bool broken = false;
  for (const std::string& id : filter.ids) {
    auto drill = library->load(id);
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
  if (all.empty())
    if (auto known = known_category(*library, filter.category); !known)
      return context.report(known.error());
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
  app.add_option("--set", filter->set, "only this set, in its order; `daily` is made for today")
      .names_a("SET");
  app.add_flag("--sets", filter->sets, "list the sets instead");
  return [filter](Context& context) { return list_drills(context, *filter); };
}

const VerbRegistration kDrills{
    {"drills", "list the drills", "rehearse drills --level medium", declare_drills}};

}  // namespace
}  // namespace rehearse::cli
