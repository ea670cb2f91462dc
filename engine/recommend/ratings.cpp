// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/ratings.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "engine/base/interner.hpp"

namespace rehearse::recommend {
namespace {

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

// One column of ids over both tables: codes of first appearance, then of order.
struct IdColumn {
  Interner seen;
  std::vector<std::uint32_t> training, test;
  std::vector<std::string> names;

  Result<void> read(const Frame& table, const std::string& table_name, const std::string& column,
                    std::vector<std::uint32_t>& codes) {
    auto found = table.require(column);
    if (!found) return at(table_name, Result<void>(fail(found.error())));
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if ((*found)->missing(row))
        return fail(Code::bad_data, "{}: row {}: the {} is empty; fill it or leave the row out",
                    table_name, row + 1, column);
      codes.push_back(static_cast<std::uint32_t>(seen.code((*found)->cell(row))));
    }
    return {};
  }

  void put_in_order() {
    names = ids_in_order(seen.texts());
    std::vector<std::uint32_t> place(names.size());
    for (std::uint32_t order = 0; order < names.size(); ++order)
      place[static_cast<std::size_t>(seen.code(names[order]))] = order;
    for (auto* codes : {&training, &test})
      for (std::uint32_t& code : *codes) code = place[code];
  }
};

// A column that holds one text among its numbers is a column of texts.
std::optional<double> rating_of(const Column& ratings, std::size_t row) {
  if (ratings.numeric()) return ratings.number(row);
  const std::string text = ratings.cell(row);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

Result<void> check_ratings(const Frame& table, const std::string& name, const std::string& column,
                           std::size_t& zeros) {
  if (column.empty()) return {};
  auto ratings = table.require(column);
  if (!ratings) return at(name, Result<void>(fail(ratings.error())));
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if ((*ratings)->missing(row))
      return fail(Code::bad_data, "{}: row {}: the rating is empty; fill it or leave the row out",
                  name, row + 1);
    const auto value = rating_of(**ratings, row);
    if (!value)
      return fail(Code::bad_data, "{}: row {}: the rating `{}` is no number", name, row + 1,
                  (*ratings)->cell(row));
    if (!std::isfinite(*value) || *value < 0)
      return fail(Code::bad_data,
                  "{}: row {}: the rating is {:g}; ratings are 0 or more (leave out what a user "
                  "refused)",
                  name, row + 1, *value);
    zeros += *value == 0;
  }
  return {};
}

// The test without the pairs of training.
Result<Interactions> unseen_test(const IdColumn& users, const IdColumn& items,
                                 const Interactions& training, RatingCounts& counts) {
  std::vector<std::uint32_t> user, item;
  for (std::size_t row = 0; row < users.test.size(); ++row) {
    if (training.has(users.test[row], items.test[row])) continue;
    user.push_back(users.test[row]), item.push_back(items.test[row]);
  }
  auto all = Interactions::of(users.test, items.test, users.names.size(), items.names.size());
  if (!all) return all;
  counts.repeated_in_test = all->rows() - all->pairs();
  auto left = Interactions::of(user, item, users.names.size(), items.names.size());
  if (left) counts.in_both = all->pairs() - left->pairs();
  return left;
}

Result<void> check_overlap(const RatingSplit& split, const IdColumn& users, const IdColumn& items,
                           const std::string& training_name, const std::string& test_name) {
  const auto shared = [&](const char* what, const IdColumn& ids, std::size_t unknown,
                          std::size_t all) -> Result<void> {
    if (unknown < all) return {};
    return fail(Code::bad_data,
                "no {} of {} is in {} (`{}` there, `{}` here): are the ids written alike, and do "
                "both files come from one split?",
                what, test_name, training_name, ids.names[ids.training.front()],
                ids.names[ids.test.front()]);
  };
  if (auto fine = shared("user", users, split.counts.unknown_users, split.counts.test_users); !fine)
    return fine;
  if (auto fine = shared("item", items, split.counts.unknown_items, split.counts.test_items); !fine)
    return fine;
  if (split.test.pairs() == 0)
    return fail(Code::bad_data,
                "every pair of {} is in {} too: nothing is left to find; hold out rows that "
                "training does not have",
                test_name, training_name);
  return {};
}

void count_unknown(const IdColumn& users, const IdColumn& items, RatingSplit& split) {
  const Interactions& training = split.training;
  std::vector<std::uint8_t> test_user(users.names.size(), 0), test_item(items.names.size(), 0);
  for (const std::uint32_t user : users.test) test_user[user] = 1;
  for (const std::uint32_t item : items.test) test_item[item] = 1;
  RatingCounts& counts = split.counts;
  for (std::uint32_t user = 0; user < test_user.size(); ++user) {
    const bool known = !training.items_of(user).empty();
    counts.training_users += known;
    counts.test_users += test_user[user];
    counts.unknown_users += test_user[user] && !known;
  }
  for (std::uint32_t item = 0; item < test_item.size(); ++item) {
    const bool known = !training.users_of(item).empty();
    counts.training_items += known;
    counts.test_items += test_item[item];
    counts.unknown_items += test_item[item] && !known;
    if (!known) counts.unknown_item_pairs += split.test.users_of(item).size();
  }
}

}  // namespace

