// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/interactions.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace rehearse::recommend {

Interactions::Interactions()
    : by_user_(std::make_shared<const Sparse>()), by_item_(std::make_shared<const Sparse>()) {}

Result<Interactions> Interactions::of(std::span<const std::uint32_t> user,
                                      std::span<const std::uint32_t> item, std::size_t users,
                                      std::size_t items) {
  if (user.size() != item.size())
    return fail(Code::invalid_argument, "{} users and {} items: a row needs one of each",
                user.size(), item.size());
  for (std::size_t row = 0; row < user.size(); ++row)
    if (user[row] >= users || item[row] >= items)
      return fail(Code::invalid_argument,
                  "row {}: user {} and item {}, where codes are below {} and {}", row + 1,
                  user[row], item[row], users, items);
  std::vector<std::size_t> begin(users + 1, 0);
  for (const std::uint32_t u : user) ++begin[u + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> sorted(item.size());
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  for (std::size_t row = 0; row < user.size(); ++row) sorted[next[user[row]]++] = item[row];

  Sparse rows;
  rows.begin.reserve(users + 1);
  for (std::size_t u = 0; u < users; ++u) {
    const auto first = sorted.begin() + static_cast<std::ptrdiff_t>(begin[u]),
               last = sorted.begin() + static_cast<std::ptrdiff_t>(begin[u + 1]);
    std::sort(first, last);
    for (auto at = first; at != last;) {
      const auto after = std::upper_bound(at, last, *at);
      rows.index.push_back(*at);
      rows.count.push_back(static_cast<std::uint32_t>(after - at));
      at = after;
    }
    rows.begin.push_back(rows.index.size());
  }
  Interactions made;
  made.by_item_ = std::make_shared<const Sparse>(transposed(rows, items));
  made.by_user_ = std::make_shared<const Sparse>(std::move(rows));
  made.rows_ = user.size();
  return made;
}

Interactions::Sparse Interactions::transposed(const Sparse& rows, std::size_t columns) {
  Sparse by_column;
  by_column.begin.assign(columns + 1, 0);
  for (const std::uint32_t c : rows.index) ++by_column.begin[c + 1];
  std::partial_sum(by_column.begin.begin(), by_column.begin.end(), by_column.begin.begin());
  by_column.index.resize(rows.index.size());
  by_column.count.resize(rows.index.size());
  std::vector<std::size_t> next(by_column.begin.begin(), by_column.begin.end() - 1);
  for (std::size_t r = 0; r + 1 < rows.begin.size(); ++r)
    for (std::size_t at = rows.begin[r]; at < rows.begin[r + 1]; ++at) {
      const std::size_t place = next[rows.index[at]]++;
      by_column.index[place] = static_cast<std::uint32_t>(r);
      by_column.count[place] = rows.count[at];
    }
  return by_column;
}

std::span<const std::uint32_t> Interactions::Sparse::row(const std::vector<std::uint32_t>& of,
                                                         std::uint32_t r) const {
  assert(r + std::size_t{1} < begin.size());
  return std::span(of).subspan(begin[r], begin[r + 1] - begin[r]);
}

std::span<const std::uint32_t> Interactions::items_of(std::uint32_t user) const {
  return by_user_->row(by_user_->index, user);
}
std::span<const std::uint32_t> Interactions::counts_of_user(std::uint32_t user) const {
  return by_user_->row(by_user_->count, user);
}
std::span<const std::uint32_t> Interactions::users_of(std::uint32_t item) const {
  return by_item_->row(by_item_->index, item);
}
std::span<const std::uint32_t> Interactions::counts_of_item(std::uint32_t item) const {
  return by_item_->row(by_item_->count, item);
}

bool Interactions::has(std::uint32_t user, std::uint32_t item) const {
  const auto items = items_of(user);
  return std::binary_search(items.begin(), items.end(), item);
}

std::size_t Interactions::bytes() const {
  const auto of = [](const Sparse& s) {
    return s.begin.capacity() * sizeof(std::size_t) +
           (s.index.capacity() + s.count.capacity()) * sizeof(std::uint32_t);
  };
  return of(*by_user_) + of(*by_item_);
}

}  // namespace rehearse::recommend
