// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/diagnose/missingness.hpp"

namespace rehearse::diagnose {
namespace {

struct Filled {
  std::string method;
  std::vector<double> values;
  std::vector<double> indicator;    // empty: none
  std::vector<std::uint32_t> rows;  // empty: all
};

// One deviation's slope on the label, logistic where the label is 0 or 1.
struct Slope {
  double value, low, high;
};
Slope slope_of(const Filled& filled, const std::vector<double>& labels, double centre,
               double scale) {
  Design design;
  design.names = {"value"};
  if (!filled.indicator.empty()) design.names.emplace_back("is missing");
  std::vector<double> y;
  const auto take = [&](std::size_t row) {
    design.cells.push_back((filled.values[row] - centre) / scale);
    if (!filled.indicator.empty()) design.cells.push_back(filled.indicator[row]);
    y.push_back(labels[row]);
  };
  if (filled.rows.empty())
    for (std::size_t row = 0; row < filled.values.size(); ++row) take(row);
  for (const std::uint32_t row : filled.rows) take(row);
  design.rows = y.size();
  const bool binary = std::all_of(y.begin(), y.end(), [](double v) { return v == 0 || v == 1; });
  const auto fit = binary ? logistic(design, y) : least_squares(design, y);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  if (!fit || fit->coefficients.size() < 2) return {nan, nan, nan};
  const double b = fit->coefficients[1], e = 1.959963984540054 * fit->standard_errors[1];
  return {b, b - e, b + e};
}

struct Spread {
  double mean = 0, deviation = 0;
};
Spread moments_of(const std::vector<double>& values) {
  Spread m;
  for (const double v : values) m.mean += v;
  m.mean /= static_cast<double>(values.size());
  for (const double v : values) m.deviation += (v - m.mean) * (v - m.mean);
  m.deviation =
      std::sqrt(m.deviation / static_cast<double>(std::max<std::size_t>(values.size(), 2) - 1));
  return m;
}

std::vector<double> filled_with(const std::vector<double>& values,
                                const std::vector<double>& absent, double fill) {
  std::vector<double> all = values;
  for (std::size_t row = 0; row < all.size(); ++row)
    if (absent[row] == 1) all[row] = fill;
  return all;
}

// Predicted from the other columns by least squares on the rows that have a value.
Result<std::vector<double>> filled_by_regression(const Frame& rows,
                                                 const std::vector<std::string>& by,
                                                 const std::vector<double>& values,
                                                 const std::vector<double>& absent) {
  auto all = predictors(rows, by);
  if (!all) return fail(all.error());
  Design present;
  present.names = all->names;
  std::vector<double> y;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (absent[row] == 1) continue;
    for (std::size_t c = 0; c < all->columns(); ++c) present.cells.push_back(all->at(row, c));
    y.push_back(values[row]);
  }
  present.rows = y.size();
  auto fit = least_squares(present, y);
  if (!fit) return fail(fit.error());
  std::vector<double> filled = values;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (absent[row] != 1) continue;
    filled[row] = fit->coefficients[0];
    for (std::size_t c = 0; c < all->columns(); ++c)
      filled[row] += fit->coefficients[c + 1] * all->at(row, c);
  }
  return filled;
}

// What is known of the column before it is filled.
struct Gaps {
  std::vector<double> values, absent, labels, truth;  // truth may be empty
  std::vector<std::uint32_t> complete;
  Spread seen;
  double median = 0;
};

