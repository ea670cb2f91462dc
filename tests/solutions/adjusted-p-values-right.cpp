// rehearse: adjusted-p-values
//
// The larger |z|, the smaller p, so the slices are sorted by |z|. From the smallest |z| on, at rank
// m, the smallest of m · p / rank so far is what a slice gets.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

std::vector<double> adjusted_p_values(const std::vector<std::tuple<long long, long long, long long, long long>>& slices) {
  std::vector<double> adjusted(slices.size(), std::numeric_limits<double>::quiet_NaN());
  std::vector<std::pair<double, std::size_t>> tested;  // |z|, index
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const auto [c1, n1, c2, n2] = slices[i];
    if (n1 == 0 || n2 == 0 || c1 + c2 == 0 || c1 + c2 == n1 + n2) continue;
    const auto users1 = static_cast<double>(n1);
    const auto users2 = static_cast<double>(n2);
    const double s = static_cast<double>(c1 + c2) / (users1 + users2);
    const double rest = static_cast<double>(n1 + n2 - c1 - c2) / (users1 + users2);
    const double gap = static_cast<double>(c2) / users2 - static_cast<double>(c1) / users1;
    tested.emplace_back(std::abs(gap) / std::sqrt(s * rest * (1 / users1 + 1 / users2)), i);
  }
  std::sort(tested.begin(), tested.end());

  const auto m = static_cast<double>(tested.size());
  double smallest = std::numeric_limits<double>::infinity();
  double rank = m;
  for (const auto& [z, i] : tested) {
    smallest = std::min(smallest, m * std::erfc(z / std::sqrt(2.0)) / rank--);
    adjusted[i] = smallest;
  }
  return adjusted;
}
