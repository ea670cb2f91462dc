// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/sim
//
// Impressions simulated per second on one core, every column kept, beside the least arithmetic that
// any such loop must do: one uniform draw, one logistic, one comparison an impression.
#include "engine/sim/impressions.hpp"

#include <cmath>

#include "engine/base/random.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

constexpr std::size_t kBareRows = 8'000'000;

void bare_loop() {
  Stream stream(1, "bench.bare");
  double clicks = 0;
  const double time = bench::best_seconds(3, [&] {
    for (std::size_t i = 0; i < kBareRows; ++i) {
      const double taste = stream.uniform() * 4 - 6;
      clicks += stream.uniform() < 1 / (1 + std::exp(-taste)) ? 1 : 0;
    }
  });
  bench::keep(clicks);
  bench::line("peer: two draws and a logistic", kBareRows / time / 1e6, "M/s");
}

void simulate(const char* what, const sim::SiteOptions& options, unsigned threads, double limit) {
  std::size_t rows = 0;
  const double time = bench::best_seconds(3, [&] {
    const auto log = sim::simulate_impressions(options, {}, threads);
    rows = log ? log->rows() : 0;
    bench::keep(log);
  });
  bench::line(what, static_cast<double>(rows) / time / 1e6, "M/s", bench::at_least(limit));
  bench::line("  of rows", static_cast<double>(rows) / 1e6, "M");
}

}  // namespace

int main() {
  bare_loop();
  sim::SiteOptions site;
  simulate("the site as a design runs it, one thread", site, 1, 2.0);
  site.users = 40000;
  simulate("a site eight times as large, one thread", site, 1, 2.0);
  simulate("the same on two threads", site, 2, 2.0);
  site.drift.kind = sim::DriftKind::audience;
  simulate("with an audience drift, one thread", site, 1, 2.0);
}
