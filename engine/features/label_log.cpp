// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/label_log.hpp"

#include <cmath>

#include "engine/features/columns.hpp"
#include "engine/features/history.hpp"
#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

// When each label is known, from the row's own time on.
Result<std::vector<std::int64_t>> arrivals(const Frame& rows, const std::string& arrival,
                                           const std::vector<std::int64_t>& time) {
  if (arrival.empty()) return time;
  auto column = rows.require(arrival);
  if (!column) return fail(column.error());
  if ((*column)->type() != Type::time)
    return fail(Code::bad_data, "the column `{}` holds {}; a time of arrival is needed", arrival,
                type_name((*column)->type()));
  std::vector<std::int64_t> known(rows.rows(), kNeverKnown);
  const auto moments = (*column)->values<std::int64_t>();
  for (std::size_t row = 0; row < known.size(); ++row) {
    if (blank(**column, row)) continue;
    known[row] = moments[row];
    if (known[row] < time[row])
      return fail(Code::bad_data, "row {}: the label arrived (`{}`) before the row's own time",
                  row + 1, arrival);
  }
  return known;
}

}  // namespace

Result<std::vector<double>> finite_labels(const Frame& rows, const std::string& label) {
  auto column = rows.require(label);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::bad_data, "the label `{}` holds texts; a number is needed", label);
  std::vector<double> values = (*column)->numbers();
  for (std::size_t row = 0; row < values.size(); ++row)
    if (!std::isfinite(values[row]))
      return fail(Code::bad_data, "row {}: the label `{}` is {}", row + 1, label,
                  std::isnan(values[row]) ? "missing" : "infinite");
  return values;
}

Result<LabelLog> label_log(std::span<const Frame> tables, const std::string& label,
                           const std::string& time, const std::string& arrival) {
  LabelLog log;
  for (const Frame& table : tables) {
    log.begins.push_back(log.value.size());
    auto values = finite_labels(table, label);
    if (!values) return fail(values.error());
    log.value.insert(log.value.end(), values->begin(), values->end());
    if (time.empty()) continue;
    auto moments = times_of(table, time);
    if (!moments) return fail(moments.error());
    auto known = arrivals(table, arrival, *moments);
    if (!known) return fail(known.error());
    log.time.insert(log.time.end(), moments->begin(), moments->end());
    log.known.insert(log.known.end(), known->begin(), known->end());
  }
  log.begins.push_back(log.value.size());
  return log;
}

}  // namespace rehearse::features
