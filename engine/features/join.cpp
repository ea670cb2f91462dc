// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/join.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/features/columns.hpp"
#include "engine/features/gather.hpp"
#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kProgressStep = 1 << 16;

// Feature rows by entity, each entity's in order of the moment from which they are visible.
struct Timeline {
  struct Entry {
    std::int64_t visible = 0;  // from here on
    std::uint32_t best = 0;    // the winner among all that are visible by now
    bool tie = false;          // …and another row has both its times
  };
  std::vector<std::size_t> begins;  // by entity, one more than there are
  std::vector<Entry> entries;
  std::vector<std::int64_t> newest;  // by entity: the greatest event time of all
};

struct FeatureTimes {
  std::vector<std::int64_t> event, arrival;
};

Timeline timeline_of(const FeatureTimes& times, std::span<const std::int32_t> entity,
                     std::size_t entities, JoinMode mode) {
  const auto visible_from = [&](std::uint32_t row) {
    if (mode == JoinMode::known) return std::max(times.event[row], times.arrival[row]);
    return times.event[row] + (mode == JoinMode::strict ? 1 : 0);
  };
  Timeline line;
  line.begins.assign(entities + 1, 0);
  line.newest.assign(entities, std::numeric_limits<std::int64_t>::min());
  for (const std::int32_t e : entity) ++line.begins[static_cast<std::size_t>(e) + 1];
  std::partial_sum(line.begins.begin(), line.begins.end(), line.begins.begin());
  line.entries.resize(entity.size());
  std::vector<std::size_t> next(line.begins.begin(), line.begins.end() - 1);
  for (std::uint32_t row = 0; row < entity.size(); ++row) {
    const auto e = static_cast<std::size_t>(entity[row]);
    line.entries[next[e]++] = {visible_from(row), row, false};
    line.newest[e] = std::max(line.newest[e], times.event[row]);
  }
  const auto order = [](const Timeline::Entry& a, const Timeline::Entry& b) {
    return a.visible != b.visible ? a.visible < b.visible : a.best < b.best;
  };
  for (std::size_t e = 0; e < entities; ++e) {
    const auto begin = line.entries.begin() + static_cast<std::ptrdiff_t>(line.begins[e]),
               end = line.entries.begin() + static_cast<std::ptrdiff_t>(line.begins[e + 1]);
    if (!std::is_sorted(begin, end, order)) std::sort(begin, end, order);
    for (auto it = begin; it != end; ++it) {
      if (it == begin) continue;
      const auto& held = *(it - 1);
      const std::int64_t ahead = times.event[it->best] != times.event[held.best]
                                     ? times.event[it->best] - times.event[held.best]
                                     : times.arrival[it->best] - times.arrival[held.best];
      if (ahead < 0)
        it->best = held.best, it->tie = held.tie;
      else if (ahead == 0)
        it->best = std::max(it->best, held.best), it->tie = true;
    }
  }
  return line;
}

Result<FeatureTimes> feature_times(const Frame& features, const JoinOptions& options) {
  FeatureTimes times;
  auto event = at("the feature rows", times_of(features, options.feature_time));
  if (!event) return fail(event.error());
  times.event = std::move(*event);
  if (options.arrival.empty()) {
    times.arrival = times.event;
    return times;
  }
  auto arrival = at("the feature rows", times_of(features, options.arrival));
  if (!arrival) return fail(arrival.error());
  times.arrival = std::move(*arrival);
  return times;
}

Result<Frame> widened(const Frame& events, const Frame& features, const std::string& entity,
                      std::span<const std::int64_t> winner) {
  Frame out = events;
  for (std::size_t c = 0; c < features.columns(); ++c) {
    const Column& column = features.column(c);
    if (column.name() == entity) continue;
    const std::string name =
        events.find(column.name()) ? "feature." + column.name() : column.name();
    if (out.find(name))
      return fail(Code::bad_data, "both tables have a column `{}`, and `{}` is taken: rename one",
                  column.name(), name);
    auto with = out.with(gathered(column, winner).renamed(name));
    if (!with) return with;
    out = std::move(*with);
  }
  return out;
}

}  // namespace

Result<JoinMode> parse_join_mode(const std::string& name) {
  if (name == "known") return JoinMode::known;
  if (name == "event-time") return JoinMode::event_time;
  if (name == "strict") return JoinMode::strict;
  return fail(Code::invalid_argument, "`{}` is no mode of a join: known, event-time, strict", name);
}

const char* name_of(LeakKind kind) {
  switch (kind) {
    case LeakKind::late: return "late";
    case LeakKind::future: return "future";
    case LeakKind::tie: return "tie";
  }
  return "";
}

Result<Joined> point_in_time_join(const Frame& events, const Frame& features,
                                  const JoinOptions& options, const Progress& progress) {
  auto when = at("the events", times_of(events, options.event_time));
  if (!when) return fail(when.error());
  auto times = feature_times(features, options);
  if (!times) return fail(times.error());
  const Frame both[] = {events, features};
  auto keys = Keys::of(both, {options.entity});
  if (!keys) return fail(keys.error());
  const Timeline line = timeline_of(*times, keys->table(1), keys->count(), options.mode);
  const std::int64_t ttl = options.ttl_seconds < 0 || options.ttl_seconds > 9e12
                               ? kNever
                               : static_cast<std::int64_t>(options.ttl_seconds * 1e6);
  Joined out;
  out.winner.assign(events.rows(), -1);
  for (std::size_t i = 0; i < events.rows(); ++i) {
    if (i % kProgressStep == 0 &&
        !progress.report(static_cast<double>(i) / static_cast<double>(events.rows())))
      return cancelled();
    const auto e = static_cast<std::size_t>(keys->table(0)[i]);
    const std::int64_t t = (*when)[i];
    const auto begin = line.entries.begin() + static_cast<std::ptrdiff_t>(line.begins[e]),
               end = line.entries.begin() + static_cast<std::ptrdiff_t>(line.begins[e + 1]);
    const auto after = std::upper_bound(
        begin, end, t,
        [](std::int64_t moment, const Timeline::Entry& entry) { return moment < entry.visible; });
    const bool found = after != begin && t - times->event[(after - 1)->best] <= ttl;
    if (found) {
      out.winner[i] = (after - 1)->best;
      if (times->arrival[(after - 1)->best] > t) out.leaks.push_back({i, LeakKind::late});
    }
    if (begin != end && line.newest[e] > t) out.leaks.push_back({i, LeakKind::future});
    if (found && (after - 1)->tie) out.leaks.push_back({i, LeakKind::tie});
  }
  auto rows = widened(events, features, options.entity, out.winner);
  if (!rows) return fail(rows.error());
  out.rows = std::move(*rows);
  return out;
}

}  // namespace rehearse::features
