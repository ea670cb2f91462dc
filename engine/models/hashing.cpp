// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/hashing.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <type_traits>

#include "engine/base/hash.hpp"

namespace rehearse::models {
namespace {

// floor(ln(v + 1)²) of a finite v > 2: below 503,800 for every double.
std::int64_t magnitude(double v) {
  const double log = std::log(v + 1);
  return static_cast<std::int64_t>(log * log);
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Hashes `name=` once; the value's text continues from there.
class Prefix {
 public:
  Prefix(const std::string& name, int bits)
      : state_(fnv1a64("=", fnv1a64(name))), mask_((std::uint64_t{1} << bits) - 1) {}
  std::uint32_t operator()(std::string_view value) const {
    return static_cast<std::uint32_t>(fnv1a64(value, state_) & mask_);
  }

 private:
  std::uint64_t state_, mask_;
};

std::string value_text(const Column& column, std::size_t row) {
  if (column.missing(row)) return "NA";
  if (column.type() == Type::dictionary || column.type() == Type::boolean)
    return column.type() == Type::dictionary && column.values<std::int32_t>()[row] < 0
               ? "NA"
               : column.cell(row);
  const double v = column.number(row);
  if (std::isnan(v)) return "NA";
  if (v <= 2) return "S" + column.cell(row);
  return std::isinf(v) ? "inf" : std::to_string(magnitude(v));
}

// Text columns: one lookup a row.
class LevelEncoder {
 public:
  LevelEncoder(const Column& column, int bits)
      : column_(column), missing_(Prefix(column.name(), bits)("NA")) {
    const Prefix prefix(column.name(), bits);
    for (const std::string& level : column.dictionary()) levels_.push_back(prefix(level));
  }
  void operator()(std::span<const std::uint32_t> rows, std::uint32_t* out,
                  std::size_t stride) const {
    const auto codes = column_.values<std::int32_t>();
    const bool marks = column_.has_missing();
    for (std::uint32_t row : rows) {
      const std::int32_t code = codes[row];
      *out = code < 0 || (marks && column_.missing(row)) ? missing_
                                                         : levels_[static_cast<std::size_t>(code)];
      out += stride;
    }
  }

 private:
  Column column_;
  std::uint32_t missing_;
  std::vector<std::uint32_t> levels_;
};

// Numbers: whole numbers in [0, 1024) and orders of magnitude in [0, 512) by table, the texts of
// fractions up to 2 remembered by their bits, the rest spelled out.
template <class T>
class NumberEncoder {
 public:
  NumberEncoder(const Column& column, int bits)
      : column_(column), prefix_(column.name(), bits), missing_(prefix_("NA")) {
    for (std::size_t k = 0; k < magnitudes_.size(); ++k)
      magnitudes_[k] = prefix_(std::to_string(k));
    for (std::size_t v = 0; v < whole_.size(); ++v)
      whole_[v] = v <= 2 ? prefix_("S" + std::to_string(v))
                         : magnitudes_[static_cast<std::size_t>(magnitude(static_cast<double>(v)))];
  }
  void operator()(std::span<const std::uint32_t> rows, std::uint32_t* out, std::size_t stride) {
    const auto values = column_.values<T>();
    const bool marks = column_.has_missing();
    for (std::uint32_t row : rows) {
      *out = marks && column_.missing(row) ? missing_ : index(values[row], row);
      out += stride;
    }
  }

 private:
  struct Remembered {
    T value = 0;
    std::uint32_t index = 0;
    bool known = false;
  };

  std::uint32_t index(T value, std::uint32_t row) {
    if constexpr (std::is_integral_v<T>) {
      if (value >= 0 && static_cast<std::uint64_t>(value) < whole_.size())
        return whole_[static_cast<std::size_t>(value)];
    }
    const double v = static_cast<double>(value);
    if (v > 2 && v < 6e9) return magnitudes_[static_cast<std::size_t>(magnitude(v))];
    if constexpr (std::is_floating_point_v<T>) {
      if (v <= 2) return remembered(value, row);
    }
    return prefix_(value_text(column_, row));
  }

  std::uint32_t remembered(T value, std::uint32_t row) {
    using Bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
    const auto bits = std::bit_cast<Bits>(value);
    Remembered& slot = remembered_[mix64(bits) % remembered_.size()];
    if (!slot.known || std::bit_cast<Bits>(slot.value) != bits)
      slot = {value, prefix_(value_text(column_, row)), true};
    return slot.index;
  }

  Column column_;
  Prefix prefix_;
  std::uint32_t missing_;
  std::array<std::uint32_t, 512> magnitudes_{};  // ln(6e9 + 1)² < 508
  std::array<std::uint32_t, 1024> whole_{};
  std::array<Remembered, 512> remembered_{};
};

// Booleans and times: as written. Rare, so plain.
struct SpelledEncoder {
  Column column;
  Prefix prefix;
  void operator()(std::span<const std::uint32_t> rows, std::uint32_t* out,
                  std::size_t stride) const {
    for (std::uint32_t row : rows) {
      *out = prefix(value_text(column, row));
      out += stride;
    }
  }
};

Result<void> refuse_leak(const Column& column, const FeatureChoice& choice,
                         std::string_view label) {
  if (choice.allow_leak) return {};
  const char* mend = "leave it out, or set allow_leak to show what the leak does";
  if (column.role() == Role::truth)
    return fail(Code::invalid_argument,
                "column `{}` is truth, known only because the world is simulated; a model may not "
                "learn from it: {}",
                column.name(), mend);
  if (column.role() == Role::label || column.name() == label)
    return fail(Code::invalid_argument,
                "column `{}` is the label; a model may not learn from it: {}", column.name(), mend);
  if (has(choice.unavailable, column.name()))
    return fail(Code::invalid_argument,
                "column `{}` was not available at prediction time; a model may not learn from it: "
                "{}",
                column.name(), mend);
  return {};
}

}  // namespace

Result<std::vector<std::string>> choose_features(const Frame& rows, const FeatureChoice& choice,
                                                 std::string_view label) {
  std::vector<std::string> names = choice.columns;
  if (names.empty())
    for (std::size_t i = 0; i < rows.columns(); ++i) {
      const Column& column = rows.column(i);
      if (column.role() == Role::feature &&
          (choice.allow_leak || !has(choice.unavailable, column.name())))
        names.push_back(column.name());
    }
  std::erase_if(names, [&](const std::string& name) { return has(choice.exclude, name); });
  if (names.empty())
    return fail(Code::invalid_argument,
                "there is no column to learn from: none has the role feature{}; name the columns",
                choice.exclude.empty() ? "" : " and is not excluded");
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto column = rows.require(names[i]);
    if (!column) return fail(column.error());
    if (auto refused = refuse_leak(**column, choice, label); !refused) return fail(refused.error());
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i))
      return fail(Code::invalid_argument, "column `{}` is named twice among the features",
                  names[i]);
  }
  return names;
}

