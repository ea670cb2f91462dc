// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/trial.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

namespace rehearse::experiment {
namespace {

constexpr std::size_t kMostArms = 50, kMostLevels = 50;

// Codes of a column's cells, and their texts in order of first appearance. -1 where missing.
struct Codes {
  std::vector<std::int32_t> of_row;
  std::vector<std::string> texts;
};

Codes codes_of(const Column& column) {
  Codes codes;
  codes.of_row.resize(column.size());
  if (column.type() == Type::dictionary) {
    const auto stored = column.values<std::int32_t>();
    for (std::size_t row = 0; row < column.size(); ++row)
      codes.of_row[row] = column.missing(row) ? -1 : stored[row];
    codes.texts = column.dictionary();
    return codes;
  }
  std::unordered_map<double, std::int32_t> seen;
  for (std::size_t row = 0; row < column.size(); ++row) {
    const double value = column.number(row);
    if (std::isnan(value)) {
      codes.of_row[row] = -1;
      continue;
    }
    const auto [place, fresh] =
        seen.try_emplace(value, static_cast<std::int32_t>(codes.texts.size()));
    if (fresh) codes.texts.push_back(column.cell(row));
    codes.of_row[row] = place->second;
  }
  return codes;
}

Result<const Column*> numeric(const Frame& log, const std::string& name) {
  auto column = log.require(name);
  if (column && !(*column)->numeric())
    return fail(Code::bad_data, "the column `{}` holds text; it must be numbers", name);
  return column;
}

Result<std::vector<double>> finite(const Frame& log, const std::string& name) {
  auto column = numeric(log, name);
  if (!column) return fail(column.error());
  std::vector<double> values = (*column)->numbers();
  for (std::size_t row = 0; row < values.size(); ++row)
    if (!std::isfinite(values[row]))
      return fail(Code::bad_data, "row {}: `{}` is {}; it must be a finite number", row + 1, name,
                  std::isnan(values[row]) ? "missing" : "infinite");
  return values;
}

Result<std::string> outcome_of(const Frame& log, const std::string& given) {
  if (!given.empty()) return given;
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < log.columns(); ++i)
    if (log.column(i).role() == Role::label) labels.push_back(log.column(i).name());
  if (labels.size() == 1) return labels.front();
  return fail(Code::invalid_argument,
              "name the outcome: the table has {} columns that are labels, and one is needed",
              labels.size());
}

// Missing values of a covariate become its mean: it was measured before the arms were dealt, so the
// filling is the same in both.
Result<void> add_covariate(Trial& trial, const Frame& log, const std::string& name) {
  auto column = log.require(name);
  if (!column) return fail(column.error());
  if ((*column)->role() == Role::truth)
    return fail(Code::invalid_argument,
                "the covariate `{}` is known only because the site is simulated; adjust for what a "
                "real log has",
                name);
  if ((*column)->numeric()) {
    std::vector<double> values = (*column)->numbers();
    double sum = 0, count = 0;
    for (const double v : values)
      if (!std::isnan(v)) sum += v, count += 1;
    for (double& v : values)
      if (std::isnan(v)) v = count > 0 ? sum / count : 0;
    trial.covariate_names.push_back(name);
    trial.covariates.push_back(std::move(values));
    return {};
  }
  const Codes codes = codes_of(**column);
  std::vector<std::size_t> counts(codes.texts.size(), 0);
  for (const std::int32_t code : codes.of_row)
    if (code >= 0) ++counts[static_cast<std::size_t>(code)];
  const auto commonest = std::max_element(counts.begin(), counts.end()) - counts.begin();
  if (static_cast<std::size_t>(
          std::count_if(counts.begin(), counts.end(), [](auto n) { return n > 0; })) > kMostLevels)
    return fail(Code::limit, "the covariate `{}` has more than {} levels; group them", name,
                kMostLevels);
  for (std::size_t level = 0; level < codes.texts.size(); ++level) {
    if (counts[level] == 0 || static_cast<std::ptrdiff_t>(level) == commonest) continue;
    std::vector<double> is(codes.of_row.size());
    for (std::size_t row = 0; row < is.size(); ++row)
      is[row] = codes.of_row[row] == static_cast<std::int32_t>(level);
    trial.covariate_names.push_back(name + "=" + codes.texts[level]);
    trial.covariates.push_back(std::move(is));
  }
  return {};
}

Result<void> read_outcome(Trial& trial, const Frame& log, const TrialColumns& columns) {
  auto column = numeric(log, trial.outcome_name);
  if (!column) return fail(column.error());
  if ((*column)->role() == Role::truth)
    return fail(Code::invalid_argument, "`{}` is truth and no outcome that a log could hold",
                trial.outcome_name);
  trial.outcome = (*column)->numbers();
  trial.assigned = trial.arms.counts;
  trial.observed.assign(trial.arms.names.size(), 0);
  trial.binary = true;
  for (std::size_t row = 0; row < trial.outcome.size(); ++row) {
    double& value = trial.outcome[row];
    if (std::isinf(value))
      return fail(Code::bad_data, "row {}: the outcome `{}` is infinite", row + 1,
                  trial.outcome_name);
    if (std::isnan(value)) {
      if (columns.missing == Missing::refuse)
        return fail(Code::bad_data,
                    "row {}: the outcome `{}` is missing; count it as 0, or leave such units out "
                    "and read how many each arm lost",
                    row + 1, trial.outcome_name);
      if (columns.missing == Missing::leave_out) continue;
      value = 0;
    }
    trial.binary = trial.binary && (value == 0 || value == 1);
    trial.observed[static_cast<std::size_t>(trial.arms.of_row[row])] += 1;
  }
  for (std::size_t arm = 0; arm < trial.observed.size(); ++arm)
    if (trial.observed[arm] == 0)
      return fail(Code::bad_data, "no unit of the arm `{}` has an outcome", trial.arms.names[arm]);
  return {};
}

void read_truth(Trial& trial, const Frame& log) {
  trial.true_effect.assign(trial.arms.names.size(), Contrast::kUndefined);
  trial.unit_effect.assign(trial.arms.names.size(), {});
  for (std::size_t arm = 1; arm < trial.arms.names.size(); ++arm) {
    const std::string base = trial.outcome_name + "_effect";
    const Column* column = log.find(base + "_" + trial.arms.names[arm]);
    if (!column && trial.arms.names.size() == 2) column = log.find(base);
    if (!column || column->role() != Role::truth || !column->numeric()) continue;
    trial.unit_effect[arm] = column->numbers();
    double sum = 0, count = 0;
    for (const double v : trial.unit_effect[arm])
      if (!std::isnan(v)) sum += v, count += 1;
    if (count > 0) trial.true_effect[arm] = sum / count;
  }
}

Result<void> read_groups(Trial& trial, const Frame& log, const TrialColumns& columns) {
  if (!columns.strata.empty()) {
    auto column = log.require(columns.strata);
    if (!column) return fail(column.error());
    trial.strata = codes_of(**column).of_row;  // the missing ones are a stratum of their own
  }
  if (!columns.cluster.empty()) {
    auto column = log.require(columns.cluster);
    if (!column) return fail(column.error());
    const Codes codes = codes_of(**column);
    for (std::size_t row = 0; row < codes.of_row.size(); ++row)
      if (codes.of_row[row] < 0)
        return fail(Code::bad_data, "row {}: the cluster `{}` is missing", row + 1,
                    columns.cluster);
    trial.clusters.assign(codes.of_row.begin(), codes.of_row.end());
  }
  if (!columns.denominator.empty()) {
    auto values = finite(log, columns.denominator);
    if (!values) return fail(values.error());
    trial.denominators = std::move(*values);
  }
  return {};
}

}  // namespace

