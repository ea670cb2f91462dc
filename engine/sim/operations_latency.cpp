// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "engine/base/normal.hpp"
#include "engine/base/random.hpp"
#include "engine/sim/operations_world.hpp"

namespace rehearse::sim {

double mixture_quantile(std::span<const double> weight, std::span<const double> p50,
                        std::span<const double> p99, double q) {
  const double z99 = normal_quantile(0.99), z = normal_quantile(q);
  std::array<double, 8> sd{};
  assert(weight.size() <= sd.size());
  double low = INFINITY, high = -INFINITY, total = 0;
  for (std::size_t s = 0; s < weight.size(); ++s) {
    sd[s] = std::max(1e-6, std::log(p99[s] / p50[s]) / z99);
    const double own = std::log(p50[s]) + z * sd[s];
    low = std::min(low, own), high = std::max(high, own), total += weight[s];
  }
  while (high - low > 1e-9) {
    const double x = (low + high) / 2;
    double below = 0;
    for (std::size_t s = 0; s < weight.size(); ++s)
      below += weight[s] / total * normal_cdf((x - std::log(p50[s])) / sd[s]);
    (below < q ? low : high) = x;
  }
  return std::exp((low + high) / 2);
}

}  // namespace rehearse::sim
