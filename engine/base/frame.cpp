// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/frame.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cassert>
#include <unordered_set>

#include "engine/base/hash.hpp"
#include "engine/base/interner.hpp"
#include "engine/base/nearest.hpp"

namespace rehearse {
namespace {

constexpr std::size_t kNamesInMessage = 40;

std::string listed(const std::vector<std::string>& names) {
  if (names.empty()) return "there are no columns";
  const std::size_t shown = std::min(names.size(), kNamesInMessage);
  std::string text =
      fmt::format("columns: {}", fmt::join(names.begin(), names.begin() + shown, ", "));
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

using Codes = std::vector<std::int32_t>;
using Dictionary = std::vector<std::string>;

// Appends to `out` the codes of one dictionary as codes of another, which grows as needed.
void recode(std::span<const std::int32_t> codes, const Dictionary& from, Interner& into,
            Codes& out) {
  Codes recoded(from.size(), -1);
  for (std::int32_t code : codes) {
    if (code >= 0) {
      std::int32_t& target = recoded[static_cast<std::size_t>(code)];
      if (target < 0) target = into.code(from[static_cast<std::size_t>(code)]);
      code = target;
    }
    out.push_back(code);
  }
}

}  // namespace

const Column* Frame::find(std::string_view name) const {
  for (const Column& column : columns_)
    if (column.name() == name) return &column;
  return nullptr;
}

Result<const Column*> Frame::require(std::string_view name) const {
  if (const Column* column = find(name)) return column;
  const std::vector<std::string> known = names();
  return fail(Code::invalid_argument, "there is no column `{}`{} ({})", name,
              did_you_mean(name, known), listed(known));
}

std::vector<std::string> Frame::names() const {
  std::vector<std::string> out;
  for (const Column& column : columns_) out.push_back(column.name());
  return out;
}

bool Frame::has_role(Role role) const {
  return std::any_of(columns_.begin(), columns_.end(),
                     [&](const Column& c) { return c.role() == role; });
}

Frame Frame::slice(std::size_t begin, std::size_t end) const {
  end = std::min(end, rows_);
  begin = std::min(begin, end);
  Frame out = *this;
  out.rows_ = end - begin;
  for (Column& column : out.columns_) {
    column.offset_ += begin;
    column.length_ = out.rows_;
  }
  return out;
}

Result<Frame> Frame::select(std::span<const std::string> names) const {
  Frame out;
  out.rows_ = rows_;
  for (const std::string& name : names) {
    auto column = require(name);
    if (!column) return fail(column.error());
    if (out.find(name))
      return fail(Code::invalid_argument, "the column `{}` is selected twice", name);
    out.columns_.push_back(**column);
  }
  return out;
}

Frame Frame::take(std::span<const std::uint32_t> rows) const {
  Frame out;
  out.rows_ = rows.size();
  for (const Column& column : columns_) out.columns_.push_back(column.taken(rows));
  return out;
}

Result<Frame> Frame::append(const Frame& next) const {
  const Frame parts[] = {*this, next};
  return concat(parts);
}

Result<Frame> Frame::concat(std::span<const Frame> parts) {
  std::vector<const Frame*> filled;
  for (const Frame& part : parts)
    if (part.columns() > 0) filled.push_back(&part);
  if (filled.empty()) return Frame();
  const Frame& first = *filled.front();

  Frame out;
  for (const Frame* part : filled) {
    if (part->columns() != first.columns())
      return fail(Code::invalid_argument,
                  "cannot append a table of {} columns to one of {} ({} against {})",
                  part->columns(), first.columns(), listed(part->names()), listed(first.names()));
    out.rows_ += part->rows();
  }
  for (const Column& column : first.columns_) {
    std::vector<const Column*> pieces;
    for (const Frame* part : filled) {
      auto piece = part->require(column.name());
      if (!piece) return fail(piece.error());
      if ((*piece)->type() != column.type())
        return fail(Code::invalid_argument,
                    "cannot append column `{}`: it is {} in one table and {} in another",
                    column.name(), type_name(column.type()), type_name((*piece)->type()));
      pieces.push_back(*piece);
    }
    out.columns_.push_back(Column::joined(pieces, out.rows_));
  }
  return out;
}

Column Column::joined(std::span<const Column* const> pieces, std::size_t rows) {
  Column out = *pieces.front();
  out.offset_ = 0;
  out.length_ = rows;
  if (std::any_of(pieces.begin(), pieces.end(), [](const Column* p) { return p->has_missing(); })) {
    std::vector<std::uint8_t> valid;
    valid.reserve(rows);
    for (const Column* piece : pieces)
      for (std::size_t row = 0; row < piece->size(); ++row) valid.push_back(!piece->missing(row));
    out.valid_ = std::make_shared<const std::vector<std::uint8_t>>(std::move(valid));
  }
  const bool one_dictionary = std::all_of(pieces.begin(), pieces.end(), [&](const Column* p) {
    return p->dictionary_ == out.dictionary_;
  });
  if (out.type_ == Type::dictionary && !one_dictionary) {
    Interner texts;
    Codes codes;
    codes.reserve(rows);
    for (const Column* piece : pieces)
      recode(piece->values<std::int32_t>(), *piece->dictionary_, texts, codes);
    out.storage_ = std::make_shared<const Storage>(std::move(codes));
    out.dictionary_ = std::make_shared<const Dictionary>(texts.take());
    return out;
  }
  const auto join = [&]<class T>(const std::vector<T>&) {
    std::vector<T> all;
    all.reserve(rows);
    for (const Column* piece : pieces)
      all.insert(all.end(), piece->values<T>().begin(), piece->values<T>().end());
    return std::make_shared<const Storage>(std::move(all));
  };
  out.storage_ = std::visit(join, *pieces.front()->storage_);
  return out;
}

Result<Frame> Frame::with(const Column& column) const {
  if (!columns_.empty() && column.size() != rows_)
    return fail(Code::invalid_argument, "column `{}` has {} rows, the table has {}", column.name(),
                column.size(), rows_);
  Frame out = *this;
  out.rows_ = column.size();
  for (Column& present : out.columns_) {
    if (present.name() != column.name()) continue;
    present = column;
    return out;
  }
  out.columns_.push_back(column);
  return out;
}

std::size_t Frame::bytes() const {
  std::unordered_set<const void*> counted;
  std::size_t total = 0;
  for (const Column& column : columns_) {
    if (counted.insert(column.storage_.get()).second)
      total += Column::storage_bytes(*column.storage_);
    if (column.valid_ && counted.insert(column.valid_.get()).second)
      total += column.valid_->capacity();
    if (column.dictionary_ && counted.insert(column.dictionary_.get()).second)
      total += Column::dictionary_bytes(*column.dictionary_);
  }
  return total;
}

std::uint64_t Frame::hash() const {
  Hasher hasher;
  hasher.add(static_cast<std::uint64_t>(rows_)).add(static_cast<std::uint64_t>(columns_.size()));
  for (const Column& column : columns_) hasher.add(column.hash());
  return hasher.digest();
}

}  // namespace rehearse