std::size_t Arms::index_of(std::string_view name) const {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

Result<Arms> arms_of(const Frame& log, const std::string& name, const std::string& control) {
  auto column = log.require(name);
  if (!column) return fail(column.error());
  const Codes codes = codes_of(**column);
  std::map<std::string, double> sizes;
  std::vector<double> counts(codes.texts.size(), 0);
  for (std::size_t row = 0; row < codes.of_row.size(); ++row) {
    if (codes.of_row[row] < 0)
      return fail(Code::bad_data,
                  "row {}: the arm `{}` is missing; a unit without an arm was not assigned",
                  row + 1, name);
    counts[static_cast<std::size_t>(codes.of_row[row])] += 1;
  }
  for (std::size_t code = 0; code < counts.size(); ++code)
    if (counts[code] > 0) sizes[codes.texts[code]] = counts[code];
  if (sizes.size() < 2)
    return fail(Code::bad_data, "the column `{}` has {}; an experiment needs two arms or more",
                name, sizes.empty() ? "no arm" : "one arm only, `" + sizes.begin()->first + "`");
  if (sizes.size() > kMostArms)
    return fail(Code::bad_data,
                "the column `{}` has {} different values; {} arms are the most. Is it the arm?",
                name, sizes.size(), kMostArms);
  std::string first = control;
  if (first.empty()) first = sizes.count("control") ? "control" : sizes.begin()->first;
  Arms arms;
  for (const auto& [arm, count] : sizes)
    if (arm != first) arms.names.push_back(arm);
  if (!sizes.count(first))
    return fail(Code::not_found, "the column `{}` has no arm `{}`; it has {}", name, first,
                fmt::join(arms.names, ", "));
  arms.names.insert(arms.names.begin(), first);
  for (const std::string& arm : arms.names) arms.counts.push_back(sizes[arm]);
  std::vector<std::int32_t> index(codes.texts.size(), 0);
  for (std::size_t code = 0; code < codes.texts.size(); ++code)
    index[code] = static_cast<std::int32_t>(arms.index_of(codes.texts[code]));
  arms.of_row.resize(codes.of_row.size());
  for (std::size_t row = 0; row < arms.of_row.size(); ++row)
    arms.of_row[row] = index[static_cast<std::size_t>(codes.of_row[row])];
  return arms;
}

Result<Trial> Trial::of(const Frame& log, const TrialColumns& columns) {
  Trial trial;
  auto arms = arms_of(log, columns.arm, columns.control);
  if (!arms) return fail(arms.error());
  trial.arms = std::move(*arms);
  auto outcome = outcome_of(log, columns.outcome);
  if (!outcome) return fail(outcome.error());
  trial.outcome_name = std::move(*outcome);
  if (auto read = read_outcome(trial, log, columns); !read) return fail(read.error());
  if (auto read = read_groups(trial, log, columns); !read) return fail(read.error());
  for (const std::string& name : columns.covariates)
    if (auto added = add_covariate(trial, log, name); !added) return fail(added.error());
  read_truth(trial, log);
  return trial;
}

std::vector<std::size_t> Trial::rows_of(std::size_t treatment) const {
  std::vector<std::size_t> rows;
  rows.reserve(outcome.size());
  for (std::size_t row = 0; row < outcome.size(); ++row) {
    const auto arm = static_cast<std::size_t>(arms.of_row[row]);
    if ((arm == 0 || arm == treatment) && !std::isnan(outcome[row])) rows.push_back(row);
  }
  return rows;
}

}  // namespace rehearse::experiment
