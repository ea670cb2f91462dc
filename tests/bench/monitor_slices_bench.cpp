// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/monitor
//
// The search for the worst slices on a million rows with five segment columns, beside the least
// that any search must do: one pass over the rows a pair of columns. And alert rules over a year.
#include "engine/monitor/alerts.hpp"
#include "engine/monitor/slices.hpp"
#include "tests/bench/bench.hpp"

#include <chrono>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;

template <class Work>
double seconds(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void slices(std::size_t n) {
  Stream stream(1, "bench.slices");
  Frame::Builder b;
  std::vector<double> scores, outcomes;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    std::vector<std::int32_t> codes;
    for (std::size_t i = 0; i < n; ++i) codes.push_back(static_cast<std::int32_t>(stream.below(8)));
    b.add_dictionary(name, std::move(codes),
                     std::make_shared<const std::vector<std::string>>(
                         std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7"}));
  }
  for (std::size_t i = 0; i < n; ++i)
    scores.push_back(0.05), outcomes.push_back(stream.uniform() < 0.05);
  const Frame rows = *std::move(b).build();
  monitor::SliceOptions o;
  o.columns = {"a", "b", "c", "d", "e"}, o.most = 5;
  const double time =
      seconds([&] { bench::keep(monitor::find_slices(rows, scores, outcomes, {}, {}, o)); });
  bench::line("worst 5 slices of a million rows", time, "s", bench::at_most(6));
}

void alerts(std::size_t hours) {
  Stream stream(1, "bench.alerts");
  std::vector<double> hour;
  for (std::size_t t = 0; t < hours; ++t) hour.push_back(static_cast<double>(t));
  Frame::Builder b;
  b.add("hour", std::move(hour));
  std::vector<std::string> names;
  for (int s = 0; s < 16; ++s) {
    std::vector<double> x;
    for (std::size_t t = 0; t < hours; ++t) x.push_back(stream.normal());
    names.push_back("s" + std::to_string(s)), b.add(names.back(), std::move(x));
  }
  const Frame signals = *std::move(b).build();
  const double time = seconds([&] {
    const auto d = monitor::SignalDeviations::of(signals, names, {});
    bench::keep(monitor::pages_of(*d, {}));
  });
  bench::line("a rule on 16 signals over a year", time * 1000, "ms", bench::at_most(100));
}

}  // namespace

int main() {
  slices(1'000'000);
  alerts(8760);
}
