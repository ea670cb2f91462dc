// rehearse: covered-length
// expect: WA
// Goes on from the stop of the last stretch, though an earlier one may reach further.
#include <algorithm>
#include <tuple>
#include <vector>

long long covered_length(const std::vector<std::tuple<long long, long long>>& intervals) {
  auto sorted = intervals;
  std::sort(sorted.begin(), sorted.end());
  long long covered = 0;
  long long reached = 0;
  for (const auto& [start, stop] : sorted) {
    covered += std::max(0LL, stop - std::max(start, reached));
    reached = stop;
  }
  return covered;
}
