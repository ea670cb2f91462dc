// rehearse: smallest-interval-per-query
//
// Spans from short to long, each painting all asked days in it that are still blank. Who painted a
// day first wins it; union-find jumps over painted days, so each is painted once.
#include <algorithm>
#include <numeric>
#include <tuple>
#include <vector>

std::vector<long long> smallest_interval_per_query(const std::vector<std::tuple<long long, long long>>& intervals, const std::vector<long long>& queries) {
  std::vector<long long> days(queries);
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  const auto place = [&](long long day) {
    return static_cast<std::size_t>(std::lower_bound(days.begin(), days.end(), day) - days.begin());
  };

  std::vector<std::size_t> blank(days.size() + 1);  // leads to the next blank day
  std::iota(blank.begin(), blank.end(), std::size_t{0});
  const auto next_blank = [&](std::size_t i) {
    while (blank[i] != i) {
      blank[i] = blank[blank[i]];
      i = blank[i];
    }
    return i;
  };

  std::vector<std::tuple<long long, long long>> spans(intervals);
  std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) {
    return std::get<1>(a) - std::get<0>(a) < std::get<1>(b) - std::get<0>(b);
  });
  std::vector<long long> winner(days.size(), -1);
  for (const auto& [left, right] : spans) {
    for (auto i = next_blank(place(left)); i < days.size() && days[i] <= right; i = next_blank(i)) {
      winner[i] = right - left + 1;
      blank[i] = i + 1;
    }
  }

  std::vector<long long> answer;
  answer.reserve(queries.size());
  for (const long long day : queries) answer.push_back(winner[place(day)]);
  return answer;
}
