// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/encoding.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace rehearse::models {
namespace {

constexpr std::size_t kMostParameters = std::size_t{1} << 22;

bool cell_missing(const Column& column, std::size_t row) {
  if (column.missing(row)) return true;
  return column.numeric() ? std::isnan(column.number(row)) : column.values<std::int32_t>()[row] < 0;
}

Result<void> refuse_infinite(const Column& column, std::size_t row, double value) {
  if (!std::isinf(value)) return {};
  return fail(Code::bad_data, "row {}: `{}` is infinite; mend or drop the row", row, column.name());
}

}  // namespace

Result<Encoding> Encoding::fit(const Frame& rows, std::string_view label,
                               const EncodingOptions& options) {
  auto names = choose_features(rows, options.features, label);
  if (!names) return fail(names.error());
  for (const std::string& name : options.categorical)
    if (std::find(names->begin(), names->end(), name) == names->end())
      return fail(Code::invalid_argument,
                  "`{}` is called categorical but is not among the features; name it there too",
                  name);
  Encoding encoding;
  encoding.terms_ = {"bias"};
  encoding.entry_fields_ = {0};
  for (const std::string& name : *names) {
    const Column& column = *rows.find(name);
    const bool named = std::find(options.categorical.begin(), options.categorical.end(), name) !=
                       options.categorical.end();
    if (auto done = encoding.fit_column(column, named || !column.numeric()); !done)
      return fail(done.error());
  }
  encoding.width_ = encoding.entry_fields_.size();
  return encoding;
}

Result<void> Encoding::fit_column(const Column& column, bool levels) {
  FittedColumn fitted;
  fitted.name = column.name();
  fitted.levels = levels;
  fitted.text = !column.numeric();
  fitted.first = static_cast<std::uint32_t>(terms_.size());
  if (levels)
    fit_levels(column, fitted);
  else if (auto done = fit_number(column, fitted); !done)
    return done;
  const std::size_t field = columns_.size() + 1;
  entry_fields_.push_back(field);
  for (std::size_t row = 0; row < column.size() && !fitted.indicates_missing; ++row)
    fitted.indicates_missing = cell_missing(column, row);
  if (fitted.indicates_missing) {
    fitted.missing = static_cast<std::uint32_t>(terms_.size());
    terms_.push_back(column.name() + " is missing");
    entry_fields_.push_back(field);
  }
  if (terms_.size() > kMostParameters)
    return fail(Code::limit, "column `{}` has too many levels: more than {} parameters in all",
                column.name(), kMostParameters);
  columns_.push_back(std::move(fitted));
  return {};
}

Result<void> Encoding::fit_number(const Column& column, FittedColumn& fitted) {
  double count = 0, mean = 0, square = 0;
  for (std::size_t row = 0; row < column.size(); ++row) {
    const double x = column.number(row);
    if (std::isnan(x)) continue;
    if (auto fine = refuse_infinite(column, row, x); !fine) return fine;
    const double apart = x - mean;
    mean += apart / ++count;
    square += apart * (x - mean);
  }
  fitted.mean = mean;
  fitted.sd = count > 0 ? std::sqrt(square / count) : 0;
  // What rounding leaves of a constant column is no spread.
  if (fitted.sd <= 1e-12 * std::abs(mean)) fitted.sd = 0;
  terms_.push_back(column.name());
  return {};
}

void Encoding::fit_levels(const Column& column, FittedColumn& fitted) {
  const auto add = [&](auto& map, const auto& seen, const auto& text) {
    for (const auto& level : seen) {
      map.emplace(level, static_cast<std::uint32_t>(terms_.size()));
      terms_.push_back(column.name() + "=" + text(level));
    }
  };
  if (fitted.text) {
    std::set<std::string> seen;
    std::vector<bool> code_seen(column.dictionary().size());
    const auto codes = column.values<std::int32_t>();
    for (std::size_t row = 0; row < column.size(); ++row)
      if (!cell_missing(column, row)) code_seen[static_cast<std::size_t>(codes[row])] = true;
    for (std::size_t code = 0; code < code_seen.size(); ++code)
      if (code_seen[code]) seen.insert(column.dictionary()[code]);
    add(fitted.by_text, seen, [](const std::string& level) { return level; });
  } else {
    std::set<double> seen;
    for (std::size_t row = 0; row < column.size(); ++row)
      if (!cell_missing(column, row)) seen.insert(column.number(row));
    add(fitted.by_number, seen, [](double level) { return fmt::format("{}", level); });
  }
}

Result<void> Encoding::encode_column(const FittedColumn& fitted, const Column& column,
                                     std::size_t entry, EncodedRows& out) const {
  if (column.numeric() == fitted.text)
    return fail(Code::bad_data, "column `{}` {} in training and {} here; give the same kind",
                fitted.name, fitted.text ? "held texts" : "held numbers",
                fitted.text ? "holds numbers" : "holds texts");
  std::vector<std::int64_t> by_code;  // of a text column, the parameter of each code
  if (fitted.text)
    for (const std::string& level : column.dictionary()) {
      const auto found = fitted.by_text.find(level);
      by_code.push_back(found == fitted.by_text.end() ? -1 : std::int64_t{found->second});
    }
  for (std::size_t row = 0; row < column.size(); ++row) {
    const std::size_t k = row * width_ + entry;
    if (cell_missing(column, row)) {
      if (fitted.indicates_missing) out.index[k + 1] = fitted.missing, out.value[k + 1] = 1;
      continue;
    }
    if (fitted.levels) {
      std::int64_t parameter = -1;
      if (fitted.text) {
        parameter = by_code[static_cast<std::size_t>(column.values<std::int32_t>()[row])];
      } else if (const auto found = fitted.by_number.find(column.number(row));
                 found != fitted.by_number.end()) {
        parameter = found->second;
      }
      if (parameter < 0) continue;
      out.index[k] = static_cast<std::uint32_t>(parameter), out.value[k] = 1;
      continue;
    }
    const double x = column.number(row);
    if (auto fine = refuse_infinite(column, row, x); !fine) return fine;
    out.index[k] = fitted.first;
    out.value[k] = fitted.sd > 0 ? (x - fitted.mean) / fitted.sd : 0;
  }
  return {};
}

Result<EncodedRows> Encoding::encode(const Frame& rows) const {
  EncodedRows out{rows.rows(), width_, std::vector<std::uint32_t>(rows.rows() * width_),
                  std::vector<double>(rows.rows() * width_)};
  for (std::size_t row = 0; row < rows.rows(); ++row) out.value[row * width_] = 1;
  std::size_t entry = 1;
  for (const FittedColumn& fitted : columns_) {
    auto column = rows.require(fitted.name);
    if (!column) return fail(column.error());
    if (auto done = encode_column(fitted, **column, entry, out); !done) return fail(done.error());
    entry += fitted.indicates_missing ? 2 : 1;
  }
  return out;
}

std::vector<std::string> Encoding::columns() const {
  std::vector<std::string> names;
  for (const FittedColumn& column : columns_) names.push_back(column.name);
  return names;
}

std::size_t Encoding::bytes() const {
  std::size_t total = sizeof *this + entry_fields_.capacity() * sizeof(std::size_t);
  for (const std::string& term : terms_) total += sizeof term + term.capacity();
  for (const FittedColumn& column : columns_)
    total += sizeof column + 64 * (column.by_text.size() + column.by_number.size());
  return total;
}

}  // namespace rehearse::models
