// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cassert>
#include <unordered_set>

#include "engine/base/frame.hpp"
#include "engine/base/interner.hpp"

namespace rehearse {
namespace {

using Codes = std::vector<std::int32_t>;
using Dictionary = std::vector<std::string>;

// Renumbers the codes in order of appearance and keeps only the texts that a code still names.
Dictionary compact(Codes& codes, const Dictionary& all) {
  Dictionary kept;
  Codes renamed(all.size(), -1);
  for (std::int32_t& code : codes) {
    if (code < 0) continue;
    std::int32_t& target = renamed[static_cast<std::size_t>(code)];
    if (target < 0) {
      target = static_cast<std::int32_t>(kept.size());
      kept.push_back(all[static_cast<std::size_t>(code)]);
    }
    code = target;
  }
  return kept;
}

}  // namespace

Frame::Builder& Frame::Builder::push(std::string name, Type type, Column::Storage storage,
                                     ColumnInfo info) {
  Column column;
  column.name_ = std::move(name);
  column.type_ = type;
  column.info_ = std::move(info);
  column.length_ = std::visit([](const auto& all) { return all.size(); }, storage);
  column.storage_ = std::make_shared<const Column::Storage>(std::move(storage));
  columns_.push_back(std::move(column));
  return *this;
}

Frame::Builder& Frame::Builder::add(std::string name, std::vector<double> values, ColumnInfo info) {
  return push(std::move(name), Type::float64, std::move(values), std::move(info));
}

Frame::Builder& Frame::Builder::add(std::string name, std::vector<float> values, ColumnInfo info) {
  return push(std::move(name), Type::float32, std::move(values), std::move(info));
}

Frame::Builder& Frame::Builder::add(std::string name, std::vector<std::int64_t> values,
                                    ColumnInfo info) {
  return push(std::move(name), Type::int64, std::move(values), std::move(info));
}

Frame::Builder& Frame::Builder::add(std::string name, std::vector<std::int32_t> values,
                                    ColumnInfo info) {
  return push(std::move(name), Type::int32, std::move(values), std::move(info));
}

Frame::Builder& Frame::Builder::add(std::string name, std::vector<std::uint8_t> values,
                                    ColumnInfo info) {
  return push(std::move(name), Type::uint8, std::move(values), std::move(info));
}

Frame::Builder& Frame::Builder::add(std::string name, const std::vector<bool>& values,
                                    ColumnInfo info) {
  return push(std::move(name), Type::boolean,
              std::vector<std::uint8_t>(values.begin(), values.end()), std::move(info));
}

Frame::Builder& Frame::Builder::add_boolean(std::string name, std::vector<std::uint8_t> values,
                                            ColumnInfo info) {
  for (std::uint8_t& value : values) value = value != 0;
  return push(std::move(name), Type::boolean, std::move(values), std::move(info));
}

Frame::Builder& Frame::Builder::add(std::string name, const std::vector<Time>& values,
                                    ColumnInfo info) {
  std::vector<std::int64_t> micros;
  micros.reserve(values.size());
  for (Time time : values) micros.push_back(time.micros);
  return add_time(std::move(name), std::move(micros), std::move(info));
}

Frame::Builder& Frame::Builder::add_time(std::string name, std::vector<std::int64_t> micros,
                                         ColumnInfo info) {
  return push(std::move(name), Type::time, std::move(micros), std::move(info));
}

Frame::Builder& Frame::Builder::add(std::string name, const std::vector<std::string>& values,
                                    ColumnInfo info) {
  Interner texts;
  Codes codes;
  codes.reserve(values.size());
  for (const std::string& value : values) codes.push_back(texts.code(value));
  return add_dictionary(std::move(name), std::move(codes),
                        std::make_shared<const Dictionary>(texts.take()), std::move(info));
}

Frame::Builder& Frame::Builder::add_dictionary(
    std::string name, std::vector<std::int32_t> codes,
    std::shared_ptr<const std::vector<std::string>> dictionary, ColumnInfo info) {
  const bool some_missing =
      std::any_of(codes.begin(), codes.end(), [](std::int32_t code) { return code == -1; });
  std::shared_ptr<std::vector<std::uint8_t>> valid;
  if (some_missing) {
    valid = std::make_shared<std::vector<std::uint8_t>>(codes.size());
    std::transform(codes.begin(), codes.end(), valid->begin(),
                   [](std::int32_t code) { return code != -1; });
  }
  push(std::move(name), Type::dictionary, std::move(codes), std::move(info));
  columns_.back().valid_ = std::move(valid);
  columns_.back().dictionary_ =
      dictionary ? std::move(dictionary) : std::make_shared<const Dictionary>();
  return *this;
}

Frame::Builder& Frame::Builder::missing(std::vector<std::uint8_t> valid) {
  assert(!columns_.empty());
  Column& column = columns_.back();
  if (valid.size() != column.length_) {  // build() names the column
    wrong_marks_ = column.name_;
    return *this;
  }
  for (std::size_t row = 0; row < valid.size(); ++row)
    valid[row] = valid[row] != 0 && !column.missing(row);
  if (std::all_of(valid.begin(), valid.end(), [](std::uint8_t present) { return present != 0; }))
    return *this;

  if (column.type_ == Type::dictionary) {
    Codes codes = std::get<Codes>(*column.storage_);
    for (std::size_t row = 0; row < valid.size(); ++row)
      if (!valid[row]) codes[row] = -1;
    if (column.dictionary_.use_count() == 1)
      column.dictionary_ = std::make_shared<const Dictionary>(compact(codes, *column.dictionary_));
    column.storage_ = std::make_shared<const Column::Storage>(std::move(codes));
  }
  column.valid_ = std::make_shared<const std::vector<std::uint8_t>>(std::move(valid));
  return *this;
}

Result<Frame> Frame::Builder::build() && {
  if (wrong_marks_)
    return fail(Code::invalid_argument, "column `{}`: as many missing marks as rows are needed",
                *wrong_marks_);
  Frame frame;
  std::unordered_set<std::string_view> names;
  for (const Column& column : columns_) {
    const Column& first = columns_.front();
    if (column.name().empty()) return fail(Code::invalid_argument, "a column needs a name");
    if (!names.insert(column.name()).second)
      return fail(Code::invalid_argument, "the column name `{}` stands twice", column.name());
    if (column.size() != first.size())
      return fail(Code::invalid_argument, "column `{}` has {} rows, but `{}` has {}", column.name(),
                  column.size(), first.name(), first.size());
    if (column.type() != Type::dictionary) continue;
    const auto texts = static_cast<std::int64_t>(column.dictionary().size());
    for (std::int32_t code : column.values<std::int32_t>())
      if (code < -1 || code >= texts)
        return fail(Code::invalid_argument,
                    "column `{}`: code {} is outside its dictionary of {} texts", column.name(),
                    code, texts);
  }
  frame.rows_ = columns_.empty() ? 0 : columns_.front().size();
  frame.columns_ = std::move(columns_);
  return frame;
}

}  // namespace rehearse
