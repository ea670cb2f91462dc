// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/store.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"
#include "engine/features/columns.hpp"
#include "engine/features/gather.hpp"
#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

constexpr double kMicrosOfHour = 3.6e9, kMicrosOfMinute = 6e7;
constexpr double kReadShape = 0.5, kCacheReadMs = 0.1;

enum Status : std::int32_t { kFromCache, kFromStore, kExpired, kAbsent, kLost, kTimeout };
const std::vector<std::string>& status_names() {
  static const std::vector<std::string> names = {"cache",  "store", "expired",
                                                 "absent", "lost",  "timeout"};
  return names;
}

// What one read gave: the row whose value is served (-1: none), and how.
struct Answer {
  std::int64_t source = -1;
  Status status = kAbsent;
  double read_ms = 0;
};

// Row by row of all tables together.
struct ServedRows {
  std::vector<std::int64_t> source;
  std::vector<std::int32_t> status;
  std::vector<double> read_ms;
  std::vector<std::uint8_t> reads, writes;
};

class StoreSimulation {
 public:
  StoreSimulation(const StoreOptions& options, const std::vector<std::int64_t>& time)
      : options_(options),
        time_(time),
        stream_key_(stream_key(options.seed, "store.read")),
        refresh_(std::llround(options.refresh_hours * kMicrosOfHour)),
        delay_(std::llround(options.delay_minutes * kMicrosOfMinute)),
        ttl_(std::llround(options.ttl_hours * kMicrosOfHour)),
        cache_(std::llround(options.cache_minutes * kMicrosOfMinute)) {
    const std::size_t n = time.size();
    out_.source.assign(n, -1), out_.status.assign(n, kAbsent), out_.read_ms.assign(n, 0);
    out_.reads.assign(n, 0), out_.writes.assign(n, 0);
  }

  // All rows of one key in order of time. `name` identifies the key in every run.
  void key(std::span<const std::uint32_t> rows, std::uint64_t name) {
    Answer cached;
    std::int64_t cached_at = 0;
    for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
      const std::int64_t now = time_[rows[begin]];
      while (end < rows.size() && time_[rows[end]] == now) ++end;
      Stream stream(stream_key_, 0, mix64(name ^ static_cast<std::uint64_t>(now)));
      Answer answer;
      if (cached.source >= 0 && cache_ > 0 && now - cached_at <= cache_) {
        answer = {cached.source, kFromCache, kCacheReadMs * read_time(stream)};
      } else {
        answer = read(rows.first(begin), now, stream);
        if (answer.source >= 0) cached = answer, cached_at = now;
      }
      write(rows.subspan(begin, end - begin), answer);
      mark_write(rows, end, now);
    }
  }

  ServedRows take() && { return std::move(out_); }

 private:
  static double read_time(Stream& stream) { return std::exp(kReadShape * stream.normal()); }

  // From the rows of the key before now.
  Answer read(std::span<const std::uint32_t> before, std::int64_t now, Stream& stream) const {
    Answer answer;
    answer.read_ms = options_.read_ms * read_time(stream);
    const bool slow = stream.bernoulli(options_.slow_share);
    const bool lost = stream.bernoulli(options_.lost_share);
    if (slow) answer.read_ms += stream.exponential() * options_.slow_ms;
    if (answer.read_ms > options_.deadline_ms) {
      answer.read_ms = options_.deadline_ms, answer.status = kTimeout;
      return answer;
    }
    const std::int64_t readable = written_before(now);
    const auto after = std::lower_bound(
        before.begin(), before.end(), readable,
        [&](std::uint32_t row, std::int64_t moment) { return time_[row] < moment; });
    if (after == before.begin()) return answer;
    if (lost)
      answer.status = kLost;
    else if (now - time_[*(after - 1)] > ttl_)
      answer.status = kExpired;
    else
      answer.status = kFromStore, answer.source = *(after - 1);
    return answer;
  }

  // Rows before this moment have been written, and the write can be read now.
  std::int64_t written_before(std::int64_t now) const {
    if (refresh_ == 0) return now - delay_ + 1;
    const std::int64_t due = now - delay_;
    const std::int64_t copies = due / refresh_ - (due % refresh_ < 0 ? 1 : 0);
    return copies * refresh_;
  }

  void write(std::span<const std::uint32_t> rows, const Answer& answer) {
    for (const std::uint32_t row : rows) {
      out_.source[row] = answer.source, out_.status[row] = answer.status;
      out_.read_ms[row] = answer.read_ms;
    }
    out_.reads[rows.front()] = 1;
  }

  // The last row of a moment is written, if no later one of the key comes before the next copy.
  void mark_write(std::span<const std::uint32_t> rows, std::size_t end, std::int64_t now) {
    const bool last_of_copy =
        refresh_ == 0 || end == rows.size() || time_[rows[end]] / refresh_ != now / refresh_;
    if (last_of_copy) out_.writes[rows[end - 1]] = 1;
  }

  const StoreOptions& options_;
  const std::vector<std::int64_t>& time_;
  StreamKey stream_key_;
  std::int64_t refresh_, delay_, ttl_, cache_;
  ServedRows out_;
};

