// rehearse: baseline-errors
// expect: WA
// Takes the past row that comes last in the list for the last value, though the rows are in no order.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <tuple>
#include <vector>

std::optional<std::tuple<double, double, double, double>> baseline_errors(const std::vector<std::tuple<long long, double>>& rows, long long split) {
  std::vector<double> past;
  std::vector<double> future;
  for (const auto& [time, value] : rows) (time < split ? past : future).push_back(value);
  if (past.empty() || future.empty()) return std::nullopt;

  const double last = past.back();
  double mean = 0;
  double prior = 0;
  for (const double value : past) {
    mean += value / static_cast<double>(past.size());
    prior += (value > 0 ? 1.0 : 0.0) / static_cast<double>(past.size());
  }
  std::sort(past.begin(), past.end());
  const std::size_t half = past.size() / 2;
  const double median = past.size() % 2 == 1 ? past[half] : (past[half - 1] + past[half]) / 2;

  double errors[4] = {0, 0, 0, 0};
  for (const double value : future) {
    errors[0] += std::abs(value - mean);
    errors[1] += std::abs(value - median);
    errors[2] += std::abs(value - last);
    errors[3] += std::pow((value > 0 ? 1.0 : 0.0) - prior, 2);
  }
  for (double& error : errors) error /= static_cast<double>(future.size());
  return std::tuple(errors[0], errors[1], errors[2], errors[3]);
}
