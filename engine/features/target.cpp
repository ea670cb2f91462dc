// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/target.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/features/columns.hpp"
#include "engine/features/history.hpp"
#include "engine/features/keys.hpp"
#include "engine/features/label_log.hpp"

namespace rehearse::features {
namespace {

constexpr double kMicrosPerHour = 3.6e9;

struct Totals {
  double rows = 0, sum = 0;
  double mean() const { return rows > 0 ? sum / rows : 0; }
};

struct GroupTotals {
  Totals all;
  std::vector<Totals> by_key;
};

GroupTotals totals_of(std::span<const std::int32_t> keys, std::size_t count,
                      std::span<const double> labels) {
  GroupTotals totals{{}, std::vector<Totals>(count)};
  for (std::size_t row = 0; row < keys.size(); ++row) {
    Totals& group = totals.by_key[static_cast<std::size_t>(keys[row])];
    group.rows += 1, group.sum += labels[row];
    totals.all.rows += 1, totals.all.sum += labels[row];
  }
  return totals;
}

void reserve(Encoding& out, std::size_t rows) {
  for (auto* column : {&out.rows, &out.sum, &out.prior, &out.value}) column->reserve(rows);
}

void put(Encoding& out, const Totals& group, double prior, double smoothing) {
  out.rows.push_back(group.rows), out.sum.push_back(group.sum), out.prior.push_back(prior);
  out.value.push_back(m_estimate(group.sum, group.rows, prior, smoothing));
}

Encoding from_totals(std::span<const std::int32_t> keys, const GroupTotals& totals,
                     double smoothing) {
  Encoding out;
  reserve(out, keys.size());
  for (const std::int32_t key : keys)
    put(out, totals.by_key[static_cast<std::size_t>(key)], totals.all.mean(), smoothing);
  return out;
}

// The fitting rows, each from the folds that it is not in.
Encoding out_of_fold(std::span<const std::int32_t> keys, std::size_t count,
                     std::span<const double> labels, std::span<const int> fold,
                     const TargetOptions& options) {
  const GroupTotals whole = totals_of(keys, count, labels);
  const auto folds = static_cast<std::size_t>(options.folds);
  std::vector<Totals> held(count * folds), held_all(folds);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const auto k = static_cast<std::size_t>(fold[row]);
    for (Totals* totals : {&held[static_cast<std::size_t>(keys[row]) * folds + k], &held_all[k]})
      totals->rows += 1, totals->sum += labels[row];
  }
  Encoding out;
  reserve(out, keys.size());
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const auto key = static_cast<std::size_t>(keys[row]), k = static_cast<std::size_t>(fold[row]);
    const Totals &mine = held[key * folds + k], &all = whole.by_key[key];
    const Totals rest{whole.all.rows - held_all[k].rows, whole.all.sum - held_all[k].sum};
    put(out, {all.rows - mine.rows, all.sum - mine.sum}, rest.mean(), options.smoothing);
  }
  return out;
}

Result<std::vector<Encoding>> by_fitting_rows(std::span<const Frame> tables, const Keys& keys,
                                              const TargetOptions& options) {
  auto labels = finite_labels(tables.front(), options.label);
  if (!labels) return fail(labels.error());
  const GroupTotals totals = totals_of(keys.table(0), keys.count(), *labels);
  std::vector<Encoding> out;
  for (std::size_t t = 0; t < tables.size(); ++t)
    out.push_back(from_totals(keys.table(t), totals, options.smoothing));
  if (options.method == TargetMethod::naive) return out;
  auto fold = folds_of(tables.front(), options.folds, options.fold_by, options.seed);
  if (!fold) return fail(fold.error());
  out.front() = out_of_fold(keys.table(0), keys.count(), *labels, *fold, options);
  return out;
}

Result<std::vector<Encoding>> by_time(std::span<const Frame> tables, const Keys& keys,
                                      const TargetOptions& options, const Progress& progress) {
  auto log = label_log(tables, options.label, options.time, options.arrival);
  if (!log) return fail(log.error());
  std::vector<std::int32_t> all;
  all.reserve(log->value.size());
  for (std::size_t t = 0; t < tables.size(); ++t)
    all.insert(all.end(), keys.table(t).begin(), keys.table(t).end());
  HistoryOptions history;
  history.wait = static_cast<std::int64_t>(options.wait_hours * kMicrosPerHour);
  auto known =
      known_before({log->time, log->known, log->value, all, keys.count()}, history, progress);
  if (!known) return fail(known.error());
  std::vector<Encoding> out;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    Encoding table;
    reserve(table, tables[t].rows());
    for (std::size_t i = log->begins[t]; i < log->begins[t + 1]; ++i)
      put(table, {known->rows[i], known->sum[i]},
          Totals{known->all_rows[i], known->all_sum[i]}.mean(), options.smoothing);
    out.push_back(std::move(table));
  }
  return out;
}