Result<Gaps> gaps_of(const Frame& rows, const ImputationOptions& options) {
  auto column = rows.require(options.column), label = rows.require(options.label);
  if (!column) return fail(column.error());
  if (!label) return fail(label.error());
  if (!(*column)->numeric() || !(*label)->numeric())
    return fail(Code::invalid_argument, "`{}` and `{}` must hold numbers", options.column,
                options.label);
  Gaps gaps{(*column)->numbers(), absence(**column), (*label)->numbers(), {}, {}, {}, 0};
  for (std::size_t row = 0; row < gaps.labels.size(); ++row)
    if (!std::isfinite(gaps.labels[row]))
      return fail(Code::bad_data, "row {}: the label `{}` is missing; leave the row out", row + 1,
                  options.label);
  std::vector<double> present;
  for (std::size_t row = 0; row < gaps.values.size(); ++row)
    if (gaps.absent[row] == 0) {
      present.push_back(gaps.values[row]);
      gaps.complete.push_back(static_cast<std::uint32_t>(row));
    }
  if (present.size() < 3 || present.size() == gaps.values.size())
    return fail(Code::bad_data,
                "the column `{}` has {} of {} values; some must be missing and three present",
                options.column, present.size(), gaps.values.size());
  gaps.seen = moments_of(present);
  if (!(gaps.seen.deviation > 0))
    return fail(Code::bad_data, "the column `{}` is constant", options.column);
  const auto middle = present.begin() + static_cast<std::ptrdiff_t>(present.size() / 2);
  std::nth_element(present.begin(), middle, present.end());
  gaps.median = *middle;
  if (options.truth.empty()) return gaps;
  auto known = rows.require(options.truth);
  if (!known) return fail(known.error());
  gaps.truth = (*known)->numbers();
  return gaps;
}

Result<std::vector<Filled>> fillings_of(const Frame& rows, const Gaps& gaps,
                                        const std::vector<std::string>& by) {
  auto regression = filled_by_regression(rows, by, gaps.values, gaps.absent);
  if (!regression) return fail(regression.error());
  const auto by_mean = filled_with(gaps.values, gaps.absent, gaps.seen.mean),
             by_zero = filled_with(gaps.values, gaps.absent, 0);
  std::vector<Filled> all = {{"complete rows", gaps.values, {}, gaps.complete},
                             {"zero", by_zero, {}, {}},
                             {"mean", by_mean, {}, {}},
                             {"median", filled_with(gaps.values, gaps.absent, gaps.median), {}, {}},
                             {"regression", *regression, {}, {}},
                             {"mean with indicator", by_mean, gaps.absent, {}},
                             {"zero with indicator", by_zero, gaps.absent, {}}};
  if (!gaps.truth.empty()) all.push_back({"truth", gaps.truth, {}, {}});
  return all;
}

// Bias (in deviations) and root mean square of the filled values against the truth.
std::pair<double, double> filling_error(const Filled& one, const Gaps& gaps) {
  double gap = 0, squares = 0, filled = 0;
  for (std::size_t row = 0; row < gaps.values.size() && !gaps.truth.empty(); ++row) {
    if (gaps.absent[row] != 1 || !one.rows.empty()) continue;
    const double off = one.values[row] - gaps.truth[row];
    gap += off, squares += off * off, filled += 1;
  }
  const double nan = std::numeric_limits<double>::quiet_NaN();
  if (filled == 0) return {nan, nan};
  return {gap / filled / gaps.seen.deviation, std::sqrt(squares / filled)};
}

}  // namespace

Result<Frame> imputation_effects(const Frame& rows, const ImputationOptions& options) {
  auto gaps = gaps_of(rows, options);
  if (!gaps) return fail(gaps.error());
  auto methods = fillings_of(rows, *gaps, options.by);
  if (!methods) return fail(methods.error());
  std::vector<std::string> method;
  std::vector<double> mean, deviation, slope, low, high, bias, rmse;
  for (const Filled& one : *methods) {
    std::vector<double> used = one.values;
    if (!one.rows.empty()) {
      used.clear();
      for (const std::uint32_t row : one.rows) used.push_back(one.values[row]);
    }
    const Spread m = moments_of(used);
    const Slope s = slope_of(one, gaps->labels, gaps->seen.mean, gaps->seen.deviation);
    const auto [off, error] = filling_error(one, *gaps);
    method.push_back(one.method), mean.push_back(m.mean), deviation.push_back(m.deviation);
    slope.push_back(s.value), low.push_back(s.low), high.push_back(s.high);
    bias.push_back(off), rmse.push_back(error);
  }
  Frame::Builder builder;
  builder.add("method", method).add("mean", std::move(mean));
  builder.add("deviation", std::move(deviation)).add("slope", std::move(slope));
  builder.add("slope_low", std::move(low)).add("slope_high", std::move(high));
  builder.add("bias_sd", std::move(bias)).add("rmse", std::move(rmse));
  return std::move(builder).build();
}

}  // namespace rehearse::diagnose
