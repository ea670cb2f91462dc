// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/models engine/sim
//
// Boosted trees and small networks: training and scoring on one core, our walk over the trees
// beside the library's own prediction, and dot products of bytes beside those of float32. The
// prices of engine/serving/cost.hpp can be held against the last lines.
#include <numeric>

#include "engine/models/boosted.hpp"
#include "engine/models/distill.hpp"
#include "engine/models/quantize.hpp"
#include "engine/sim/impressions.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;

double fact(const Scorer& model, std::string_view wanted) {
  for (const auto& [name, value] : model.facts())
    if (name == wanted) return value;
  return 0;
}

double us_per_row(const Scorer& model, const Frame& rows) {
  const double time = bench::best_seconds(3, [&] { bench::keep(model.score(rows)); });
  return time / static_cast<double>(rows.rows()) * 1e6;
}

void trees(const Frame& log) {
  BoostedOptions options;
  options.rounds = 60;
  BoostedModelPtr model;
  const double time =
      bench::best_seconds(2, [&] { model = train_boosted(log, nullptr, options)->model; });
  const double work = static_cast<double>(log.rows()) * options.rounds;
  bench::line("trees: rows times rounds, trained", work / time / 1e6, "M/s", bench::at_least(2));
  const double ours = us_per_row(*model, log);
  const double library = bench::best_seconds(3, [&] { bench::keep(model->library_margins(log)); }) /
                         static_cast<double>(log.rows()) * 1e6;
  bench::line("trees: a row scored by our walk", ours, "µs", bench::at_most(2 * library));
  bench::line("  by the library", library, "µs");
  bench::line("  a tree node", ours / fact(*model, "tree_nodes") * 1e3, "ns");
}

void networks(const Frame& log) {
  NetworkOptions options;
  options.epochs = 2, options.hidden = {64, 32};
  NetworkModelPtr model;
  const double time =
      bench::best_seconds(2, [&] { model = train_network(log, nullptr, options)->model; });
  bench::line("network 64-32: rows times epochs, trained",
              2 * static_cast<double>(log.rows()) / time / 1e3, "k/s", bench::at_least(100));
  const double real = us_per_row(*model, log);
  bench::line("network: a row scored", real, "µs");
  bench::line("  a multiply-add", real / fact(*model, "multiply_adds") * 1e3, "ns");
  const auto quantized = *quantize_network(model, log);
  bench::line("network in 8 bits: a row scored", us_per_row(*quantized, log), "µs");
}

void dots() {
  constexpr std::size_t kSize = 4096;
  std::vector<std::uint8_t> a(kSize), b(kSize);
  std::iota(a.begin(), a.end(), std::uint8_t{0}), std::iota(b.begin(), b.end(), std::uint8_t{7});
  std::vector<float> x(a.begin(), a.end()), y(b.begin(), b.end());
  constexpr int kTimes = 20000;
  const double bytes = bench::best_seconds(3, [&] {
    for (int i = 0; i < kTimes; ++i) bench::keep(dot_codes(a.data(), b.data(), kSize));
  });
  const double floats = bench::best_seconds(3, [&] {
    for (int i = 0; i < kTimes; ++i)
      bench::keep(std::inner_product(x.begin(), x.end(), y.begin(), 0.F));
  });
  const double products = static_cast<double>(kSize) * kTimes;
  bench::line("dot product of bytes", products / bytes / 1e9, "G/s", bench::at_least(1));
  bench::line("  of float32, one after another", products / floats / 1e9, "G/s");
}

}  // namespace

int main() {
  sim::SiteOptions site;
  site.users = 2500, site.days = 21;
  const Frame log = *sim::simulate_impressions(site);
  bench::line("rows", static_cast<double>(log.rows()), "");
  trees(log);
  networks(log);
  dots();
}
