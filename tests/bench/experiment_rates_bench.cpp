// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/experiment
//
// What the tests of experiments promise beside what they do, over 4,000 experiments each: how often
// a test of nothing rejects at 5%, how often its 95% interval has the truth, how often it finds the
// effect. Then the speed of an analysis of a million users.
#include "engine/experiment/trial.hpp"
#include "tests/bench/bench.hpp"
#include "tests/engine/experiment/rates.hpp"

namespace {

using namespace rehearse;

constexpr int kReplicates = 4000;

void table() {
  fmt::print("{:<36} {:>8} {:>12} {:>9} {:>7}   (± {:.1f} points)\n", "test at 5%, interval 95%",
             "nominal", "false alarms", "coverage", "power",
             196 * std::sqrt(0.05 * 0.95 / kReplicates));
  for (const auto& study : experiment::rates::studies()) {
    const auto measured = experiment::rates::measure(study, kReplicates);
    fmt::print("{:<36} {:>7.1f}% {:>11.1f}% {:>9} {:>7}{}\n", study.name, study.nominal * 100,
               measured.false_alarms * 100,
               study.interval ? fmt::format("{:.1f}%", measured.coverage * 100) : "-",
               study.effect != 0 ? fmt::format("{:.1f}%", measured.power * 100) : "-",
               study.honest ? "" : "   (wrong on purpose)");
  }
}

void million() {
  constexpr std::size_t kUsers = 1'000'000;
  std::vector<std::string> arm;
  std::vector<double> outcome, before;
  Stream stream(1, "bench.experiment");
  for (std::size_t i = 0; i < kUsers; ++i) {
    arm.emplace_back(stream.bernoulli(0.5) ? "treatment" : "control");
    before.push_back(stream.normal());
    outcome.push_back(before.back() + stream.normal());
  }
  Frame::Builder builder;
  builder.add("arm", arm).add("outcome", std::move(outcome)).add("before", std::move(before));
  const Frame log = *std::move(builder).build();
  for (const auto method :
       {experiment::Method::plain, experiment::Method::cuped, experiment::Method::regression}) {
    const double time = bench::best_seconds(3, [&] {
      const auto trial =
          experiment::Trial::of(log, {.outcome = "outcome", .covariates = {"before"}});
      experiment::CompareOptions options;
      options.method = method;
      bench::keep(experiment::compare(*trial, 1, options));
    });
    bench::line(fmt::format("a million users, {}", method_name(method)), time, "s",
                bench::at_most(1));
  }
}

}  // namespace

int main() {
  table();
  million();
}
