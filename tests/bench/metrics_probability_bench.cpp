// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/metrics engine/calibration
//
// Every metric of probabilities together with an isotonic fit, as after a training: 100,000 rows
// within a frame of the screen (16 ms), a million within 250 ms; one sort is shared by AUC, average
// precision, KS and the bins. Beside them what the standard library's sort alone takes.
#include <algorithm>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/calibration/isotonic.hpp"
#include "engine/metrics/interval.hpp"
#include "engine/metrics/ranking.hpp"
#include "engine/metrics/report.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

struct Clicks {
  std::vector<double> scores, labels;
};

Clicks clicks_of(std::size_t rows) {
  Stream stream(1, "bench.metrics");
  Clicks clicks;
  for (std::size_t i = 0; i < rows; ++i) {
    const double p = stream.beta(1, 30);
    clicks.scores.push_back(p);
    clicks.labels.push_back(stream.bernoulli(p) ? 1 : 0);
  }
  return clicks;
}

void measure_rows(std::size_t rows, double limit_ms) {
  const Clicks clicks = clicks_of(rows);
  const std::string size = fmt::format("{} rows", rows);
  std::vector<std::uint32_t> order(rows);
  bench::line("peer: std::sort of " + size,
              1e3 * bench::best_seconds(3,
                                        [&] {
                                          std::iota(order.begin(), order.end(), 0U);
                                          std::sort(order.begin(), order.end(),
                                                    [&](std::uint32_t a, std::uint32_t b) {
                                                      return clicks.scores[a] < clicks.scores[b];
                                                    });
                                          bench::keep(order);
                                        }),
              "ms");
  const auto report = [&] {
    const auto data = metrics::Scored::of(clicks.scores, clicks.labels);
    bench::keep(metrics::report(*data, 10, metrics::Binning::quantile));
  };
  const auto isotonic = [&] {
    bench::keep(calibration::fit_isotonic(clicks.scores, clicks.labels));
  };
  bench::line("all metrics, " + size, 1e3 * bench::best_seconds(5, report), "ms");
  bench::line("isotonic fit, " + size, 1e3 * bench::best_seconds(5, isotonic), "ms");
  bench::line("both, " + size, 1e3 * bench::best_seconds(5, [&] { report(), isotonic(); }), "ms",
              bench::at_most(limit_ms));
  bench::line("DeLong interval, " + size,
              1e3 * bench::best_seconds(3,
                                        [&] {
                                          const auto data =
                                              metrics::Scored::of(clicks.scores, clicks.labels);
                                          bench::keep(metrics::auc_estimate(*data));
                                        }),
              "ms");
}

void rank_rows(std::size_t rows) {
  const Clicks clicks = clicks_of(rows);
  std::vector<std::uint32_t> query(rows);
  for (std::size_t i = 0; i < rows; ++i) query[i] = static_cast<std::uint32_t>(i / 10);
  bench::line(
      fmt::format("ranking, {} rows in slates of ten", rows),
      1e3 * bench::best_seconds(
                3,
                [&] { bench::keep(metrics::ranking_report(query, clicks.labels, clicks.scores)); }),
      "ms");
}

}  // namespace

int main() {
  measure_rows(100'000, 16);
  measure_rows(1'000'000, 250);
  rank_rows(1'000'000);
}
