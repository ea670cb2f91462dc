// SPDX-License-Identifier: GPL-3.0-or-later
//
// Frame: an immutable table of named columns, the form in which data travels between rooms.
//
// A column knows what it is for (role), whether it may be shown (privacy) and what its numbers
// mean (unit). Role `truth` marks what is known only because the world is simulated: views draw
// it, trainers refuse it. Columns share their storage, so that slices, selections and copies of
// a Frame cost O(columns) and never copy rows. Immutable, hence safe to share between threads.
//
//   Frame::Builder builder;
//   builder.add("score", std::move(scores), {.role = Role::feature});
//   Result<Frame> frame = std::move(builder).build();
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse {

class Hasher;

enum class Type { float64, float32, int64, int32, uint8, boolean, time, dictionary };
enum class Role { none, feature, label, truth, id, time };
enum class Privacy { open, sensitive, pii };  // written `public`, `sensitive`, `pii`

const char* type_name(Type type);
const char* role_name(Role role);
const char* privacy_name(Privacy privacy);

// What a column is for. `unit` is words for an axis ("seconds", "probability"), empty if none.
// `truth_of` names the label whose expectation a truth column holds; empty: of the frame's only
// label.
struct ColumnInfo {
  Role role = Role::none;
  Privacy privacy = Privacy::open;
  std::string unit = {};
  std::string truth_of = {};
};

// One column: `size()` values of one type; any of them may be missing.
//
// Stored types: double, float, int64_t, int32_t, uint8_t; boolean is stored as uint8_t (0 or 1),
// time as int64_t microseconds since 1970-01-01 UTC, dictionary as int32_t codes into
// `dictionary()` (a missing text has code -1).
class Column {
 public:
  using Storage = std::variant<std::vector<double>, std::vector<float>, std::vector<std::int64_t>,
                               std::vector<std::int32_t>, std::vector<std::uint8_t>>;

  const std::string& name() const { return name_; }
  Type type() const { return type_; }
  Role role() const { return info_.role; }
  Privacy privacy() const { return info_.privacy; }
  const std::string& unit() const { return info_.unit; }
  const std::string& truth_of() const { return info_.truth_of; }
  const ColumnInfo& info() const { return info_; }
  std::size_t size() const { return length_; }
  bool numeric() const { return type_ != Type::dictionary; }

  bool has_missing() const { return static_cast<bool>(valid_); }
  bool missing(std::size_t row) const { return valid_ && !(*valid_)[offset_ + row]; }
  std::size_t missing_count() const;

  // The stored values, zero-copy. T must be the stored type of type() (asserted).
  template <class T>
  std::span<const T> values() const {
    const auto& all = std::get<std::vector<T>>(*storage_);
    return std::span<const T>(all).subspan(offset_, length_);
  }

  // Any numeric type widened to double; NaN where missing. O(1). Asserts numeric().
  double number(std::size_t row) const;
  // All rows as doubles, NaN where missing; copies unless told to view: O(n).
  std::vector<double> numbers() const;
  // Dictionary columns: the text; empty where missing.
  std::string_view text(std::size_t row) const;
  const std::vector<std::string>& dictionary() const;
  // Any cell as it would be written to CSV; empty where missing. Times are ISO 8601.
  std::string cell(std::size_t row) const;

  // Bytes held by the storage, counted once per storage and not per slice.
  // Storage, missing marks and dictionary: what is allocated, exactly.
  std::size_t bytes() const;
  // Identity of the storage, for counting shared bytes once.
  const void* storage_id() const { return storage_.get(); }
  // Content hash of the visible values, the name, type and info: the same whatever the slicing, the
  // order of the dictionary, or what stands under a missing cell.
  std::uint64_t hash() const;

  // The same values under another name or for another purpose: zero-copy.
  Column renamed(std::string name) const;
  Column with_info(ColumnInfo info) const;

 private:
  void hash_texts(Hasher& hasher) const;
  template <class T>
  void hash_numbers(Hasher& hasher, std::span<const T> seen) const;
  static std::size_t storage_bytes(const Storage& storage);
  static std::size_t dictionary_bytes(const std::vector<std::string>& dictionary);
  Column taken(std::span<const std::uint32_t> rows) const;
  static Column joined(std::span<const Column* const> pieces, std::size_t rows);
  friend class Frame;
  std::string name_;
  Type type_ = Type::float64;
  ColumnInfo info_;
  std::shared_ptr<const Storage> storage_;
  std::shared_ptr<const std::vector<std::uint8_t>> valid_;  // 1 = present; null = all present
  std::shared_ptr<const std::vector<std::string>> dictionary_;
  std::size_t offset_ = 0;
  std::size_t length_ = 0;
};

// Microseconds since 1970-01-01 UTC, as a type of its own so that builders can tell it from int64.
struct Time {
  std::int64_t micros = 0;
  auto operator<=>(const Time&) const = default;
};
std::string iso8601(Time time);
// "2026-06-15", "2026-06-15T08:30:00Z", "2026-06-15 08:30:00.25", with or without Z; or a number
// of seconds since 1970.
Result<Time> parse_time(std::string_view text);

class Frame {
 public:
  class Builder;

  Frame() = default;

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_.size(); }
  const Column& column(std::size_t index) const { return columns_[index]; }
  // Null where there is no such column.
  const Column* find(std::string_view name) const;
  // As find, with an error that lists the columns there are and the nearest name.
  Result<const Column*> require(std::string_view name) const;
  bool has_role(Role role) const;

  std::vector<std::string> names() const;

  // Rows [begin, end): zero-copy, O(columns). Clamped to rows().
  Frame slice(std::size_t begin, std::size_t end) const;
  // The named columns, in that order: zero-copy.
  Result<Frame> select(std::span<const std::string> names) const;
  // The rows listed, in that order: copies. Indices must be < rows() (asserted).
  Frame take(std::span<const std::uint32_t> rows) const;
  // All rows of this and then of `next`: copies. Columns are matched by name and must agree in
  // type; order and info are this frame's. A frame without columns is the neutral element.
  Result<Frame> append(const Frame& next) const;
  // As repeated append, in one copy: O(rows of the result).
  static Result<Frame> concat(std::span<const Frame> parts);
  // This frame with one column more (or replaced, where the name is there): zero-copy.
  // Errors: the column's length is not rows() (unless this frame has no columns).
  Result<Frame> with(const Column& column) const;

  // Bytes of all storages, shared ones counted once.
  std::size_t bytes() const;
  // Stable content hash (same on every machine of the same endianness).
  std::uint64_t hash() const;

 private:
  std::size_t rows_ = 0;
  std::vector<Column> columns_;
};

