// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/interactions.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "engine/recommend/ratings.hpp"
#include "engine/recommend/recommender.hpp"
#include "tests/engine/recommend/small_world.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

using Codes = std::vector<std::uint32_t>;

Codes listed(std::span<const std::uint32_t> codes) { return {codes.begin(), codes.end()}; }

Frame ratings(const std::vector<std::string>& user, const std::vector<std::string>& item,
              const std::vector<double>& rating) {
  Frame::Builder builder;
  builder.add("user", user).add("item", item).add("rating", rating);
  return std::move(builder).build().value();
}

const Frame& usual_training() {
  static const Frame frame = ratings({"10", "9", "9", "9"}, {"a", "b", "a", "a"}, {5, 3, 0, 1});
  return frame;
}

std::string error_of(const Frame& training, const Frame& test) {
  const auto split = split_of(training, "train.csv", test, "test.csv", {"user", "item", "rating"});
  REQUIRE_FALSE(split);
  return split.error().message;
}

bool says(const std::string& message, const std::string& words) {
  INFO(message);
  return message.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("interactions: both directions hold the same pairs, and repetitions add up") {
  const Interactions all = small_world(23, 17, 5);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> by_user, by_item;
  std::size_t rows = 0;
  for (std::uint32_t u = 0; u < all.users(); ++u) {
    CHECK(std::is_sorted(all.items_of(u).begin(), all.items_of(u).end()));
    for (std::size_t n = 0; n < all.items_of(u).size(); ++n) {
      by_user[{u, all.items_of(u)[n]}] = all.counts_of_user(u)[n];
      rows += all.counts_of_user(u)[n];
      CHECK(all.has(u, all.items_of(u)[n]));
    }
  }
  for (std::uint32_t i = 0; i < all.items(); ++i)
    for (std::size_t n = 0; n < all.users_of(i).size(); ++n)
      by_item[{all.users_of(i)[n], i}] = all.counts_of_item(i)[n];
  CHECK(by_user == by_item);
  CHECK(by_user.size() == all.pairs());
  CHECK(rows == all.rows());
  CHECK(all.rows() > all.pairs());
}

TEST_CASE("interactions: codes out of range and uneven columns are refused") {
  const Codes one = {0}, two = {0, 2};
  CHECK(says(Interactions::of(one, two, 3, 3).error().message, "1 users and 2 items"));
  CHECK(says(Interactions::of(two, two, 2, 3).error().message, "row 2: user 2"));
  CHECK(Interactions::of({}, {}, 0, 0)->pairs() == 0);
  CHECK(Interactions().users() == 0);
}

TEST_CASE("ratings: ids are numbered as numbers where all are, else as texts") {
  CHECK(ids_in_order({"10", "9", "10", "-1"}) == std::vector<std::string>{"-1", "9", "10"});
  CHECK(ids_in_order({"10", "9", "b"}) == std::vector<std::string>{"10", "9", "b"});
  CHECK(ids_in_order({"7", "07"}) == std::vector<std::string>{"07", "7"});
  CHECK(ids_in_order({}).empty());
}

TEST_CASE("ratings: what is odd about two tables is counted") {
  const Frame test =
      ratings({"9", "10", "10", "3", "10"}, {"a", "b", "b", "a", "c"}, {1, 2, 2, 4, 0});
  const auto split =
      split_of(usual_training(), "train.csv", test, "test.csv", {"user", "item", "rating"});
  REQUIRE(split);
  CHECK(split->users == std::vector<std::string>{"3", "9", "10"});
  CHECK(split->items == std::vector<std::string>{"a", "b", "c"});
  CHECK(listed(split->training.items_of(1)) == Codes{0, 1});
  CHECK(listed(split->training.counts_of_user(1)) == Codes{2, 1});
  CHECK(listed(split->test.items_of(1)).empty());
  CHECK(listed(split->test.items_of(2)) == Codes{1, 2});
  const RatingCounts& c = split->counts;
  CHECK(c.training_rows == 4);
  CHECK(c.test_rows == 5);
  CHECK(c.repeated_in_training == 1);
  CHECK(c.repeated_in_test == 1);
  CHECK(c.zero_ratings == 2);
  CHECK(c.in_both == 1);
  CHECK(c.training_users == 2);
  CHECK(c.training_items == 2);
  CHECK(c.test_users == 3);
  CHECK(c.unknown_users == 1);
  CHECK(c.unknown_items == 1);
  CHECK(c.unknown_item_pairs == 1);
}

TEST_CASE("ratings: a table that cannot be meant is refused with its row") {
  const Frame test = ratings({"9"}, {"b"}, {1});
  const Frame good = ratings({"10"}, {"b"}, {1});
  CHECK(says(error_of(ratings({"9"}, {"b"}, {-1}), good), "train.csv: row 1: the rating is -1"));
  CHECK(says(error_of(good, ratings({"10", "10"}, {"b", "c"}, {1, std::nan("")})),
             "test.csv: row 2: the rating is"));
  CHECK(says(error_of(good, ratings({"10"}, {"b"}, {std::numeric_limits<double>::infinity()})),
             "ratings are 0 or more"));
  CHECK(says(error_of(usual_training(), ratings({}, {}, {})), "test.csv: there are no rows"));
  CHECK(says(error_of(usual_training(), test), "nothing is left to find"));
  CHECK(says(error_of(usual_training(), ratings({"u9"}, {"a"}, {1})), "no user of test.csv"));
  CHECK(says(error_of(usual_training(), ratings({"9"}, {"A"}, {1})), "no item of test.csv"));
  CHECK(says(error_of(ratings({"9"}, {"a"}, {1}), ratings({"9"}, {"a"}, {1})), "nothing is left"));
  Frame::Builder texts;
  texts.add("user", std::vector<std::string>{"9"})
      .add("item", std::vector<std::string>{"c"})
      .add("rating", std::vector<std::string>{"good"});
  CHECK(says(error_of(usual_training(), std::move(texts).build().value()), "`good` is no number"));
  Frame::Builder blank;
  blank.add("user", std::vector<std::string>{"9", ""}).missing({1, 0});
  blank.add("item", std::vector<std::string>{"c", "c"}).add("rating", std::vector<double>{1, 1});
  CHECK(says(error_of(usual_training(), std::move(blank).build().value()),
             "row 2: the user is empty"));
  CHECK(says(split_of(usual_training(), "a", test, "b", {"who", "item", "rating"}).error().message,
             "a: "));
}

TEST_CASE("recommender: the first k are those of a full sort, without what is masked") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Stream stream(seed, "test.scores");
    std::vector<double> scores(12);
    Codes masked;
    for (std::uint32_t i = 0; i < scores.size(); ++i) {
      scores[i] = static_cast<double>(stream.below(4));  // ties
      if (stream.bernoulli(0.3)) masked.push_back(i);
    }
    std::vector<Recommended> all;
    for (std::uint32_t i = 0; i < scores.size(); ++i)
      if (!std::binary_search(masked.begin(), masked.end(), i)) all.push_back({i, scores[i]});
    std::stable_sort(all.begin(), all.end(),
                     [](const Recommended& a, const Recommended& b) { return a.score > b.score; });
    const std::size_t k = stream.below(15);
    all.resize(std::min(k, all.size()));
    REQUIRE(top_k(scores, masked, k) == all);
  }
}
