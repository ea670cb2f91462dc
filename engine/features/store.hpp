// SPDX-License-Identifier: GPL-3.0-or-later
//
// An online feature store, simulated: what a model is served, beside what it was trained on.
//
// Offline, a row's feature is the value at the row's own moment: the warehouse has all the time in
// the world. Online, a job copies values into a store every so often, a copy takes a while to be
// readable, values grow too old (TTL), reads fail or are given up at a deadline, and a cache in
// front keeps what it saw. The value that the model meets is then older than the one it learned
// from, or none: training-serving skew (Sculley et al. 2015; Feast's documentation of TTL and
// materialization). Here each table's own columns are the offline truth, and the skew is counted.
//
// The value served to a row of key k at time t, read at c ≤ t (c < t only from the cache), is that
// of the last row j of k with
//
//   refresh > 0   t_j < s,  s = refresh · floor((c - delay) / refresh)     the last copy readable
//   refresh = 0   t_j < c and t_j + delay ≤ c                              written as they come
//
// if c - t_j ≤ TTL, and the read neither fails nor takes longer than the deadline. Else the
// fallback. Rows of one key and one moment (a slate) share a read. A value that was found stays in
// the cache, as it is, for cache_minutes.
//
// A read takes a lognormal time about its median (shape 0.5), and with probability slow_share an
// exponential pause more (a collection, a hot shard): the body of the distribution is the median's,
// the p99 is the pause's. Percentiles come from the simulated reads, with the order statistics that
// bound them (Conover 1999, ch. 3.2).
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::features {

enum class StoreFallback { missing, zero, mean };  // the mean of the first table's values
Result<StoreFallback> parse_store_fallback(const std::string& name);

struct StoreOptions {
  std::vector<std::string> columns = {};  // served from the store
  std::vector<std::string> entity = {};   // columns that make the key
  double refresh_hours = 24;
  double delay_minutes = 30;
  double ttl_hours = 72;
  double cache_minutes = 0;
  double lost_share = 0;  // of reads that fail although the value is there
  double read_ms = 3;     // median
  double slow_share = 0.01;
  double slow_ms = 30;  // mean of the pause
  double deadline_ms = 50;
  StoreFallback fallback = StoreFallback::missing;
  std::string time = "time";
  std::uint64_t seed = 1;
};

// The tables, taken as one history, with `columns` as served, and of role none:
//
//   store_status     text    cache, store, expired, absent (never written), lost, timeout
//   store_age_hours  double  how old the value served is; missing with a fallback
//   store_read_ms    double  of the row that made the read; missing in rows that share it
//   store_differs    bool    whether any served value is not the row's own
//   store_writes     uint8   1 where the row's value is written to the store
//
// O(n log n). Errors: no columns or entity; one is not there, or is a truth or a label; a text
// column with a fallback that is a number; an option out of its range; cancelled.
Result<std::vector<Frame>> serve_from_store(std::span<const Frame> tables,
                                            const StoreOptions& options,
                                            const Progress& progress = {});

// One row of what was served: rows, reads, the share of rows by status, differs (share of rows),
// age_hours (mean), p50_ms, p99_ms with p99_low and p99_high (95%; missing where there are too few
// reads to say), writes_per_day.
// Errors: a table that no store served.
Result<Frame> store_report(const Frame& served, const std::string& time = "time");

}  // namespace rehearse::features
