// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/drill_sets.hpp"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <set>

#include "engine/base/read.hpp"

namespace rehearse::practice {
namespace {

constexpr std::size_t kLargestFile = 1 << 20;

Result<DrillSet> read_set(const toml::node& node, const std::string& path) {
  const std::string where = fmt::format("{}:{}", path, node.source().begin.line);
  const toml::table* fields = node.as_table();
  if (!fields) return fail(Code::bad_data, "{}: write [[set]] with its fields below", where);
  DrillSet set;
  set.id = (*fields)["id"].value_or(std::string());
  set.title = (*fields)["title"].value_or(std::string());
  set.about = (*fields)["about"].value_or(std::string());
  set.pattern = (*fields)["pattern"].value_or(false);
  set.minutes = (*fields)["minutes"].value_or(0);
  if (set.id.empty()) return fail(Code::bad_data, "{}: the set has no `id`", where);
  if (set.title.empty()) return fail(Code::bad_data, "{}: the set {} has no `title`", where, set.id);
  if (const toml::array* drills = (*fields)["drills"].as_array())
    for (const toml::node& drill : *drills)
      if (const auto id = drill.value<std::string>()) set.drills.push_back(*id);
  if (set.drills.empty())
    return fail(Code::bad_data, "{}: the set {} has no `drills`: a list of ids", where, set.id);
  return set;
}

Rating rating_of(const Attempt& attempt, const std::map<std::string, double>& minutes) {
  if (!attempt.accepted()) return Rating::forgot;
  const auto given = minutes.find(attempt.drill);
  const bool late =
      given != minutes.end() && static_cast<double>(attempt.elapsed_s) > 60 * given->second;
  return attempt.hints > 0 || late ? Rating::hard : Rating::recalled;
}

}  // namespace

Result<std::vector<DrillSet>> load_drill_sets(const std::vector<std::string>& paths) {
  std::vector<DrillSet> sets;
  std::map<std::string, std::string> seen;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) continue;
    auto text = read_file(path, kLargestFile);
    if (!text) return fail(text.error());
    const toml::parse_result parsed = toml::parse(*text, path);
    if (!parsed)
      return fail(Code::bad_data, "{}:{}: {}", path, parsed.error().source().begin.line,
                  std::string(parsed.error().description()));
    const toml::table& table = parsed.table();
    const toml::array* list = table["set"].as_array();
    if (!list) return fail(Code::bad_data, "{}: there is no [[set]]", path);
    for (const toml::node& node : *list) {
      auto set = read_set(node, path);
      if (!set) return fail(set.error());
      if (const auto [before, fresh] = seen.emplace(set->id, path); !fresh)
        return fail(Code::bad_data, "the set {} stands in {} and in {}", set->id, before->second,
                    path);
      sets.push_back(std::move(*set));
    }
  }
  return sets;
}

std::map<std::string, MemoryState> drill_memories(const std::vector<Attempt>& attempts,
                                                  const std::map<std::string, double>& minutes) {
  FsrsOptions days;  // nobody solves a drill again after ten minutes
  days.learning_steps_s.clear();
  days.relearning_steps_s.clear();
  std::map<std::string, MemoryState> memories;
  for (const Attempt& attempt : attempts) {
    MemoryState& memory = memories[attempt.drill];
    memory = review(memory, rating_of(attempt, minutes), attempt.submitted_at, days);
  }
  return memories;
}

DrillSet daily_set(const std::vector<DrillSet>& sets,
                   const std::map<std::string, MemoryState>& memories, std::int64_t now,
                   const DailySize& size) {
  std::set<std::string> known;
  for (const DrillSet& set : sets) known.insert(set.drills.begin(), set.drills.end());
  std::vector<std::pair<double, std::string>> due;
  for (const auto& [drill, memory] : memories)
    if (memory.due <= now && known.count(drill))
      due.emplace_back(retrievability(memory, now), drill);
  std::sort(due.begin(), due.end());

  std::vector<std::string> fresh;
  std::set<std::string> taken;
  const std::size_t wanted = size.due + size.fresh;
  for (bool more = true; more && fresh.size() < wanted;) {
    more = false;
    for (const DrillSet& set : sets) {
      if (!set.pattern) continue;
      const auto next = std::find_if(
          set.drills.begin(), set.drills.end(),
          [&](const std::string& id) { return !memories.count(id) && !taken.count(id); });
      if (next == set.drills.end()) continue;
      more = true;
      taken.insert(*next);
      fresh.push_back(*next);
    }
  }
  const std::size_t new_ones =
      std::min(fresh.size(), wanted - std::min(due.size(), size.due));
  const std::size_t old_ones = std::min(due.size(), wanted - new_ones);
  DrillSet daily;
  daily.id = "daily";
  daily.title = "Today's set";
  daily.about = "What is due again, and what is new.";
  for (std::size_t i = 0; i < old_ones; ++i) daily.drills.push_back(due[i].second);
  daily.drills.insert(daily.drills.end(), fresh.begin(),
                      fresh.begin() + static_cast<std::ptrdiff_t>(std::min(new_ones, fresh.size())));
  return daily;
}

DrillSet set_of_the_day(const std::vector<DrillSet>& sets, const std::vector<Attempt>& attempts,
                        const std::map<std::string, double>& minutes, std::int64_t now) {
  const auto seconds = static_cast<std::time_t>(now);
  std::tm local{};
  localtime_r(&seconds, &local);
  local.tm_hour = local.tm_min = local.tm_sec = 0;
  local.tm_isdst = -1;
  const std::int64_t begin = std::mktime(&local);
  ++local.tm_mday;
  local.tm_isdst = -1;
  const std::int64_t end = std::mktime(&local);
  std::vector<Attempt> before;
  std::copy_if(attempts.begin(), attempts.end(), std::back_inserter(before),
               [&](const Attempt& attempt) { return attempt.submitted_at < begin; });
  return daily_set(sets, drill_memories(before, minutes), end - 1);
}

}  // namespace rehearse::practice
