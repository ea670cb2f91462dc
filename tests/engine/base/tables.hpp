// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random tables for property tests: a column of every type, some cells missing.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::testing {

template <class T>
std::vector<T> some(std::size_t rows) {
  return *rc::gen::container<std::vector<T>>(rows, rc::gen::arbitrary<T>());
}

inline std::vector<std::uint8_t> marks(std::size_t rows) {
  return *rc::gen::container<std::vector<std::uint8_t>>(rows, rc::gen::inRange<std::uint8_t>(0, 2));
}

inline std::vector<std::string> words(std::size_t rows) {
  return *rc::gen::container<std::vector<std::string>>(
      rows, rc::gen::element<std::string>("news", "pics", "ask", "aww", "", "a,b", "say \"x\""));
}

inline Frame random_table(std::size_t rows) {
  Frame::Builder builder;
  builder.add("score", some<double>(rows), {.role = Role::feature, .unit = "probability"});
  builder.add("small", some<float>(rows)).missing(marks(rows));
  builder.add("user", some<std::int64_t>(rows), {.role = Role::id, .privacy = Privacy::pii});
  builder.add("rank", some<std::int32_t>(rows)).missing(marks(rows));
  builder.add("byte", some<std::uint8_t>(rows));
  builder.add("label", some<bool>(rows), {.role = Role::label}).missing(marks(rows));
  builder.add_time("at", *rc::gen::container<std::vector<std::int64_t>>(
                             rows, rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000'000)));
  builder.add("community", words(rows)).missing(marks(rows));
  return *std::move(builder).build();
}

inline Frame random_table() { return random_table(*rc::gen::inRange<std::size_t>(0, 30)); }

// Every cell of every column, with names: what a user can see.
inline std::vector<std::vector<std::string>> cells(const Frame& frame) {
  std::vector<std::vector<std::string>> all;
  for (std::size_t c = 0; c < frame.columns(); ++c) {
    std::vector<std::string> column = {frame.column(c).name(), type_name(frame.column(c).type())};
    for (std::size_t row = 0; row < frame.rows(); ++row)
      column.push_back(frame.column(c).missing(row) ? "(missing)" : frame.column(c).cell(row));
    all.push_back(std::move(column));
  }
  return all;
}

}  // namespace rehearse::testing
