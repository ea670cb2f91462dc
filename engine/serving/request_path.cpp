// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/request_path.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/random.hpp"
#include "engine/base/ranges.hpp"

namespace rehearse::serving {
namespace {

constexpr double kHoursPerDay = 24, kSecondsPerDay = 86400;

Result<void> check_path(const RequestPathOptions& o) {
  if (auto fine = check_ranges({{"rate", o.rate_per_s, 1e-6, 1e6},
                                {"servers", o.servers, 1, 1000},
                                {"overhead_ms", o.overhead_ms, 0, 1000},
                                {"cv", o.cv, 0, 10},
                                {"fetch_ms", o.fetch_ms, 0, 1e6},
                                {"cached", o.cached, 0, 1},
                                {"lookup_ms", o.lookup_ms, 0, 1e6},
                                {"deadline_ms", o.deadline_ms, 0, 1e6},
                                {"users", o.users, 0, 1e10},
                                {"refresh_hours", o.refresh_hours, 1e-3, 8760},
                                {"price", o.price_per_core_month, 0, 1e6},
                                {"requests", o.requests, 100, 2e6}});
      !fine)
    return fine;
  for (const ScoringStage& stage : o.stages)
    if (!(stage.rows >= 0 && stage.rows <= 1e7 && stage.us_per_row >= 0 && stage.us_per_row <= 1e6))
      return fail(Code::invalid_argument,
                  "a stage of {:g} rows at {:g} µs; rows lie from 0 to 1e7 and µs from 0 to 1e6",
                  stage.rows, stage.us_per_row);
  return {};
}

double stages_ms(const RequestPathOptions& o) {
  double ms = 0;
  for (const ScoringStage& stage : o.stages) ms += stage.rows * stage.us_per_row * 1e-3;
  return ms;
}

// The line of those who find no list; arrivals are thinned Poisson arrivals, hence Poisson.
QueueOptions line_of(const RequestPathOptions& o, std::size_t requests) {
  QueueOptions queue;
  queue.rate_per_s = o.rate_per_s * (1 - o.cached), queue.servers = o.servers;
  queue.service = {o.cv > 0 ? LawKind::lognormal : LawKind::deterministic, stages_ms(o), o.cv};
  queue.overhead_ms = o.overhead_ms;
  queue.miss = {LawKind::exponential, o.fetch_ms, 1};
  queue.requests = requests, queue.seed = o.seed, queue.replicate = o.replicate;
  return queue;
}

void fill_report(RequestPathReport& report, const std::vector<Answer>& answers) {
  std::vector<double> latency;
  double ways[3] = {0, 0, 0};
  for (const Answer& a : answers) {
    latency.push_back(a.latency_ms), ways[static_cast<std::size_t>(a.way)] += 1;
    report.mean_ms += a.latency_ms / static_cast<double>(answers.size());
  }
  const auto n = static_cast<double>(answers.size());
  report.online = ways[0] / n, report.cached = ways[1] / n, report.fallback = ways[2] / n;
  report.p50 = percentile(latency, 0.5), report.p95 = percentile(latency, 0.95);
  report.p99 = percentile(latency, 0.99);
}

void leave_undefined(RequestPathReport& report, double cached) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  report.online = 1 - cached, report.cached = cached, report.mean_ms = none;
  report.p50 = report.p95 = report.p99 = {
      none, none, none,
      fmt::format("the servers are asked for {:.2f} times what they can do: the line grows for "
                  "ever",
                  report.utilization)};
}

// Latency of each scored request in ms, in order of arrival; empty where none is scored.
Result<std::vector<double>> scored_latencies(const RequestPathOptions& o, std::size_t scored,
                                             double utilization, const Progress& progress) {
  if (scored == 0) return std::vector<double>();
  if (utilization >= 1) return std::vector<double>(scored, o.deadline_ms * 2);
  auto requests = simulate_queue(line_of(o, scored), progress);
  if (!requests) return fail(requests.error());
  std::vector<double> latency;
  for (const Request& r : *requests) latency.push_back(r.latency_ms());
  return latency;
}

}  // namespace

const char* answered_by_name(AnsweredBy way) {
  switch (way) {
    case AnsweredBy::online: return "online";
    case AnsweredBy::cached: return "cached";
    case AnsweredBy::fallback: return "fallback";
  }
  return "";
}

Result<RequestPath> simulate_request_path(const RequestPathOptions& o, const Progress& progress) {
  if (auto fine = check_path(o); !fine) return fail(fine.error());
  RequestPath path;
  RequestPathReport& report = path.report;
  report.service_ms = o.overhead_ms + stages_ms(o);
  report.utilization = o.rate_per_s * (1 - o.cached) * report.service_ms * 1e-3 / o.servers;
  if (o.cached > 0)
    report.list_cores =
        o.users * kHoursPerDay / o.refresh_hours * report.service_ms * 1e-3 / kSecondsPerDay;
  report.cost_per_month = (o.servers + report.list_cores) * o.price_per_core_month;
  if (report.utilization >= 1 && o.deadline_ms == 0) {
    leave_undefined(report, o.cached);
    return path;
  }
  // Whether request i finds a list is its own draw, so that another rate meets the same requests.
  const StreamKey finds = stream_key(o.seed, "serving.list"),
                  looks = stream_key(o.seed, "serving.lookup");
  std::vector<bool> found;
  for (std::size_t i = 0; i < o.requests; ++i)
    found.push_back(Stream(finds, o.replicate, i).uniform() < o.cached);
  const auto scored = static_cast<std::size_t>(std::count(found.begin(), found.end(), false));
  auto latency = scored_latencies(o, scored, report.utilization, progress);
  if (!latency) return fail(latency.error());
  std::size_t next = 0;
  for (std::size_t i = 0; i < o.requests; ++i) {
    Answer answer{0, AnsweredBy::cached};
    if (found[i])
      answer.latency_ms = o.lookup_ms * Stream(looks, o.replicate, i).exponential();
    else
      answer = {(*latency)[next++], AnsweredBy::online};
    if (o.deadline_ms > 0 && answer.latency_ms > o.deadline_ms)
      answer = {o.deadline_ms, AnsweredBy::fallback};
    path.answers.push_back(answer);
  }
  fill_report(report, path.answers);
  return path;
}

}  // namespace rehearse::serving
