// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every benchmark needs: a stopwatch, the best of a few runs, and a line that shows a figure
// beside its limit. A benchmark is a plain program: tests/bench/<room>_<what>_bench.cpp, whose line
// `// rooms: engine/sim engine/models` names the rooms it links. `cmake --build … --target bench`
// builds and runs them all; figures are for people, and no test depends on the clock.
//
//   rehearse::bench::line("impressions", rate, "M/s", rehearse::bench::at_least(2.0));
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>

namespace rehearse::bench {

// Seconds of wall time of one call.
template <class Work>
double seconds(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// The best of `runs`: what the machine can do when nothing disturbs it.
template <class Work>
double best_seconds(int runs, Work&& work) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < runs; ++i) best = std::min(best, seconds(work));
  return best;
}

// Keeps a result, and with it the work that made it, from being optimized away.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

struct Limit {
  enum class Sense { none, most, least } sense = Sense::none;
  double value = 0;
};
inline Limit at_most(double value) { return {Limit::Sense::most, value}; }
inline Limit at_least(double value) { return {Limit::Sense::least, value}; }

// Prints `what  figure unit  (limit: … ok|MISSED)`.
inline void line(const std::string& what, double figure, const std::string& unit,
                 Limit limit = {}) {
  std::string verdict;
  if (limit.sense != Limit::Sense::none) {
    const bool most = limit.sense == Limit::Sense::most;
    const bool kept = most ? figure <= limit.value : figure >= limit.value;
    verdict = fmt::format("  (limit: {} {:g}, {})", most ? "≤" : "≥", limit.value,
                          kept ? "ok" : "MISSED");
  }
  fmt::print("{:<44} {:>10.4g} {}{}\n", what, figure, unit, verdict);
}

}  // namespace rehearse::bench
