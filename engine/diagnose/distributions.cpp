// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "engine/metrics/distance.hpp"
#include "engine/metrics/kolmogorov.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::diagnose {
namespace {

constexpr double kUndefinedDistance = std::numeric_limits<double>::quiet_NaN();
constexpr double kZ95 = 1.959963984540054;

// The finite values of a numeric column by group, each ascending.
struct GroupedValues {
  std::vector<std::string> names;
  std::vector<std::vector<double>> values;
  std::vector<double> all;  // ascending
};

Result<GroupedValues> grouped_values(const Frame& rows, const std::string& name,
                                     const std::string& by) {
  auto column = rows.require(name);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::invalid_argument,
                "the column `{}` holds texts; look at its shares instead (diagnose.shares)", name);
  auto groups = groups_of(rows, by);
  if (!groups) return fail(groups.error());
  GroupedValues grouped;
  const auto members = groups->rows();
  for (std::size_t g = 0; g < members.size(); ++g) {
    std::vector<double> values = values_at(**column, members[g]);
    if (values.empty()) continue;
    std::sort(values.begin(), values.end());
    grouped.all.insert(grouped.all.end(), values.begin(), values.end());
    grouped.names.push_back(by.empty() ? name : groups->names[g]);
    grouped.values.push_back(std::move(values));
  }
  if (grouped.all.empty()) return fail(Code::bad_data, "the column `{}` has no values", name);
  std::sort(grouped.all.begin(), grouped.all.end());
  return grouped;
}

std::pair<double, double> wilson(double hits, double n) {
  const double p = hits / n, z2 = kZ95 * kZ95;
  const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ95 * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

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

Result<Frame> ecdf_table(const Frame& rows, const std::string& column, const std::string& by,
                         std::size_t points) {
  auto grouped = grouped_values(rows, column, by);
  if (!grouped) return fail(grouped.error());
  std::vector<std::string> series;
  std::vector<double> x, y;
  for (std::size_t g = 0; g < grouped->names.size(); ++g) {
    const std::vector<double>& values = grouped->values[g];
    const std::size_t n = values.size(), steps = std::min(points, n);
    for (std::size_t k = 0; k <= steps; ++k) {
      const std::size_t rank = k == 0 ? 0 : (k * n + steps - 1) / steps - 1;
      const double at = values[rank];
      if (!series.empty() && series.back() == grouped->names[g] && x.back() == at) continue;
      const auto upto = std::upper_bound(values.begin(), values.end(), at) - values.begin();
      series.push_back(grouped->names[g]);
      x.push_back(at), y.push_back(static_cast<double>(upto) / static_cast<double>(n));
    }
  }
  Frame::Builder builder;
  builder.add("series", series).add("x", std::move(x)).add("y", std::move(y));
  return std::move(builder).build();
}

Result<Frame> histogram_table(const Frame& rows, const std::string& column, const std::string& by,
                              int bins, bool log) {
  auto grouped = grouped_values(rows, column, by);
  if (!grouped) return fail(grouped.error());
  if (log && grouped->all.front() <= 0)
    return fail(Code::invalid_argument,
                "the column `{}` holds {:g}; a logarithmic axis needs positive values", column,
                grouped->all.front());
  const auto scaled = [log](double v) { return log ? std::log(v) : v; };
  const auto back = [log](double v) { return log ? std::exp(v) : v; };
  double low = scaled(metrics::quantile_sorted(grouped->all, 0.005)),
         high = scaled(metrics::quantile_sorted(grouped->all, 0.995));
  if (!(high > low)) low = scaled(grouped->all.front()), high = scaled(grouped->all.back());
  if (!(high > low)) high = low + 1;
  std::vector<std::string> series;
  std::vector<double> lower, upper, middle, share;
  for (std::size_t g = 0; g < grouped->names.size(); ++g) {
    std::vector<double> counts(static_cast<std::size_t>(bins), 0);
    for (const double v : grouped->values[g]) {
      const double f = std::clamp((scaled(v) - low) / (high - low), 0.0, 1.0);
      counts[std::min(counts.size() - 1, static_cast<std::size_t>(f * bins))] += 1;
    }
    for (std::size_t b = 0; b < counts.size(); ++b) {
      const double width = (high - low) / bins, from = low + width * static_cast<double>(b);
      series.push_back(grouped->names[g]);
      lower.push_back(back(from)), upper.push_back(back(from + width));
      middle.push_back(back(from + width / 2));
      share.push_back(counts[b] / static_cast<double>(grouped->values[g].size()));
    }
  }
  Frame::Builder builder;
  builder.add("series", series).add("lower", std::move(lower)).add("upper", std::move(upper));
  builder.add("x", std::move(middle)).add("y", std::move(share));
  return std::move(builder).build();
}

Result<Frame> share_table(const Frame& rows, const std::string& column, const std::string& by,
                          std::size_t most) {
  GroupOptions options;
  options.most = most;
  auto levels = groups_of(rows, column, options);
  if (!levels) return fail(levels.error());
  auto groups = groups_of(rows, by);
  if (!groups) return fail(groups.error());
  std::vector<std::vector<double>> counts(groups->names.size(),
                                          std::vector<double>(levels->names.size(), 0));
  std::vector<double> totals(groups->names.size(), 0);
  for (std::size_t row = 0; row < rows.rows(); ++row)
    ++counts[groups->of[row]][levels->of[row]], ++totals[groups->of[row]];
  std::vector<std::string> level, series;
  std::vector<double> place, count, share, low, high;
  for (std::size_t l = 0; l < levels->names.size(); ++l)
    for (std::size_t g = 0; g < groups->names.size(); ++g) {
      const auto [from, to] = wilson(counts[g][l], totals[g]);
      level.push_back(levels->names[l]), series.push_back(groups->names[g]);
      place.push_back(static_cast<double>(l + 1)), count.push_back(counts[g][l]);
      share.push_back(counts[g][l] / totals[g]), low.push_back(from), high.push_back(to);
    }
  Frame::Builder builder;
  builder.add("level", level).add("series", series).add("x", std::move(place));
  builder.add("count", std::move(count)).add("share", std::move(share));
  builder.add("low", std::move(low)).add("high", std::move(high));
  return std::move(builder).build();
}

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

Result<Frame> imbalance_table(std::span<const double> labels) {
  double positives = 0;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    if (labels[row] != 0 && labels[row] != 1)
      return fail(Code::bad_data, "row {}: the label is {:g}; imbalance is told of labels 0 and 1",
                  row + 1, labels[row]);
    positives += labels[row];
  }
  const auto n = static_cast<double>(labels.size());
  if (positives == 0 || positives == n)
    return fail(Code::bad_data, "all {} labels are {}; with one class there is no ratio",
                labels.size(), positives == 0 ? 0 : 1);
  const double rate = positives / n, minority = std::min(positives, n - positives);
  Frame::Builder builder;
  const std::pair<const char*, double> facts[] = {
      {"rows", n},
      {"positives", positives},
      {"rate", rate},
      {"imbalance_ratio", (n - minority) / minority},
      {"accuracy_of_never", 1 - rate},
      {"average_precision_of_chance", rate},
      {"log_loss_of_base_rate", -rate * std::log(rate) - (1 - rate) * std::log1p(-rate)},
      {"rows_for_10_percent", 100 * (1 - rate) / rate}};
  for (const auto& [name, value] : facts) builder.add(name, std::vector<double>{value});
  return std::move(builder).build();
}

}  // namespace rehearse::diagnose
