// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/tree_sample.hpp"

#include <numeric>

#include "engine/base/random.hpp"

namespace rehearse::models {
namespace {

const Column* first_id(const Frame& rows) {
  for (std::size_t i = 0; i < rows.columns(); ++i) {
    const Column& column = rows.column(i);
    if (column.role() == Role::id && (column.type() == Type::int64 || column.type() == Type::int32))
      return &column;
  }
  return nullptr;
}

std::uint64_t entity_of(const Column* id, std::uint32_t row) {
  if (!id) return row;
  return static_cast<std::uint64_t>(id->type() == Type::int64
                                        ? id->values<std::int64_t>()[row]
                                        : std::int64_t{id->values<std::int32_t>()[row]});
}

}  // namespace

std::vector<std::uint32_t> rows_with_negatives_kept(const Frame& rows,
                                                    std::span<const float> labels, double keep,
                                                    std::uint64_t seed) {
  std::vector<std::uint32_t> kept;
  if (keep >= 1) {
    kept.resize(labels.size());
    std::iota(kept.begin(), kept.end(), 0U);
    return kept;
  }
  const Column* id = first_id(rows);
  const StreamKey key = stream_key(seed, "train.keep_negatives");
  for (std::uint32_t row = 0; row < labels.size(); ++row)
    if (labels[row] > 0 || Stream(key, 0, entity_of(id, row)).uniform() < keep) kept.push_back(row);
  return kept;
}

std::vector<std::uint32_t> evenly_spaced(std::size_t count, std::size_t most) {
  std::vector<std::uint32_t> rows;
  const std::size_t size = std::min(count, most);
  for (std::size_t i = 0; i < size; ++i)
    rows.push_back(static_cast<std::uint32_t>(i * count / size));
  return rows;
}

}  // namespace rehearse::models
