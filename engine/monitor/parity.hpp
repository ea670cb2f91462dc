// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parity of features: for the same event, does serving see the value that training computes? The
// only test that separates a broken transformation from a changed world, and it needs no labels and
// no distribution: one row is enough. A small sample of requests, the same on both sides because it
// is drawn by a hash of the event's id, is compared cell by cell.
//
// Two fingerprints are cheaper still. The hash of a column's sampled cells differs as soon as any
// of them does; the hash of the schema (names and types in order) differs when a column was
// renamed, retyped or dropped. They say that something differs; the table says what.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::monitor {

struct ParityOptions {
  std::string key = "impression_id";  // of whole numbers, unique in each table
  double sample = 0.01;               // share of the keys, (0, 1]
  std::uint64_t seed = 1;
  double tolerance = 1e-6;                // of numbers, relative
  std::vector<std::string> columns = {};  // empty: all of role feature in `offline`
};

struct ColumnParity {
  std::string column;
  double compared = 0, differs = 0;                // rows, and the share of them
  double offline_mean = 0, online_mean = 0;        // NaN for texts
  double offline_missing = 0, online_missing = 0;  // shares
  std::uint64_t offline_hash = 0, online_hash = 0;
  std::string why;  // in words: missing online, other unit ("1000 times"), other casing, other type
};

struct Parity {
  std::vector<ColumnParity> columns;
  double joined = 0, offline_only = 0, online_only = 0;  // sampled rows
  std::uint64_t offline_schema = 0, online_schema = 0;
  // One row a day and column, where both tables have `day`: day, series, compared, differs.
  Frame by_day;
};

// Rows are matched by key. Errors: no such key or column, a key that is no whole number, is missing
// or stands twice, a sample without a common row. O(rows).
Result<Parity> parity(const Frame& offline, const Frame& online, const ParityOptions& options = {});

// Names and types in order, as one number.
std::uint64_t schema_hash(const Frame& table, const std::vector<std::string>& columns);

Frame to_frame(const Parity& parity);

}  // namespace rehearse::monitor
