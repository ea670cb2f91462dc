// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/missingness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rehearse::diagnose {
namespace {

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

}  // namespace

std::vector<double> absence(const Column& column) {
  std::vector<double> is;
  for (std::size_t row = 0; row < column.size(); ++row)
    is.push_back(column.missing(row) || (column.numeric() && std::isnan(column.number(row))));
  return is;
}

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

}  // namespace rehearse::diagnose