// Collects columns; `build` checks equal lengths and unique names.
class Frame::Builder {
 public:
  Builder& add(std::string name, std::vector<double> values, ColumnInfo info = {});
  Builder& add(std::string name, std::vector<float> values, ColumnInfo info = {});
  Builder& add(std::string name, std::vector<std::int64_t> values, ColumnInfo info = {});
  Builder& add(std::string name, std::vector<std::int32_t> values, ColumnInfo info = {});
  Builder& add(std::string name, std::vector<std::uint8_t> values, ColumnInfo info = {});
  Builder& add(std::string name, const std::vector<bool>& values, ColumnInfo info = {});
  Builder& add(std::string name, const std::vector<Time>& values, ColumnInfo info = {});
  // Times already in microseconds, without a copy.
  Builder& add_time(std::string name, std::vector<std::int64_t> micros, ColumnInfo info = {});
  // Booleans stored as bytes, without a copy; any value but 0 becomes 1.
  Builder& add_boolean(std::string name, std::vector<std::uint8_t> values, ColumnInfo info = {});
  // Texts, interned in order of first appearance.
  Builder& add(std::string name, const std::vector<std::string>& values, ColumnInfo info = {});
  // Codes into a dictionary that may be shared between frames; -1 is missing.
  Builder& add_dictionary(std::string name, std::vector<std::int32_t> codes,
                          std::shared_ptr<const std::vector<std::string>> dictionary,
                          ColumnInfo info = {});
  // 1 = present, 0 = missing, for the column added last (asserted that there is one). Texts that
  // only missing cells held leave the dictionary, unless it is shared.
  Builder& missing(std::vector<std::uint8_t> valid);

  // Errors: lengths differ, a name is empty or stands twice, a code out of its dictionary.
  Result<Frame> build() &&;

 private:
  Builder& push(std::string name, Type type, Column::Storage storage, ColumnInfo info);
  std::vector<Column> columns_;
  std::optional<std::string> wrong_marks_;  // the column whose missing marks have another length
};

}  // namespace rehearse
