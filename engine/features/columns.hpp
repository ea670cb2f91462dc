// SPDX-License-Identifier: GPL-3.0-or-later
//
// A single column, made and put beside others: what every encoder of this room does last. Use
// Frame::Builder for whole tables.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::features {

// A column of these values; `valid` marks what is missing with 0, empty if nothing is.
template <class Values>
Column made(std::string name, Values&& values, const ColumnInfo& info,
            std::vector<std::uint8_t> valid = {}) {
  Frame::Builder builder;
  builder.add(std::move(name), std::forward<Values>(values), info);
  if (!valid.empty()) builder.missing(std::move(valid));
  const Result<Frame> table = std::move(builder).build();
  return table->column(0);
}

// The columns appended (or replaced, where the name is there). Errors: a length that does not fit.
Result<Frame> with_all(const Frame& rows, std::span<const Column> columns);

// The column, where an encoder that reads no labels may encode it. Errors: it is not there, or is a
// truth or a label.
Result<const Column*> encodable(const Frame& rows, const std::string& column);

// Microseconds of a time column, of texts that are times, or of a numeric column of seconds since
// 1970. Errors: no such column, a cell that is empty or no time (the row is named, from 1).
Result<std::vector<std::int64_t>> times_of(const Frame& rows, const std::string& column);

}  // namespace rehearse::features
