// rehearse: merge-intervals
//
// Sort the beginnings and the ends each by themselves. After i of both, an outage is over just when
// the next beginning lies behind the i-th end: then all that has begun has also ended.
#include <algorithm>
#include <tuple>
#include <vector>

std::vector<std::tuple<long long, long long>> merge_intervals(const std::vector<std::tuple<long long, long long>>& intervals) {
  std::vector<long long> firsts;
  std::vector<long long> lasts;
  for (const auto& [first, last] : intervals) {
    firsts.push_back(first);
    lasts.push_back(last);
  }
  std::sort(firsts.begin(), firsts.end());
  std::sort(lasts.begin(), lasts.end());

  std::vector<std::tuple<long long, long long>> outages;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < firsts.size(); ++i) {
    if (i + 1 == firsts.size() || firsts[i + 1] > lasts[i]) {
      outages.emplace_back(firsts[begin], lasts[i]);
      begin = i + 1;
    }
  }
  return outages;
}
