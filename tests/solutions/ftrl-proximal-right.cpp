// rehearse: ftrl-proximal
//
// Only (z, n) is kept, in a hash map; a weight is worked out whenever it is asked for. `learn` looks
// each feature up once and remembers its weight, so that every update sees the row's old weights.
#include <cmath>
#include <cstddef>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

class FtrlProximal {
 public:
  FtrlProximal(double alpha, double beta, double l1, double l2)
      : alpha_(alpha), beta_(beta), l1_(l1), l2_(l2) {}

  double predict(const std::vector<std::tuple<long long, double>>& features) {
    double s = 0;
    for (const auto& [feature, x] : features) s += weight(feature) * x;
    return probability(s);
  }

  double learn(const std::vector<std::tuple<long long, double>>& features, long long label) {
    std::vector<std::pair<State*, double>> row;
    row.reserve(features.size());
    double s = 0;
    for (const auto& [feature, x] : features) {
      State* state = &states_[feature];
      row.emplace_back(state, weight_of(*state));
      s += row.back().second * x;
    }
    const double p = probability(s);
    for (std::size_t j = 0; j < row.size(); ++j) {
      auto& [state, w] = row[j];
      const double g = (p - static_cast<double>(label)) * std::get<1>(features[j]);
      const double sigma = (std::sqrt(state->n + g * g) - std::sqrt(state->n)) / alpha_;
      state->z += g - sigma * w;
      state->n += g * g;
    }
    return p;
  }

  double weight(long long feature) {
    const auto it = states_.find(feature);
    return it == states_.end() ? 0 : weight_of(it->second);
  }

 private:
  struct State {
    double z = 0;
    double n = 0;
  };

  double weight_of(const State& state) const {
    if (std::abs(state.z) <= l1_) return 0;
    return -(state.z - std::copysign(l1_, state.z)) / ((beta_ + std::sqrt(state.n)) / alpha_ + l2_);
  }

  static double probability(double s) { return 1 / (1 + std::exp(-s)); }

  double alpha_;
  double beta_;
  double l1_;
  double l2_;
  std::unordered_map<long long, State> states_;
};
