// rehearse: roc-auc
//
// Sort clicks and skips apart and walk through both: for each click, in rising order, the skips
// below it and the skips at most it. Their sum counts every win twice and every tie once.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

std::optional<double> roc_auc(const std::vector<double>& scores, const std::vector<long long>& labels) {
  std::vector<double> clicks;
  std::vector<double> skips;
  for (std::size_t i = 0; i < scores.size(); ++i) (labels[i] == 1 ? clicks : skips).push_back(scores[i]);
  if (clicks.empty() || skips.empty()) return std::nullopt;
  std::sort(clicks.begin(), clicks.end());
  std::sort(skips.begin(), skips.end());

  long long half_wins = 0;
  std::size_t below = 0;
  std::size_t at_most = 0;
  for (const double click : clicks) {
    while (below < skips.size() && skips[below] < click) ++below;
    while (at_most < skips.size() && skips[at_most] <= click) ++at_most;
    half_wins += static_cast<long long>(below + at_most);
  }
  return static_cast<double>(half_wins) / 2 / static_cast<double>(clicks.size()) /
         static_cast<double>(skips.size());
}
