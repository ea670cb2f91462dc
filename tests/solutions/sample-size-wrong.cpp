// rehearse: sample-size
// expect: WA
// Rounds up twice: once for the users whose outcome is known, and once more for those assigned.
#include <cmath>
#include <optional>

namespace {

double quantile(double q) {
  double low = -7;
  double high = 7;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    ((1 + std::erf(middle / std::sqrt(2.0))) / 2 < q ? low : high) = middle;
  }
  return low;
}

}  // namespace

std::optional<long long> sample_size(double base, double change, double alpha, double power, double attrition) {
  const double other = base + change;
  if (change == 0 || base <= 0 || base >= 1 || other <= 0 || other >= 1) return std::nullopt;
  const double z = quantile(1 - alpha / 2) + quantile(power);
  const double variance = base * (1 - base) + other * (1 - other);
  const double known = std::ceil(z * z * variance / (change * change));
  return static_cast<long long>(std::ceil(known / (1 - attrition)));
}