std::vector<std::string> ids_in_order(std::vector<std::string> ids) {
  std::vector<std::pair<std::int64_t, std::string>> numbered;
  for (const std::string& id : ids) {
    const auto value = whole_number(id);
    if (!value) break;
    numbered.emplace_back(*value, id);
  }
  if (numbered.size() == ids.size()) {  // `07` and `7` are two ids of one value
    std::sort(numbered.begin(), numbered.end());
    ids.clear();
    for (auto& [value, id] : numbered) ids.push_back(std::move(id));
  } else {
    std::sort(ids.begin(), ids.end());
  }
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

Result<KnownRatings> known_ratings(const Frame& table, const std::string& name,
                                   const RatingColumns& columns) {
  std::size_t zeros = 0;
  if (auto fine = check_ratings(table, name, columns.rating, zeros); !fine)
    return fail(fine.error());
  IdColumn users, items;
  if (auto read = users.read(table, name, columns.user, users.training); !read)
    return fail(read.error());
  if (auto read = items.read(table, name, columns.item, items.training); !read)
    return fail(read.error());
  if (users.training.empty()) return fail(Code::bad_data, "{} has no rows", name);
  users.put_in_order(), items.put_in_order();
  auto training =
      Interactions::of(users.training, items.training, users.names.size(), items.names.size());
  if (!training) return fail(training.error());
  return KnownRatings{std::move(users.names), std::move(items.names), *std::move(training)};
}

Result<RatingSplit> split_of(const Frame& training, const std::string& training_name,
                             const Frame& test, const std::string& test_name,
                             const RatingColumns& columns) {
  for (const auto& [table, name] : {std::pair{&training, &training_name}, {&test, &test_name}})
    if (table->rows() == 0)
      return fail(Code::bad_data, "{}: there are no rows; user, item and rating are due", *name);
  RatingSplit split;
  split.counts.training_rows = training.rows(), split.counts.test_rows = test.rows();
  IdColumn users, items;
  for (const auto& [ids, column] :
       {std::pair{&users, &columns.user}, std::pair{&items, &columns.item}}) {
    if (auto read = ids->read(training, training_name, *column, ids->training); !read)
      return fail(read.error());
    if (auto read = ids->read(test, test_name, *column, ids->test); !read)
      return fail(read.error());
    ids->put_in_order();
  }
  for (const auto& [table, name] : {std::pair{&training, &training_name}, {&test, &test_name}})
    if (auto fine = check_ratings(*table, *name, columns.rating, split.counts.zero_ratings); !fine)
      return fail(fine.error());
  auto seen =
      Interactions::of(users.training, items.training, users.names.size(), items.names.size());
  if (!seen) return fail(seen.error());
  split.training = std::move(*seen);
  split.counts.repeated_in_training = split.training.rows() - split.training.pairs();
  auto unseen = unseen_test(users, items, split.training, split.counts);
  if (!unseen) return fail(unseen.error());
  split.test = std::move(*unseen);
  count_unknown(users, items, split);
  if (auto fine = check_overlap(split, users, items, training_name, test_name); !fine)
    return fail(fine.error());
  split.users = std::move(users.names), split.items = std::move(items.names);
  return split;
}

}  // namespace rehearse::recommend
