// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/missingness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rehearse::diagnose {
namespace {

std::vector<double> absence(const Column& column) {
  std::vector<double> is;
  for (std::size_t row = 0; row < column.size(); ++row)
    is.push_back(column.missing(row) || (column.numeric() && std::isnan(column.number(row))));
  return is;
}

double tamed(double v) { return std::copysign(std::log1p(std::abs(v)), v); }

// Little's test on the column and the numeric columns beside it, in ln(1 + |x|) so that heavy tails
// come nearer to the normal law that the test assumes.
void run_little(MissingnessReport& report, const Frame& rows, const MissingnessOptions& options,
                const Progress& progress) {
  std::vector<std::vector<double>> columns;
  std::vector<std::string> names = options.by;
  names.push_back(options.column);
  for (const std::string& name : names) {
    const Column* column = rows.find(name);
    if (!column || !column->numeric()) continue;
    std::vector<double> values = column->numbers();
    for (double& v : values) v = std::isfinite(v) ? tamed(v) : std::nan("");
    columns.push_back(std::move(values));
  }
  auto test = columns.size() > 1
                  ? little_test(columns, progress)
                  : Result<LittleTest>(fail(Code::bad_data, "no other numeric column"));
  if (test)
    report.little = *test;
  else
    report.little_why = test.error().message;
}

std::string verdict_of(const MissingnessReport& r, double level) {
  const bool refuted = (r.little && r.little->p < level) || r.observed.p < level;
  std::string text = refuted
                         ? "Not MCAR: what is observed tells where values are missing."
                         : "Nothing observed tells where values are missing: MCAR is not refuted.";
  if (!r.value)
    return text +
           " Whether the missing values themselves matter (MNAR) no test on this table can say.";
  if (r.value->p < level)
    return text + " The truth, which no real log has, says MNAR: the missing value itself matters.";
  return text +
         (refuted ? " The truth, which no real log has, says MAR: given the observed, the "
                    "missing value does not matter."
                  : " The truth, which no real log has, finds no dependence on the value either.");
}

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

struct Moments2 {
  double mean = 0, deviation = 0;
};
Moments2 moments_of(const std::vector<double>& values) {
  Moments2 m;
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

}  // namespace

Result<MissingnessReport> missingness(const Frame& rows, const MissingnessOptions& options,
                                      const Progress& progress) {
  auto column = rows.require(options.column);
  if (!column) return fail(column.error());
  MissingnessReport report;
  report.rows = rows.rows();
  const std::vector<double> absent = absence(**column);
  for (const double a : absent) report.missing += a == 1;
  if (report.missing == 0 || report.missing == report.rows)
    return fail(Code::bad_data, "the column `{}` is {} in all {} rows, so its gaps explain nothing",
                options.column, report.missing == 0 ? "present" : "missing", report.rows);
  run_little(report, rows, options, progress);
  auto design = predictors(rows, options.by);
  if (!design) return fail(design.error());
  auto full = logistic(*design, absent), none = logistic(Design{rows.rows(), {}, {}}, absent);
  if (!full) return fail(full.error());
  if (!none) return fail(none.error());
  report.observed = likelihood_ratio(*full, *none);
  for (const std::string& name : options.by) {
    auto alone = predictors(rows, {name});
    if (!alone) return fail(alone.error());
    auto fit = logistic(*alone, absent);
    if (!fit) return fail(fit.error());
    report.singles.push_back({name, likelihood_ratio(*fit, *none), fit->separated});
  }
  std::stable_sort(report.singles.begin(), report.singles.end(), [](const auto& a, const auto& b) {
    return a.ratio.p != b.ratio.p ? a.ratio.p < b.ratio.p : a.ratio.statistic > b.ratio.statistic;
  });
  if (!options.truth.empty()) {
    auto value = predictors(rows, {options.truth});
    if (!value) return fail(value.error());
    auto fit = logistic(beside(*design, *value), absent);
    if (!fit) return fail(fit.error());
    report.value = likelihood_ratio(*fit, *full);
  }
  report.verdict = verdict_of(report, options.level);
  return report;
}

Frame to_frame(const MissingnessReport& report, double level) {
  std::vector<std::string> test, subject, reading;
  std::vector<double> statistic, degrees, p;
  const auto add = [&](std::string what, std::string of, double s, int d, double tail,
                       const char* below, const char* above) {
    test.push_back(std::move(what)), subject.push_back(std::move(of));
    statistic.push_back(s), degrees.push_back(d), p.push_back(tail);
    reading.emplace_back(tail < level ? below : above);
  };
  if (report.little)
    add("Little's test", "all numeric columns", report.little->statistic, report.little->degrees,
        report.little->p, "not MCAR", "MCAR not refuted");
  add("missing by observed", "all of them", report.observed.statistic, report.observed.degrees,
      report.observed.p, "not MCAR", "MCAR not refuted");
  for (const auto& single : report.singles)
    add("missing by observed", single.column, single.ratio.statistic, single.ratio.degrees,
        single.ratio.p, single.separated ? "tells exactly where" : "tells something",
        "tells nothing");
  if (report.value)
    add("missing by its own value", "truth, given the observed", report.value->statistic,
        report.value->degrees, report.value->p, "MNAR", "not MNAR");
  Frame::Builder builder;
  builder.add("test", test).add("subject", subject).add("statistic", std::move(statistic));
  builder.add("degrees", std::move(degrees)).add("p", std::move(p)).add("reading", reading);
  return std::move(builder).build().value_or(Frame());
}

Frame mechanism_facts(const MissingnessReport& report) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Frame::Builder builder;
  const std::pair<const char*, double> facts[] = {
      {"missing_rate", static_cast<double>(report.missing) / static_cast<double>(report.rows)},
      {"little_p", report.little ? report.little->p : nan},
      {"observed_p", report.observed.p},
      {"value_p", report.value ? report.value->p : nan}};
  for (const auto& [name, value] : facts) builder.add(name, std::vector<double>{value});
  builder.add("verdict", std::vector<std::string>{report.verdict});
  return std::move(builder).build().value_or(Frame());
}

