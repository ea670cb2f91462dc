// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/compare.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "engine/base/random.hpp"
#include "engine/metrics/distance.hpp"
#include "engine/metrics/kolmogorov.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kMissingChange = 0.01;  // of a share: a smaller one is no alert
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMostLevelsNamed = 20;

// Where a table says which columns are features, only those and the label; else all but ids and
// times.
bool compared(const Frame& table, const Column& column) {
  if (table.has_role(Role::feature))
    return column.role() == Role::feature || column.role() == Role::label;
  return column.role() != Role::id && column.role() != Role::time && column.role() != Role::truth &&
         column.type() != Type::time;
}

std::vector<double> present_ascending(const Column& column) {
  std::vector<double> values;
  values.reserve(column.size());
  for (std::size_t row = 0; row < column.size(); ++row)
    if (const double v = column.number(row); !column.missing(row) && !std::isnan(v))
      values.push_back(v);
  std::sort(values.begin(), values.end());
  return values;
}

double missing_rate(const Column& column, std::size_t present) {
  return column.size() ? 1 - static_cast<double>(present) / static_cast<double>(column.size()) : 0;
}

ColumnDrift empty_drift(const std::string& name, const char* type) {
  ColumnDrift d;
  d.name = name;
  d.type = type;
  d.psi = d.ks = d.ks_p = d.chi2 = d.chi2_p = d.cramers_v = d.wasserstein = d.kl = d.js =
      d.adjusted_p = kUndefined;
  return d;
}

void fill_binned(ColumnDrift& d, const std::vector<double>& a, const std::vector<double>& b,
                 std::uint64_t seed) {
  d.psi = psi(a, b);
  d.kl = metrics::kl_divergence(a, b);
  d.js = metrics::js_divergence(a, b);
  d.noise_floor = psi_noise_floor(a, b, seed);
}

// A file gives a column without one value no kind of its own: it is of the other table's kind.
bool holds_nothing(const Column& column) {
  return column.numeric() ? present_ascending(column).empty()
                          : column.missing_count() == column.size();
}

Column without_values(const std::string& name, std::size_t rows, bool numeric) {
  Frame::Builder builder;
  if (numeric)
    builder.add(name, std::vector<double>(rows, 0));
  else
    builder.add(name, std::vector<std::string>(rows));
  builder.missing(std::vector<std::uint8_t>(rows, 0));
  return std::move(builder).build()->column(0);  // one column with a name: it cannot fail
}

// Both of one kind. Errors: one holds numbers, the other texts.
Result<std::pair<Column, Column>> of_one_kind(const Column& before, const Column& after) {
  if (before.numeric() == after.numeric()) return std::pair{before, after};
  if (holds_nothing(before))
    return std::pair{without_values(before.name(), before.size(), after.numeric()), after};
  if (holds_nothing(after))
    return std::pair{before, without_values(after.name(), after.size(), before.numeric())};
  return fail(Code::bad_data,
              "the column `{}` holds numbers in one table and text in the other; look for a cell "
              "that is not a number",
              before.name());
}

ColumnDrift compare_numeric(const Column& reference, const Column& current,
                            const DriftOptions& options) {
  ColumnDrift d = empty_drift(reference.name(), "numeric");
  const auto a = present_ascending(reference), b = present_ascending(current);
  d.missing_reference = missing_rate(reference, a.size());
  d.missing_current = missing_rate(current, b.size());
  if (a.empty() || b.empty()) {
    d.why = a.empty() ? "the reference has no values" : "the current table has no values";
    return d;
  }
  const auto edges = metrics::decile_edges(a, options.bins);
  fill_binned(d, metrics::bin_counts(a, edges), metrics::bin_counts(b, edges), options.seed);
  d.ks = metrics::ks_distance(a, b);
  d.ks_p = metrics::ks_p_value(d.ks, a.size(), b.size());
  d.wasserstein = metrics::wasserstein(a, b);
  return d;
}

std::map<std::string, double> level_counts(const Column& column) {
  std::map<std::string, double> counts;
  std::vector<double> by_code(column.dictionary().size(), 0);
  const auto codes = column.values<std::int32_t>();
  for (std::size_t row = 0; row < column.size(); ++row)
    if (!column.missing(row) && codes[row] >= 0) ++by_code[static_cast<std::size_t>(codes[row])];
  for (std::size_t code = 0; code < by_code.size(); ++code)
    if (by_code[code] > 0) counts[column.dictionary()[code]] = by_code[code];
  return counts;
}

using CountedLevel = std::pair<double, const std::string*>;

