// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/trace engine/steps
//
// What a move of a slider costs: tracing the whole script again, and running again what the knob
// reaches. The peer of the first is reading the file alone.
#include "engine/base/read.hpp"
#include "engine/plan/executor.hpp"
#include "engine/trace/trace.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

std::string design(const char* id) {
  return std::string(REHEARSE_SOURCE_DIR) + "/designs/" + id + ".lua";
}

plan::Plan traced(const std::string& path, const plan::KnobValues& values = {}) {
  auto plan = trace::trace_file(path, values);
  if (!plan) fmt::print("{}\n", plan.error().message);
  return plan ? std::move(*plan) : plan::Plan{};
}

void tracing(const char* id) {
  const std::string path = design(id);
  bench::line(std::string("peer: reading ") + id,
              bench::best_seconds(20, [&] { bench::keep(read_file(path)); }) * 1e3, "ms");
  bench::line(std::string("tracing ") + id,
              bench::best_seconds(20, [&] { bench::keep(traced(path)); }) * 1e3, "ms",
              bench::at_most(1.0));
}

// Milliseconds of a whole answer to a knob: trace, then run with what is cached.
double answer_ms(const std::string& path, plan::Cache& cache, const plan::KnobValues& values,
                 unsigned threads, std::size_t& reran) {
  plan::RunOptions options;
  options.threads = threads;
  return 1e3 * bench::seconds([&] {
           const auto run = plan::execute(traced(path, values), cache, options);
           if (!run) fmt::print("{}\n", run.error().message);
           reran = run ? run->reran_count : 0;
         });
}

void first_run(const char* id, unsigned threads) {
  double best = 1e9;
  std::size_t reran = 0;
  for (int i = 0; i < 3; ++i) {
    plan::Cache cache;
    best = std::min(best, answer_ms(design(id), cache, {}, threads, reran));
  }
  bench::line(fmt::format("first run of {}, {} threads", id, threads), best, "ms",
              bench::at_most(2000));
}

void one_knob(const char* id, const char* knob, const plan::Value& value, unsigned threads,
              double limit_ms) {
  double best = 1e9;
  std::size_t reran = 0;
  for (int i = 0; i < 3; ++i) {
    plan::Cache cache;
    answer_ms(design(id), cache, {}, threads, reran);
    best = std::min(best, answer_ms(design(id), cache, {{knob, value}}, threads, reran));
  }
  bench::line(fmt::format("{}: {} = {}, {} threads", id, knob, plan::to_text(value), threads), best,
              "ms", bench::at_most(limit_ms));
  bench::line("  steps run again", static_cast<double>(reran), "");
}

}  // namespace

int main() {
  for (const char* id : {"click-calibration", "feature-drift"}) {
    tracing(id);
    for (const unsigned threads : {1U, 2U}) first_run(id, threads);
  }
  for (const unsigned threads : {1U, 2U})
    for (const char* method : {"platt", "none"})
      one_knob("click-calibration", "calibration", std::string(method), threads,
               threads == 2 ? 100 : 200);  // the window runs on every core there is
}
