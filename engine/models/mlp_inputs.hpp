// SPDX-License-Identifier: GPL-3.0-or-later
//
// NetworkInputs: the rows of a Frame as a neural network takes them, learned on the training rows.
//
//   number x   (t(x) - mean) / sd, where t is ln(1 + x) for a column that was never negative and x
//              else; missing is 0, the mean, and a column of its own tells that it was missing
//   text       one row of an embedding table: FNV-1a of `name=value` modulo `buckets`, each column
//              with buckets of its own. Two levels in one bucket share what is learned of them;
//              a level never seen in training still gets some bucket, and so a guess.
//   wide       the hashed coordinates of hashing.hpp, and a coordinate for each cross of two
//              columns (`a=x&b=y`)
//
// Unlike trees, networks need this: a column of thousands beside one of tenths would drown it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::models {

// Encoded rows; row-major.
struct NetworkRows {
  std::size_t rows = 0;
  std::vector<float> numbers;         // rows × numbers()
  std::vector<std::uint32_t> levels;  // rows × texts(), rows of the embedding table
  std::vector<std::uint32_t> wide;    // rows × wide_width()
};

class NetworkInputs {
 public:
  struct Options {
    bool deep = true;
    int buckets = 64;   // of each text column
    int wide_bits = 0;  // 0: no wide part
    std::vector<std::pair<std::string, std::string>> crosses = {};
  };
  // Learns means and deviations from `kept` rows. Errors: a column is not there.
  static Result<NetworkInputs> fit(const Frame& rows, const std::vector<std::string>& columns,
                                   const Options& options, std::span<const std::uint32_t> kept);

  std::size_t numbers() const { return numbers_; }
  std::size_t texts() const { return texts_; }
  std::size_t levels() const { return texts_ * static_cast<std::size_t>(options_.buckets); }
  std::size_t wide_width() const;
  std::size_t wide_size() const {
    return options_.wide_bits ? std::size_t{1} << options_.wide_bits : 0;
  }
  // Of the numbers ("age", "votes is missing"), then of the texts.
  const std::vector<std::string>& names() const { return names_; }
  // Errors: a column is not there or of another kind; an infinite number (the row is named).
  Result<NetworkRows> encode(const Frame& rows, std::span<const std::uint32_t> which) const;
  Result<NetworkRows> encode(const Frame& rows) const;
  std::size_t bytes() const;

 private:
  friend struct SavedFields;
  struct Number {
    std::string column;
    bool logarithm = false, indicator = false;
    double mean = 0, deviation = 1;
  };
  Result<void> encode_numbers(const Frame& rows, std::span<const std::uint32_t> which,
                              NetworkRows& out) const;
  Result<void> encode_texts(const Frame& rows, std::span<const std::uint32_t> which,
                            NetworkRows& out) const;
  Result<void> encode_wide(const Frame& rows, std::span<const std::uint32_t> which,
                           NetworkRows& out) const;
  Options options_;
  std::vector<Number> number_columns_;
  std::vector<std::string> text_columns_, columns_, names_;
  std::size_t numbers_ = 0, texts_ = 0;
};

}  // namespace rehearse::models
