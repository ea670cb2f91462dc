// rehearse: platt-scaling
// expect: WA
// Fits 1 / (1 + e^-(A f + B)), the sign that one is used to: both parameters come out negated.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <tuple>
#include <vector>

std::optional<std::tuple<double, double>> platt_scaling(const std::vector<double>& scores, const std::vector<long long>& labels) {
  if (scores.empty()) return std::nullopt;
  const auto [low, high] = std::minmax_element(scores.begin(), scores.end());
  if (*low == *high) return std::nullopt;
  const auto spam = static_cast<double>(std::count(labels.begin(), labels.end(), 1));
  const double rest = static_cast<double>(labels.size()) - spam;

  const auto target = [&](std::size_t i) { return labels[i] == 1 ? (spam + 1) / (spam + 2) : 1 / (rest + 2); };
  const auto loss = [&](double a, double b) {
    double sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const double s = a * scores[i] + b;
      sum += std::max(s, 0.0) + std::log1p(std::exp(-std::abs(s))) - target(i) * s;
    }
    return sum;
  };

  double a = 0;
  double b = 0;
  for (int round = 0; round < 40; ++round) {
    double ga = 0, gb = 0, haa = 1e-12, hab = 0, hbb = 1e-12;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const double f = scores[i];
      const double p = 1 / (1 + std::exp(-(a * f + b)));
      ga += (p - target(i)) * f;
      gb += p - target(i);
      haa += p * (1 - p) * f * f;
      hab += p * (1 - p) * f;
      hbb += p * (1 - p);
    }
    const double determinant = haa * hbb - hab * hab;
    const double da = (hbb * ga - hab * gb) / determinant;
    const double db = (haa * gb - hab * ga) / determinant;
    double step = 1;
    while (step > 1e-6 && loss(a - step * da, b - step * db) > loss(a, b)) step /= 2;
    a -= step * da;
    b -= step * db;
  }
  return std::tuple(a, b);
}
