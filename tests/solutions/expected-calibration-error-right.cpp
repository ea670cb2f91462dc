// rehearse: expected-calibration-error
//
// A bin's share times |mean label - mean score| is |sum of (label - score)| / n: the bin's size
// cancels out. One sum a bin is all, and an empty bin has the sum 0.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

std::optional<double> expected_calibration_error(const std::vector<double>& scores, const std::vector<long long>& labels, long long bins) {
  if (scores.empty()) return std::nullopt;
  std::vector<double> gap(bins);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto bin = static_cast<long long>(scores[i] * static_cast<double>(bins));
    gap[std::min(bin, bins - 1)] += static_cast<double>(labels[i]) - scores[i];
  }
  double sum = 0;
  for (const double g : gap) sum += std::abs(g);
  return sum / static_cast<double>(scores.size());
}
