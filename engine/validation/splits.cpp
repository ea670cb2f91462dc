// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation/splits.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/hash.hpp"
#include "engine/base/nearest.hpp"
#include "engine/base/random.hpp"

namespace rehearse::validation {
namespace {

constexpr const char* kSplits[] = {"random", "stratified", "blocked", "forward", "rolling", "user"};
constexpr const char* kHoldouts[] = {"random", "time", "user"};

// Fold of each row, or where it belongs to no test part, -1.
using Membership = std::vector<int>;

// Rows in order of a draw of their own.
Rows shuffled(const Frame& rows, std::uint64_t seed, std::uint64_t replicate) {
  const Column* id = rows.find("impression_id");
  const bool named = id && id->type() == Type::int64;
  const StreamKey key = stream_key(seed, "validation.split");
  std::vector<double> lot(rows.rows());
  for (std::size_t row = 0; row < lot.size(); ++row)
    lot[row] = Stream(key, replicate,
                      named ? static_cast<std::uint64_t>(id->values<std::int64_t>()[row]) : row)
                   .uniform();
  Rows order(rows.rows());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return lot[a] < lot[b]; });
  return order;
}

// Which of K runs the item at `place` of n falls in; the first n mod K runs hold one more.
int run_of(std::size_t place, std::size_t n, int folds) {
  const auto k = static_cast<std::size_t>(folds);
  const std::size_t small = n / k, larger = n % k, edge = larger * (small + 1);
  return static_cast<int>(place < edge ? place / (small + 1)
                                       : larger + (place - edge) / std::max<std::size_t>(1, small));
}

// Numbers of a column that must be there in each row.
Result<std::vector<double>> full_numbers(const Frame& rows, const std::string& name) {
  auto column = rows.require(name);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::bad_data, "the column `{}` holds texts; a split by it needs numbers", name);
  auto values = (*column)->numbers();
  for (std::size_t row = 0; row < values.size(); ++row)
    if (!std::isfinite(values[row]))
      return fail(Code::bad_data, "row {}: the column `{}` is empty or infinite", row + 1, name);
  return values;
}

tl::unexpected<Error> too_few(std::size_t have, const char* what, int folds) {
  return fail(Code::bad_data, "{} {} are too few for {} folds; ask for fewer folds or give more",
              have, what, folds);
}

Result<Membership> random_membership(const Frame& rows, const SplitOptions& o) {
  if (rows.rows() < static_cast<std::size_t>(o.folds)) return too_few(rows.rows(), "rows", o.folds);
  const Rows order = shuffled(rows, o.seed, o.replicate);
  Membership fold(rows.rows());
  for (std::size_t place = 0; place < order.size(); ++place)
    fold[order[place]] = run_of(place, order.size(), o.folds);
  return fold;
}

// The classes are dealt one after another, each where the one before stopped, so that folds are of
// one size to within a row.
Result<Membership> stratified_membership(const Frame& rows, const SplitOptions& o) {
  auto labels = full_numbers(rows, o.label);
  if (!labels) return fail(labels.error());
  const Rows order = shuffled(rows, o.seed, o.replicate);
  std::vector<double> classes(*labels);
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  if (classes.size() > 50)
    return fail(Code::invalid_argument,
                "the label `{}` has {} distinct values: stratify by classes, not by a number",
                o.label, classes.size());
  Membership fold(rows.rows());
  int next = 0;
  for (const double value : classes) {
    std::size_t members = 0;
    for (const std::uint32_t row : order)
      if ((*labels)[row] == value) fold[row] = next, next = (next + 1) % o.folds, ++members;
    if (members < static_cast<std::size_t>(o.folds))
      return fail(Code::bad_data,
                  "only {} rows have the label {:g}: too few for {} stratified folds", members,
                  value, o.folds);
  }
  return fold;
}

Result<Membership> user_membership(const Frame& rows, const SplitOptions& o) {
  auto users = entity_keys(rows, o.user);
  if (!users) return fail(users.error());
  const StreamKey key = stream_key(o.seed, "validation.split");
  Membership fold(rows.rows());
  std::vector<std::size_t> count(static_cast<std::size_t>(o.folds));
  for (std::size_t row = 0; row < fold.size(); ++row) {
    const double lot = Stream(key, o.replicate, (*users)[row]).uniform();
    fold[row] = static_cast<int>(lot * o.folds);
    ++count[static_cast<std::size_t>(fold[row])];
  }
  for (const std::size_t rows_of_fold : count)
    if (rows_of_fold == 0) return too_few(rows.rows(), "rows of so few users", o.folds);
  return fold;
}

