// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/profile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/diagnose/suspicion.hpp"
#include "engine/metrics/reliability.hpp"

namespace rehearse::diagnose {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kLevelsKept = 10, kMostLevelsOfNumbers = 20;

ColumnProfile blank_profile(const Column& column) {
  ColumnProfile p;
  p.name = column.name(), p.type = type_name(column.type());
  p.role = column.role() == Role::none ? "" : role_name(column.role());
  p.rows = column.size();
  for (double* value : {&p.mean, &p.deviation, &p.skewness, &p.kurtosis, &p.least, &p.greatest,
                        &p.imbalance_ratio, &p.entropy_bits, &p.auc})
    *value = kUnknown;
  return p;
}

void keep_levels(ColumnProfile& p, std::vector<Level> levels) {
  std::stable_sort(levels.begin(), levels.end(),
                   [](const Level& a, const Level& b) { return a.count > b.count; });
  if (levels.size() >= 2 && levels.size() <= kMostLevelsOfNumbers)
    p.imbalance_ratio =
        static_cast<double>(levels.front().count) / static_cast<double>(levels.back().count);
  if (levels.size() > kLevelsKept) levels.resize(kLevelsKept);
  p.levels = std::move(levels);
}

void describe_numbers(ColumnProfile& p, const Column& column, std::vector<double>& sorted) {
  sorted.reserve(column.size());
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (column.missing(row)) {
      ++p.missing;
      continue;
    }
    const double v = column.number(row);
    if (!std::isfinite(v))
      ++p.not_finite;
    else
      sorted.push_back(v), p.zeros += v == 0, p.negative += v < 0;
  }
  if (sorted.empty()) return;
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  double sum = 0, m2 = 0, m3 = 0, m4 = 0;
  for (const double v : sorted) sum += v;
  p.mean = sum / n;
  for (const double v : sorted) {
    const double d = v - p.mean, d2 = d * d;
    m2 += d2, m3 += d2 * d, m4 += d2 * d2;
  }
  m2 /= n, m3 /= n, m4 /= n;
  if (n > 1) p.deviation = std::sqrt(m2 * n / (n - 1));
  if (m2 > 0) p.skewness = m3 / std::pow(m2, 1.5), p.kurtosis = m4 / (m2 * m2) - 3;
  p.least = sorted.front(), p.greatest = sorted.back();
  for (const double q : kProfileQuantiles)
    p.quantiles.push_back(metrics::quantile_sorted(sorted, q));
  std::vector<Level> levels;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t next = i + 1;  // a search by halves would cost more: most values stand once
    while (next < sorted.size() && sorted[next] == sorted[i]) ++next;
    ++p.distinct;
    if (p.distinct <= kMostLevelsOfNumbers)
      levels.push_back({fmt::format("{:.6g}", sorted[i]), next - i});
    i = next;
  }
  if (p.distinct <= kMostLevelsOfNumbers) keep_levels(p, std::move(levels));
}

void describe_texts(ColumnProfile& p, const Column& column) {
  std::vector<std::size_t> counts(column.dictionary().size(), 0);
  const auto codes = column.values<std::int32_t>();
  for (std::size_t row = 0; row < column.size(); ++row)
    if (column.missing(row) || codes[row] < 0)
      ++p.missing;
    else
      ++counts[static_cast<std::size_t>(codes[row])];
  std::vector<Level> levels;
  double entropy = 0;
  const auto present = static_cast<double>(p.rows - p.missing);
  for (std::size_t code = 0; code < counts.size(); ++code) {
    if (counts[code] == 0) continue;
    const double share = static_cast<double>(counts[code]) / present;
    entropy -= share * std::log2(share);
    levels.push_back({column.dictionary()[code], counts[code]});
  }
  p.distinct = levels.size();
  if (present > 0) p.entropy_bits = std::abs(entropy);
  keep_levels(p, std::move(levels));
}

// How well the column alone orders the label; a text by the rate of its levels is no order that
// could be trusted (rare levels fit by chance), so texts have none.
double auc_alone(const Column& column, std::span<const double> labels) {
  if (!column.numeric() || column.type() == Type::time) return kUnknown;
  std::vector<std::pair<double, double>> pairs;
  for (std::size_t row = 0; row < column.size(); ++row)
    if (const double v = column.number(row); std::isfinite(v)) pairs.emplace_back(v, labels[row]);
  std::sort(pairs.begin(), pairs.end());
  double rank_sum = 0, positives = 0;
  for (std::size_t i = 0; i < pairs.size();) {
    std::size_t j = i;
    double here = 0;
    while (j < pairs.size() && pairs[j].first == pairs[i].first) here += pairs[j++].second;
    rank_sum += here * (static_cast<double>(i + j + 1) / 2);
    positives += here;
    i = j;
  }
  const double negatives = static_cast<double>(pairs.size()) - positives;
  if (positives == 0 || negatives == 0) return kUnknown;
  return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives);
}

Result<std::vector<double>> label_values(const Frame& table, const std::string& name) {
  std::vector<double> labels;
  if (name.empty()) return labels;
  auto column = table.require(name);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::bad_data, "the label `{}` holds texts; it must be 0 or 1", name);
  labels = (*column)->numbers();
  for (std::size_t row = 0; row < labels.size(); ++row)
    if (labels[row] != 0 && labels[row] != 1)
      return fail(Code::bad_data, "row {}: the label `{}` is {}; it must be 0 or 1", row + 1, name,
                  std::isnan(labels[row]) ? "missing" : fmt::format("{:g}", labels[row]));
  return labels;
}

}  // namespace

