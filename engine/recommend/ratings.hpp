// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ratings: from two tables of (user, item, rating) with the user's own ids to the interactions that
// methods learn from and those that they are measured on.
//
// A rating counts 1 whatever its value: it says that the user had to do with the item. Ids are
// texts; they are numbered in order, as whole numbers where all of them are, else byte by byte, so
// that "the lowest id" of a tie means what a reader expects. Users and items of either table are
// numbered; a pair that is in both tables is training alone, since what is masked cannot be found.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/recommend/interactions.hpp"

namespace rehearse::recommend {

struct RatingColumns {
  std::string user = "user", item = "item";
  std::string rating;  // empty: every row is an interaction and none has a value
};

// What was found on the way, for the reader to know; nothing of it stops the work.
struct RatingCounts {
  std::size_t training_rows = 0, test_rows = 0;
  std::size_t repeated_in_training = 0;  // rows whose pair came before; they add to its count
  std::size_t repeated_in_test = 0;      // they change nothing
  std::size_t zero_ratings = 0;          // of both; they count as interactions
  std::size_t training_users = 0, training_items = 0;
  std::size_t test_users = 0, test_items = 0;
  std::size_t in_both = 0;             // pairs of the test that are in training too: left out
  std::size_t unknown_users = 0;       // of the test, without training
  std::size_t unknown_items = 0;       // of the test, without training
  std::size_t unknown_item_pairs = 0;  // the test's pairs with them: nobody can find them
};

// One table alone: nothing is held out.
struct KnownRatings {
  std::vector<std::string> users, items;  // the id of each code
  Interactions training;
};
// Errors: as split_of, of one table. O(rows log rows).
Result<KnownRatings> known_ratings(const Frame& table, const std::string& name,
                                   const RatingColumns& columns);

struct RatingSplit {
  std::vector<std::string> users, items;  // the id of each code
  Interactions training, test;
  RatingCounts counts;
};

// Errors (with the table's name and the row): a column is not there, an id is empty, a rating is
// empty, a text, NaN, infinite or negative; a table without rows; no user, or no item, that both
// tables share; a test whose every pair is in training. O(rows log rows).
Result<RatingSplit> split_of(const Frame& training, const std::string& training_name,
                             const Frame& test, const std::string& test_name,
                             const RatingColumns& columns);

// Ids in order: whole numbers by their value, else by bytes. Each once.
std::vector<std::string> ids_in_order(std::vector<std::string> ids);

}  // namespace rehearse::recommend
