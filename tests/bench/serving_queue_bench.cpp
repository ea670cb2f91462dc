// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests simulated per second on one core.
#include "engine/serving/queue.hpp"
#include "tests/bench/bench.hpp"

int main() {
  using namespace rehearse;
  serving::QueueOptions options;
  options.requests = 500000;
  const auto rate = [&](const char* what) {
    const double time =
        bench::best_seconds(3, [&] { bench::keep(serving::simulate_queue(options)); });
    bench::line(what, static_cast<double>(options.requests) / time / 1e6, "M/s",
                bench::at_least(1));
  };
  rate("requests, M/M/1");
  options.rate_per_s = 4000, options.servers = 4, options.batch = 16, options.batch_wait_ms = 2;
  options.service = {serving::LawKind::lognormal, 0.5, 1};
  options.cache_hit = 0.9, options.miss = {serving::LawKind::exponential, 5, 1};
  rate("requests, batched, four servers, a cache");
}
