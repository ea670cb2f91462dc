// SPDX-License-Identifier: GPL-3.0-or-later
//
// TreeEncoding: the rows of a Frame as the dense numbers that trees split on, learned on the
// training rows and applied to any others.
//
//   number, boolean, time   the value (times in seconds); missing is NaN, which a tree sends to the
//                           side that lowered its loss (Chen, Guestrin 2016, section 3.4)
//   text, few levels        one column of 0 and 1 for each level seen in training (one-hot); an
//                           unseen or missing level is 0 in all of them
//   text, many levels       the level's share of the training rows (frequency); an unseen level is
//                           0, a missing one NaN. Two levels that are equally common look the same.
//
// Trees need no scaling: only the order of a column's values matters. One-hot columns of hundreds
// of levels starve each split of rows, which is why many levels are told apart by frequency; use
// features.target before training where the level itself carries the label's rate.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::models {

enum class Categorical {
  automatic,  // one-hot up to kOneHotMost levels, else frequency
  one_hot,    // refuses more than 1000 levels
  frequency,
  ordinal  // the level's place in alphabetical order: an order that means nothing
};
// "auto", "one-hot", "frequency", "ordinal".
Result<Categorical> parse_categorical(std::string_view name);

class TreeEncoding {
 public:
  static constexpr std::size_t kOneHotMost = 16;

  // Learns levels and shares from `kept` rows of the frame. Columns must be there (see
  // choose_features). Errors: a column is not there, too many levels for one-hot.
  static Result<TreeEncoding> fit(const Frame& rows, const std::vector<std::string>& columns,
                                  Categorical how, std::span<const std::uint32_t> kept);

  std::size_t width() const { return names_.size(); }
  // "affinity", "platform=ios", "share of community"; one a column of the matrix.
  const std::vector<std::string>& names() const { return names_; }
  // Row-major, rows.rows() × width() (or of the rows listed). O(rows · width).
  // Errors: a column is not there or is a text where training had a number (or the other way
  // round); a value is infinite or beyond 3.4e38 (the row is named).
  Result<std::vector<float>> matrix(const Frame& rows) const;
  Result<std::vector<float>> matrix(const Frame& rows, std::span<const std::uint32_t> which) const;
  std::size_t bytes() const;

 private:
  friend struct SavedFields;
  struct Source {
    std::string column;
    bool text = false;
    bool one_hot = false;
    std::size_t begin = 0, width = 1;     // columns of the matrix
    std::map<std::string, float> levels;  // one-hot: the place; else the number
  };
  Result<void> fill(const Source& source, const Frame& rows, std::span<const std::uint32_t> which,
                    std::vector<float>& out) const;
  std::vector<Source> sources_;
  std::vector<std::string> names_;
};

}  // namespace rehearse::models
