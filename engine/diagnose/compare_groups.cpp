// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "engine/diagnose/distributions.hpp"
#include "engine/metrics/distance.hpp"
#include "engine/metrics/kolmogorov.hpp"

namespace rehearse::diagnose {
namespace {

constexpr double kUndefinedDistance = std::numeric_limits<double>::quiet_NaN();

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return values.empty() ? kUndefinedDistance : sum / static_cast<double>(values.size());
}

double pooled_deviation(const std::vector<double>& a, const std::vector<double>& b) {
  double squares = 0;
  for (const auto* values : {&a, &b}) {
    const double mean = mean_of(*values);
    for (const double v : *values) squares += (v - mean) * (v - mean);
  }
  const auto n = static_cast<double>(a.size() + b.size());
  return n > 2 ? std::sqrt(squares / (n - 2)) : 0;
}

void compare_numbers(GroupDistance& d, std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  d.mean = mean_of(a), d.other_mean = mean_of(b);
  if (a.empty() || b.empty()) return;
  d.ks = d.statistic = metrics::ks_distance(a, b);
  d.p = metrics::ks_p_value(d.ks, a.size(), b.size());
  d.wasserstein = metrics::wasserstein(a, b);
  if (const double deviation = pooled_deviation(a, b); deviation > 0)
    d.wasserstein_sd = d.wasserstein / deviation;
  const auto edges = metrics::decile_edges(b);
  d.js = metrics::js_divergence(metrics::bin_counts(b, edges), metrics::bin_counts(a, edges));
}

void compare_texts(GroupDistance& d, const Column& column, const std::vector<std::uint32_t>& in,
                   const std::vector<std::uint32_t>& out) {
  std::map<std::string_view, std::pair<double, double>> counts;
  for (const std::uint32_t row : in)
    if (!column.missing(row)) ++counts[column.text(row)].first;
  for (const std::uint32_t row : out)
    if (!column.missing(row)) ++counts[column.text(row)].second;
  std::vector<double> a, b;
  for (const auto& [level, pair] : counts) a.push_back(pair.first), b.push_back(pair.second);
  if (d.rows == 0 || d.other_rows == 0) return;
  const metrics::ChiSquare chi = metrics::chi_square(b, a);
  d.cramers_v = chi.cramers_v, d.statistic = chi.statistic, d.p = chi.p;
  d.js = metrics::js_divergence(b, a);
}

GroupDistance distance_of(const Column& column, const std::string& group,
                          const std::vector<std::uint32_t>& in,
                          const std::vector<std::uint32_t>& out) {
  GroupDistance d;
  d.column = column.name(), d.group = group;
  d.type = column.numeric() ? "numeric" : "categorical";
  for (double* value : {&d.mean, &d.other_mean, &d.ks, &d.cramers_v, &d.statistic, &d.p,
                        &d.adjusted_p, &d.wasserstein, &d.wasserstein_sd, &d.js})
    *value = kUndefinedDistance;
  const auto present = [&](const std::vector<std::uint32_t>& rows) {
    std::size_t n = 0;
    for (const std::uint32_t row : rows)
      n += !column.missing(row) && !(column.numeric() && std::isnan(column.number(row)));
    return n;
  };
  d.rows = present(in), d.other_rows = present(out);
  if (!in.empty()) d.missing = 1 - static_cast<double>(d.rows) / static_cast<double>(in.size());
  if (!out.empty())
    d.other_missing = 1 - static_cast<double>(d.other_rows) / static_cast<double>(out.size());
  if (column.numeric())
    compare_numbers(d, values_at(column, in), values_at(column, out));
  else
    compare_texts(d, column, in, out);
  return d;
}

std::vector<const Column*> columns_to_compare(const Frame& rows, const CompareOptions& options,
                                              std::string& unknown) {
  std::vector<const Column*> all;
  for (const std::string& name : options.columns) {
    const Column* column = rows.find(name);
    if (!column) unknown = name;
    if (column) all.push_back(column);
  }
  if (!options.columns.empty()) return all;
  const bool features = rows.has_role(Role::feature);
  for (std::size_t c = 0; c < rows.columns(); ++c) {
    const Column& column = rows.column(c);
    if (column.name() == options.by || column.type() == Type::time) continue;
    const bool plain =
        column.role() != Role::id && column.role() != Role::time && column.role() != Role::truth;
    if (features ? column.role() == Role::feature : plain) all.push_back(&column);
  }
  return all;
}

}  // namespace

Result<std::vector<GroupDistance>> compare_groups(const Frame& rows, const CompareOptions& options,
                                                  const Progress& progress) {
  auto groups = groups_of(rows, options.by, options.groups);
  if (!groups) return fail(groups.error());
  if (groups->names.size() < 2)
    return fail(Code::bad_data, "`{}` has one group only; two are needed to compare", options.by);
  std::string unknown;
  const auto columns = columns_to_compare(rows, options, unknown);
  if (!unknown.empty()) return fail(rows.require(unknown).error());
  if (columns.empty()) return fail(Code::bad_data, "there is no column to compare");
  const auto members = groups->rows();
  const std::size_t turns = members.size() == 2 ? 1 : members.size();
  std::vector<GroupDistance> all;
  for (const Column* column : columns)
    for (std::size_t g = 0; g < turns; ++g) {
      // Of two groups the second is compared: click = 1 against click = 0.
      const std::size_t chosen = members.size() == 2 ? 1 : g;
      std::vector<std::uint32_t> rest;
      for (std::size_t o = 0; o < members.size(); ++o)
        if (o != chosen) rest.insert(rest.end(), members[o].begin(), members[o].end());
      all.push_back(distance_of(*column, groups->names[chosen], members[chosen], rest));
      if (!progress.report(static_cast<double>(all.size()) /
                           static_cast<double>(columns.size() * turns)))
        return cancelled();
    }
  std::vector<double> p;
  for (const GroupDistance& d : all) p.push_back(d.p);
  const auto adjusted = metrics::benjamini_hochberg(p);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].adjusted_p = adjusted[i];
  return all;
}

Frame to_frame(const std::vector<GroupDistance>& distances) {
  std::vector<std::string> column, group, measure;
  std::vector<double> effect, p, wasserstein, js, mean, other, missing;
  for (const GroupDistance& d : distances) {
    column.push_back(d.column), group.push_back(d.group);
    measure.push_back(d.type == "numeric" ? "KS" : "Cramér's V");
    effect.push_back(d.type == "numeric" ? d.ks : d.cramers_v), p.push_back(d.adjusted_p);
    wasserstein.push_back(d.wasserstein_sd), js.push_back(d.js);
    mean.push_back(d.mean), other.push_back(d.other_mean);
    missing.push_back(d.missing - d.other_missing);
  }
  Frame::Builder builder;
  builder.add("column", column).add("group", group).add("measure", measure);
  builder.add("effect", std::move(effect)).add("adjusted_p", std::move(p));
  builder.add("wasserstein_sd", std::move(wasserstein)).add("js_bits", std::move(js));
  builder.add("mean", std::move(mean)).add("other_mean", std::move(other));
  builder.add("missing_change", std::move(missing));
  return std::move(builder).build().value_or(Frame());
}

}  // namespace rehearse::diagnose
