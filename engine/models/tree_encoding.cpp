// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/tree_encoding.hpp"

#include <cmath>
#include <limits>
#include <numeric>

namespace rehearse::models {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kOneHotLimit = 1000;

std::map<std::string, double> level_counts(const Column& column,
                                           std::span<const std::uint32_t> kept) {
  std::vector<double> by_code(column.dictionary().size(), 0);
  const auto codes = column.values<std::int32_t>();
  for (const std::uint32_t row : kept)
    if (codes[row] >= 0 && !column.missing(row)) by_code[static_cast<std::size_t>(codes[row])] += 1;
  std::map<std::string, double> counts;
  for (std::size_t code = 0; code < by_code.size(); ++code)
    if (by_code[code] > 0) counts[column.dictionary()[code]] += by_code[code];
  return counts;
}

}  // namespace

Result<Categorical> parse_categorical(std::string_view name) {
  if (name == "auto") return Categorical::automatic;
  if (name == "one-hot") return Categorical::one_hot;
  if (name == "frequency") return Categorical::frequency;
  if (name == "ordinal") return Categorical::ordinal;
  return fail(Code::invalid_argument,
              "`{}` is no way to encode texts; there are auto, one-hot, frequency, ordinal", name);
}

Result<TreeEncoding> TreeEncoding::fit(const Frame& rows, const std::vector<std::string>& columns,
                                       Categorical how, std::span<const std::uint32_t> kept) {
  TreeEncoding encoding;
  for (const std::string& name : columns) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    Source source;
    source.column = name;
    source.begin = encoding.names_.size();
    source.text = !(*column)->numeric();
    if (!source.text) {
      encoding.names_.push_back(name);
      encoding.sources_.push_back(std::move(source));
      continue;
    }
    const auto counts = level_counts(**column, kept);
    source.one_hot = how == Categorical::one_hot ||
                     (how == Categorical::automatic && counts.size() <= kOneHotMost);
    if (source.one_hot && counts.size() > kOneHotLimit)
      return fail(Code::limit,
                  "column `{}` has {} levels, too many for one-hot columns; use frequency", name,
                  counts.size());
    float place = 0;
    for (const auto& [level, count] : counts) {
      if (source.one_hot) encoding.names_.push_back(name + "=" + level);
      source.levels[level] = how == Categorical::frequency || how == Categorical::automatic
                                 ? static_cast<float>(count / static_cast<double>(kept.size()))
                                 : place;
      if (source.one_hot) source.levels[level] = place;
      place += 1;
    }
    source.width = source.one_hot ? counts.size() : 1;
    if (!source.one_hot)
      encoding.names_.push_back((how == Categorical::ordinal ? "place of " : "share of ") + name);
    encoding.sources_.push_back(std::move(source));
  }
  return encoding;
}

Result<void> TreeEncoding::fill(const Source& source, const Frame& rows,
                                std::span<const std::uint32_t> which,
                                std::vector<float>& out) const {
  auto found = rows.require(source.column);
  if (!found) return fail(found.error());
  const Column& column = **found;
  if (column.numeric() == source.text)
    return fail(Code::bad_data, "column `{}` holds {} and held {} in training", source.column,
                source.text ? "numbers" : "texts", source.text ? "texts" : "numbers");
  const std::size_t stride = width();
  float* to = out.data() + source.begin;
  if (!source.text) {
    const double unit = column.type() == Type::time ? 1e-6 : 1;
    for (const std::uint32_t row : which) {
      const auto value = static_cast<float>(column.number(row) * unit);
      if (std::isinf(value))
        return fail(Code::bad_data,
                    "row {}: `{}` is infinite or beyond the largest float32; clip it first", row,
                    source.column);
      *to = value;
      to += stride;
    }
    return {};
  }
  std::vector<float> by_code;
  for (const std::string& level : column.dictionary()) {
    const auto known = source.levels.find(level);
    by_code.push_back(known != source.levels.end() ? known->second : (source.one_hot ? -1.F : 0.F));
  }
  const auto codes = column.values<std::int32_t>();
  for (const std::uint32_t row : which) {
    const bool missing = codes[row] < 0 || column.missing(row);
    const float value = missing ? -1.F : by_code[static_cast<std::size_t>(codes[row])];
    if (!source.one_hot)
      *to = missing ? kMissing : value;
    else if (value >= 0)
      to[static_cast<std::size_t>(value)] = 1;
    to += stride;
  }
  return {};
}

Result<std::vector<float>> TreeEncoding::matrix(const Frame& rows) const {
  std::vector<std::uint32_t> all(rows.rows());
  std::iota(all.begin(), all.end(), 0U);
  return matrix(rows, all);
}

Result<std::vector<float>> TreeEncoding::matrix(const Frame& rows,
                                                std::span<const std::uint32_t> which) const {
  std::vector<float> out(which.size() * width(), 0);
  for (const Source& source : sources_)
    if (auto filled = fill(source, rows, which, out); !filled) return fail(filled.error());
  return out;
}

std::size_t TreeEncoding::bytes() const {
  std::size_t total =
      sizeof *this + sources_.capacity() * sizeof(Source) + names_.capacity() * sizeof(std::string);
  for (const std::string& name : names_) total += name.capacity();
  for (const Source& source : sources_)
    for (const auto& [level, value] : source.levels)
      total += sizeof(level) + level.capacity() + sizeof(value) + 4 * sizeof(void*);
  return total;
}

}  // namespace rehearse::models
