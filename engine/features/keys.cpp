// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/keys.hpp"

#include <bit>
#include <cmath>
#include <unordered_map>

#include "engine/base/hash.hpp"
#include "engine/base/interner.hpp"

namespace rehearse::features {
namespace {

struct MixHash {
  std::size_t operator()(std::uint64_t word) const { return mix64(word); }
};
using Codes = std::unordered_map<std::uint64_t, std::int32_t, MixHash>;

bool floating(const Column& column) {
  return column.type() == Type::float64 || column.type() == Type::float32;
}

std::int64_t whole(const Column& column, std::size_t row) {
  switch (column.type()) {
    case Type::int64:
    case Type::time: return column.values<std::int64_t>()[row];
    case Type::int32: return column.values<std::int32_t>()[row];
    default: return column.values<std::uint8_t>()[row];
  }
}

// One column over all tables: calls `put(table, code)` row by row, with -1 for a missing cell.
class ColumnCodes {
 public:
  static Result<ColumnCodes> of(std::span<const Frame> tables, const std::string& name) {
    ColumnCodes codes;
    for (const Frame& table : tables) {
      auto column = table.require(name);
      if (!column) return fail(column.error());
      if (!codes.columns_.empty() && codes.columns_.front().numeric() != (*column)->numeric())
        return fail(Code::bad_data,
                    "the column `{}` holds numbers in one table and texts in another: write its "
                    "values alike in both",
                    name);
      codes.floating_ = codes.floating_ || floating(**column);
      codes.columns_.push_back(**column);
    }
    return codes;
  }

  std::vector<std::int32_t> table(std::size_t index) {
    const Column& column = columns_[index];
    return column.numeric() ? numbers(column) : texts(column);
  }

 private:
  std::vector<std::int32_t> numbers(const Column& column) {
    std::vector<std::int32_t> out(column.size(), -1);
    for (std::size_t row = 0; row < out.size(); ++row) {
      if (blank(column, row)) continue;
      const std::uint64_t word = floating_ ? std::bit_cast<std::uint64_t>(column.number(row) + 0.0)
                                           : static_cast<std::uint64_t>(whole(column, row));
      out[row] = known_.try_emplace(word, static_cast<std::int32_t>(known_.size())).first->second;
    }
    return out;
  }

  std::vector<std::int32_t> texts(const Column& column) {
    const auto codes = column.values<std::int32_t>();
    std::vector<std::int32_t> translated(column.dictionary().size(), -1), out(codes.size(), -1);
    for (std::size_t row = 0; row < codes.size(); ++row) {
      if (blank(column, row)) continue;
      const auto code = static_cast<std::size_t>(codes[row]);
      if (translated[code] < 0) translated[code] = texts_.code(column.dictionary()[code]);
      out[row] = translated[code];
    }
    return out;
  }

  std::vector<Column> columns_;
  bool floating_ = false;
  Codes known_;
  Interner texts_;
};

}  // namespace

bool blank(const Column& column, std::size_t row) {
  if (column.missing(row)) return true;
  switch (column.type()) {
    case Type::dictionary: return column.values<std::int32_t>()[row] < 0;
    case Type::float64: return std::isnan(column.values<double>()[row]);
    case Type::float32: return std::isnan(column.values<float>()[row]);
    default: return false;
  }
}

std::string level_text(const Column& column, std::size_t row) {
  return blank(column, row) ? "missing" : column.cell(row);
}

Result<Keys> Keys::of(std::span<const Frame> tables, const std::vector<std::string>& columns) {
  if (columns.empty())
    return fail(Code::invalid_argument, "no column is named: an encoder needs one at least");
  Keys keys;
  for (const Frame& table : tables) keys.codes_.emplace_back(table.rows(), 0);
  // Column after column, the pair (key so far, code) becomes the next key.
  for (const std::string& name : columns) {
    auto codes = ColumnCodes::of(tables, name);
    if (!codes) return fail(codes.error());
    Codes pairs;
    keys.first_.clear();
    for (std::size_t t = 0; t < tables.size(); ++t) {
      const std::vector<std::int32_t> next = codes->table(t);
      std::vector<std::int32_t>& all = keys.codes_[t];
      for (std::size_t row = 0; row < all.size(); ++row) {
        const std::uint64_t pair =
            static_cast<std::uint64_t>(all[row]) << 32 | static_cast<std::uint32_t>(next[row]);
        const auto [found, fresh] =
            pairs.try_emplace(pair, static_cast<std::int32_t>(keys.first_.size()));
        if (fresh)
          keys.first_.push_back({static_cast<std::uint32_t>(t), static_cast<std::uint32_t>(row)});
        all[row] = found->second;
      }
    }
  }
  return keys;
}

}  // namespace rehearse::features
