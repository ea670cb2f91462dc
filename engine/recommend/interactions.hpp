// SPDX-License-Identifier: GPL-3.0-or-later
//
// Interactions: who had to do with what, how often, as a sparse matrix that can be read by user
// and by item. It is what every collaborative method of this room learns from.
//
// Only presence and count are kept. That is right for clicks, views, votes and "did rate"; where
// the value of a rating is to be predicted (one star against five) these methods are the wrong
// ones. Users and items are codes from 0; `ratings.hpp` makes them from a table of names.
//
// Immutable and shared: a copy costs nothing and is safe to use from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::recommend {

class Interactions {
 public:
  Interactions();  // of nobody with nothing

  // A row is one interaction of user[row] with item[row]; a pair that comes again adds to its
  // count. Errors: sizes differ, a code is not below `users` or `items`. O(n log n).
  static Result<Interactions> of(std::span<const std::uint32_t> user,
                                 std::span<const std::uint32_t> item, std::size_t users,
                                 std::size_t items);

  std::size_t users() const { return by_user_->begin.size() - 1; }
  std::size_t items() const { return by_item_->begin.size() - 1; }
  std::size_t pairs() const { return by_user_->index.size(); }  // distinct (user, item)
  std::size_t rows() const { return rows_; }                    // with repetitions

  // Ascending codes, and beside them how often each pair occurred (at least once).
  std::span<const std::uint32_t> items_of(std::uint32_t user) const;
  std::span<const std::uint32_t> counts_of_user(std::uint32_t user) const;
  std::span<const std::uint32_t> users_of(std::uint32_t item) const;
  std::span<const std::uint32_t> counts_of_item(std::uint32_t item) const;
  // O(log of the user's items).
  bool has(std::uint32_t user, std::uint32_t item) const;

  std::size_t bytes() const;

 private:
  // Row r holds index[begin[r] .. begin[r + 1]), ascending.
  struct Sparse {
    std::vector<std::size_t> begin{0};
    std::vector<std::uint32_t> index, count;
    std::span<const std::uint32_t> row(const std::vector<std::uint32_t>& of, std::uint32_t r) const;
  };
  static Sparse transposed(const Sparse& rows, std::size_t columns);

  std::shared_ptr<const Sparse> by_user_, by_item_;
  std::size_t rows_ = 0;
};

}  // namespace rehearse::recommend
