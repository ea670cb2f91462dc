// SPDX-License-Identifier: GPL-3.0-or-later
//
// Encoding: rows of a table as sparse vectors of numbers, the form that every linear model and
// factorization machine of this room learns from.
//
//   a bias                        1
//   a number                      (x - mean) / sd of the training rows; 0 where missing
//   a text, or a number that is   one parameter a level (one-hot); levels that training did not
//     named as categorical          see have none, and count as nothing
//   a column with missing cells   one parameter more, `column is missing`, 1 where it is
//
// Use it where parameters should be few, named and comparable: standardised numbers make one
// penalty fair to all. Use hashing.hpp where levels are unbounded and memory must not grow.
// A row has the same number of entries whatever it holds, each of the field (column) it came from;
// an entry that says nothing has value 0. Immutable.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/models/hashing.hpp"

namespace rehearse::models {

// rows × width entries: the parameter's index and its value.
struct EncodedRows {
  std::size_t rows = 0, width = 0;
  std::vector<std::uint32_t> index;
  std::vector<double> value;

  double dot(std::size_t row, std::span<const double> weights) const {
    double sum = 0;
    const std::size_t begin = row * width;
    for (std::size_t k = begin; k < begin + width; ++k) sum += weights[index[k]] * value[k];
    return sum;
  }
};

struct EncodingOptions {
  FeatureChoice features = {};
  std::vector<std::string> categorical = {};  // numeric columns that are names of things: ids, hour
};

class Encoding {
 public:
  Encoding() = default;
  // Means, deviations and levels of the rows. O(rows · columns).
  // Errors: those of choose_features; a column named categorical is not among them; a number is
  // infinite; more than 2^22 parameters.
  static Result<Encoding> fit(const Frame& rows, std::string_view label,
                              const EncodingOptions& options = {});

  // Errors: a column is missing or was of another kind in training; a number is infinite.
  Result<EncodedRows> encode(const Frame& rows) const;

  std::size_t parameters() const { return terms_.size(); }
  std::size_t width() const { return width_; }                // entries a row, the bias first
  std::size_t fields() const { return columns_.size() + 1; }  // the bias is field 0
  std::size_t field(std::size_t entry) const { return entry_fields_[entry]; }
  // The name of a parameter: `bias`, `age`, `place=news`, `age is missing`.
  const std::string& term(std::size_t parameter) const { return terms_[parameter]; }
  std::vector<std::string> columns() const;
  std::size_t bytes() const;

 private:
  friend struct SavedFields;
  struct FittedColumn {
    std::string name;
    bool levels = false;  // one-hot
    bool text = false;    // of a text column
    double mean = 0, sd = 0;
    std::uint32_t first = 0;                       // its parameter, or that of its first level
    std::map<std::string, std::uint32_t> by_text;  // level to parameter
    std::map<double, std::uint32_t> by_number;
    bool indicates_missing = false;
    std::uint32_t missing = 0;  // the indicator's parameter
  };
  Result<void> fit_column(const Column& column, bool levels);
  Result<void> fit_number(const Column& column, FittedColumn& fitted);
  void fit_levels(const Column& column, FittedColumn& fitted);
  Result<void> encode_column(const FittedColumn& fitted, const Column& column, std::size_t entry,
                             EncodedRows& out) const;

  std::vector<FittedColumn> columns_;
  std::vector<std::string> terms_;
  std::vector<std::size_t> entry_fields_;
  std::size_t width_ = 0;
};

}  // namespace rehearse::models
