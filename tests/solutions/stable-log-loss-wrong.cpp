// rehearse: stable-log-loss
// expect: WA
// Goes by way of the probability and clips it: no row can cost more than about 34.5.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

std::optional<double> log_loss_from_logits(const std::vector<double>& logits, const std::vector<long long>& labels) {
  if (logits.empty()) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double p = std::clamp(1 / (1 + std::exp(-logits[i])), 1e-15, 1 - 1e-15);
    sum -= labels[i] == 1 ? std::log(p) : std::log(1 - p);
  }
  return sum / static_cast<double>(logits.size());
}
