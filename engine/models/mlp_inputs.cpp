// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/mlp_inputs.hpp"

#include <cmath>
#include <numeric>

#include "engine/base/hash.hpp"
#include "engine/models/hashing.hpp"

namespace rehearse::models {
namespace {

double transformed(double value, bool logarithm) { return logarithm ? std::log1p(value) : value; }

struct ColumnShape {
  bool negative = false, missing = false;
  double mean = 0, deviation = 1;
};

ColumnShape shape_of(const Column& column, std::span<const std::uint32_t> kept) {
  ColumnShape shape;
  for (const std::uint32_t row : kept) {
    const double value = column.number(row);
    shape.negative = shape.negative || value < 0;
    shape.missing = shape.missing || std::isnan(value);
  }
  double sum = 0, squares = 0, count = 0;
  for (const std::uint32_t row : kept) {
    const double value = transformed(column.number(row), !shape.negative);
    if (std::isfinite(value)) sum += value, squares += value * value, count += 1;
  }
  if (count == 0) return shape;
  shape.mean = sum / count;
  const double variance = squares / count - shape.mean * shape.mean;
  shape.deviation = variance > 1e-12 ? std::sqrt(variance) : 1;
  return shape;
}

std::uint32_t level_bucket(const Column& column, std::string_view level, int buckets) {
  const std::string text = column.name() + "=" + std::string(level);
  return static_cast<std::uint32_t>(fnv1a64(text) % static_cast<std::uint64_t>(buckets));
}

}  // namespace

Result<NetworkInputs> NetworkInputs::fit(const Frame& rows, const std::vector<std::string>& columns,
                                         const Options& options,
                                         std::span<const std::uint32_t> kept) {
  NetworkInputs inputs;
  inputs.options_ = options;
  inputs.columns_ = columns;
  for (const std::string& name : columns) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    if (!options.deep) continue;
    if (!(*column)->numeric()) {
      inputs.text_columns_.push_back(name);
      continue;
    }
    const ColumnShape shape = shape_of(**column, kept);
    inputs.number_columns_.push_back(
        {name, !shape.negative, shape.missing, shape.mean, shape.deviation});
    inputs.names_.push_back(name);
    if (shape.missing) inputs.names_.push_back(name + " is missing");
  }
  inputs.numbers_ = inputs.names_.size();
  inputs.texts_ = inputs.text_columns_.size();
  for (const std::string& name : inputs.text_columns_) inputs.names_.push_back(name);
  for (const auto& [left, right] : options.crosses)
    for (const std::string& name : {left, right})
      if (auto column = rows.require(name); !column) return fail(column.error());
  return inputs;
}

std::size_t NetworkInputs::wide_width() const {
  return options_.wide_bits ? columns_.size() + 1 + options_.crosses.size() : 0;
}

Result<void> NetworkInputs::encode_numbers(const Frame& rows, std::span<const std::uint32_t> which,
                                           NetworkRows& out) const {
  out.numbers.resize(which.size() * numbers_);
  std::size_t place = 0;
  for (const Number& number : number_columns_) {
    auto found = rows.require(number.column);
    if (!found) return fail(found.error());
    const Column& column = **found;
    if (!column.numeric())
      return fail(Code::bad_data, "column `{}` holds texts and held numbers in training",
                  number.column);
    float* to = out.numbers.data() + place;
    for (const std::uint32_t row : which) {
      const double value = column.number(row);
      if (std::isinf(value))
        return fail(Code::bad_data, "row {}: `{}` is infinite; clip it first", row, number.column);
      // A column that was never negative in training and is now: its logarithm ends at ln(1 + 0).
      const double shown =
          transformed(number.logarithm ? std::max(value, 0.0) : value, number.logarithm);
      const bool missing = std::isnan(value);
      to[0] = missing ? 0 : static_cast<float>((shown - number.mean) / number.deviation);
      if (number.indicator) to[1] = missing ? 1.F : 0.F;
      to += numbers_;
    }
    place += number.indicator ? 2 : 1;
  }
  return {};
}

Result<void> NetworkInputs::encode_texts(const Frame& rows, std::span<const std::uint32_t> which,
                                         NetworkRows& out) const {
  out.levels.resize(which.size() * texts_);
  const auto buckets = static_cast<std::uint32_t>(options_.buckets);
  for (std::size_t t = 0; t < texts_; ++t) {
    auto found = rows.require(text_columns_[t]);
    if (!found) return fail(found.error());
    const Column& column = **found;
    if (column.numeric())
      return fail(Code::bad_data, "column `{}` holds numbers and held texts in training",
                  column.name());
    const auto first = static_cast<std::uint32_t>(t) * buckets;
    std::vector<std::uint32_t> by_code;
    for (const std::string& level : column.dictionary())
      by_code.push_back(first + level_bucket(column, level, options_.buckets));
    const std::uint32_t missing = first + level_bucket(column, "NA", options_.buckets);
    const auto codes = column.values<std::int32_t>();
    for (std::size_t i = 0; i < which.size(); ++i) {
      const std::uint32_t row = which[i];
      out.levels[i * texts_ + t] = codes[row] < 0 || column.missing(row)
                                       ? missing
                                       : by_code[static_cast<std::size_t>(codes[row])];
    }
  }
  return {};
}

Result<void> NetworkInputs::encode_wide(const Frame& rows, std::span<const std::uint32_t> which,
                                        NetworkRows& out) const {
  if (!options_.wide_bits) return {};
  auto hasher = RowHasher::create(rows, columns_, options_.wide_bits);
  if (!hasher) return fail(hasher.error());
  const std::size_t plain = hasher->width(), width = wide_width();
  std::vector<std::uint32_t> hashed(which.size() * plain);
  hasher->hash(which, hashed.data());
  out.wide.resize(which.size() * width);
  for (std::size_t i = 0; i < which.size(); ++i)
    std::copy_n(hashed.data() + i * plain, plain, out.wide.data() + i * width);
  for (std::size_t c = 0; c < options_.crosses.size(); ++c) {
    auto left = rows.require(options_.crosses[c].first);
    auto right = rows.require(options_.crosses[c].second);
    if (!left) return fail(left.error());
    if (!right) return fail(right.error());
    for (std::size_t i = 0; i < which.size(); ++i)
      out.wide[i * width + plain + c] =
          feature_index(feature_text(**left, which[i]) + "&" + feature_text(**right, which[i]),
                        options_.wide_bits);
  }
  return {};
}

Result<NetworkRows> NetworkInputs::encode(const Frame& rows,
                                          std::span<const std::uint32_t> which) const {
  NetworkRows out;
  out.rows = which.size();
  if (auto done = encode_numbers(rows, which, out); !done) return fail(done.error());
  if (auto done = encode_texts(rows, which, out); !done) return fail(done.error());
  if (auto done = encode_wide(rows, which, out); !done) return fail(done.error());
  return out;
}

Result<NetworkRows> NetworkInputs::encode(const Frame& rows) const {
  std::vector<std::uint32_t> all(rows.rows());
  std::iota(all.begin(), all.end(), 0U);
  return encode(rows, all);
}

std::size_t NetworkInputs::bytes() const {
  std::size_t total = sizeof *this + number_columns_.capacity() * sizeof(Number);
  for (const auto* names : {&text_columns_, &columns_, &names_})
    for (const std::string& name : *names) total += sizeof(std::string) + name.capacity();
  return total;
}

}  // namespace rehearse::models
