// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/groups.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/metrics/reliability.hpp"

namespace rehearse::diagnose {
namespace {

constexpr std::uint32_t kUnset = 0xFFFFFFFF;

// A 0 or a 1 alone would say nothing in a legend.
std::string level_name(const Column& column, double value, bool flag) {
  return flag ? fmt::format("{} = {:.6g}", column.name(), value) : fmt::format("{:.6g}", value);
}

// Names that sort as what they stand for: by number, or by text.
Groups from_keys(std::vector<std::string> names, std::vector<std::uint32_t> of, std::size_t most) {
  std::vector<std::size_t> counts(names.size(), 0);
  for (const std::uint32_t g : of)
    if (g != kUnset) ++counts[g];
  std::vector<std::uint32_t> order(names.size());
  std::iota(order.begin(), order.end(), 0u);
  std::erase_if(order, [&](std::uint32_t g) { return counts[g] == 0; });
  std::vector<std::uint32_t> kept = order;
  if (order.size() > most) {
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return counts[a] > counts[b]; });
    order.resize(most - 1);
    std::sort(order.begin(), order.end());
  }
  Groups groups;
  std::vector<std::uint32_t> becomes(names.size(), kUnset);
  for (const std::uint32_t g : order) {
    becomes[g] = static_cast<std::uint32_t>(groups.names.size());
    groups.names.push_back(names[g]);
  }
  const bool other = kept.size() > order.size();
  const auto other_index = static_cast<std::uint32_t>(groups.names.size());
  if (other) groups.names.emplace_back("other");
  const bool missing = std::find(of.begin(), of.end(), kUnset) != of.end();
  const auto missing_index = static_cast<std::uint32_t>(groups.names.size());
  if (missing) groups.names.emplace_back("missing");
  for (std::uint32_t& g : of)
    g = g == kUnset ? missing_index : becomes[g] == kUnset ? other_index : becomes[g];
  groups.of = std::move(of);
  return groups;
}

Groups by_text(const Column& column, std::size_t most) {
  std::map<std::string, std::uint32_t> sorted;
  for (const std::string& level : column.dictionary()) sorted.emplace(level, 0);
  std::vector<std::string> names;
  for (auto& [level, index] : sorted) {
    index = static_cast<std::uint32_t>(names.size());
    names.push_back(level);
  }
  std::vector<std::uint32_t> by_code, of;
  for (const std::string& level : column.dictionary()) by_code.push_back(sorted[level]);
  const auto codes = column.values<std::int32_t>();
  for (std::size_t row = 0; row < column.size(); ++row)
    of.push_back(column.missing(row) || codes[row] < 0
                     ? kUnset
                     : by_code[static_cast<std::size_t>(codes[row])]);
  return from_keys(std::move(names), std::move(of), most);
}

Groups by_number(const Column& column, const GroupOptions& options) {
  const std::vector<double> values = column.numbers();
  std::vector<double> sorted;
  for (const double v : values)
    if (!std::isnan(v)) sorted.push_back(v);
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> distinct = sorted;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::vector<std::string> names;
  std::vector<double> edges;
  const bool levels = distinct.size() <= options.most;
  if (levels) {
    for (const double v : distinct) names.push_back(level_name(column, v, distinct.size() <= 2));
    edges.assign(distinct.begin() + (distinct.empty() ? 0 : 1), distinct.end());
  } else {
    for (int q = 1; q < options.quantiles; ++q)
      edges.push_back(metrics::quantile_sorted(sorted, static_cast<double>(q) / options.quantiles));
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    for (std::size_t i = 0; i <= edges.size(); ++i)
      names.push_back(fmt::format("{:.4g} to {:.4g}", i ? edges[i - 1] : sorted.front(),
                                  i < edges.size() ? edges[i] : sorted.back()));
  }
  std::vector<std::uint32_t> of;
  for (const double v : values)
    of.push_back(std::isnan(v)
                     ? kUnset
                     : static_cast<std::uint32_t>(std::upper_bound(edges.begin(), edges.end(), v) -
                                                  edges.begin()));
  return from_keys(std::move(names), std::move(of), std::max<std::size_t>(options.most, 64));
}

}  // namespace

std::vector<std::vector<std::uint32_t>> Groups::rows() const {
  std::vector<std::vector<std::uint32_t>> all(names.size());
  for (std::size_t row = 0; row < of.size(); ++row)
    all[of[row]].push_back(static_cast<std::uint32_t>(row));
  return all;
}

Result<Groups> groups_of(const Frame& rows, const std::string& column,
                         const GroupOptions& options) {
  if (rows.rows() == 0) return fail(Code::bad_data, "the table has no rows");
  if (column.empty()) return Groups{{"all"}, std::vector<std::uint32_t>(rows.rows(), 0)};
  auto found = rows.require(column);
  if (!found) return fail(found.error());
  return (*found)->numeric() ? by_number(**found, options) : by_text(**found, options.most);
}

std::vector<double> values_at(const Column& column, const std::vector<std::uint32_t>& rows) {
  std::vector<double> values;
  values.reserve(rows.size());
  for (const std::uint32_t row : rows)
    if (const double v = column.number(row); std::isfinite(v)) values.push_back(v);
  return values;
}

}  // namespace rehearse::diagnose
