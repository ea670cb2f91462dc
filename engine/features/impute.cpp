// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/impute.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/features/columns.hpp"
#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

double most_common_number(const std::vector<double>& values) {
  std::map<double, std::size_t> counts;
  for (const double value : values) ++counts[value];
  auto best = counts.begin();
  for (auto it = counts.begin(); it != counts.end(); ++it)
    if (it->second > best->second) best = it;
  return best->first;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2) return *middle;
  return *std::max_element(values.begin(), middle) / 2 + *middle / 2;
}

double rounded(double value, int digits) {
  if (digits < 0) return value;
  const double scale = std::pow(10.0, digits);
  return std::round(value * scale) / scale;
}

bool needs_values(Filling filling) {
  return filling == Filling::mean || filling == Filling::median || filling == Filling::most_common;
}

double filling_of(const std::vector<double>& values, const ImputeOptions& options) {
  switch (options.filling) {
    case Filling::mean: return rounded(mean_of(values), options.digits);
    case Filling::median: return rounded(median_of(values), options.digits);
    case Filling::most_common: return most_common_number(values);
    case Filling::constant: return options.constant;
    case Filling::zero:
    case Filling::none: return 0;
  }
  return 0;
}

std::string most_common_word(const Column& column) {
  std::map<std::string_view, std::size_t> counts;
  for (std::size_t row = 0; row < column.size(); ++row)
    if (!blank(column, row)) ++counts[column.text(row)];
  auto best = counts.begin();
  for (auto it = counts.begin(); it != counts.end(); ++it)
    if (it->second > best->second) best = it;
  return std::string(best->first);
}

Column filled_numbers(const Column& column, double filler) {
  std::vector<double> values = column.numbers();
  for (double& value : values)
    if (std::isnan(value)) value = filler;
  return made(column.name(), std::move(values), column.info());
}

Column filled_words(const Column& column, const std::string& filler) {
  std::vector<std::string> words;
  words.reserve(column.size());
  for (std::size_t row = 0; row < column.size(); ++row)
    words.push_back(blank(column, row) ? filler : std::string(column.text(row)));
  return made(column.name(), words, column.info());
}

}  // namespace

Result<Filling> parse_filling(const std::string& name) {
  static const std::map<std::string, Filling> known = {
      {"none", Filling::none}, {"zero", Filling::zero},     {"constant", Filling::constant},
      {"mean", Filling::mean}, {"median", Filling::median}, {"most_common", Filling::most_common}};
  const auto found = known.find(name);
  if (found == known.end())
    return fail(Code::invalid_argument,
                "`{}` is no way to fill in: none, zero, constant, mean, median, most_common", name);
  return found->second;
}

std::vector<std::string> columns_with_missing(std::span<const Frame> tables) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const Frame& table : tables)
    for (std::size_t c = 0; c < table.columns(); ++c) {
      const Column& column = table.column(c);
      if (column.role() != Role::feature || seen.count(column.name())) continue;
      for (std::size_t row = 0; row < column.size(); ++row)
        if (blank(column, row)) {
          names.push_back(column.name());
          seen.insert(column.name());
          break;
        }
    }
  return names;
}

Result<Imputer> Imputer::fit(const Frame& rows, const ImputeOptions& options) {
  Imputer imputer;
  imputer.options_ = options;
  const Frame tables[] = {rows};
  imputer.options_.columns =
      options.columns.empty() ? columns_with_missing(tables) : options.columns;
  for (const std::string& name : imputer.options_.columns) {
    auto column = encodable(rows, name);
    if (!column) return fail(column.error());
    Filler filler{name, !(*column)->numeric(), 0, "missing", options.filling != Filling::none};
    for (std::size_t row = 0; row < rows.rows(); ++row)
      ++(blank(**column, row) ? filler.missing : filler.fitted_on);
    const bool learns =
        filler.text ? options.filling == Filling::most_common : needs_values(options.filling);
    if (learns && filler.fitted_on == 0)
      return fail(Code::bad_data,
                  "the column `{}` has no value among the rows to fit on: drop it, or fill it with "
                  "a constant",
                  name);
    if (filler.text && learns) filler.word = most_common_word(**column);
    if (!filler.text) {
      std::vector<double> values;
      for (const double value : (*column)->numbers())
        if (!std::isnan(value)) values.push_back(value);
      filler.number = filling_of(values, options);
    }
    imputer.fillers_.push_back(std::move(filler));
  }
  return imputer;
}

Result<Frame> Imputer::apply(const Frame& rows) const {
  Frame out = rows;
  std::vector<Column> indicators;
  for (const Filler& filler : fillers_) {
    auto column = rows.require(filler.column);
    if (!column) return fail(column.error());
    if ((*column)->numeric() == filler.text)
      return fail(Code::bad_data, "the column `{}` was fitted on {} and holds {} here",
                  filler.column, filler.text ? "texts" : "numbers",
                  filler.text ? "numbers" : "texts");
    if (options_.indicator) {
      std::vector<std::uint8_t> marks(rows.rows());
      for (std::size_t row = 0; row < marks.size(); ++row) marks[row] = blank(**column, row);
      indicators.push_back(made(filler.column + "_missing", std::move(marks),
                                {.role = Role::feature, .privacy = (*column)->privacy()}));
    }
    if (!filler.fills) continue;
    auto with = out.with(filler.text ? filled_words(**column, filler.word)
                                     : filled_numbers(**column, filler.number));
    if (!with) return with;
    out = std::move(*with);
  }
  return with_all(out, indicators);
}

}  // namespace rehearse::features
