// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/replicate.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "engine/scenarios/repeated.hpp"
#include "engine/scenarios/replicate_summary.hpp"

namespace rehearse::scenarios {
namespace {

using Tables = std::vector<Frame>;

Result<void> validate(const ReplicateOptions& o) {
  if (o.repeats < 2 || o.repeats > 100000)
    return fail(Code::invalid_argument, "{} repetitions were asked for; there can be 2 to 100,000",
                o.repeats);
  if (!(o.alpha > 0 && o.alpha < 1))
    return fail(Code::invalid_argument, "alpha is {:g}; it lies between 0 and 1", o.alpha);
  return {};
}

// Runs the body for every repetition; the first error in their order is the result's.
Result<std::vector<Tables>> run_all(const ReplicateOptions& o, const RepeatedBody& body,
                                    const Progress& progress) {
  std::vector<std::optional<Result<Tables>>> done(o.repeats);
  std::atomic<std::uint64_t> finished{0};
  repeat_in_parallel(o.repeats, o.threads, [&](std::uint64_t r) {
    done[r] = body(r);
    const double fraction = static_cast<double>(++finished) / static_cast<double>(o.repeats);
    return progress.report(fraction) && done[r]->has_value();
  });
  std::vector<Tables> all;
  for (std::uint64_t r = 0; r < o.repeats; ++r) {
    if (progress.stop_requested()) return cancelled();
    if (!done[r]) continue;  // another one failed first
    if (!*done[r])
      return fail(done[r]->error().code, "repetition {}: {}", r + 1, done[r]->error().message);
    all.push_back(std::move(**done[r]));
  }
  return all;
}

std::string name_of(const ReplicateOptions& o, std::size_t table) {
  if (table < o.series.size() && !o.series[table].empty()) return o.series[table];
  return fmt::format("analysis {}", table + 1);
}

// All rows beneath each other, by the union of the columns.
class Runs {
 public:
  explicit Runs(const ReplicateOptions& o) : o_(o) {}

  void add(std::uint64_t replicate, const Tables& tables) {
    double least = std::numeric_limits<double>::infinity();
    std::optional<std::pair<std::size_t, std::size_t>> best;
    for (std::size_t t = 0; t < tables.size(); ++t) {
      const Column* p = o_.pick.empty() ? nullptr : tables[t].find(o_.p);
      for (std::size_t row = 0; row < tables[t].rows(); ++row) {
        add_row(replicate, series_of(t, tables[t], row), tables[t], row);
        if (p && p->numeric() && p->number(row) < least) least = p->number(row), best = {t, row};
      }
    }
    if (best) add_row(replicate, o_.pick, tables[best->first], best->second);
  }

  Result<Frame> build() && {
    Frame::Builder b;
    const std::size_t n = replicate_.size();
    b.add("replicate", std::move(replicate_)).add("series", series_);
    for (const std::string& name : order_) {
      if (auto text = texts_.find(name); text != texts_.end()) {
        text->second.resize(n);
        b.add(name, text->second);
        continue;
      }
      std::vector<double>& values = numbers_.at(name);
      values.resize(n, std::nan(""));
      std::vector<std::uint8_t> known(n);
      bool all = true;
      for (std::size_t i = 0; i < n; ++i) all &= known[i] = !std::isnan(values[i]);
      b.add(name, std::move(values));
      if (!all) b.missing(std::move(known));
    }
    return std::move(b).build();
  }

 private:
  std::string series_of(std::size_t t, const Frame& table, std::size_t row) const {
    const Column* by = o_.by.empty() ? nullptr : table.find(o_.by);
    return by ? by->cell(row) : name_of(o_, t);
  }

  void add_row(std::uint64_t replicate, const std::string& series, const Frame& table,
               std::size_t row) {
    const std::size_t at = replicate_.size();
    replicate_.push_back(static_cast<std::int64_t>(replicate)), series_.push_back(series);
    for (std::size_t c = 0; c < table.columns(); ++c) {
      const Column& column = table.column(c);
      if (column.name() == "replicate" || column.name() == "series") continue;
      if (column.type() == Type::dictionary)
        put(texts_, column.name(), at, std::string(column.text(row)), std::string());
      else
        put(numbers_, column.name(), at, column.number(row), std::nan(""));
    }
  }

  // A name that is a number in one table and a text in another keeps what it was first.
  template <class T>
  void put(std::map<std::string, std::vector<T>>& columns, const std::string& name, std::size_t at,
           T value, const T& empty) {
    auto found = columns.find(name);
    if (found == columns.end()) {
      if (std::find(order_.begin(), order_.end(), name) != order_.end()) return;
      order_.push_back(name);
      found = columns.emplace(name, std::vector<T>()).first;
    }
    found->second.resize(at, empty);
    found->second.push_back(std::move(value));
  }

  const ReplicateOptions& o_;
  std::vector<std::int64_t> replicate_;
  std::vector<std::string> series_, order_;
  std::map<std::string, std::vector<double>> numbers_;
  std::map<std::string, std::vector<std::string>> texts_;
};

}  // namespace

Result<Replicated> replicate(const ReplicateOptions& options, const RepeatedBody& body,
                             const Progress& progress) {
  if (auto fine = validate(options); !fine) return fail(fine.error());
  auto all = run_all(options, body, progress);
  if (!all) return fail(all.error());
  Runs rows(options);
  for (std::size_t r = 0; r < all->size(); ++r) rows.add(r, (*all)[r]);
  auto runs = std::move(rows).build();
  if (!runs) return fail(runs.error());
  if (runs->rows() == 0)
    return fail(Code::bad_data, "the body returned tables without rows in every repetition");
  auto summary = summarize_runs(*runs, options.alpha, options.p);
  if (!summary) return fail(summary.error());
  return Replicated{std::move(*runs), std::move(*summary)};
}

}  // namespace rehearse::scenarios
