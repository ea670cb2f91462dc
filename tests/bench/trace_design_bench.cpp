// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/trace engine/steps
//
// Every design as its reader meets it: tracing its script, the first run, and the answer to each
// live knob (both ends and the middle of a slider, every choice), two threads, as the window has
// them. Beside the times stand what it covers and what its models reached of what is possible.
// REHEARSE_DESIGN names one design alone.
#include <fmt/ranges.h>

#include <cmath>
#include <cstdlib>

#include "engine/base/read.hpp"
#include "engine/plan/executor.hpp"
#include "engine/trace/design_library.hpp"
#include "engine/trace/trace.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

constexpr unsigned kThreads = 2;
constexpr double kFirstRunMs = 2000, kKnobMs = 300, kLateKnobMs = 100, kTraceMs = 1;

plan::Plan traced(const std::string& path, const plan::KnobValues& values = {}) {
  auto plan = trace::trace_file(path, values);
  if (!plan) fmt::print("{}\n", plan.error().message);
  return plan ? std::move(*plan) : plan::Plan{};
}

struct Answer {
  double ms = 0;
  bool late = true;  // only calibration, metrics and views ran again
  plan::Run run;
};

// A whole answer to a knob: trace, then run with what is cached.
Answer answer(const std::string& path, plan::Cache& cache, const plan::KnobValues& values) {
  plan::RunOptions options;
  options.threads = kThreads;
  Answer result;
  plan::Plan plan;
  result.ms = 1e3 * bench::seconds([&] {
                plan = traced(path, values);
                auto run = plan::execute(plan, cache, options);
                if (run)
                  result.run = std::move(*run);
                else
                  fmt::print("{}\n", run.error().message);
              });
  for (std::size_t i = 0; i < result.run.reran.size(); ++i) {
    const std::string& step = plan.nodes[i].step->name;
    const std::string space = step.substr(0, step.find('.'));
    if (result.run.reran[i] && space != "calibrate" && space != "measure" && space != "view" &&
        space != "monitor")
      result.late = false;
  }
  return result;
}

std::vector<plan::Value> other_values(const plan::Knob& knob) {
  if (knob.kind == plan::Knob::Kind::toggle) return {!std::get<bool>(knob.initial)};
  std::vector<plan::Value> values;
  if (knob.kind == plan::Knob::Kind::choice) {
    for (const std::string& choice : knob.choices)
      if (plan::Value(choice) != knob.initial) values.emplace_back(choice);
    return values;
  }
  const double middle =
      knob.log_scale ? std::sqrt(knob.low * knob.high) : (knob.low + knob.high) / 2;
  for (const double at : {knob.low, middle, knob.high})
    values.push_back(knob.integer ? plan::Value(static_cast<std::int64_t>(std::llround(at)))
                                  : plan::Value(at));
  return values;
}

// Each answer from the state of the first run, as a person who tries one knob.
void knobs(const std::string& path, const plan::Plan& plan, plan::Cache& cache) {
  std::vector<double> early, late;
  std::string slowest = "none";
  double most = 0;
  for (const plan::Knob& knob : plan.knobs) {
    if (knob.apply) continue;
    for (const plan::Value& value : other_values(knob)) {
      answer(path, cache, {});
      const Answer one = answer(path, cache, {{knob.name, value}});
      (one.late ? late : early).push_back(one.ms);
      if (one.ms <= most) continue;
      most = one.ms, slowest = fmt::format("{} = {}", knob.name, plan::to_text(value));
    }
  }
  const auto p95 = [](std::vector<double> all) {
    std::sort(all.begin(), all.end());
    return all[static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(all.size()))) - 1];
  };
  if (!early.empty())
    bench::line(fmt::format("  p95 of {} answers", early.size()), p95(early), "ms",
                bench::at_most(kKnobMs));
  if (!late.empty())
    bench::line(fmt::format("  p95 of {} answers, metrics only", late.size()), p95(late), "ms",
                bench::at_most(kLateKnobMs));
  bench::line("  slowest: " + slowest, most, "ms");
}

// The numbers that a design holds its expectations against.
void reached(const plan::Run& run) {
  std::size_t held = 0;
  for (const plan::Check& check : run.checks) {
    held += check.state == plan::Check::State::held;
    fmt::print("  {} ({})\n", check.sentence,
               check.state == plan::Check::State::held     ? "held"
               : check.state == plan::Check::State::broken ? "BROKEN"
                                                           : "not checked");
  }
  bench::line("  expectations held", static_cast<double>(held), "");
}

void bench_design(const trace::DesignEntry& entry) {
  fmt::print("{}  [{}]\n", entry.id, fmt::join(entry.covers, " "));
  bench::line("  peer: reading the script",
              bench::best_seconds(20, [&] { bench::keep(read_file(entry.path)); }) * 1e3, "ms");
  bench::line("  tracing",
              bench::best_seconds(20, [&] { bench::keep(traced(entry.path)); }) * 1e3, "ms",
              bench::at_most(kTraceMs));
  plan::Cache cache;
  const Answer first = answer(entry.path, cache, {});
  bench::line("  first run", first.ms, "ms", bench::at_most(kFirstRunMs));
  knobs(entry.path, traced(entry.path), cache);
  reached(first.run);
}

}  // namespace

int main() {
  const char* only = std::getenv("REHEARSE_DESIGN");
  const auto library = trace::DesignLibrary::open({std::string(REHEARSE_SOURCE_DIR) + "/designs"});
  if (!library) return fmt::print("{}\n", library.error().message), 1;
  for (const trace::DesignEntry& entry : library->designs())
    if (!only || entry.id == only) bench_design(entry);
}
