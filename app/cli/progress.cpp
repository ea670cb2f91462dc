// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <map>
#include <set>

#include "app/cli/table.hpp"
#include "app/cli/verb.hpp"
#include "app/practice/attempts.hpp"
#include "app/practice/reviews.hpp"

namespace rehearse::cli {
namespace {

constexpr std::int64_t kDay = 86400;

struct DrillLine {
  int attempts = 0, accepted = 0;
  std::int64_t best_s = -1;
};

std::map<std::string, DrillLine> by_drill(const std::vector<practice::Attempt>& attempts) {
  std::map<std::string, DrillLine> lines;
  for (const practice::Attempt& a : attempts) {
    DrillLine& line = lines[a.drill];
    ++line.attempts;
    if (!a.accepted()) continue;
    ++line.accepted;
    if (line.best_s < 0 || a.elapsed_s < line.best_s) line.best_s = a.elapsed_s;
  }
  return lines;
}

// Days in a row, up to today, on which something was done.
int streak(const std::vector<practice::Attempt>& attempts,
           const std::vector<practice::ReviewRow>& reviews, std::int64_t now) {
  std::set<std::int64_t> days;
  for (const auto& a : attempts) days.insert(a.submitted_at / kDay);
  for (const auto& r : reviews) days.insert(r.reviewed_at / kDay);
  int count = 0;
  for (std::int64_t day = days.count(now / kDay) ? now / kDay : now / kDay - 1; days.count(day);
       --day)
    ++count;
  return count;
}

int progress(Context& context) {
  auto database = practice::Database::open(context.home.database());
  if (!database) return context.report(database.error());
  auto attempts = practice::all_attempts(**database);
  auto reviews = practice::reviews(**database);
  auto runs = practice::design_runs(**database);
  for (const Error* error : {attempts ? nullptr : &attempts.error(),
                             reviews ? nullptr : &reviews.error(), runs ? nullptr : &runs.error()})
    if (error) return context.report(*error);
  const auto lines = by_drill(*attempts);
  const int days = streak(*attempts, *reviews, practice::system_seconds());
  int recalled = 0, reached = 0;
  for (const auto& r : *reviews) recalled += r.rating != practice::Rating::forgot;
  for (const auto& r : *runs) reached += r.reached;
  if (context.json) {
    Json drills = Json::object();
    for (const auto& [drill, line] : lines)
      drills[drill] = {{"attempts", line.attempts},
                       {"accepted", line.accepted},
                       {"best_s", line.best_s < 0 ? Json(nullptr) : Json(line.best_s)}};
    context.print(Json{{"attempts", attempts->size()},
                       {"drills", drills},
                       {"reviews", reviews->size()},
                       {"recalled", recalled},
                       {"challenges", runs->size()},
                       {"challenges_reached", reached},
                       {"streak_days", days}});
    return kDone;
  }
  if (attempts->empty() && reviews->empty() && runs->empty()) {
    context.print(
        "Nothing yet. Begin with `rehearse drill window-maximum --out .`, or `rehearse study`.");
    return kDone;
  }
  TextTable table{{"drill", "attempts", "accepted", "best"}, {}, {false, true, true, true}};
  for (const auto& [drill, line] : lines)
    table.rows.push_back(
        {drill, fmt::format("{}", line.attempts), fmt::format("{}", line.accepted),
         line.best_s < 0 ? "-" : fmt::format("{}:{:02}", line.best_s / 60, line.best_s % 60)});
  if (!lines.empty()) context.print(to_text(table));
  context.print(fmt::format(
      "{} attempts, {} card reviews ({} recalled), {} of {} challenges reached, {} {} in a row.",
      attempts->size(), reviews->size(), recalled, reached, runs->size(), days,
      days == 1 ? "day" : "days"));
  return kDone;
}

const VerbRegistration kProgress{{"progress", "attempts, reviews and challenges so far",
                                  "rehearse progress",
                                  [](Arguments&) { return Action(progress); }}};

}  // namespace
}  // namespace rehearse::cli
