// rehearse: seats-on-route
// expect: WA
// Sorts by the seats that become free, so at the same kilometre those who take some come first.
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

bool seats_on_route(const std::vector<std::tuple<long long, long long, long long>>& trips, long long seats) {
  std::vector<std::pair<long long, long long>> events;  // (kilometre, seats that become free)
  for (const auto& [people, from, to] : trips) {
    events.emplace_back(from, -people);
    events.emplace_back(to, people);
  }
  std::sort(events.begin(), events.end());
  for (const auto& [kilometre, freed] : events) {
    seats += freed;
    if (seats < 0) return false;
  }
  return true;
}
