// rehearse: single-worker-order
//
// Waiting batches in an ordered set of (length, index), so its first element is always the next one.
#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

std::vector<long long> single_worker_order(const std::vector<std::tuple<long long, long long>>& jobs) {
  std::vector<long long> by_arrival(jobs.size());
  std::iota(by_arrival.begin(), by_arrival.end(), 0LL);
  std::sort(by_arrival.begin(), by_arrival.end(),
            [&](long long a, long long b) { return std::get<0>(jobs[a]) < std::get<0>(jobs[b]); });

  std::vector<long long> order;
  order.reserve(jobs.size());
  std::set<std::pair<long long, long long>> waiting;
  std::size_t next = 0;
  long long now = 0;
  while (order.size() < jobs.size()) {
    if (waiting.empty()) now = std::max(now, std::get<0>(jobs[by_arrival[next]]));
    for (; next < jobs.size() && std::get<0>(jobs[by_arrival[next]]) <= now; ++next) {
      waiting.emplace(std::get<1>(jobs[by_arrival[next]]), by_arrival[next]);
    }
    const auto [length, job] = *waiting.begin();
    waiting.erase(waiting.begin());
    order.push_back(job);
    now += length;
  }
  return order;
}
