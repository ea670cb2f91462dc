// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sweep: a design run over a grid of knob values, its numbers joined with the knobs as one table.
//
// Use it to see how a number answers to one knob (a line), to two (a heat map), or what two numbers
// cost each other (a Pareto plot). A row is one run: a column a swept knob, `seed`, then a column a
// number (of the design's number views, its expectations and the goals of its challenge), and `why`
// where a run failed or a number is undefined. Steps that a knob does not reach are computed once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/executor.hpp"

namespace rehearse::trace {

// The values that one knob takes, in order.
struct SweepAxis {
  std::string knob;
  std::vector<plan::Value> values;
};

struct Sweep {
  std::string source, file;  // the script; `file` stands in messages
  plan::KnobValues values;   // of the knobs that are not swept, where not the script's own
  std::optional<std::uint64_t> seed;
  std::vector<SweepAxis> axes;  // the last varies fastest
  int repeat = 1;               // each point with so many seeds: the design's, and those after
  int shard_index = 1, shard_count = 1;  // this part of the rows, by position
};

struct SweepOptions {
  unsigned threads = 1;
  std::stop_token stop;
  std::map<std::string, Frame> inputs;
  bool leave_repeats = false;  // see plan::RunOptions
  // Rows done, of how many; called from the thread that sweeps.
  std::function<void(std::size_t done, std::size_t of)> on_row;
};

inline constexpr std::size_t kMostSweepRows = 10'000;

// "negatives kept=0.01:1:log8", "users=100:1000:lin4", "users=100:1000:4" (on the knob's own
// scale), "calibration=platt,isotonic", "exact=on,off". Whole-number knobs take each whole number
// once. Errors: no such knob (they are listed), a value out of its range, a log scale from 0.
Result<SweepAxis> parse_axis(const plan::Plan& plan, std::string_view text);
// The same for a knob that is known: what stands after the `=`.
Result<std::vector<plan::Value>> parse_grid(const plan::Knob& knob, std::string_view text);
// What parse_grid reads as a sensible grid of about `count` values over the knob's whole range.
std::string usual_grid(const plan::Knob& knob, int count);

// Errors: no axis, one knob twice, more than kMostSweepRows rows, stopped, every run failed.
Result<Frame> sweep(const Sweep& what, plan::Cache& cache, const SweepOptions& options = {});

// The columns of a sweep's table that are numbers of the design, in order.
std::vector<std::string> sweep_numbers(const Frame& table, const std::vector<SweepAxis>& axes);

}  // namespace rehearse::trace
