// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/pareto.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rehearse::metrics {
namespace {

// Higher is better in all of them.
using Options = std::vector<std::vector<double>>;  // [option][objective]

bool beats(const std::vector<double>& a, const std::vector<double>& b) {
  bool better = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] < b[i]) return false;
    better = better || a[i] > b[i];
  }
  return better;
}

// From the best of the first objective down: an option is beaten exactly when one before it with a
// strictly better first is as good in the second, or one with the same first is better in it.
void sweep_two(const Options& options, std::vector<std::size_t>& order,
               std::vector<std::uint8_t>& front) {
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return options[a] > options[b];  // lexicographic
  });
  double best = -std::numeric_limits<double>::infinity();
  bool any = false;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    const double first = options[order[begin]][0], second = options[order[begin]][1];
    while (end < order.size() && options[order[end]][0] == first) ++end;
    if (!any || second > best)
      for (std::size_t i = begin; i < end && options[order[i]][1] == second; ++i)
        front[order[i]] = 1;
    best = std::max(best, second), any = true;
    begin = end;
  }
}

}  // namespace

Result<std::vector<std::uint8_t>> pareto_front(std::span<const Objective> objectives) {
  if (objectives.empty())
    return fail(Code::invalid_argument, "a front needs at least one objective");
  const std::size_t n = objectives[0].values.size();
  Options options(n);
  for (const Objective& objective : objectives) {
    if (objective.values.size() != n)
      return fail(Code::invalid_argument, "one objective has {} values and another {}", n,
                  objective.values.size());
    for (std::size_t i = 0; i < n; ++i)
      options[i].push_back(objective.better == Better::high ? objective.values[i]
                                                            : -objective.values[i]);
  }
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < n; ++i)
    if (std::none_of(options[i].begin(), options[i].end(), [](double v) { return std::isnan(v); }))
      known.push_back(i);
  std::vector<std::uint8_t> front(n, 0);
  if (objectives.size() == 1) {
    for (const std::size_t i : known) options[i].push_back(0);
    sweep_two(options, known, front);
  } else if (objectives.size() == 2) {
    sweep_two(options, known, front);
  } else {
    for (const std::size_t i : known)
      front[i] = std::none_of(known.begin(), known.end(),
                              [&](std::size_t j) { return beats(options[j], options[i]); });
  }
  return front;
}

}  // namespace rehearse::metrics
