// SPDX-License-Identifier: GPL-3.0-or-later
//
// InferredColumn: a column whose type is found while its cells arrive as text. Whole numbers are
// int64 until one is not, then float64; `true`/`false` is boolean; anything else, or a mix of
// these, is text. A column that turns out to be text after some numbers were parsed says so
// (`needs_text_pass`), and its reader hands it the cells once more: text files are mostly
// homogeneous, so that the second pass is rare and no cell needs to be kept twice.
//
// A number past float64 (1e999) or a text that is not a time is a bad cell. It is only known to be
// one at the end, since the column may still turn out to be text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/interner.hpp"

namespace rehearse {

struct BadCell {
  std::uint32_t row = 0;  // among the rows that were kept
  std::size_t line = 0;
  std::string why;  // kept for the first of a column only
};

class InferredColumn {
 public:
  enum class Want { infer, text, time };

  explicit InferredColumn(std::string name, Want want = Want::infer)
      : name_(std::move(name)), want_(want) {}
  // Capacity for `rows` cells, taken when the type is known.
  void reserve(std::size_t rows) { expected_ = rows; }

  // A cell as it stands in the file; blank and `null` are missing.
  void add(std::string_view cell, std::size_t line);
  // A cell that is text even where it looks like a number (unless this is a column of times).
  void add_text(std::string_view cell, std::size_t line);
  void add_missing() { pad(rows_ + 1); }
  // Missing cells up to `rows` in all; nothing where there are as many already.
  void pad(std::size_t rows);

  const std::string& name() const { return name_; }
  std::size_t rows() const { return rows_; }
  bool needs_text_pass() const { return state_ == State::mixed; }
  // Empties the column; from here on every cell is text.
  void begin_text_pass();

  // Cells that the final type cannot hold, in order of rows.
  const std::vector<BadCell>& bad() const { return bad_; }
  // Asserts !needs_text_pass(). A column without a value is float64.
  void move_into(Frame::Builder& builder) &&;

 private:
  enum class State { unknown, boolean, int64, float64, text, time, mixed };

  bool add_number(std::string_view cell, std::size_t line);  // false: it is none
  void add_boolean(std::string_view cell);
  void add_time(std::string_view cell, std::size_t line);
  void enter(State state);
  void become_float();
  void become_text();
  void mark_present();
  void mark_bad(std::size_t line, std::string why);
  template <class T>
  void fill_to_here(std::vector<T>& values, T filler);

  std::string name_;
  Want want_;
  State state_ = State::unknown;
  std::size_t rows_ = 0;
  std::size_t expected_ = 0;
  std::vector<std::int64_t> whole_;  // int64 and time
  std::vector<double> floating_;
  std::vector<std::uint8_t> boolean_;
  std::vector<std::int32_t> codes_;
  Interner texts_;
  std::vector<std::uint8_t> valid_;  // empty while no cell is missing
  std::vector<BadCell> bad_;
};

}  // namespace rehearse