Result<void> check_store(std::span<const Frame> tables, const StoreOptions& options) {
  if (tables.empty() || options.columns.empty() || options.entity.empty())
    return fail(Code::invalid_argument,
                "a store serves columns (`columns`) by a key (`entity`): name both");
  const double least = std::min({options.refresh_hours, options.delay_minutes, options.ttl_hours,
                                 options.cache_minutes, options.lost_share, options.read_ms,
                                 options.slow_share, options.slow_ms, options.deadline_ms});
  const double most = std::max(
      {options.refresh_hours, options.delay_minutes, options.ttl_hours, options.cache_minutes});
  if (!(least >= 0) || !(most <= 1e6) || options.lost_share > 1 || options.slow_share > 1)
    return fail(Code::invalid_argument,
                "an option of the store is out of its range: times are 0 to a million, shares 0 to "
                "1");
  for (const std::string& name : options.columns)
    for (const Frame& table : tables) {
      auto column = encodable(table, name);
      if (!column) return fail(column.error());
      if (!(*column)->numeric() && options.fallback != StoreFallback::missing)
        return fail(Code::invalid_argument,
                    "the column `{}` holds texts: its fallback can only be `missing`", name);
    }
  return {};
}

bool same_cell(const Column& column, std::size_t a, std::size_t b) {
  const bool gap_a = blank(column, a), gap_b = blank(column, b);
  if (gap_a || gap_b) return gap_a && gap_b;
  return column.numeric() ? column.number(a) == column.number(b) : column.text(a) == column.text(b);
}

double mean_of_column(const Column& column) {
  double sum = 0, count = 0;
  for (std::size_t row = 0; row < column.size(); ++row)
    if (!blank(column, row)) sum += column.number(row), count += 1;
  return count > 0 ? sum / count : 0;
}

// Gaps by the store become the fallback; a value that was missing when it was written stays so.
Column served_column(const Column& column, const ServedRows& served, const StoreOptions& options,
                     std::size_t first_rows) {
  Column out = gathered(column, served.source);
  if (options.fallback == StoreFallback::missing) return out;
  double filler = 0;
  if (options.fallback == StoreFallback::mean) {
    std::vector<std::int64_t> first(first_rows);
    std::iota(first.begin(), first.end(), std::int64_t{0});
    filler = mean_of_column(gathered(column, first));
  }
  std::vector<double> values = out.numbers();
  std::vector<std::uint8_t> valid(values.size(), 1);
  bool gaps = false;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (served.source[row] < 0) values[row] = filler;
    if (std::isnan(values[row])) valid[row] = 0, gaps = true;
  }
  if (!gaps) valid.clear();
  return made(column.name(), std::move(values), column.info(), std::move(valid));
}

