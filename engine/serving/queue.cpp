// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/queue.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <queue>

#include "engine/base/random.hpp"

namespace rehearse::serving {
namespace {

constexpr double kNanosPerMs = 1e6;
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 4;

Result<void> within(const char* name, double value, double low, double high) {
  if (value >= low && value <= high) return {};
  return fail(Code::invalid_argument, "queue: {} is {:g}; it lies in [{:g}, {:g}]", name, value,
              low, high);
}

Result<void> validate(const QueueOptions& o) {
  for (const auto& check :
       {within("rate_per_s", o.rate_per_s, 1e-6, 1e6), within("servers", o.servers, 1, 1000),
        within("batch", o.batch, 1, 1024), within("batch_wait_ms", o.batch_wait_ms, 0, 1000),
        within("overhead_ms", o.overhead_ms, 0, 1000), within("cache_hit", o.cache_hit, 0, 1),
        within("requests", static_cast<double>(o.requests), 1, 5e6),
        within("replicate", static_cast<double>(o.replicate), 0, 4294967295.0)})
    if (!check) return check;
  for (const TimeLaw* law : {&o.service, &o.hit, &o.miss}) {
    if (auto fine = within("a mean time in ms", law->mean_ms, 0, 1e6); !fine) return fine;
    if (auto fine = within("cv", law->cv, 0, 10); !fine) return fine;
  }
  return {};
}

std::int64_t draw_ns(const TimeLaw& law, Stream& stream) {
  double ms = law.mean_ms;
  if (law.kind == LawKind::exponential) ms *= stream.exponential();
  if (law.kind == LawKind::lognormal) {
    const double variance = std::log1p(law.cv * law.cv);
    ms *= std::exp(stream.normal(-variance / 2, std::sqrt(variance)));
  }
  return std::llround(ms * kNanosPerMs);
}

struct Waiting {
  std::size_t request = 0;
  std::int64_t ready = 0, service = 0;
};

// Requests with their fetch done, in the order in which they join the line.
std::vector<Waiting> arrivals(const QueueOptions& o, std::vector<Request>& requests) {
  const StreamKey gaps = stream_key(o.seed, "serving.gap"),
                  fetches = stream_key(o.seed, "serving.fetch"),
                  services = stream_key(o.seed, "serving.service");
  std::vector<Waiting> line(requests.size());
  double at = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Request& r = requests[i];
    if (i > 0) at += Stream(gaps, o.replicate, i).exponential(o.rate_per_s) * 1e9;
    r.arrival = std::llround(at);
    Stream fetch(fetches, o.replicate, i), service(services, o.replicate, i);
    r.hit = fetch.uniform() < o.cache_hit;
    r.ready = r.arrival + draw_ns(r.hit ? o.hit : o.miss, fetch);
    line[i] = {i, r.ready, draw_ns(o.service, service)};
  }
  std::stable_sort(line.begin(), line.end(),
                   [](const Waiting& a, const Waiting& b) { return a.ready < b.ready; });
  return line;
}

}  // namespace

Result<LawKind> parse_law(std::string_view name) {
  if (name == "deterministic") return LawKind::deterministic;
  if (name == "exponential") return LawKind::exponential;
  if (name == "lognormal") return LawKind::lognormal;
  return fail(Code::invalid_argument,
              "`{}` is no law of time; there are deterministic, exponential, lognormal", name);
}

double utilization(const QueueOptions& o) {
  const double busy_ms = o.overhead_ms / o.batch + o.service.mean_ms;
  return o.rate_per_s * busy_ms * 1e-3 / o.servers;
}

Result<std::vector<Request>> simulate_queue(const QueueOptions& o, const Progress& progress) {
  if (auto fine = validate(o); !fine) return fail(fine.error());
  const std::size_t warm_up = o.requests / 10;
  std::vector<Request> requests(o.requests + warm_up);
  const std::vector<Waiting> line = arrivals(o, requests);
  const std::int64_t patience = std::llround(o.batch_wait_ms * kNanosPerMs),
                     overhead = std::llround(o.overhead_ms * kNanosPerMs);
  const auto size = static_cast<std::size_t>(o.batch);
  std::priority_queue<std::int64_t, std::vector<std::int64_t>, std::greater<>> free_at;
  for (int server = 0; server < o.servers; ++server) free_at.push(0);
  for (std::size_t head = 0, batches = 0; head < line.size(); ++batches) {
    const std::int64_t full = head + size <= line.size() ? line[head + size - 1].ready : kNever;
    const std::int64_t start = std::max(free_at.top(), std::min(full, line[head].ready + patience));
    free_at.pop();
    std::size_t end = head;
    std::int64_t busy = overhead;
    while (end < line.size() && end - head < size && line[end].ready <= start)
      busy += line[end++].service;
    for (std::size_t i = head; i < end; ++i) {
      Request& r = requests[line[i].request];
      r.start = start, r.end = start + busy;
      r.batch = static_cast<std::uint16_t>(end - head);
    }
    free_at.push(start + busy);
    head = end;
    if (batches % 4096 == 0 &&
        !progress.report(static_cast<double>(head) / static_cast<double>(line.size())))
      return cancelled();
  }
  requests.erase(requests.begin(), requests.begin() + static_cast<std::ptrdiff_t>(warm_up));
  return requests;
}

namespace {

double type7(std::vector<double> values, double p) {
  const double place = p * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(place);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(low);
  std::nth_element(values.begin(), at, values.end());
  const double lower = *at;
  if (low + 1 == values.size()) return lower;
  const double upper = *std::min_element(at + 1, values.end());
  return lower + (place - static_cast<double>(low)) * (upper - lower);
}

}  // namespace

Percentile percentile(std::span<const double> values, double p) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  constexpr std::size_t kBlocks = 10;
  constexpr double kT9 = 2.2621571628;  // 97.5% point of Student's t, 9 degrees of freedom
  const double beyond = static_cast<double>(values.size()) * std::min(p, 1 - p);
  if (!(beyond >= 10 - 1e-9))
    return {kNone, kNone, kNone,
            fmt::format("not enough samples: {:.0f} of {} lie beyond the {:g}% point, and 10 are "
                        "needed",
                        std::floor(beyond + 1e-9), values.size(), 100 * p)};
  Percentile result{type7({values.begin(), values.end()}, p), kNone, kNone, {}};
  if (beyond < 10 * kBlocks) return result;
  std::vector<double> blocks;
  for (std::size_t b = 0; b < kBlocks; ++b) {
    const std::size_t begin = values.size() * b / kBlocks, end = values.size() * (b + 1) / kBlocks;
    blocks.push_back(type7({values.begin() + static_cast<std::ptrdiff_t>(begin),
                            values.begin() + static_cast<std::ptrdiff_t>(end)},
                           p));
  }
  const double mean = std::accumulate(blocks.begin(), blocks.end(), 0.0) / kBlocks;
  double squares = 0;
  for (const double block : blocks) squares += (block - mean) * (block - mean);
  const double half = kT9 * std::sqrt(squares / (kBlocks - 1) / kBlocks);
  result.low = result.value - half, result.high = result.value + half;
  return result;
}

}  // namespace rehearse::serving
