// rehearse: common-free-time
//
// A sweep over events that counts how many bookings are open. The window is two events more: outside
// of it a booking of nobody's is open, so that nothing has to be clipped.
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

std::vector<std::tuple<long long, long long>> common_free_time(const std::vector<std::vector<std::tuple<long long, long long>>>& busy, long long opens, long long closes) {
  std::vector<std::pair<long long, int>> events{{opens, -1}, {closes, +1}};
  for (const auto& host : busy) {
    for (const auto& [start, stop] : host) {
      events.emplace_back(start, +1);
      events.emplace_back(stop, -1);
    }
  }
  std::sort(events.begin(), events.end());

  std::vector<std::tuple<long long, long long>> free;
  int open = 1;
  for (std::size_t i = 0; i < events.size();) {
    const long long moment = events[i].first;
    if (open == 0) std::get<1>(free.back()) = moment;
    const int before = open;
    while (i < events.size() && events[i].first == moment) open += events[i++].second;
    if (open == 0 && before != 0) free.emplace_back(moment, moment);
  }
  return free;
}
