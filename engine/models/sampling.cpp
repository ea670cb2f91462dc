// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/sampling.hpp"

#include <numeric>

#include "engine/base/random.hpp"

namespace rehearse::models {
namespace {

const Column* id_column(const Frame& rows) {
  for (std::size_t i = 0; i < rows.columns(); ++i) {
    const Column& column = rows.column(i);
    if (column.role() == Role::id && (column.type() == Type::int64 || column.type() == Type::int32))
      return &column;
  }
  return nullptr;
}

}  // namespace

std::vector<std::uint32_t> kept_rows(const Frame& rows, std::span<const std::uint8_t> labels,
                                     double keep_negatives, std::uint64_t seed) {
  std::vector<std::uint32_t> kept;
  if (keep_negatives >= 1) {
    kept.resize(labels.size());
    std::iota(kept.begin(), kept.end(), 0U);
    return kept;
  }
  const Column* id = id_column(rows);
  const StreamKey key = stream_key(seed, "train.keep_negatives");
  const bool wide = id && id->type() == Type::int64;
  for (std::uint32_t row = 0; row < labels.size(); ++row) {
    if (!labels[row]) {
      const auto entity = !id ? static_cast<std::int64_t>(row)
                              : (wide ? id->values<std::int64_t>()[row]
                                      : static_cast<std::int64_t>(id->values<std::int32_t>()[row]));
      if (Stream(key, 0, static_cast<std::uint64_t>(entity)).uniform() >= keep_negatives) continue;
    }
    kept.push_back(row);
  }
  return kept;
}

}  // namespace rehearse::models
