// rehearse: best-threshold
//
// From below: at first everything is flagged, and each step up lets go of the comments of one score.
// A later threshold is a higher one, so it wins a tie.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

std::optional<std::tuple<double, double>> best_threshold(const std::vector<double>& scores, const std::vector<long long>& labels, double beta) {
  std::vector<std::pair<double, long long>> rows;
  rows.reserve(scores.size());
  long long positives = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    rows.emplace_back(scores[i], labels[i]);
    positives += labels[i];
  }
  if (positives == 0) return std::nullopt;
  std::sort(rows.begin(), rows.end());

  std::tuple<double, double> best{0, -1};
  long long hits = positives;
  const double square = beta * beta;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || rows[i].first != rows[i - 1].first) {
      const auto flagged = static_cast<double>(rows.size() - i);
      const double f = (1 + square) * static_cast<double>(hits) /
                       (square * static_cast<double>(positives) + flagged);
      if (f >= std::get<1>(best)) best = {rows[i].first, f};
    }
    hits -= rows[i].second;
  }
  return best;
}