// The served columns and the columns store_…, of all tables together.
Result<Frame> with_marks(std::span<const Column> served_values, const Frame& own,
                         const std::vector<std::int64_t>& time, ServedRows served,
                         const StoreOptions& options) {
  const std::size_t n = time.size();
  std::vector<std::uint8_t> differs(n), has_age(n);
  std::vector<double> age(n);
  std::vector<const Column*> columns;
  for (const std::string& name : options.columns) columns.push_back(own.find(name));
  for (std::size_t row = 0; row < n; ++row) {
    const std::int64_t source = served.source[row];
    has_age[row] = source >= 0;
    if (source >= 0)
      age[row] =
          static_cast<double>(time[row] - time[static_cast<std::size_t>(source)]) / kMicrosOfHour;
    for (const Column* column : columns)
      differs[row] |= source < 0 || !same_cell(*column, row, static_cast<std::size_t>(source));
  }
  Frame::Builder builder;
  builder.add_dictionary("store_status", std::move(served.status),
                         std::make_shared<const std::vector<std::string>>(status_names()));
  builder.add("store_age_hours", std::move(age), {.unit = "hours"}).missing(std::move(has_age));
  builder.add("store_read_ms", std::move(served.read_ms), {.unit = "ms"})
      .missing(std::move(served.reads));
  builder.add_boolean("store_differs", std::move(differs));
  builder.add("store_writes", std::move(served.writes));
  auto marks = std::move(builder).build();
  if (!marks) return marks;
  std::vector<Column> added(served_values.begin(), served_values.end());
  for (std::size_t c = 0; c < marks->columns(); ++c) added.push_back(marks->column(c));
  return with_all(Frame(), added);
}

// The columns that a store looks at, of all tables together.
Result<Frame> needed(std::span<const Frame> tables, const StoreOptions& options) {
  std::vector<std::string> names = {options.time};
  for (const auto* more : {&options.entity, &options.columns})
    for (const std::string& name : *more)
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  std::vector<Frame> slim;
  for (const Frame& table : tables) {
    auto selected = table.select(names);
    if (!selected) return selected;
    slim.push_back(std::move(*selected));
  }
  return Frame::concat(slim);
}

Result<ServedRows> simulate(std::span<const Frame> tables, const Frame& whole,
                            const std::vector<std::int64_t>& time, const StoreOptions& options,
                            const Progress& progress) {
  auto keys = Keys::of(tables, options.entity);
  if (!keys) return fail(keys.error());
  std::vector<std::vector<std::uint32_t>> by_key(keys->count());
  std::uint32_t row = 0;
  for (std::size_t t = 0; t < tables.size(); ++t)
    for (const std::int32_t key : keys->table(t))
      by_key[static_cast<std::size_t>(key)].push_back(row++);
  std::vector<const Column*> parts;
  for (const std::string& name : options.entity) parts.push_back(whole.find(name));
  StoreSimulation simulation(options, time);
  for (std::size_t k = 0; k < by_key.size(); ++k) {
    if (k % 1024 == 0 &&
        !progress.report(static_cast<double>(k) / static_cast<double>(by_key.size())))
      return cancelled();
    std::vector<std::uint32_t>& rows = by_key[k];
    const auto earlier = [&](std::uint32_t a, std::uint32_t b) { return time[a] < time[b]; };
    if (!std::is_sorted(rows.begin(), rows.end(), earlier))
      std::stable_sort(rows.begin(), rows.end(), earlier);
    std::uint64_t name = kFnvOffset;
    for (const Column* part : parts) name = fnv1a64(level_text(*part, rows.front()) + "\n", name);
    simulation.key(rows, name);
  }
  return std::move(simulation).take();
}

}  // namespace

Result<std::vector<Frame>> serve_from_store(std::span<const Frame> tables,
                                            const StoreOptions& options, const Progress& progress) {
  if (auto fine = check_store(tables, options); !fine) return fail(fine.error());
  auto whole = needed(tables, options);
  if (!whole) return fail(whole.error());
  auto time = times_of(*whole, options.time);
  if (!time) return fail(time.error());
  auto served = simulate(tables, *whole, *time, options, progress);
  if (!served) return fail(served.error());
  std::vector<Column> columns;
  for (const std::string& name : options.columns)
    columns.push_back(served_column(*whole->find(name), *served, options, tables.front().rows()));
  auto all = with_marks(columns, *whole, *time, std::move(*served), options);
  if (!all) return fail(all.error());
  std::vector<Frame> out;
  std::size_t begin = 0;
  for (const Frame& table : tables) {
    const Frame part = all->slice(begin, begin + table.rows());
    begin += table.rows();
    columns.clear();
    for (std::size_t c = 0; c < part.columns(); ++c) columns.push_back(part.column(c));
    auto with = with_all(table, columns);
    if (!with) return fail(with.error());
    out.push_back(std::move(*with));
  }
  return out;
}

}  // namespace rehearse::features