// From levels in order of name.
Levels levels_of(std::vector<CountedLevel> levels) {
  std::stable_sort(levels.begin(), levels.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  Levels out{levels.size(), {}};
  for (const auto& [count, level] : levels)
    if (out.named.size() < kMostLevelsNamed) out.named.push_back(*level);
  return out;
}

ColumnDrift compare_levels(const Column& reference, const Column& current,
                           const DriftOptions& options) {
  ColumnDrift d = empty_drift(reference.name(), "categorical");
  const auto before = level_counts(reference), after = level_counts(current);
  std::map<std::string, std::pair<double, double>> both;
  for (const auto& [level, count] : before) both[level].first = count;
  for (const auto& [level, count] : after) both[level].second = count;
  std::vector<double> a, b;
  std::vector<CountedLevel> fresh, gone;
  double present_a = 0, present_b = 0;
  for (const auto& [level, counts] : both) {
    a.push_back(counts.first), b.push_back(counts.second);
    present_a += counts.first, present_b += counts.second;
    if (counts.first == 0) fresh.emplace_back(counts.second, &level);
    if (counts.second == 0) gone.emplace_back(counts.first, &level);
  }
  d.new_levels = levels_of(std::move(fresh));
  d.vanished_levels = levels_of(std::move(gone));
  d.missing_reference = missing_rate(reference, static_cast<std::size_t>(present_a));
  d.missing_current = missing_rate(current, static_cast<std::size_t>(present_b));
  if (present_a == 0 || present_b == 0) {
    d.why = present_a == 0 ? "the reference has no values" : "the current table has no values";
    return d;
  }
  fill_binned(d, a, b, options.seed);
  const metrics::ChiSquare chi = metrics::chi_square(a, b);
  d.chi2 = chi.statistic, d.chi2_p = chi.p, d.cramers_v = chi.cramers_v;
  return d;
}

void raise_alerts(DriftReport& report, const DriftOptions& options) {
  std::vector<double> p;
  for (const ColumnDrift& d : report.columns) p.push_back(d.type == "numeric" ? d.ks_p : d.chi2_p);
  const auto adjusted = metrics::benjamini_hochberg(p);
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    ColumnDrift& d = report.columns[i];
    d.adjusted_p = adjusted[i];
    if (!(d.psi > d.noise_floor.p95) || !(d.adjusted_p < options.false_discovery_rate)) continue;
    d.alert = true;
    d.why = fmt::format(
        "PSI {:.4f} is above its noise floor of {:.4f}, and the {} test gives an adjusted p of "
        "{:.2g}",
        d.psi, d.noise_floor.p95, d.type == "numeric" ? "KS" : "chi-square", d.adjusted_p);
  }
}

// Values that went missing (or came back): more than chance across the columns, and enough to
// matter.
void raise_missing_alerts(DriftReport& report, const DriftOptions& options, double rows_reference,
                          double rows_current) {
  std::vector<double> p;
  for (const ColumnDrift& d : report.columns) {
    const double a = d.missing_reference * rows_reference, b = d.missing_current * rows_current;
    p.push_back(metrics::chi_square(std::vector<double>{rows_reference - a, a},
                                    std::vector<double>{rows_current - b, b})
                    .p);
  }
  const auto adjusted = metrics::benjamini_hochberg(p);
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    ColumnDrift& d = report.columns[i];
    const double change = d.missing_current - d.missing_reference;
    if (!(adjusted[i] < options.false_discovery_rate) || std::abs(change) < kMissingChange)
      continue;
    d.why = fmt::format("{}{:.3g}% of the values are missing, {:.3g}% were (adjusted p {:.2g})",
                        d.why.empty() ? "" : d.why + "; ", 100 * d.missing_current,
                        100 * d.missing_reference, adjusted[i]);
    d.alert = true;
  }
}

// A seeded draw of at most `most` of the rows, in ascending order of row.
std::vector<double> sampled(const Column& column, std::size_t begin, std::size_t end,
                            std::size_t most, const DailyPsiOptions& options,
                            std::uint64_t entity) {
  std::vector<double> values;
  for (std::size_t row = begin; row < end; ++row)
    if (!column.missing(row)) values.push_back(column.number(row));
  if (values.size() <= most) return values;
  Stream stream(options.seed, "monitor.daily_sample", 0, entity);
  for (std::size_t i = 0; i < most; ++i)
    std::swap(values[i], values[i + stream.below(values.size() - i)]);
  values.resize(most);
  return values;
}

}  // namespace

Result<DriftReport> compare(const Frame& reference, const Frame& current,
                            const DriftOptions& options, const Progress& progress) {
  if (reference.rows() == 0 || current.rows() == 0)
    return fail(Code::bad_data, "the {} table has no rows",
                reference.rows() == 0 ? "reference" : "current");
  DriftReport report;
  for (std::size_t c = 0; c < reference.columns(); ++c) {
    const Column& before = reference.column(c);
    const Column* after = current.find(before.name());
    if (!after || !compared(reference, before)) continue;
    auto both = of_one_kind(before, *after);
    if (!both) return fail(both.error());
    report.columns.push_back(both->first.numeric()
                                 ? compare_numeric(both->first, both->second, options)
                                 : compare_levels(both->first, both->second, options));
    if (!progress.report(static_cast<double>(c + 1) / static_cast<double>(reference.columns())))
      return cancelled();
  }
  if (report.columns.empty())
    return fail(Code::bad_data, "the two tables have no column in common");
  raise_alerts(report, options);
  raise_missing_alerts(report, options, static_cast<double>(reference.rows()),
                       static_cast<double>(current.rows()));
  return report;
}

