// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>

#include "engine/base/frame.hpp"
#include "engine/base/hash.hpp"

namespace rehearse {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

template <class T>
std::string shortest(T value) {
  if (std::isnan(value)) return {};
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value);
  return std::string(text, end.ptr);
}

}  // namespace

const char* type_name(Type type) {
  switch (type) {
    case Type::float64: return "float64";
    case Type::float32: return "float32";
    case Type::int64: return "int64";
    case Type::int32: return "int32";
    case Type::uint8: return "uint8";
    case Type::boolean: return "boolean";
    case Type::time: return "time";
    case Type::dictionary: return "text";
  }
  return "unknown";
}

const char* role_name(Role role) {
  switch (role) {
    case Role::none: return "none";
    case Role::feature: return "feature";
    case Role::label: return "label";
    case Role::truth: return "truth";
    case Role::id: return "id";
    case Role::time: return "time";
  }
  return "unknown";
}

const char* privacy_name(Privacy privacy) {
  switch (privacy) {
    case Privacy::open: return "public";
    case Privacy::sensitive: return "sensitive";
    case Privacy::pii: return "pii";
  }
  return "unknown";
}

std::size_t Column::missing_count() const {
  std::size_t count = 0;
  for (std::size_t row = 0; row < length_; ++row) count += missing(row);
  return count;
}

double Column::number(std::size_t row) const {
  assert(numeric() && row < length_);
  if (missing(row)) return kNan;
  return std::visit([&](const auto& all) { return static_cast<double>(all[offset_ + row]); },
                    *storage_);
}

std::vector<double> Column::numbers() const {
  assert(numeric());
  std::vector<double> out(length_);
  std::visit(
      [&](const auto& all) {
        for (std::size_t i = 0; i < length_; ++i) out[i] = static_cast<double>(all[offset_ + i]);
      },
      *storage_);
  if (valid_)
    for (std::size_t i = 0; i < length_; ++i)
      if (missing(i)) out[i] = kNan;
  return out;
}

std::string_view Column::text(std::size_t row) const {
  assert(type_ == Type::dictionary && row < length_);
  const std::int32_t code = values<std::int32_t>()[row];
  return code < 0 ? std::string_view()
                  : std::string_view((*dictionary_)[static_cast<std::size_t>(code)]);
}

const std::vector<std::string>& Column::dictionary() const {
  assert(type_ == Type::dictionary);
  return *dictionary_;
}

std::string Column::cell(std::size_t row) const {
  if (missing(row)) return {};
  switch (type_) {
    case Type::float64: return shortest(values<double>()[row]);
    case Type::float32: return shortest(values<float>()[row]);
    case Type::int64: return fmt::to_string(values<std::int64_t>()[row]);
    case Type::int32: return fmt::to_string(values<std::int32_t>()[row]);
    case Type::uint8: return fmt::to_string(static_cast<unsigned>(values<std::uint8_t>()[row]));
    case Type::boolean: return values<std::uint8_t>()[row] ? "true" : "false";
    case Type::time: return iso8601(Time{values<std::int64_t>()[row]});
    case Type::dictionary: return std::string(text(row));
  }
  return {};
}

std::size_t Column::bytes() const {
  std::size_t total = storage_bytes(*storage_);
  if (valid_) total += valid_->capacity();
  if (dictionary_) total += dictionary_bytes(*dictionary_);
  return total;
}

std::size_t Column::storage_bytes(const Storage& storage) {
  return std::visit([](const auto& all) { return all.capacity() * sizeof all[0]; }, storage);
}

std::size_t Column::dictionary_bytes(const std::vector<std::string>& dictionary) {
  std::size_t total = dictionary.capacity() * sizeof(std::string);
  const std::size_t inside = std::string().capacity();
  for (const std::string& text : dictionary)
    if (text.capacity() > inside) total += text.capacity() + 1;
  return total;
}

Column Column::renamed(std::string name) const {
  Column copy = *this;
  copy.name_ = std::move(name);
  return copy;
}

Column Column::with_info(ColumnInfo info) const {
  Column copy = *this;
  copy.info_ = std::move(info);
  return copy;
}

Column Column::taken(std::span<const std::uint32_t> rows) const {
  Column out = *this;
  out.offset_ = 0;
  out.length_ = rows.size();
  const auto gather = [&](const auto& from) {
    std::decay_t<decltype(from)> to(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      assert(rows[i] < length_);
      to[i] = from[offset_ + rows[i]];
    }
    return to;
  };
  out.storage_ = std::visit(
      [&](const auto& all) { return std::make_shared<const Storage>(gather(all)); }, *storage_);
  if (valid_) out.valid_ = std::make_shared<const std::vector<std::uint8_t>>(gather(*valid_));
  return out;
}

std::uint64_t Column::hash() const {
  Hasher hasher;
  hasher.add(name_).add(static_cast<int>(type_)).add(static_cast<int>(info_.role));
  hasher.add(static_cast<int>(info_.privacy))
      .add(info_.unit)
      .add(info_.truth_of)
      .add(static_cast<std::uint64_t>(length_));
  if (missing_count() > 0) hasher.add_bytes(valid_->data() + offset_, length_);
  if (type_ == Type::dictionary)
    hash_texts(hasher);
  else
    std::visit(
        [&](const auto& all) { hash_numbers(hasher, std::span(all).subspan(offset_, length_)); },
        *storage_);
  return hasher.digest();
}

// By what the codes say, so that the order of the dictionary does not count.
void Column::hash_texts(Hasher& hasher) const {
  const auto hash_of = [](const std::string& text) { return Hasher().add(text).digest(); };
  std::vector<std::uint64_t> known;  // each text hashed once, where that is less work
  if (length_ > dictionary_->size())
    for (const std::string& text : *dictionary_) known.push_back(hash_of(text));
  for (std::int32_t code : values<std::int32_t>()) {
    const auto index = static_cast<std::size_t>(code);
    const std::uint64_t present = code < 0        ? 0
                                  : known.empty() ? hash_of((*dictionary_)[index])
                                                  : known[index];
    hasher.add(present);
  }
}

template <class T>
void Column::hash_numbers(Hasher& hasher, std::span<const T> seen) const {
  std::vector<T> masked;  // what stands under a missing cell does not count
  if (missing_count() > 0) {
    masked.assign(seen.begin(), seen.end());
    for (std::size_t row = 0; row < length_; ++row)
      if (missing(row)) masked[row] = T{};
    seen = masked;
  }
  if constexpr (std::is_same_v<T, double>)
    hasher.add_doubles(seen);
  else if constexpr (std::is_same_v<T, float>)
    hasher.add_doubles(std::vector<double>(seen.begin(), seen.end()));
  else
    hasher.add_bytes(seen.data(), seen.size_bytes());
}

}  // namespace rehearse
