// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/frequency.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/features/columns.hpp"
#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

std::vector<double> ranks(const std::vector<double>& counts,
                          const std::vector<std::string>& names) {
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : names[a] < names[b];
  });
  std::vector<double> rank(counts.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<double>(i + 1);
  return rank;
}

bool is_missing_when_new(FrequencyKind kind) {
  return kind == FrequencyKind::rank || kind == FrequencyKind::ordinal;
}

}  // namespace

Result<FrequencyKind> parse_frequency_kind(const std::string& name) {
  for (const FrequencyKind kind :
       {FrequencyKind::count, FrequencyKind::share, FrequencyKind::rank, FrequencyKind::ordinal})
    if (name == name_of(kind)) return kind;
  return fail(Code::invalid_argument, "`{}` is no frequency: count, share, rank, ordinal", name);
}

const char* name_of(FrequencyKind kind) {
  switch (kind) {
    case FrequencyKind::count: return "count";
    case FrequencyKind::share: return "share";
    case FrequencyKind::rank: return "rank";
    case FrequencyKind::ordinal: return "ordinal";
  }
  return "";
}

Result<Frequency> Frequency::fit(const Frame& rows, const std::vector<std::string>& columns,
                                 FrequencyKind kind) {
  if (rows.rows() == 0) return fail(Code::bad_data, "there are no rows to count");
  Frequency encoder;
  encoder.kind_ = kind;
  const Frame tables[] = {rows};
  if (columns.empty())
    return fail(Code::invalid_argument, "no column is named: name those to encode");
  for (const std::string& name : columns) {
    auto allowed = encodable(rows, name);
    if (!allowed) return fail(allowed.error());
    auto keys = Keys::of(tables, {name});
    if (!keys) return fail(keys.error());
    std::vector<double> values(keys->count());
    for (const std::int32_t key : keys->table(0)) values[static_cast<std::size_t>(key)] += 1;
    std::vector<std::string> names;
    for (std::size_t k = 0; k < values.size(); ++k)
      names.push_back(level_text(**allowed, keys->first(static_cast<std::int32_t>(k)).row));
    if (kind == FrequencyKind::share)
      for (double& value : values) value /= static_cast<double>(rows.rows());
    if (kind == FrequencyKind::rank) values = ranks(values, names);
    if (kind == FrequencyKind::ordinal) std::iota(values.begin(), values.end(), 0.0);
    Table table{name, {}};
    for (std::size_t k = 0; k < values.size(); ++k) table.value[names[k]] = values[k];
    encoder.tables_.push_back(std::move(table));
  }
  return encoder;
}

Result<Frame> Frequency::apply(const Frame& rows) const {
  const Frame tables[] = {rows};
  std::vector<Column> added;
  for (const Table& table : tables_) {
    auto keys = Keys::of(tables, {table.column});
    if (!keys) return fail(keys.error());
    const Column& column = *rows.find(table.column);
    std::vector<double> of_key(keys->count(), is_missing_when_new(kind_) ? std::nan("") : 0.0);
    for (std::size_t k = 0; k < of_key.size(); ++k) {
      const auto found =
          table.value.find(level_text(column, keys->first(static_cast<std::int32_t>(k)).row));
      if (found != table.value.end()) of_key[k] = found->second;
    }
    std::vector<double> values(rows.rows());
    std::vector<std::uint8_t> valid(rows.rows(), 1);
    bool gaps = false;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      values[row] = of_key[static_cast<std::size_t>(keys->table(0)[row])];
      if (!std::isnan(values[row])) continue;
      valid[row] = 0, gaps = true;
    }
    if (!gaps) valid.clear();
    added.push_back(made(table.column + "_" + name_of(kind_), std::move(values),
                         {.role = Role::feature, .privacy = column.privacy()}, std::move(valid)));
  }
  return with_all(rows, added);
}

}  // namespace rehearse::features
