// rehearse: off-policy-value
//
// One pass with three sums. A broken row ends it at once.
#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

std::optional<std::tuple<double, double, double>> off_policy_value(const std::vector<std::tuple<double, double, double>>& log, double cap) {
  double weights = 0;
  double squares = 0;
  double rewards = 0;
  for (const auto& [logged, target, reward] : log) {
    if (logged <= 0) return std::nullopt;
    const double w = std::min(target / logged, cap);
    weights += w;
    squares += w * w;
    rewards += w * reward;
  }
  if (weights == 0) return std::nullopt;  // an empty log too
  return std::tuple(rewards / static_cast<double>(log.size()), rewards / weights,
                    weights * weights / squares);
}