Result<Profile> profile(const Frame& table, const ProfileOptions& options,
                        const Progress& progress) {
  auto labels = label_values(table, options.label);
  if (!labels) return fail(labels.error());
  Profile result;
  result.rows = table.rows();
  SuspicionFinder finder(table, options.label);
  for (std::size_t c = 0; c < table.columns(); ++c) {
    if (!progress.report(static_cast<double>(c) / static_cast<double>(table.columns())))
      return cancelled();
    const Column& column = table.column(c);
    ColumnProfile p = blank_profile(column);
    std::vector<double> sorted;
    if (column.numeric())
      describe_numbers(p, column, sorted);
    else
      describe_texts(p, column);
    if (!labels->empty() && column.name() != options.label) p.auc = auc_alone(column, *labels);
    finder.look(p, column, sorted, result.suspicions);
    result.columns.push_back(std::move(p));
  }
  return result;
}

Json to_json(const Profile& profile) {
  Json columns = Json::object(), suspicions = Json::array();
  for (const ColumnProfile& p : profile.columns) {
    Json one = {{"type", p.type}};
    if (!p.role.empty()) one["role"] = p.role;
    one["missing"] = p.missing;
    one["missing_rate"] =
        p.rows ? Json(static_cast<double>(p.missing) / static_cast<double>(p.rows)) : Json();
    one["cardinality"] = p.distinct;
    if (p.type != "dictionary") {
      for (const auto& [key, value] : {std::pair{"mean", p.mean},
                                       {"sd", p.deviation},
                                       {"skewness", p.skewness},
                                       {"kurtosis", p.kurtosis},
                                       {"min", p.least},
                                       {"max", p.greatest}})
        one[key] = number_or_null(value);
      one["quantiles"] = Json::object();
      for (std::size_t q = 0; q < std::size(kProfileQuantiles); ++q)
        one["quantiles"][fmt::format("{:g}", kProfileQuantiles[q])] =
            q < p.quantiles.size() ? Json(p.quantiles[q]) : Json();
      one["zeros"] = p.zeros, one["negative"] = p.negative, one["not_finite"] = p.not_finite;
      if (p.quantiles.empty()) one["why"] = "the column has no finite value";
    } else {
      one["entropy_bits"] = number_or_null(p.entropy_bits);
      if (p.distinct == 0) one["why"] = "the column has no value";
    }
    one["top"] = Json::array();
    for (const Level& level : p.levels)
      one["top"].push_back({{"value", level.name}, {"count", level.count}});
    one["imbalance_ratio"] = number_or_null(p.imbalance_ratio);
    if (!std::isnan(p.auc)) one["auc"] = p.auc;
    columns[p.name] = std::move(one);
  }
  for (const Suspicion& s : profile.suspicions)
    suspicions.push_back({{"column", s.column}, {"kind", s.kind}, {"why", s.why}});
  return {{"rows", profile.rows}, {"columns", columns}, {"suspicions", suspicions}};
}

Frame to_frame(const Profile& profile) {
  std::vector<std::string> name, type, top, suspicion;
  std::vector<double> missing, distinct, mean, deviation, least, median, greatest, ratio;
  for (const ColumnProfile& p : profile.columns) {
    name.push_back(p.name), type.push_back(p.type == "dictionary" ? "text" : p.type);
    missing.push_back(p.rows ? static_cast<double>(p.missing) / static_cast<double>(p.rows)
                             : kUnknown);
    distinct.push_back(static_cast<double>(p.distinct));
    mean.push_back(p.mean), deviation.push_back(p.deviation), least.push_back(p.least);
    median.push_back(p.quantiles.empty() ? kUnknown : p.quantiles[3]);
    greatest.push_back(p.greatest), ratio.push_back(p.imbalance_ratio);
    top.push_back(p.levels.empty() ? "" : p.levels.front().name);
    std::string kinds;
    for (const Suspicion& s : profile.suspicions)
      if (s.column == p.name) kinds += (kinds.empty() ? "" : ", ") + s.kind;
    suspicion.push_back(kinds);
  }
  Frame::Builder builder;
  builder.add("column", name).add("type", type).add("missing", std::move(missing));
  builder.add("distinct", std::move(distinct))
      .add("mean", std::move(mean))
      .add("sd", std::move(deviation));
  builder.add("least", std::move(least))
      .add("median", std::move(median))
      .add("greatest", std::move(greatest));
  builder.add("imbalance", std::move(ratio)).add("commonest", top).add("suspicion", suspicion);
  return std::move(builder).build().value_or(Frame());
}

Frame suspicion_table(const Profile& profile) {
  std::vector<std::string> column, kind, why;
  for (const Suspicion& s : profile.suspicions)
    column.push_back(s.column), kind.push_back(s.kind), why.push_back(s.why);
  Frame::Builder builder;
  builder.add("column", column).add("kind", kind).add("why", why);
  return std::move(builder).build().value_or(Frame());
}

}  // namespace rehearse::diagnose
