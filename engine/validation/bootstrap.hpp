// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bootstrap intervals of any statistic of rows (Efron 1979), of rows or of clusters of rows
// (Davison and Hinkley 1997, section 3.8): draw as many units as there are, with replacement,
// compute the statistic, repeat; the interval lies between the quantiles of what came out.
//
// Resample what was drawn. Impressions of one user share the user: taken as independent they
// pretend to know more than they do, and the interval is too narrow by about the square root of
//
//   1 + (m - 1) ρ            m rows a cluster, ρ their intraclass correlation (Kish 1965)
//
// Percentile intervals need some 30 clusters, and more where few of them hold the positives. For a
// mean the closed form is cheaper; it is given below, and checks this one.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"
#include "engine/metrics/scored.hpp"

namespace rehearse::validation {

// A statistic of the rows listed, in which a row may stand several times.
using Statistic = std::function<Result<metrics::Measure>(std::span<const std::uint32_t> rows)>;

struct BootstrapOptions {
  int replicates = 200;  // [20, 10000]
  double level = 0.95;   // (0, 1)
  std::uint64_t seed = 1, replicate = 0;
};

struct Interval {
  double value = 0;  // of all rows
  double low = 0, high = 0, standard_error = 0;
  std::size_t units = 0;  // what was resampled
  int undefined = 0;      // replicates in which the statistic was undefined; they are left out
  std::string why;        // not empty: there is no interval, and this is the reason
};

// `clusters` says whose each row is; empty: each row is a unit of its own. Type-7 quantiles.
// Errors: an option out of range, no rows, sizes that differ, an error of the statistic, cancelled.
// O(replicates · cost of the statistic).
Result<Interval> bootstrap(std::size_t rows, std::span<const std::uint64_t> clusters,
                           const Statistic& statistic, const BootstrapOptions& options = {},
                           const Progress& progress = {});

// Standard error of a mean whose rows come in clusters: √(G/(G-1) Σ_g (Σ_{i in g} (y_i - ȳ))²) / n,
// the linearised ratio of two sums (Liang, Zeger 1986). Sizes equal, two clusters (asserted).
double clustered_standard_error(std::span<const double> values,
                                std::span<const std::uint64_t> clusters);

// How often an interval holds the truth, by drawing small samples of whole clusters from a table
// that is taken as the population: its own value is then the truth.
struct CoverageOptions {
  int sample_clusters = 80;  // [10, a third of the clusters]
  int samples = 100;         // [20, 10000]
  BootstrapOptions bootstrap = {.replicates = 100};
};
struct Coverage {
  double truth = 0;
  struct Kind {
    double share = 0;  // of samples whose interval held the truth
    double width = 0;  // mean
    int samples = 0;   // with an interval
  } rows, clusters;
  struct Sample {
    Interval rows, clusters;
  };
  std::vector<Sample> samples;
};
Result<Coverage> coverage(std::span<const std::uint64_t> clusters, const Statistic& statistic,
                          const CoverageOptions& options = {}, const Progress& progress = {});

}  // namespace rehearse::validation
