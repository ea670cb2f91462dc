// rehearse: peak-load
// expect: WA
// Sorts by time alone and looks after every event: at one second, starts may be counted before stops.
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

std::tuple<long long, long long> peak_load(const std::vector<std::tuple<long long, long long, long long>>& sessions) {
  std::vector<std::pair<long long, long long>> events;
  for (const auto& [start, stop, load] : sessions) events.emplace_back(start, load);
  for (const auto& [start, stop, load] : sessions) events.emplace_back(stop, -load);
  std::stable_sort(events.begin(), events.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  long long total = 0;
  long long peak = 0;
  long long at = 0;
  for (const auto& [second, change] : events) {
    total += change;
    if (total > peak) {
      peak = total;
      at = second;
    }
  }
  return {peak, at};
}
