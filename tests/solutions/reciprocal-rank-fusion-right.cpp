// rehearse: reciprocal-rank-fusion
//
// No hash map: all entries in one list, sorted by id and then by ranking, so that a document's parts
// stand together and in the order in which they are to be added.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

std::vector<std::tuple<std::string, double>> fuse_rankings(const std::vector<std::vector<std::string>>& rankings, long long offset, long long limit) {
  struct Entry {
    std::string_view id;
    std::size_t ranking;
    double part;
  };
  std::vector<Entry> entries;
  for (std::size_t r = 0; r < rankings.size(); ++r) {
    for (std::size_t i = 0; i < rankings[r].size(); ++i) {
      entries.push_back({rankings[r][i], r, 1 / static_cast<double>(offset + static_cast<long long>(i) + 1)});
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.id, a.ranking) < std::tie(b.id, b.ranking);
  });

  std::vector<Entry> fused;
  for (const Entry& entry : entries) {
    if (fused.empty() || fused.back().id != entry.id) {
      fused.push_back(entry);
    } else {
      fused.back().part += entry.part;
    }
  }
  // Equal scores stay in the order of their ids.
  std::stable_sort(fused.begin(), fused.end(),
                   [](const Entry& a, const Entry& b) { return a.part > b.part; });
  fused.resize(std::min(fused.size(), static_cast<std::size_t>(limit)));

  std::vector<std::tuple<std::string, double>> page;
  page.reserve(fused.size());
  for (const Entry& entry : fused) page.emplace_back(entry.id, entry.part);
  return page;
}
