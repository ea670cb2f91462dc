// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/distributions.hpp"

#include <algorithm>
#include <cmath>

#include "engine/metrics/reliability.hpp"

namespace rehearse::diagnose {
namespace {

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
  const double outer = log ? 0 : 0.005;
  double low = scaled(metrics::quantile_sorted(grouped->all, outer)),
         high = scaled(metrics::quantile_sorted(grouped->all, 1 - outer));
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