std::vector<Fold> complements(const Membership& fold, int folds) {
  std::vector<Fold> all(static_cast<std::size_t>(folds));
  for (std::size_t row = 0; row < fold.size(); ++row)
    for (int f = 0; f < folds; ++f) {
      Fold& one = all[static_cast<std::size_t>(f)];
      (fold[row] == f ? one.test : one.train).push_back(static_cast<std::uint32_t>(row));
    }
  return all;
}

struct Days {
  std::vector<double> of_row, distinct;
};

Result<Days> days_of(const Frame& rows, const std::string& name) {
  auto values = full_numbers(rows, name);
  if (!values) return fail(values.error());
  Days days{*values, std::move(*values)};
  std::sort(days.distinct.begin(), days.distinct.end());
  days.distinct.erase(std::unique(days.distinct.begin(), days.distinct.end()), days.distinct.end());
  return days;
}

// Rows whose day lies in [first, last] test; those for which `teaches` train.
template <class Teaches>
Fold fold_of(const Days& days, double first, double last, const Teaches& teaches) {
  Fold fold;
  for (std::size_t row = 0; row < days.of_row.size(); ++row) {
    const double day = days.of_row[row];
    if (day >= first && day <= last)
      fold.test.push_back(static_cast<std::uint32_t>(row));
    else if (teaches(day))
      fold.train.push_back(static_cast<std::uint32_t>(row));
  }
  return fold;
}

Result<std::vector<Fold>> timed_folds(const Frame& rows, const SplitOptions& o) {
  auto days = days_of(rows, o.day);
  if (!days) return fail(days.error());
  const auto k = static_cast<std::size_t>(o.folds);
  const std::size_t n = days->distinct.size();
  const bool blocked = o.split == Split::blocked;
  if (n < k + (blocked ? 0 : 1)) return too_few(n, "distinct days", o.folds);
  std::vector<Fold> folds;
  for (std::size_t f = 0; f < k; ++f) {
    const std::size_t block = n / (k + 1),
                      begin = blocked ? f * (n / k) + std::min(f, n % k) : n - (k - f) * block,
                      size = blocked ? n / k + (f < n % k) : block;
    const double first = days->distinct[begin], last = days->distinct[begin + size - 1];
    folds.push_back(fold_of(*days, first, last, [&](double day) {
      if (blocked) return day + o.gap_days < first || day - o.gap_days > last;
      const bool before = day + o.gap_days < first;
      return before && (o.split == Split::forward || day + o.gap_days + o.window_days >= first);
    }));
    if (folds.back().train.empty())
      return fail(Code::bad_data,
                  "fold {}: no training rows are left before day {:g} with a gap of {:g} days; use "
                  "a smaller gap, fewer folds or a longer log",
                  f + 1, first, o.gap_days);
  }
  return folds;
}

Result<void> validate(const SplitOptions& o) {
  if (o.folds < 2 || o.folds > 100)
    return fail(Code::invalid_argument, "folds is {}; it lies between 2 and 100", o.folds);
  if (!(o.gap_days >= 0 && o.gap_days <= 366))
    return fail(Code::invalid_argument, "gap_days is {:g}; it lies between 0 and 366", o.gap_days);
  if (!(o.window_days > 0 && o.window_days <= 366))
    return fail(Code::invalid_argument, "window_days is {:g}; it is above 0 and at most 366",
                o.window_days);
  return {};
}

template <class Name, std::size_t N>
Result<std::size_t> place_of(std::string_view name, const Name (&names)[N], const char* what) {
  for (std::size_t i = 0; i < N; ++i)
    if (name == names[i]) return i;
  const std::vector<std::string> known(std::begin(names), std::end(names));
  return fail(Code::invalid_argument, "there is no {} `{}`{}", what, name,
              did_you_mean(std::string(name), known));
}

}  // namespace

const char* split_name(Split split) { return kSplits[static_cast<int>(split)]; }

const std::vector<std::string>& split_names() {
  static const std::vector<std::string> names(std::begin(kSplits), std::end(kSplits));
  return names;
}

Result<Split> parse_split(std::string_view name) {
  auto place = place_of(name, kSplits, "split");
  if (!place) return fail(place.error());
  return static_cast<Split>(*place);
}

Result<std::vector<std::uint64_t>> entity_keys(const Frame& rows, const std::string& name) {
  auto column = rows.require(name);
  if (!column) return fail(column.error());
  std::vector<std::uint64_t> keys(rows.rows());
  for (std::size_t row = 0; row < keys.size(); ++row) {
    if ((*column)->missing(row))
      return fail(Code::bad_data, "row {}: the column `{}` is empty", row + 1, name);
    keys[row] = (*column)->numeric() ? Hasher().add((*column)->number(row)).digest()
                                     : fnv1a64((*column)->text(row));
  }
  return keys;
}