Json to_json(const DriftReport& report) {
  Json columns = Json::object(), alerts = Json::array();
  for (const ColumnDrift& d : report.columns) {
    Json one = {{"type", d.type}};
    const bool numeric = d.type == "numeric";
    one["psi"] = number_or_null(d.psi);
    one["noise_floor"] = {{"mean", d.noise_floor.mean},
                          {"p95", d.noise_floor.p95},
                          {"by_permutation", d.noise_floor.by_permutation}};
    for (const auto& [key, value] : {std::pair{"ks", d.ks},
                                     {"ks_p", d.ks_p},
                                     {"chi2", d.chi2},
                                     {"chi2_p", d.chi2_p},
                                     {"cramers_v", d.cramers_v},
                                     {"wasserstein", d.wasserstein},
                                     {"kl", d.kl},
                                     {"js", d.js},
                                     {"adjusted_p", d.adjusted_p}})
      one[key] = number_or_null(value);
    one["missing_reference"] = d.missing_reference;
    one["missing_current"] = d.missing_current;
    if (!numeric)
      for (const auto& [key, levels] :
           {std::pair{"new_level", &d.new_levels}, {"vanished_level", &d.vanished_levels}})
        one[key + std::string("s")] = levels->named,
                  one[key + std::string("_count")] = levels->count;
    one["why"] = !d.why.empty() ? d.why
                 : numeric      ? "chi2 and cramers_v are for categorical columns"
                                : "ks and wasserstein are for numeric columns";
    columns[d.name] = std::move(one);
    if (d.alert) alerts.push_back({{"column", d.name}, {"why", d.why}});
  }
  return {{"columns", columns}, {"alerts", alerts}};
}

Frame to_frame(const DriftReport& report) {
  std::vector<std::string> name, type, alert;
  std::vector<double> psi_of, floor, ks, p, distance, missing;
  for (const ColumnDrift& d : report.columns) {
    name.push_back(d.name), type.push_back(d.type), alert.push_back(d.alert ? "drift" : "");
    psi_of.push_back(d.psi), floor.push_back(d.noise_floor.p95);
    ks.push_back(d.type == "numeric" ? d.ks : d.cramers_v), p.push_back(d.adjusted_p),
        distance.push_back(d.wasserstein),
        missing.push_back(d.missing_current - d.missing_reference);
  }
  Frame::Builder builder;
  builder.add("column", name)
      .add("type", type)
      .add("psi", std::move(psi_of))
      .add("noise_95", std::move(floor))
      .add("ks_or_v", std::move(ks));
  builder.add("adjusted_p", std::move(p))
      .add("wasserstein", std::move(distance))
      .add("missing_change", std::move(missing))
      .add("alert", alert);
  return std::move(builder).build().value_or(Frame());
}

Result<Frame> psi_by_day(const Frame& reference, const Frame& log, const std::string& column,
                         const DailyPsiOptions& options) {
  auto before = reference.require(column), after = log.require(column), day = log.require("day");
  for (const auto* found : {&before, &after, &day})
    if (!*found) return fail(found->error());
  if (!(*before)->numeric() || !(*after)->numeric())
    return fail(Code::invalid_argument,
                "the column `{}` is not numeric; PSI by day cuts a numeric column at its deciles",
                column);
  std::vector<double> sample =
      sampled(**before, 0, reference.rows(), options.max_rows * 7, options, 1000000);
  std::erase_if(sample, [](double v) { return std::isnan(v); });
  if (sample.empty())
    return fail(Code::bad_data, "the column `{}` has no values in the reference", column);
  std::sort(sample.begin(), sample.end());
  const auto edges = metrics::decile_edges(sample, options.bins);
  const auto reference_counts = metrics::bin_counts(sample, edges);
  std::vector<double> days, rows, value, mean, p95, alarm;
  for (std::size_t begin = 0; begin < log.rows();) {
    const double today = (*day)->number(begin);
    std::size_t end = begin;
    while (end < log.rows() && (*day)->number(end) == today) ++end;
    const auto counts = metrics::bin_counts(
        sampled(**after, begin, end, options.max_rows, options, static_cast<std::uint64_t>(today)),
        edges);
    double n = 0;
    for (const double count : counts) n += count;
    days.push_back(today);
    rows.push_back(n);
    const NoiseFloor floor = n > 0 ? psi_noise_floor(reference_counts, counts, options.seed)
                                   : NoiseFloor{kUndefined, kUndefined, false};
    value.push_back(n > 0 ? psi(reference_counts, counts) : kUndefined);
    mean.push_back(floor.mean), p95.push_back(floor.p95);
    alarm.push_back(n > 0 && value.back() > floor.p95 ? 1 : 0);
    begin = end;
  }
  Frame::Builder builder;
  builder.add("day", std::move(days))
      .add("rows", std::move(rows))
      .add("psi", std::move(value))
      .add("noise_mean", std::move(mean));
  builder.add("noise_95", std::move(p95)).add("alarm", std::move(alarm));
  return std::move(builder).build();
}

}  // namespace rehearse::monitor
