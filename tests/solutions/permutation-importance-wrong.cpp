// rehearse: permutation-importance
// expect: WA
// Divides the squares by the number of shuffles, not by one less; a single shuffle then varies by 0.
#include <cmath>
#include <cstddef>
#include <tuple>
#include <vector>

std::vector<std::tuple<double, double>> permutation_importance(const std::vector<std::vector<double>>& rows, const std::vector<double>& labels, const std::vector<double>& weights, double bias, const std::vector<std::vector<long long>>& shuffles) {
  const std::size_t n = rows.size();
  std::vector<double> residuals(n);
  double untouched = 0;
  for (std::size_t i = 0; i < n; ++i) {
    residuals[i] = labels[i] - bias;
    for (std::size_t j = 0; j < weights.size(); ++j) residuals[i] -= weights[j] * rows[i][j];
    untouched += residuals[i] * residuals[i];
  }

  std::vector<std::tuple<double, double>> answer;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    std::vector<double> rises;
    double mean = 0;
    for (const auto& shuffle : shuffles) {
      double loss = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const double r = residuals[i] - weights[j] * (rows[shuffle[i]][j] - rows[i][j]);
        loss += r * r;
      }
      rises.push_back((loss - untouched) / static_cast<double>(n));
      mean += rises.back() / static_cast<double>(shuffles.size());
    }
    double squares = 0;
    for (const double rise : rises) squares += (rise - mean) * (rise - mean);
    answer.emplace_back(mean, std::sqrt(squares / static_cast<double>(rises.size())));
  }
  return answer;
}