Result<std::vector<Fold>> make_folds(const Frame& rows, const SplitOptions& o) {
  if (auto fine = validate(o); !fine) return fail(fine.error());
  if (rows.rows() == 0) return fail(Code::bad_data, "the table has no rows to split");
  if (o.split == Split::blocked || o.split == Split::forward || o.split == Split::rolling)
    return timed_folds(rows, o);
  auto membership = o.split == Split::random       ? random_membership(rows, o)
                    : o.split == Split::stratified ? stratified_membership(rows, o)
                                                   : user_membership(rows, o);
  if (!membership) return fail(membership.error());
  return complements(*membership, o.folds);
}

Result<std::vector<NestedFold>> make_nested_folds(const Frame& rows, const SplitOptions& o,
                                                  int inner_folds) {
  auto outer = make_folds(rows, o);
  if (!outer) return fail(outer.error());
  SplitOptions inside = o;
  inside.folds = inner_folds;
  std::vector<NestedFold> nested;
  for (std::size_t f = 0; f < outer->size(); ++f) {
    Fold& fold = (*outer)[f];
    auto inner = make_folds(rows.take(fold.train), inside);
    if (!inner)
      return fail(inner.error().code, "inside outer fold {}: {}", f + 1, inner.error().message);
    for (Fold& one : *inner)
      for (Rows* part : {&one.train, &one.test})
        for (std::uint32_t& row : *part) row = fold.train[row];
    nested.push_back({std::move(fold), std::move(*inner)});
  }
  return nested;
}

Result<Holdout> parse_holdout(std::string_view name) {
  auto place = place_of(name, kHoldouts, "hold-out");
  if (!place) return fail(place.error());
  return static_cast<Holdout>(*place);
}

namespace {

// Marks what is held out: 1.
Result<Membership> held_out(const Frame& rows, const HoldoutOptions& o) {
  Membership held(rows.rows(), 0);
  const auto wanted =
      static_cast<std::size_t>(std::llround(o.share * static_cast<double>(rows.rows())));
  if (o.by == Holdout::random) {
    const Rows order = shuffled(rows, o.seed, 0);
    for (std::size_t i = 0; i < wanted; ++i) held[order[i]] = 1;
  } else if (o.by == Holdout::user) {
    auto users = entity_keys(rows, o.user);
    if (!users) return fail(users.error());
    const StreamKey key = stream_key(o.seed, "validation.split");
    for (std::size_t row = 0; row < held.size(); ++row)
      held[row] = Stream(key, 0, (*users)[row]).uniform() < o.share;
  } else {
    auto times = full_numbers(rows, !o.time.empty() ? o.time : rows.find("time") ? "time" : "day");
    if (!times) return fail(times.error());
    std::vector<double> sorted(*times);
    std::sort(sorted.begin(), sorted.end());
    // Of the two moments next to the cut, the one that leaves the share nearer.
    const auto cut = sorted.end() - static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, wanted));
    const auto from = std::lower_bound(sorted.begin(), sorted.end(), *cut),
               after = std::upper_bound(sorted.begin(), sorted.end(), *cut);
    const bool later =
        after != sorted.end() && (from == sorted.begin() || after - cut < cut - from);
    const double first = later ? *after : *from;
    for (std::size_t row = 0; row < held.size(); ++row) held[row] = (*times)[row] >= first;
  }
  return held;
}

}  // namespace

Result<Fold> make_holdout(const Frame& rows, const HoldoutOptions& o) {
  if (!(o.share > 0 && o.share < 1))
    return fail(Code::invalid_argument, "share is {:g}; it lies between 0 and 1, both excluded",
                o.share);
  if (rows.rows() == 0) return fail(Code::bad_data, "the table has no rows to hold out from");
  auto held = held_out(rows, o);
  if (!held) return fail(held.error());
  Fold fold;
  for (std::size_t row = 0; row < held->size(); ++row)
    ((*held)[row] ? fold.test : fold.train).push_back(static_cast<std::uint32_t>(row));
  if (fold.test.empty() || fold.train.empty())
    return fail(Code::bad_data,
                "holding out a share of {:g} by {} leaves one part without rows ({} and {})",
                o.share, kHoldouts[static_cast<int>(o.by)], fold.train.size(), fold.test.size());
  return fold;
}

Result<Rows> sample_rows(const Frame& rows, double share, std::uint64_t seed) {
  if (!(share > 0 && share <= 1))
    return fail(Code::invalid_argument, "share is {:g}; it is above 0 and at most 1", share);
  Rows order = shuffled(rows, seed, 0);
  order.resize(static_cast<std::size_t>(std::llround(share * static_cast<double>(order.size()))));
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace rehearse::validation
