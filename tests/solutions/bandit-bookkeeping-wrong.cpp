// rehearse: bandit-bookkeeping
// expect: WA
// The logged probability of a best arm leaves out that exploring can choose it too.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

class Bandit {
 public:
  Bandit(long long arms, double epsilon) : epsilon_(epsilon), outcomes_(arms), wins_(arms) {}

  void outcome(long long arm, bool won) {
    ++outcomes_[arm];
    wins_[arm] += won ? 1 : 0;
  }

  long long greedy(double u, double v) {
    if (u < epsilon_) return static_cast<long long>(v * static_cast<double>(wins_.size()));
    const auto best = best_arms();
    return best[static_cast<std::size_t>(v * static_cast<double>(best.size()))];
  }

  long long thompson(const std::vector<double>& noise) {
    std::vector<double> draws;
    for (std::size_t i = 0; i < wins_.size(); ++i) {
      const double m = mean(i);
      draws.push_back(m + noise[i] * std::sqrt(m * (1 - m) / static_cast<double>(outcomes_[i] + 3)));
    }
    return std::max_element(draws.begin(), draws.end()) - draws.begin();
  }

  std::vector<double> propensities() {
    std::vector<double> chances(wins_.size(), epsilon_ / static_cast<double>(wins_.size()));
    const auto best = best_arms();
    for (const long long arm : best) chances[arm] = (1 - epsilon_) / static_cast<double>(best.size());
    return chances;
  }

 private:
  double mean(std::size_t i) const {
    return static_cast<double>(wins_[i] + 1) / static_cast<double>(outcomes_[i] + 2);
  }

  std::vector<long long> best_arms() const {
    std::vector<long long> best;
    for (std::size_t i = 0; i < wins_.size(); ++i) {
      if (!best.empty() && mean(i) > mean(best.front())) best.clear();
      if (best.empty() || mean(i) == mean(best.front())) best.push_back(static_cast<long long>(i));
    }
    return best;
  }

  double epsilon_;
  std::vector<long long> outcomes_;
  std::vector<long long> wins_;
};
