// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/one_hot.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "engine/features/columns.hpp"
#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

struct Counted {
  std::string level;
  std::size_t rows = 0;
};

// In order of text.
Result<std::vector<Counted>> counted_levels(const Frame& rows, const std::string& name) {
  const Frame tables[] = {rows};
  auto keys = Keys::of(tables, {name});
  if (!keys) return fail(keys.error());
  const Column& column = *rows.find(name);
  std::vector<Counted> levels(keys->count());
  for (std::size_t k = 0; k < levels.size(); ++k)
    levels[k].level = level_text(column, keys->first(static_cast<std::int32_t>(k)).row);
  for (const std::int32_t key : keys->table(0)) ++levels[static_cast<std::size_t>(key)].rows;
  std::sort(levels.begin(), levels.end(),
            [](const Counted& a, const Counted& b) { return a.level < b.level; });
  return levels;
}

// Keeps the `most` with the most rows (of equals the first by text), in order of text.
std::vector<Counted> most_common(std::vector<Counted> levels, std::size_t most) {
  if (levels.size() <= most) return levels;
  std::stable_sort(levels.begin(), levels.end(),
                   [](const Counted& a, const Counted& b) { return a.rows > b.rows; });
  levels.resize(most);
  std::sort(levels.begin(), levels.end(),
            [](const Counted& a, const Counted& b) { return a.level < b.level; });
  return levels;
}

}  // namespace

Result<OneHot> OneHot::fit(const Frame& rows, const OneHotOptions& options) {
  if (options.columns.empty())
    return fail(Code::invalid_argument, "no column is named: name those to encode");
  OneHot encoder;
  encoder.pool_rare_ = options.pool_rare;
  for (const std::string& name : options.columns) {
    auto allowed = encodable(rows, name);
    if (!allowed) return fail(allowed.error());
    auto levels = counted_levels(rows, name);
    if (!levels) return fail(levels.error());
    const std::size_t all = levels->size();
    std::erase_if(*levels, [&](const Counted& one) { return one.rows < options.min_count; });
    if (levels->size() > options.most && !options.pool_rare)
      return fail(Code::limit,
                  "the column `{}` has {} values, and one-hot takes {} at most: pool the rare "
                  "ones, hash the column, or encode it by its label (features.target)",
                  name, all, options.most);
    Levels kept{name, {}};
    for (Counted& one : most_common(std::move(*levels), options.most))
      kept.names.push_back(std::move(one.level));
    encoder.levels_.push_back(std::move(kept));
  }
  return encoder;
}

Result<Frame> OneHot::apply(const Frame& rows) const {
  const Frame tables[] = {rows};
  std::vector<Column> added;
  for (const Levels& levels : levels_) {
    auto keys = Keys::of(tables, {levels.column});
    if (!keys) return fail(keys.error());
    const Column& column = *rows.find(levels.column);
    std::unordered_map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < levels.names.size(); ++i) place[levels.names[i]] = i;
    const std::size_t other = levels.names.size();
    std::vector<std::size_t> of_key(keys->count(), other);
    for (std::size_t k = 0; k < of_key.size(); ++k) {
      const auto found =
          place.find(level_text(column, keys->first(static_cast<std::int32_t>(k)).row));
      if (found != place.end()) of_key[k] = found->second;
    }
    std::vector<std::vector<std::uint8_t>> hot(other + pool_rare_,
                                               std::vector<std::uint8_t>(rows.rows()));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const std::size_t at = of_key[static_cast<std::size_t>(keys->table(0)[row])];
      if (at < hot.size()) hot[at][row] = 1;
    }
    const ColumnInfo info{.role = Role::feature, .privacy = column.privacy()};
    for (std::size_t i = 0; i < hot.size(); ++i)
      added.push_back(made(levels.column + "=" + (i < other ? levels.names[i] : "other"),
                           std::move(hot[i]), info));
  }
  return with_all(rows, added);
}

}  // namespace rehearse::features
