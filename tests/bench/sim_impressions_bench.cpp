// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/sim
//
// Impressions simulated per second of one core's time (not of the clock on the wall: other programs
// shall not count), every column kept, beside the least arithmetic that any such loop must do: one
// uniform draw, one logistic, one comparison an impression. And the memory that a run takes beyond
// the table it makes.
#include "engine/sim/impressions.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <ctime>

#include "engine/base/random.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

constexpr std::size_t kBareRows = 8'000'000;
constexpr int kRuns = 5;

double processor_seconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// The best of kRuns, in processor time of all threads.
template <class Work>
double best_processor_seconds(Work&& work) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < kRuns; ++i) {
    const double begin = processor_seconds();
    work();
    best = std::min(best, processor_seconds() - begin);
  }
  return best;
}

void bare_loop() {
  Stream stream(1, "bench.bare");
  double clicks = 0;
  const double time = best_processor_seconds([&] {
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
  const double time = best_processor_seconds([&] {
    const auto log = sim::simulate_impressions(options, {}, threads);
    rows = log ? log->rows() : 0;
    bench::keep(log);
  });
  bench::line(what, static_cast<double>(rows) / time / 1e6, "M/s per core", bench::at_least(limit));
  bench::line("  of rows", static_cast<double>(rows) / 1e6, "M");
}

double peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024;
}

// In a process of its own, since a peak never falls.
void memory(const char* what, const sim::SiteOptions& options, double limit) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    const double before = peak_bytes();
    const auto log = sim::simulate_impressions(options);
    const double rows = log ? static_cast<double>(log->rows()) : 1,
                 table = log ? static_cast<double>(log->bytes()) : 0;
    bench::line(what, (peak_bytes() - before - table) / rows, "bytes a row", bench::at_most(limit));
    bench::line("  beside the table's", table / rows, "bytes a row");
    std::fflush(stdout);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
}

sim::SiteOptions everything(int users) {
  sim::SiteOptions site = sim::real_site();
  site.users = users;
  site.outcomes.has.fill(true), site.columns.has.fill(true);
  site.leaks = {true, true, 0.9};
  site.missing.mechanism = sim::Mechanism::mnar;
  return site;
}

}  // namespace

int main() {
  sim::SiteOptions site, large, drifting;
  large.users = drifting.users = 40000;
  drifting.drift.kind = sim::DriftKind::audience;
  memory("memory beyond the table, plain world", large, 64);
  memory("memory beyond the table, everything on", everything(40000), 64);
  bare_loop();
  simulate("the site as a design runs it, one thread", site, 1, 5.0);
  simulate("a site eight times as large, one thread", large, 1, 4.0);
  simulate("the same on two threads", large, 2, 3.5);
  simulate("with an audience drift, one thread", drifting, 1, 3.5);
  simulate("the real world, all effects, one thread", everything(5000), 1, 1.0);
  simulate("the same, eight times as large", everything(40000), 1, 1.0);
}
