// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/inferred_column.hpp"

#include <locale.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>

#include "engine/base/utf8.hpp"

namespace rehearse {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

bool blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// std::from_chars takes no plus sign.
std::string_view without_plus(std::string_view text) {
  const bool plus = text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+';
  return plus ? text.substr(1) : text;
}

bool parse_int(std::string_view text, std::int64_t& value) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end;
}

enum class Parsed { number, overflow, no };

// A number that from_chars calls out of range is 0 (or denormal) if it is tiny. strtod knows which;
// strtod_l, since the desktop sets a locale whose decimal point may be a comma.
Parsed parse_extreme(std::string_view text, double& value) {
  static const locale_t plain = ::newlocale(LC_ALL_MASK, "C", nullptr);
  value = ::strtod_l(std::string(text).c_str(), nullptr, plain);
  return std::isinf(value) ? Parsed::overflow : Parsed::number;
}

Parsed parse_float(std::string_view text, double& value) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (stop != end || end[-1] == ')') return Parsed::no;  // nan(…) is not a number people write
  if (error == std::errc::result_out_of_range) return parse_extreme(text, value);
  return error == std::errc() ? Parsed::number : Parsed::no;
}

}  // namespace

template <class T>
void InferredColumn::fill_to_here(std::vector<T>& values, T filler) {
  values.reserve(std::max(expected_, rows_));
  values.resize(rows_, filler);
}

void InferredColumn::enter(State state) {
  assert(state_ == State::unknown);
  state_ = state;
  switch (state) {
    case State::boolean: return fill_to_here(boolean_, std::uint8_t{0});
    case State::int64:
    case State::time: return fill_to_here(whole_, std::int64_t{0});
    case State::float64: return fill_to_here(floating_, kNan);
    case State::text: return fill_to_here(codes_, -1);
    case State::unknown:
    case State::mixed: return;
  }
}

void InferredColumn::become_float() {
  floating_.reserve(std::max(expected_, rows_));
  floating_.assign(whole_.begin(), whole_.end());
  for (std::size_t row = 0; row < valid_.size(); ++row)
    if (!valid_[row]) floating_[row] = kNan;
  std::vector<std::int64_t>().swap(whole_);
  state_ = State::float64;
}

void InferredColumn::become_text() {
  if (state_ == State::unknown) return enter(State::text);
  if (state_ != State::text) state_ = State::mixed;
}

void InferredColumn::begin_text_pass() {
  const std::size_t expected = rows_;
  *this = InferredColumn(std::move(name_), Want::text);
  expected_ = expected;
}

// After the cell's value was stored, or for a cell that has none yet.
void InferredColumn::mark_present() {
  if (!valid_.empty()) valid_.push_back(1);
  ++rows_;
}

void InferredColumn::mark_bad(std::size_t line, std::string why) {
  if (!bad_.empty()) why.clear();
  bad_.push_back({static_cast<std::uint32_t>(rows_), line, std::move(why)});
}

void InferredColumn::pad(std::size_t rows) {
  if (rows <= rows_) return;
  if (valid_.empty()) {
    valid_.reserve(std::max(expected_, rows));
    valid_.assign(rows_, 1);
  }
  valid_.resize(rows, 0);
  switch (state_) {
    case State::boolean: boolean_.resize(rows, 0); break;
    case State::int64:
    case State::time: whole_.resize(rows, 0); break;
    case State::float64: floating_.resize(rows, kNan); break;
    case State::text: codes_.resize(rows, -1); break;
    case State::unknown:
    case State::mixed: break;
  }
  rows_ = rows;
}

void InferredColumn::add(std::string_view cell, std::size_t line) {
  const std::string_view inner = trimmed(cell);
  if (inner.empty() || inner == "null") return add_missing();
  if (want_ == Want::time) return add_time(inner, line);
  if (want_ == Want::text || state_ == State::text) return add_text(cell, line);
  if (state_ == State::mixed) return mark_present();
  if (inner == "true" || inner == "false") return add_boolean(inner);
  if (!add_number(without_plus(inner), line)) add_text(cell, line);
}

bool InferredColumn::add_number(std::string_view cell, std::size_t line) {
  if (state_ == State::unknown || state_ == State::int64) {
    if (std::int64_t value = 0; parse_int(cell, value)) {
      if (state_ == State::unknown) enter(State::int64);
      whole_.push_back(value);
      mark_present();
      return true;
    }
  }
  double value = 0;
  const Parsed parsed = state_ == State::boolean ? Parsed::no : parse_float(cell, value);
  if (parsed == Parsed::no) return false;
  if (state_ == State::unknown) enter(State::float64);
  if (state_ == State::int64) become_float();
  if (parsed == Parsed::overflow)
    mark_bad(line, fmt::format("column `{}`: {} is past the largest number (1.8e308)", name_,
                               abbreviated(cell)));
  floating_.push_back(value);
  mark_present();
  return true;
}

void InferredColumn::add_boolean(std::string_view cell) {
  if (state_ == State::unknown) enter(State::boolean);
  if (state_ == State::boolean)
    boolean_.push_back(cell == "true");
  else
    become_text();
  mark_present();
}

void InferredColumn::add_text(std::string_view cell, std::size_t line) {
  if (want_ == Want::time) return add_time(trimmed(cell), line);
  become_text();
  if (state_ == State::text) codes_.push_back(texts_.code(cell));
  mark_present();
}

void InferredColumn::add_time(std::string_view cell, std::size_t line) {
  if (state_ == State::unknown) enter(State::time);
  const auto time = parse_time(cell);
  if (!time) mark_bad(line, fmt::format("column `{}`: {}", name_, time.error().message));
  whole_.push_back(time ? time->micros : 0);
  mark_present();
}

void InferredColumn::move_into(Frame::Builder& builder) && {
  assert(!needs_text_pass());
  if (state_ == State::unknown)
    enter(want_ == Want::time ? State::time : want_ == Want::text ? State::text : State::float64);
  // What was reserved for rows that never came goes back.
  const auto exact = [](auto& values) -> auto& {
    if (values.capacity() > values.size() + values.size() / 8) values.shrink_to_fit();
    return values;
  };
  switch (state_) {
    case State::boolean: builder.add_boolean(name_, std::move(exact(boolean_))); break;
    case State::int64: builder.add(name_, std::move(exact(whole_))); break;
    case State::float64: builder.add(name_, std::move(exact(floating_))); break;
    case State::time:
      builder.add_time(name_, std::move(exact(whole_)), {.role = Role::time});
      break;
    case State::text:
      builder.add_dictionary(name_, std::move(exact(codes_)),
                             std::make_shared<const std::vector<std::string>>(texts_.take()));
      return;
    case State::unknown:
    case State::mixed: return;
  }
  if (!valid_.empty()) builder.missing(std::move(exact(valid_)));
}

}  // namespace rehearse
