// SPDX-License-Identifier: GPL-3.0-or-later
//
// A thousand experiments watched by nine rules, the integrals behind them, and a rollout policy
// replayed on eight faults.
// rooms: engine/experiment engine/serving
#include "engine/experiment/peeking.hpp"
#include "engine/serving/rollout.hpp"
#include "tests/bench/bench.hpp"

int main() {
  using namespace rehearse;
  experiment::PeekingOptions options;
  options.rules = experiment::stopping_rules();
  bench::line("a thousand experiments, nine rules, 20 looks",
              bench::best_seconds(3, [&] { bench::keep(experiment::watch_repeatedly(options)); }),
              "s", bench::at_most(3));
  bench::line("one rule spent over 20 looks, by integration",
              1e3 * bench::best_seconds(3,
                                        [&] {
                                          bench::keep(experiment::boundaries(
                                              experiment::Shape::ld_obrien_fleming, 20, 0.05));
                                        }),
              "ms", bench::at_most(100));
  std::vector<serving::DeployFault> faults;
  for (const std::string& kind : serving::deploy_faults())
    faults.push_back({kind, serving::usual_size(kind)});
  bench::line("forty deploys of each of eight faults",
              1e3 * bench::best_seconds(
                        3, [&] { bench::keep(serving::replay_faults({}, {}, faults, 40, 1)); }),
              "ms", bench::at_most(300));
}