Result<Frame> imputation_effects(const Frame& rows, const ImputationOptions& options) {
  auto column = rows.require(options.column), label = rows.require(options.label);
  if (!column) return fail(column.error());
  if (!label) return fail(label.error());
  if (!(*column)->numeric() || !(*label)->numeric())
    return fail(Code::invalid_argument, "`{}` and `{}` must hold numbers", options.column,
                options.label);
  const std::vector<double> absent = absence(**column), labels = (*label)->numbers();
  for (std::size_t row = 0; row < labels.size(); ++row)
    if (!std::isfinite(labels[row]))
      return fail(Code::bad_data, "row {}: the label `{}` is missing; leave the row out", row + 1,
                  options.label);
  std::vector<double> values = (*column)->numbers(), present;
  std::vector<std::uint32_t> complete;
  for (std::size_t row = 0; row < values.size(); ++row)
    if (absent[row] == 0)
      present.push_back(values[row]), complete.push_back(static_cast<std::uint32_t>(row));
  if (present.size() < 3 || present.size() == values.size())
    return fail(Code::bad_data,
                "the column `{}` has {} of {} values; some must be missing and three present",
                options.column, present.size(), values.size());
  const Moments2 seen = moments_of(present);
  std::nth_element(present.begin(),
                   present.begin() + static_cast<std::ptrdiff_t>(present.size() / 2),
                   present.end());
  const double median = present[present.size() / 2];
  if (!(seen.deviation > 0))
    return fail(Code::bad_data, "the column `{}` is constant", options.column);
  auto regression = filled_by_regression(rows, options.by, values, absent);
  if (!regression) return fail(regression.error());
  const auto by_mean = filled_with(values, absent, seen.mean);
  std::vector<Filled> methods = {
      {"complete rows", values, {}, complete},
      {"zero", filled_with(values, absent, 0), {}, {}},
      {"mean", by_mean, {}, {}},
      {"median", filled_with(values, absent, median), {}, {}},
      {"regression", *regression, {}, {}},
      {"mean with indicator", by_mean, absent, {}},
      {"zero with indicator", filled_with(values, absent, 0), absent, {}}};
  std::vector<double> truth;
  if (!options.truth.empty()) {
    auto known = rows.require(options.truth);
    if (!known) return fail(known.error());
    truth = (*known)->numbers();
    methods.push_back({"truth", truth, {}, {}});
  }
  std::vector<std::string> method;
  std::vector<double> mean, deviation, slope, low, high, bias, rmse;
  for (const Filled& one : methods) {
    std::vector<double> used = one.values;
    if (!one.rows.empty()) {
      used.clear();
      for (const std::uint32_t row : one.rows) used.push_back(one.values[row]);
    }
    const Moments2 m = moments_of(used);
    const Slope s = slope_of(one, labels, seen.mean, seen.deviation);
    double gap = 0, squares = 0, filled = 0;
    for (std::size_t row = 0; row < values.size() && !truth.empty(); ++row)
      if (absent[row] == 1 && one.rows.empty())
        gap += one.values[row] - truth[row], squares += std::pow(one.values[row] - truth[row], 2),
            filled += 1;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    method.push_back(one.method), mean.push_back(m.mean), deviation.push_back(m.deviation);
    slope.push_back(s.value), low.push_back(s.low), high.push_back(s.high);
    bias.push_back(filled > 0 ? gap / filled / seen.deviation : nan);
    rmse.push_back(filled > 0 ? std::sqrt(squares / filled) : nan);
  }
  Frame::Builder builder;
  builder.add("method", method).add("mean", std::move(mean)).add("deviation", std::move(deviation));
  builder.add("slope", std::move(slope))
      .add("slope_low", std::move(low))
      .add("slope_high", std::move(high));
  builder.add("bias_sd", std::move(bias)).add("rmse", std::move(rmse));
  return std::move(builder).build();
}

}  // namespace rehearse::diagnose
