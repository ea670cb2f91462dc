// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/features
//
// A point-in-time join of a million events to a million feature rows, beside the least that any
// such join must do: to sort the feature rows and to search them once an event.
#include "engine/features/join.hpp"

#include <algorithm>

#include "engine/base/random.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

constexpr std::size_t kRows = 1'000'000;
constexpr std::uint64_t kUsers = 50'000, kSeconds = 30 * 86400;

struct Table {
  std::vector<std::int64_t> user, time, arrival;
  std::vector<double> value;
};

Table drawn(const char* process) {
  Table table;
  const StreamKey key = stream_key(1, process);
  for (std::size_t row = 0; row < kRows; ++row) {
    Stream stream(key, 0, row);
    table.user.push_back(static_cast<std::int64_t>(stream.below(kUsers)));
    table.time.push_back(static_cast<std::int64_t>(stream.below(kSeconds)));
    table.arrival.push_back(table.time.back() + static_cast<std::int64_t>(stream.below(7200)));
    table.value.push_back(stream.uniform());
  }
  return table;
}

Frame frame_of(const Table& table) {
  Frame::Builder builder;
  builder.add("user", table.user).add("time", table.time).add("arrival", table.arrival);
  builder.add("value", table.value);
  return *std::move(builder).build();
}

void bare(const Table& events, const Table& rows) {
  const double time = bench::best_seconds(3, [&] {
    std::vector<std::pair<std::int64_t, std::int64_t>> sorted;
    for (std::size_t i = 0; i < kRows; ++i) sorted.emplace_back(rows.user[i], rows.time[i]);
    std::sort(sorted.begin(), sorted.end());
    std::size_t found = 0;
    for (std::size_t i = 0; i < kRows; ++i)
      found +=
          static_cast<std::size_t>(std::upper_bound(sorted.begin(), sorted.end(),
                                                    std::pair(events.user[i], events.time[i])) -
                                   sorted.begin());
    bench::keep(found);
  });
  bench::line("peer: a sort and a search an event", time, "s");
}

}  // namespace

int main() {
  const Table events = drawn("bench.events"), rows = drawn("bench.rows");
  bare(events, rows);
  const Frame left = frame_of(events), right = frame_of(rows);
  for (const auto mode : {features::JoinMode::known, features::JoinMode::event_time}) {
    const features::JoinOptions options{"user", "time", "time", "arrival", 86400, mode};
    const double time = bench::best_seconds(
        3, [&] { bench::keep(features::point_in_time_join(left, right, options)); });
    bench::line(mode == features::JoinMode::known ? "a million events, what was known"
                                                  : "a million events, by event time",
                time, "s", bench::at_most(3));
  }
}