// Kept off 0 and 1, where log-odds are infinite: half a click either way.
Result<std::vector<double>> log_odds(const Encoding& encoding, double smoothing) {
  std::vector<double> out;
  out.reserve(encoding.value.size());
  for (std::size_t row = 0; row < encoding.value.size(); ++row) {
    const double p = encoding.value[row], edge = 0.5 / (encoding.rows[row] + smoothing + 1);
    if (p < 0 || p > 1)
      return fail(Code::invalid_argument,
                  "log-odds are of labels that are 0 or 1; a mean of {} is neither", p);
    const double inside = std::min(std::max(p, edge), 1 - edge);
    out.push_back(std::log(inside / (1 - inside)));
  }
  return out;
}

// Labels of fitting rows are of the past for every other table, where there are times to tell.
Result<void> in_order_of_time(std::span<const Frame> tables, const std::string& time) {
  for (const Frame& table : tables)
    if (!table.find(time)) return {};
  auto fitted = times_of(tables.front(), time);
  if (!fitted) return fail(fitted.error());
  const std::int64_t end = *std::max_element(fitted->begin(), fitted->end());
  for (std::size_t t = 1; t < tables.size(); ++t) {
    auto moments = times_of(tables[t], time);
    if (!moments) return fail(moments.error());
    if (moments->empty() || *std::min_element(moments->begin(), moments->end()) >= end) continue;
    return fail(Code::invalid_argument,
                "table {} begins before the fitting rows end, so that their labels would tell its "
                "rows the future: split by time, take method `time`, or say `allow_leak = true`",
                t + 1);
  }
  return {};
}

Result<void> check(std::span<const Frame> tables, const TargetOptions& options) {
  if (tables.empty() || tables.front().rows() == 0)
    return fail(Code::bad_data, "there are no rows to fit an encoding on");
  if (!(options.smoothing >= 0) || options.folds < 2 || !(options.wait_hours >= 0))
    return fail(Code::invalid_argument,
                "smoothing and wait_hours are not below 0, and there are two folds at least");
  if (options.method == TargetMethod::folds &&
      static_cast<std::size_t>(options.folds) > tables.front().rows())
    return fail(Code::bad_data, "{} folds of {} rows: some would be empty", options.folds,
                tables.front().rows());
  if (auto honest = require_honest(time_scope(options.method), options.allow_leak,
                                   "the naive target encoding");
      !honest)
    return honest;
  if (options.method == TargetMethod::time || options.allow_leak) return {};
  return in_order_of_time(tables, options.time);
}

}  // namespace

Result<TargetMethod> parse_target_method(const std::string& name) {
  if (name == "naive") return TargetMethod::naive;
  if (name == "folds") return TargetMethod::folds;
  if (name == "time") return TargetMethod::time;
  return fail(Code::invalid_argument, "`{}` is no method of target encoding: naive, folds, time",
              name);
}

TimeScope time_scope(TargetMethod method) {
  switch (method) {
    case TargetMethod::naive: return TimeScope::own_label;
    case TargetMethod::folds: return TimeScope::other_folds;
    case TargetMethod::time: return TimeScope::known_before;
  }
  return TimeScope::own_label;
}

Result<std::vector<int>> folds_of(const Frame& rows, int folds, const std::string& by,
                                  std::uint64_t seed) {
  const StreamKey key = stream_key(seed, "features.fold");
  const auto draw = [&](std::uint64_t entity) {
    return static_cast<int>(Stream(key, 0, entity).below(static_cast<std::uint64_t>(folds)));
  };
  std::vector<int> out(rows.rows());
  if (by.empty()) {
    for (std::size_t row = 0; row < out.size(); ++row) out[row] = draw(row);
    return out;
  }
  const Frame tables[] = {rows};
  auto groups = Keys::of(tables, {by});
  if (!groups) return fail(groups.error());
  for (std::size_t row = 0; row < out.size(); ++row)
    out[row] = draw(static_cast<std::uint64_t>(groups->table(0)[row]));
  return out;
}

Result<std::vector<Encoding>> target_encoding(std::span<const Frame> tables,
                                              const std::string& column,
                                              const TargetOptions& options,
                                              const Progress& progress) {
  if (auto fine = check(tables, options); !fine) return fail(fine.error());
  auto keys = Keys::of(tables, {column});
  if (!keys) return fail(keys.error());
  auto encoded = options.method == TargetMethod::time ? by_time(tables, *keys, options, progress)
                                                      : by_fitting_rows(tables, *keys, options);
  if (!encoded || !options.log_odds) return encoded;
  for (Encoding& table : *encoded) {
    auto odds = log_odds(table, options.smoothing);
    if (!odds) return fail(odds.error());
    table.value = std::move(*odds);
  }
  return encoded;
}

Result<std::vector<Frame>> encode_target(std::span<const Frame> tables,
                                         const TargetOptions& options, const Progress& progress) {
  std::vector<Frame> out(tables.begin(), tables.end());
  for (const std::string& column : options.columns) {
    auto encoded = target_encoding(tables, column, options, progress);
    if (!encoded) return fail(encoded.error());
    for (std::size_t t = 0; t < out.size(); ++t) {
      const Column added = made(column + options.suffix, std::move((*encoded)[t].value),
                                ColumnInfo{.role = Role::feature,
                                           .unit = options.log_odds ? "log-odds of " + options.label
                                                                    : "mean " + options.label});
      auto with = out[t].with(added);
      if (!with) return fail(with.error());
      out[t] = std::move(*with);
    }
  }
  return out;
}

}  // namespace rehearse::features
