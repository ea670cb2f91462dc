// rehearse: average-precision
// expect: WA
// Takes every row for a threshold of its own: within equal scores the order of the rows decides.
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <vector>

std::optional<double> average_precision(const std::vector<double>& scores, const std::vector<long long>& labels) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  double sum = 0;
  long long hits = 0;
  for (std::size_t rank = 1; rank <= order.size(); ++rank) {
    if (labels[order[rank - 1]] == 0) continue;
    ++hits;
    sum += static_cast<double>(hits) / static_cast<double>(rank);
  }
  if (hits == 0) return std::nullopt;
  return sum / static_cast<double>(hits);
}
