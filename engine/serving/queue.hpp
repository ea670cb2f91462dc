// SPDX-License-Identifier: GPL-3.0-or-later
//
// A serving queue, simulated request by request in integer nanoseconds.
//
//   arrive (Poisson) → fetch features (cache hit or miss) → wait → served in a batch → answered
//
// Fetching takes no server: it is waiting for a store. Then one line, first come first served, and
// c servers alike. A server that is free takes what is there once a full batch waits, or once the
// first of the line has waited `batch_wait`; it is busy for
//
//   overhead + Σ service of the requests in the batch
//
// Use it for latencies: percentiles of a sum are no sums of percentiles, so the end-to-end p99 is
// read off simulated requests and never added up. For the mean of a plain queue closed_form.hpp
// knows the answer.
//
// Gap i between arrivals, fetch i and service i are drawn from streams of request i: a faster
// service or a higher rate meets the same requests.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::serving {

enum class LawKind { deterministic, exponential, lognormal };
// "deterministic", "exponential", "lognormal".
Result<LawKind> parse_law(std::string_view name);

// A random time. cv, the standard deviation over the mean, is of the lognormal law alone.
struct TimeLaw {
  LawKind kind = LawKind::deterministic;
  double mean_ms = 0;  // [0, 1e6]
  double cv = 1;       // [0, 10]
};

struct QueueOptions {
  double rate_per_s = 100;                                         // (0, 1e6]
  int servers = 1;                                                 // [1, 1000]
  TimeLaw service = {.kind = LawKind::exponential, .mean_ms = 5};  // of one request
  int batch = 1;                 // requests served together at most, [1, 1024]
  double batch_wait_ms = 0;      // how long the first of the line waits for company, [0, 1000]
  double overhead_ms = 0;        // of each batch, [0, 1000]
  double cache_hit = 0;          // share of requests whose features are in the cache, [0, 1]
  TimeLaw hit = {}, miss = {};   // time to fetch them
  std::size_t requests = 20000;  // [1, 5e6], after a tenth more that warms up and is not counted
  std::uint64_t seed = 1;
  std::uint64_t replicate = 0;
};

// One answered request; times in nanoseconds from the first arrival of the run.
struct Request {
  std::int64_t arrival = 0, ready = 0, start = 0, end = 0;
  std::uint16_t batch = 1;  // how many were served together
  bool hit = false;

  double latency_ms() const { return static_cast<double>(end - arrival) * 1e-6; }
  double fetch_ms() const { return static_cast<double>(ready - arrival) * 1e-6; }
  double wait_ms() const { return static_cast<double>(start - ready) * 1e-6; }
};

// Share of the servers' time that is asked for, in full batches: at 1 and beyond the line only
// grows, and every percentile is a matter of how long one looks.
double utilization(const QueueOptions& options);

// In order of arrival. O(requests · log). Errors: an option out of its range; cancelled.
Result<std::vector<Request>> simulate_queue(const QueueOptions& options,
                                            const Progress& progress = {});

// A percentile with what is known of it.
struct Percentile {
  double value = 0;          // NaN exactly when `why` is not empty
  double low = 0, high = 0;  // 95% interval, NaN where there are too few requests for one
  std::string why = {};
};
// Type 7 quantile of the values. Undefined with fewer than 10 values beyond it. The interval comes
// from ten blocks in order of time (requests near each other wait together, so that the order
// statistics' own interval would be too narrow), t with nine degrees of freedom.
Percentile percentile(std::span<const double> values, double p);

}  // namespace rehearse::serving
