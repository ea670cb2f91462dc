// rehearse: point-in-time-join
//
// A row can be seen from max(event_time, arrival_time) on, and for ever if the ttl is left aside. So
// for each key: sort the rows by that moment, keep the best row so far beside each, and find an
// event's place by binary search. The best row is also the youngest: if it is too old, all are.
#include <algorithm>
#include <cstddef>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

std::vector<long long> point_in_time_join(const std::vector<std::tuple<std::string, long long>>& events, const std::vector<std::tuple<std::string, long long, long long>>& rows, long long ttl_s) {
  using Rank = std::tuple<long long, long long, long long>;  // event_time, arrival_time, index
  std::unordered_map<std::string, std::vector<std::pair<long long, Rank>>> by_key;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [key, event_time, arrival_time] = rows[i];
    by_key[key].push_back({std::max(event_time, arrival_time),
                           {event_time, arrival_time, static_cast<long long>(i)}});
  }
  for (auto& [key, list] : by_key) {
    std::sort(list.begin(), list.end());
    for (std::size_t i = 1; i < list.size(); ++i) {
      list[i].second = std::max(list[i].second, list[i - 1].second);
    }
  }

  std::vector<long long> answer;
  answer.reserve(events.size());
  for (const auto& [key, at] : events) {
    long long found = -1;
    if (const auto it = by_key.find(key); it != by_key.end()) {
      const auto& list = it->second;
      const auto after = std::upper_bound(list.begin(), list.end(), at,
                                          [](long long t, const auto& entry) { return t < entry.first; });
      if (after != list.begin()) {
        const auto& [event_time, arrival_time, index] = std::prev(after)->second;
        if (at - event_time <= ttl_s) found = index;
      }
    }
    answer.push_back(found);
  }
  return answer;
}
