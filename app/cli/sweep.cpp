// SPDX-License-Identifier: GPL-3.0-or-later
//
// sweep runs a design over a grid of knob values and joins its numbers with the knobs.
#include <fmt/format.h>

#include "app/cli/designs_common.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/table.hpp"
#include "engine/base/read.hpp"
#include "engine/trace/sweep.hpp"

namespace rehearse::cli {
namespace {

struct SweepCall {
  DesignOptions design;
  std::vector<std::string> over;
  int repeat = 1;
  std::string shard, csv;
};

Result<void> read_shard(const std::string& text, trace::Sweep& what) {
  if (text.empty()) return {};
  char rest = 0;
  if (std::sscanf(text.c_str(), "%d/%d%c", &what.shard_index, &what.shard_count, &rest) != 2 ||
      what.shard_index < 1 || what.shard_index > what.shard_count)
    return fail(Code::invalid_argument, "--shard {}: write I/N with 1 <= I <= N, as in 2/4", text);
  return {};
}

Result<trace::Sweep> read_sweep(const Context& context, const SweepCall& call) {
  auto plan = trace_design(context, call.design);
  if (!plan) return fail(plan.error());
  trace::Sweep what;
  auto source = read_file(plan->file);
  if (!source) return fail(source.error());
  what.source = *std::move(source);
  what.file = plan->file;
  what.seed = plan->seed;
  what.repeat = call.repeat;
  for (const plan::Knob& knob : plan->knobs)
    if (knob.value != knob.initial) what.values[knob.name] = knob.value;
  for (const std::string& text : call.over) {
    auto axis = trace::parse_axis(*plan, text);
    if (!axis) return fail(axis.error());
    what.axes.push_back(*std::move(axis));
  }
  if (auto fine = read_shard(call.shard, what); !fine) return fail(fine.error());
  return what;
}

Json rows_json(const Frame& table) {
  Json rows = Json::array();
  for (std::size_t r = 0; r < table.rows(); ++r) {
    Json row = Json::object();
    for (std::size_t c = 0; c < table.columns(); ++c) {
      const Column& column = table.column(c);
      if (column.missing(r))
        row[column.name()] = nullptr;
      else if (column.type() == Type::int64)
        row[column.name()] = column.values<std::int64_t>()[r];
      else if (column.numeric())
        row[column.name()] = number_or_null(column.number(r));
      else
        row[column.name()] = std::string(column.text(r));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Json sweep_json(const trace::Sweep& what, const std::string& id, const Frame& table) {
  Json knobs = Json::array();
  for (const trace::SweepAxis& axis : what.axes) knobs.push_back(axis.knob);
  return {{"design", id},
          {"knobs", knobs},
          {"numbers", trace::sweep_numbers(table, what.axes)},
          {"shard", {what.shard_index, what.shard_count}},
          {"rows", rows_json(table)}};
}

// For the terminal: a number that repeats an earlier one is left out, and a long name stands below
// the table.
std::string sweep_text(const trace::Sweep& what, const Frame& table) {
  constexpr std::size_t kLongName = 20;
  Frame shown;
  std::string below;
  std::vector<std::uint64_t> seen;
  std::size_t count = 0;
  for (std::size_t i = 0; i < table.columns(); ++i) {
    const Column& column = table.column(i);
    const bool number = i > what.axes.size() && column.numeric();
    const std::uint64_t hash = column.renamed("_").hash();
    if (number && std::find(seen.begin(), seen.end(), hash) != seen.end()) continue;
    seen.push_back(hash);
    std::string name = column.name();
    if (number && name.size() > kLongName) {
      below += fmt::format("\n{:>4}  {}", fmt::format("#{}", ++count), name);
      name = fmt::format("#{}", count);
    }
    if (auto with = shown.with(column.renamed(name))) shown = *std::move(with);
  }
  return to_text(shown) + below;
}

int sweep(Context& context, const SweepCall& call) {
  auto what = read_sweep(context, call);
  if (!what) return context.report(what.error());
  auto inputs = read_inputs(context, call.design);
  if (!inputs) return context.report(inputs.error());
  const Interrupt interrupt;
  trace::SweepOptions options;
  options.threads = call.design.threads;
  options.stop = interrupt.token();
  options.inputs = *std::move(inputs);
  if (context.progress)
    options.on_row = [](std::size_t done, std::size_t of) {
      fmt::print(stderr, "\r\x1b[K{} of {} runs", done, of);
    };
  plan::Cache cache;
  auto table = trace::sweep(*what, cache, options);
  if (context.progress) fmt::print(stderr, "\r\x1b[K");
  if (!table) return context.report(table.error());
  if (!call.csv.empty()) {
    if (auto written = write_file(call.csv, to_csv(*table)); !written)
      return context.report(written.error());
    if (call.csv == "-") return kDone;
    context.warn("wrote " + call.csv);
  }
  if (context.json)
    context.print(sweep_json(*what, call.design.design, *table));
  else
    context.print(sweep_text(*what, *table));
  return kDone;
}

Action declare_sweep(Arguments& app) {
  auto call = std::make_shared<SweepCall>();
  declare_design_options(app, call->design);
  app.add_option("--over", call->over,
                 "a knob's grid: \"knob=low:high:logN\", \"knob=low:high:linN\" or \"knob=a,b,c\"")
      .required()
      .one_value_each();
  app.add_option("--repeat", call->repeat,
                 "run each point with so many seeds, from the design's on")
      .within(1, 1000)
      .shows_default();
  app.add_option("--shard", call->shard, "run only part I of N, as in 2/4");
  app.add_option("--csv", call->csv, "write the table to this file");
  return [call](Context& context) { return sweep(context, *call); };
}

const VerbRegistration kSweep{
    {"sweep", "run a design over a grid of knob values: its numbers as a table",
     "rehearse sweep click-calibration --over \"negatives kept=0.02:1:log5\"", declare_sweep}};

}  // namespace
}  // namespace rehearse::cli
