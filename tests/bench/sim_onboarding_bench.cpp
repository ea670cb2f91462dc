// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/sim engine/scenarios
//
// Newcomers simulated per second of one core's time: plain (two columns, as a repeated experiment
// asks for them) and with every column and its truth; and a thousand experiments of 5,000 users.
#include <ctime>

#include "engine/scenarios/replicate.hpp"
#include "engine/sim/onboarding.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

double onboarding_seconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double best_of_five(const Work& work) {
  double best = 1e300;
  for (int i = 0; i < 5; ++i) {
    const double begin = onboarding_seconds();
    work();
    best = std::min(best, onboarding_seconds() - begin);
  }
  return best;
}

void land(const char* what, const sim::OnboardingOptions& options, double limit) {
  const double time = best_of_five([&] { bench::keep(sim::simulate_onboarding(options)); });
  bench::line(what, options.users / time / 1e6, "M/s per core", bench::at_least(limit));
}

}  // namespace

int main() {
  sim::OnboardingOptions plain, everything;
  plain.users = everything.users = 200000;
  plain.columns = *sim::parse_onboarding_columns({"prior_activity"});
  plain.truth = false;
  land("newcomers, arm, activation and one covariate", plain, 2);
  plain.truth = true;
  land("the same with the truth", plain, 2);
  land("every column and its truth", everything, 0.4);
  const double time = best_of_five([] {
    scenarios::ReplicateOptions o;
    o.repeats = 1000;
    bench::keep(scenarios::replicate(o, [](std::uint64_t r) -> Result<std::vector<Frame>> {
      sim::OnboardingOptions one;
      one.users = 5000, one.replicate = r;
      one.columns = *sim::parse_onboarding_columns({"prior_activity"});
      auto log = sim::simulate_onboarding(one);
      if (!log) return fail(log.error());
      return std::vector<Frame>{log->slice(0, 1)};
    }));
  });
  bench::line("a thousand worlds of 5,000 users", time, "s of one core", bench::at_most(4));
}
