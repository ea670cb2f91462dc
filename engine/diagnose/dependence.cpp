// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/diagnose/residuals.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::diagnose {
namespace {

// The places to visit: numbers, or codes of levels with their names.
struct Grid {
  std::vector<double> at;
  std::vector<std::string> level;
};

Grid grid_of(const Column& column, int points) {
  Grid grid;
  if (!column.numeric()) {
    std::vector<std::size_t> counts(column.dictionary().size(), 0);
    const auto codes = column.values<std::int32_t>();
    for (std::size_t row = 0; row < column.size(); ++row)
      if (!column.missing(row) && codes[row] >= 0) ++counts[static_cast<std::size_t>(codes[row])];
    std::vector<std::size_t> order;
    for (std::size_t code = 0; code < counts.size(); ++code)
      if (counts[code] > 0) order.push_back(code);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
    if (order.size() > static_cast<std::size_t>(points))
      order.resize(static_cast<std::size_t>(points));
    for (const std::size_t code : order) {
      grid.at.push_back(static_cast<double>(code));
      grid.level.push_back(column.dictionary()[code]);
    }
    return grid;
  }
  std::vector<double> sorted;
  for (const double v : column.numbers())
    if (std::isfinite(v)) sorted.push_back(v);
  std::sort(sorted.begin(), sorted.end());
  const bool whole = column.type() != Type::float64 && column.type() != Type::float32;
  for (int i = 0; i < points && !sorted.empty(); ++i) {
    double at = metrics::quantile_sorted(sorted, 0.01 + 0.98 * i / std::max(1, points - 1));
    if (whole) at = std::round(at);
    if (grid.at.empty() || grid.at.back() != at) grid.at.push_back(at);
  }
  return grid;
}

template <class T>
void add_constant(Frame::Builder& builder, const Column& like, double value, std::size_t rows) {
  builder.add(like.name(), std::vector<T>(rows, static_cast<T>(value)), like.info());
}

// A column like the given one in which every row holds the same value.
Result<Column> constant_like(const Column& like, double value, std::size_t rows) {
  Frame::Builder builder;
  switch (like.type()) {
    case Type::float64: add_constant<double>(builder, like, value, rows); break;
    case Type::float32: add_constant<float>(builder, like, value, rows); break;
    case Type::int64: add_constant<std::int64_t>(builder, like, value, rows); break;
    case Type::int32: add_constant<std::int32_t>(builder, like, value, rows); break;
    case Type::uint8: add_constant<std::uint8_t>(builder, like, value, rows); break;
    case Type::boolean:
      builder.add_boolean(like.name(), std::vector<std::uint8_t>(rows, value != 0), like.info());
      break;
    case Type::dictionary:
      builder.add_dictionary(
          like.name(), std::vector<std::int32_t>(rows, static_cast<std::int32_t>(value)),
          std::make_shared<const std::vector<std::string>>(like.dictionary()), like.info());
      break;
    case Type::time:
      return fail(Code::invalid_argument,
                  "the column `{}` holds times; a model's answer to a moved "
                  "clock says little",
                  like.name());
  }
  auto frame = std::move(builder).build();
  if (!frame) return fail(frame.error());
  return frame->column(0);
}

struct Curves {
  std::vector<std::string> series, level;
  std::vector<double> x, y;
  void add(const std::string& name, double at, double value, const std::string& label) {
    series.push_back(name), x.push_back(at), y.push_back(value), level.push_back(label);
  }
};

// The label's mean among the rows nearest to each place of the grid.
void add_observed(Curves& curves, const Column& column, std::span<const double> labels,
                  const Grid& grid) {
  std::vector<double> sum(grid.at.size(), 0), count(grid.at.size(), 0);
  const auto codes =
      column.numeric() ? std::span<const std::int32_t>() : column.values<std::int32_t>();
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (column.missing(row)) continue;
    const double v = column.numeric() ? column.number(row) : codes[row];
    if (!std::isfinite(v) || std::isnan(labels[row])) continue;
    std::size_t best = 0;
    if (column.numeric()) {
      const auto next = std::lower_bound(grid.at.begin(), grid.at.end(), v);
      best = static_cast<std::size_t>(std::min<std::ptrdiff_t>(
          next - grid.at.begin(), static_cast<std::ptrdiff_t>(grid.at.size()) - 1));
      if (best > 0 && v - grid.at[best - 1] < grid.at[best] - v) --best;
    } else {
      const auto found = std::find(grid.at.begin(), grid.at.end(), v);
      if (found == grid.at.end()) continue;
      best = static_cast<std::size_t>(found - grid.at.begin());
    }
    sum[best] += labels[row], count[best] += 1;
  }
  for (std::size_t i = 0; i < grid.at.size(); ++i)
    if (count[i] > 0)
      curves.add("observed", grid.level.empty() ? grid.at[i] : static_cast<double>(i + 1),
                 sum[i] / count[i], grid.level.empty() ? "" : grid.level[i]);
}

}  // namespace

Result<Frame> partial_dependence(const Scorer& model, const Frame& rows,
                                 std::span<const double> labels, const DependenceOptions& options,
                                 const Progress& progress) {
  auto column = rows.require(options.column);
  if (!column) return fail(column.error());
  if (rows.rows() == 0) return fail(Code::bad_data, "the table has no rows");
  const Grid grid = grid_of(**column, options.points);
  if (grid.at.empty()) return fail(Code::bad_data, "the column `{}` has no values", options.column);
  const std::size_t n = std::min(options.sample, rows.rows());
  std::vector<std::uint32_t> chosen;
  for (std::size_t i = 0; i < n; ++i)
    chosen.push_back(static_cast<std::uint32_t>(i * rows.rows() / n));
  const Frame sample = rows.take(chosen);
  const std::size_t own = std::min(options.individuals, n);
  Curves curves;
  for (std::size_t g = 0; g < grid.at.size(); ++g) {
    if (!progress.report(static_cast<double>(g) / static_cast<double>(grid.at.size())))
      return cancelled();
    auto moved = constant_like(**column, grid.at[g], n);
    if (!moved) return fail(moved.error());
    auto changed = sample.with(*moved);
    if (!changed) return fail(changed.error());
    auto scores = model.score(*changed);
    if (!scores) return fail(scores.error());
    double sum = 0;
    for (const double s : *scores) sum += s;
    const double x = grid.level.empty() ? grid.at[g] : static_cast<double>(g + 1);
    const std::string level = grid.level.empty() ? "" : grid.level[g];
    curves.add("partial dependence", x, sum / static_cast<double>(n), level);
    for (std::size_t i = 0; i < own; ++i) {
      const std::size_t row = i * n / own;
      curves.add(fmt::format("row {}", chosen[row] + 1), x, (*scores)[row], level);
    }
  }
  if (labels.size() == rows.rows()) add_observed(curves, **column, labels, grid);
  Frame::Builder builder;
  builder.add("series", curves.series).add("x", std::move(curves.x)).add("y", std::move(curves.y));
  if (!grid.level.empty()) builder.add("level", curves.level);
  return std::move(builder).build();
}

}  // namespace rehearse::diagnose
