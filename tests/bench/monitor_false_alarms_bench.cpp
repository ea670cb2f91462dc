// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/monitor engine/metrics
//
// Nominal and measured: how often each detector and each comparison of two samples alarms when
// nothing has changed, and the speed of a detector. The folk threshold of PSI is measured beside
// its noise floor.
#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/distance.hpp"
#include "engine/metrics/kolmogorov.hpp"
#include "engine/monitor/log_histogram.hpp"
#include "engine/monitor/psi.hpp"
#include "engine/monitor/quantile_sketch.hpp"
#include "engine/monitor/run_length.hpp"
#include "engine/monitor/stream.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

constexpr double kArl0 = 500;
constexpr int kPairs = 2000;

void detectors() {
  fmt::print("run length in control, nominal {:g}; delay after one deviation\n", kArl0);
  for (const std::string& name : detector_names()) {
    const InControl in_control = name == "ddm" ? InControl{0.2, 0.4, 1} : InControl{};
    const auto chosen = threshold_for(*tuned_for(name, 1, in_control), kArl0, in_control);
    RunLengthOptions options;
    options.seed = 99, options.replicates = 1000, options.longest = 5 * kArl0;
    options.simulate = true;
    const auto run = run_length(*chosen, 0, in_control, options);
    options.quiet_before = 200;
    const auto delay = run_length(*chosen, 1, in_control, options);
    fmt::print("  {:<14} {} = {:<8.4g} measured {:>8.4g} ± {:<6.2g} delay {:>7.4g} ± {:.2g}\n",
               name, threshold_name(*chosen),
               name == "adwin" ? std::exp(-threshold_of(*chosen)) : threshold_of(*chosen),
               run->mean, run->standard_error, delay->mean, delay->standard_error);
  }
}

struct Alarms {
  double psi_fixed = 0, psi_floor = 0, ks = 0, chi2 = 0;
};

Alarms comparisons(std::size_t n) {
  Alarms alarms;
  for (int pair = 0; pair < kPairs; ++pair) {
    std::vector<double> a, b;
    Stream left(4, "bench.reference", static_cast<std::uint64_t>(pair)),
        right(4, "bench.current", static_cast<std::uint64_t>(pair));
    for (std::size_t i = 0; i < n; ++i) a.push_back(left.normal()), b.push_back(right.normal());
    std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
    const auto edges = metrics::decile_edges(a, 10);
    const auto before = metrics::bin_counts(a, edges), after = metrics::bin_counts(b, edges);
    const double index = psi(before, after);
    alarms.psi_fixed += index > 0.1;
    alarms.psi_floor += index > psi_noise_floor(before, after).p95;
    alarms.ks += metrics::ks_p_value(metrics::ks_distance(a, b), n, n) < 0.05;
    alarms.chi2 += metrics::chi_square(before, after).p < 0.05;
  }
  return alarms;
}

void speeds() {
  constexpr std::size_t kValues = 1'000'000;
  std::vector<double> values, errors;
  Stream stream(1, "bench.stream");
  for (std::size_t i = 0; i < kValues; ++i)
    values.push_back(stream.normal()), errors.push_back(stream.bernoulli(0.1) ? 1 : 0);
  for (const std::string& name : detector_names()) {
    const double time = bench::best_seconds(3, [&] {
      bench::keep(watch_stream(name == "ddm" ? errors : values, *detector_options(name)));
    });
    bench::line(name + ": observations", kValues / time / 1e6, "M/s", bench::at_least(5));
  }
  bench::line("quantile sketch: values",
              kValues /
                  bench::best_seconds(3,
                                      [&] {
                                        auto sketch = *QuantileSketch::of();
                                        for (const double x : values) sketch.add(x);
                                        bench::keep(sketch.quantile(0.5));
                                      }) /
                  1e6,
              "M/s", bench::at_least(3));
  bench::line("log histogram: values",
              kValues /
                  bench::best_seconds(3,
                                      [&] {
                                        auto histogram = *LogHistogram::of();
                                        for (const double x : values) histogram.add(std::abs(x));
                                        bench::keep(histogram.quantile(0.99));
                                      }) /
                  1e6,
              "M/s", bench::at_least(20));
}

}  // namespace

int main() {
  detectors();
  fmt::print("two samples of one law, share of {} pairs that alarm; nominal 5% but for PSI > 0.1\n",
             kPairs);
  for (const std::size_t n : {200u, 1000u, 5000u}) {
    const Alarms alarms = comparisons(n);
    fmt::print(
        "  n = {:<6} PSI > 0.1 {:>6.1f}%  PSI > floor {:>5.1f}%  KS {:>5.1f}%  χ² {:>5.1f}%\n", n,
        100 * alarms.psi_fixed / kPairs, 100 * alarms.psi_floor / kPairs, 100 * alarms.ks / kPairs,
        100 * alarms.chi2 / kPairs);
  }
  speeds();
}
