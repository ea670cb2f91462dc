// rehearse: ks-distance
// expect: WA
// Merges one value at a time and looks at the gap in the middle of equal values too.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

std::optional<double> ks_distance(const std::vector<double>& reference, const std::vector<double>& current) {
  if (reference.empty() || current.empty()) return std::nullopt;
  std::vector<double> f = reference;
  std::vector<double> g = current;
  std::sort(f.begin(), f.end());
  std::sort(g.begin(), g.end());
  double widest = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < f.size() && j < g.size()) {
    if (f[i] <= g[j]) {
      ++i;
    } else {
      ++j;
    }
    widest = std::max(widest, std::abs(static_cast<double>(i) / static_cast<double>(f.size()) -
                                       static_cast<double>(j) / static_cast<double>(g.size())));
  }
  return widest;
}
