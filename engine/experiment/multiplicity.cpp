// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/multiplicity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rehearse::experiment {

std::vector<double> bonferroni(std::span<const double> p) {
  const auto m = static_cast<double>(
      std::count_if(p.begin(), p.end(), [](double v) { return !std::isnan(v); }));
  std::vector<double> adjusted(p.begin(), p.end());
  for (double& v : adjusted)
    if (!std::isnan(v)) v = std::min(1.0, m * v);
  return adjusted;
}

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i)
    if (!std::isnan(p[i])) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&p](auto a, auto b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size(), std::numeric_limits<double>::quiet_NaN());
  double highest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    highest = std::max(highest, static_cast<double>(order.size() - rank) * p[order[rank]]);
    adjusted[order[rank]] = std::min(1.0, highest);
  }
  return adjusted;
}

}  // namespace rehearse::experiment
