// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/sweep.hpp"

#include <cmath>
#include <limits>

#include "engine/plan/figure.hpp"
#include "engine/trace/trace.hpp"

namespace rehearse::trace {
namespace {

constexpr const char *kSeed = "seed", *kWhy = "why";

// One number of one run. The key says which number of the script it is, whatever it is called
// there: its name may hold a knob's value ("ece of calibrated (platt)").
struct Number {
  std::string key, name, title;
  double value = std::numeric_limits<double>::quiet_NaN();
};

struct Row {
  std::vector<plan::Value> knobs;
  std::uint64_t seed = 0;
  std::vector<Number> numbers;
  std::string why;
};

// How often a key was seen: two of one line are told apart.
using Seen = std::map<std::string, int>;

std::string unique(Seen& seen, const std::string& key) {
  return fmt::format("{}#{}", key, seen[key]++);
}

void add_view(const plan::View& view, const plan::Run& run, Seen& seen, Row& row) {
  const Figure figure = plan::figure_of(view, run);
  const Column *name = figure.data.find("name"), *value = figure.data.find("value");
  if (view.kind != "number" || !name || !value || !value->numeric()) return;
  const Column* why = figure.data.find("why");
  for (std::size_t i = 0; i < figure.data.rows(); ++i) {
    const std::string words = name->cell(i);
    row.numbers.push_back({unique(seen, fmt::format("view {} {}", view.at.line, words)), words,
                           view.title, value->number(i)});
    if (row.why.empty() && !std::isfinite(value->number(i)) && why && !why->missing(i))
      row.why = words + ": " + why->cell(i);
  }
}

void add_checks(const std::vector<plan::Check>& checks, const char* kind, Seen& seen, Row& row) {
  for (const plan::Check& check : checks)
    row.numbers.push_back({unique(seen, fmt::format("{} {}", kind, check.expectation.at.line)),
                           check.expectation.metric, kind, check.value});
}

// A run that fails says why in its row. Error: stopped.
Result<void> run_row(const Sweep& what, plan::Cache& cache, const plan::RunOptions& how, Row& row) {
  plan::KnobValues values = what.values;
  for (std::size_t i = 0; i < what.axes.size(); ++i) values[what.axes[i].knob] = row.knobs[i];
  auto plan = trace_script(what.source, what.file, values, row.seed);
  if (!plan) {
    row.why = plan.error().message;
    return {};
  }
  auto run = plan::execute(*plan, cache, how);
  if (!run) {
    if (run.error().code == Code::cancelled) return fail(run.error());
    row.why = run.error().message;
    return {};
  }
  Seen seen;
  for (const plan::View& view : plan->views) add_view(view, *run, seen, row);
  add_checks(run->goals, "goal", seen, row);
  add_checks(run->checks, "expected", seen, row);
  return {};
}

Result<std::vector<Row>> rows_of(const Sweep& what, std::uint64_t seed) {
  std::size_t points = 1;
  for (const SweepAxis& axis : what.axes) {
    points *= axis.values.size();
    if (points * static_cast<std::size_t>(what.repeat) > kMostSweepRows)
      return fail(Code::limit, "the grid has more than {} runs; give fewer values", kMostSweepRows);
  }
  std::vector<Row> rows;
  const auto shards = static_cast<std::size_t>(what.shard_count),
             mine = static_cast<std::size_t>(what.shard_index - 1);
  for (std::size_t i = 0; i < points * static_cast<std::size_t>(what.repeat); ++i) {
    if (i % shards != mine) continue;
    std::size_t point = i / static_cast<std::size_t>(what.repeat);
    Row row;
    row.seed = seed + i % static_cast<std::size_t>(what.repeat);
    for (auto axis = what.axes.rbegin(); axis != what.axes.rend(); ++axis) {
      row.knobs.insert(row.knobs.begin(), axis->values[point % axis->values.size()]);
      point /= axis->values.size();
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// "ece of … on live": what the names of one number have in common.
std::string common_name(const std::string& a, const std::string& b) {
  if (a == b) return a;
  std::size_t head = 0, tail = 0;
  const std::size_t shorter = std::min(a.size(), b.size());
  while (head < shorter && a[head] == b[head]) ++head;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const std::size_t before = head == 0 ? std::string::npos : a.rfind(' ', head - 1);
  head = before == std::string::npos ? 0 : before + 1;
  const std::size_t space = a.find(' ', a.size() - tail);
  return a.substr(0, head) + "…" + (space == std::string::npos ? "" : a.substr(space));
}

struct NumberColumn {
  std::string name, title;
  std::vector<double> values;
};

// In order of first appearance. A name that two numbers share is told by where it stands.
std::vector<NumberColumn> columns_of(const std::vector<Row>& rows) {
  std::vector<std::string> order;
  std::map<std::string, NumberColumn> all;
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (const Number& number : rows[r].numbers) {
      const auto [at, fresh] = all.try_emplace(number.key);
      NumberColumn& column = at->second;
      if (fresh) {
        order.push_back(number.key);
        column = {number.name, number.title,
                  std::vector<double>(rows.size(), std::numeric_limits<double>::quiet_NaN())};
      }
      column.name = common_name(column.name, number.name);
      column.values[r] = number.value;
    }
  std::map<std::string, int> shared, taken;
  for (const auto& [key, column] : all) ++shared[column.name];
  std::vector<NumberColumn> columns;
  for (const std::string& key : order) {
    NumberColumn& column = all[key];
    if (shared[column.name] > 1) column.name += fmt::format(" ({})", column.title);
    if (const int before = taken[column.name]++) column.name += fmt::format(" {}", before + 1);
    columns.push_back(std::move(column));
  }
  return columns;
}

void add_knob(Frame::Builder& builder, const std::string& name, const std::vector<Row>& rows,
              std::size_t axis) {
  const plan::Value& first = rows.front().knobs[axis];
  if (std::holds_alternative<double>(first)) {
    std::vector<double> values;
    for (const Row& row : rows) values.push_back(std::get<double>(row.knobs[axis]));
    builder.add(name, std::move(values));
  } else if (std::holds_alternative<std::int64_t>(first)) {
    std::vector<std::int64_t> values;
    for (const Row& row : rows) values.push_back(std::get<std::int64_t>(row.knobs[axis]));
    builder.add(name, std::move(values));
  } else {
    std::vector<std::string> values;
    for (const Row& row : rows) values.push_back(plan::to_text(row.knobs[axis]));
    builder.add(name, values);
  }
}

Result<Frame> table_of(const Sweep& what, const std::vector<Row>& rows) {
  Frame::Builder builder;
  std::map<std::string, int> names;
  for (std::size_t axis = 0; axis < what.axes.size(); ++axis) {
    add_knob(builder, what.axes[axis].knob, rows, axis);
    ++names[what.axes[axis].knob];
  }
  std::vector<std::int64_t> seeds;
  std::vector<std::string> why;
  std::vector<std::uint8_t> said;
  bool any = false;
  for (const Row& row : rows) {
    seeds.push_back(static_cast<std::int64_t>(row.seed));
    why.push_back(row.why);
    said.push_back(row.why.empty() ? 0 : 1);
    any = any || !row.why.empty();
  }
  if (names[kSeed]++ == 0) builder.add(kSeed, std::move(seeds));
  for (NumberColumn& column : columns_of(rows)) {
    while (names[column.name]++ > 0) column.name += " measured";
    std::vector<std::uint8_t> there;
    for (const double value : column.values) there.push_back(std::isfinite(value) ? 1 : 0);
    builder.add(column.name, std::move(column.values)).missing(std::move(there));
  }
  if (any && names[kWhy]++ == 0) builder.add(kWhy, why).missing(std::move(said));
  return std::move(builder).build();
}

Result<void> check_sweep(const Sweep& what) {
  if (what.axes.empty()) return fail(Code::invalid_argument, "a sweep needs a knob and its values");
  for (std::size_t i = 0; i < what.axes.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (what.axes[i].knob == what.axes[j].knob)
        return fail(Code::invalid_argument, "knob `{}` is swept twice; give it one grid",
                    what.axes[i].knob);
  if (what.repeat < 1 || what.shard_count < 1 || what.shard_index < 1 ||
      what.shard_index > what.shard_count)
    return fail(Code::invalid_argument, "a sweep repeats from 1, and its shard is I of N");
  return {};
}

}  // namespace

Result<Frame> sweep(const Sweep& what, plan::Cache& cache, const SweepOptions& options) {
  if (auto fine = check_sweep(what); !fine) return fail(fine.error());
  auto plain = trace_script(what.source, what.file, what.values, what.seed);
  if (!plain) return fail(plain.error());
  auto rows = rows_of(what, plain->seed);
  if (!rows) return fail(rows.error());
  if (rows->empty())
    return fail(Code::invalid_argument, "shard {} of {} holds no run of this grid",
                what.shard_index, what.shard_count);
  plan::RunOptions how;
  how.threads = options.threads;
  how.stop = options.stop;
  how.inputs = options.inputs;
  how.leave_repeats = options.leave_repeats;
  std::size_t done = 0, failed = 0;
  for (Row& row : *rows) {
    if (options.stop.stop_requested()) return cancelled();
    if (auto went_on = run_row(what, cache, how, row); !went_on) return fail(went_on.error());
    failed += row.numbers.empty() && !row.why.empty();
    if (options.on_row) options.on_row(++done, rows->size());
  }
  if (failed == rows->size())
    return fail(Code::bad_data, "no run of the sweep worked; the first says: {}",
                rows->front().why);
  return table_of(what, *rows);
}

std::vector<std::string> sweep_numbers(const Frame& table, const std::vector<SweepAxis>& axes) {
  std::vector<std::string> numbers;
  for (std::size_t i = axes.size(); i < table.columns(); ++i) {
    const Column& column = table.column(i);
    if (column.numeric() && column.name() != kSeed) numbers.push_back(column.name());
  }
  return numbers;
}

}  // namespace rehearse::trace