std::string feature_text(const Column& column, std::size_t row) {
  return column.name() + "=" + value_text(column, row);
}

std::uint32_t feature_index(std::string_view text, int bits) {
  return static_cast<std::uint32_t>(fnv1a64(text) & ((std::uint64_t{1} << bits) - 1));
}

Result<RowHasher> RowHasher::create(const Frame& rows, const std::vector<std::string>& columns,
                                    int bits) {
  RowHasher hasher;
  hasher.bias_ = feature_index("bias", bits);
  for (const std::string& name : columns) {
    auto found = rows.require(name);
    if (!found) return fail(found.error());
    const Column& column = **found;
    switch (column.type()) {
      case Type::dictionary: hasher.encoders_.emplace_back(LevelEncoder(column, bits)); break;
      case Type::float64: hasher.encoders_.emplace_back(NumberEncoder<double>(column, bits)); break;
      case Type::float32: hasher.encoders_.emplace_back(NumberEncoder<float>(column, bits)); break;
      case Type::int64:
        hasher.encoders_.emplace_back(NumberEncoder<std::int64_t>(column, bits));
        break;
      case Type::int32:
        hasher.encoders_.emplace_back(NumberEncoder<std::int32_t>(column, bits));
        break;
      case Type::uint8:
        hasher.encoders_.emplace_back(NumberEncoder<std::uint8_t>(column, bits));
        break;
      case Type::boolean:
      case Type::time:
        hasher.encoders_.emplace_back(SpelledEncoder{column, Prefix(name, bits)});
        break;
    }
  }
  return hasher;
}

void RowHasher::hash(std::span<const std::uint32_t> rows, std::uint32_t* out) {
  for (std::size_t i = 0; i < rows.size(); ++i) out[i * width()] = bias_;
  for (std::size_t feature = 0; feature < encoders_.size(); ++feature)
    encoders_[feature](rows, out + feature + 1, width());
}

}  // namespace rehearse::models
