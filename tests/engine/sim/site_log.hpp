// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tests of the site share: a small site, its log, and columns as numbers.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "engine/sim/impressions.hpp"

namespace rehearse::sim {

inline SiteOptions small_site() {
  SiteOptions o;
  o.users = 400, o.days = 10, o.sessions_per_day = 1, o.seed = 5;
  return o;
}

// The small site with these columns asked for.
inline SiteOptions site_with(const std::vector<std::string>& columns) {
  SiteOptions o = small_site();
  o.columns = *ExtraSet::of(columns);
  return o;
}

inline Frame log_of(const SiteOptions& o, unsigned threads = 1) {
  auto log = simulate_impressions(o, {}, threads);
  REQUIRE(log);
  REQUIRE(log->rows() > 0);
  return std::move(*log);
}

inline std::vector<double> numbers(const Frame& f, const std::string& name) {
  const Column* column = f.find(name);
  return column ? column->numbers() : std::vector<double>();
}

inline double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

inline double variance_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return sum / static_cast<double>(values.size() - 1);
}

inline double logit(double p) { return std::log(p / (1 - p)); }

}  // namespace rehearse::sim
