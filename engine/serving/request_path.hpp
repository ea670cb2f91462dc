// SPDX-License-Identifier: GPL-3.0-or-later
//
// The way of one request for a ranked list, and what it costs: either a list that was made
// beforehand is looked up, or features are fetched and stages of scoring run, each on fewer rows
// than the one before; who is not done by the deadline gets a fallback list.
//
//   arrive ─ in the cache? ─ yes ─ look it up ──────────────────────────────→ cached
//                          └ no ── fetch ─ line ─ overhead + Σ rows · µs ───→ online
//                                                 (longer than the deadline → fallback)
//
//   cores to make lists   users · (24 / refresh_hours) · service / 86,400 s
//
// Use it to choose between one large model and a cascade, and between scoring online and looking
// up. Percentiles come from simulated requests of both ways together: those of a mixture are no
// mixture of percentiles. Servers stand in queue.hpp, whose draws are used. A request past its
// deadline still holds its server until it is done: nobody tells the server.
#pragma once

#include <string>
#include <vector>

#include "engine/serving/queue.hpp"

namespace rehearse::serving {

struct ScoringStage {
  double rows = 0;        // scored for each request, [0, 1e7]
  double us_per_row = 0;  // [0, 1e6]
};

struct RequestPathOptions {
  double rate_per_s = 200;  // (0, 1e6]
  int servers = 8;          // cores, [1, 1000]
  std::vector<ScoringStage> stages;
  double overhead_ms = 1;            // of each request that is scored, [0, 1000]
  double cv = 0.2;                   // of the time that stages take (lognormal), [0, 10]
  double fetch_ms = 4;               // mean, exponential, [0, 1e6]
  double cached = 0;                 // share of requests that find a list, [0, 1]
  double lookup_ms = 2;              // mean, exponential, [0, 1e6]
  double deadline_ms = 0;            // 0: none; [0, 1e6]
  double users = 1e6;                // whose lists are made where cached > 0, [0, 1e10]
  double refresh_hours = 12;         // a list is made anew so often, (0, 8760]
  double price_per_core_month = 30;  // [0, 1e6]
  std::size_t requests = 20000;      // [100, 2e6]
  std::uint64_t seed = 1, replicate = 0;
};

enum class AnsweredBy { online, cached, fallback };
const char* answered_by_name(AnsweredBy way);  // online, cached, fallback

struct Answer {
  double latency_ms = 0;
  AnsweredBy way = AnsweredBy::online;
};

struct RequestPathReport {
  double service_ms = 0;                        // of a request that is scored: overhead and stages
  double utilization = 0;                       // of the servers
  double online = 0, cached = 0, fallback = 0;  // shares of requests
  double mean_ms = 0;
  Percentile p50, p95, p99;
  double list_cores = 0;      // to make lists
  double cost_per_month = 0;  // of servers and list cores
};

struct RequestPath {
  RequestPathReport report;
  std::vector<Answer> answers;  // in order of arrival
};
// Where the line only grows (utilization ≥ 1), everybody in it waits longer than any deadline in
// the end: with a deadline all of them get the fallback, without one latencies are undefined and
// there are no answers. O(requests log requests). Errors: an option out of its range (named);
// cancelled.
Result<RequestPath> simulate_request_path(const RequestPathOptions& options,
                                          const Progress& progress = {});

}  // namespace rehearse::serving
