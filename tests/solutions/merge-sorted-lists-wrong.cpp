// rehearse: merge-sorted-lists
// expect: WA
// Keeps whole entries in the queue, so that at equal times the texts decide before the lists do.
#include <functional>
#include <queue>
#include <string>
#include <tuple>
#include <vector>

std::vector<std::tuple<long long, std::string>> merge_sorted_lists(const std::vector<std::vector<std::tuple<long long, std::string>>>& lists) {
  using Head = std::tuple<std::tuple<long long, std::string>, std::size_t, std::size_t>;
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (!lists[i].empty()) heads.emplace(lists[i][0], i, 0);
  }
  std::vector<std::tuple<long long, std::string>> merged;
  while (!heads.empty()) {
    const auto [entry, list, place] = heads.top();
    heads.pop();
    merged.push_back(entry);
    if (place + 1 < lists[list].size()) heads.emplace(lists[list][place + 1], list, place + 1);
  }
  return merged;
}
