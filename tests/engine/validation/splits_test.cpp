// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation/splits.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

namespace {

using namespace rehearse;
using validation::Fold;
using validation::Split;
using validation::SplitOptions;

// `rows_a_day` rows on each of `days` days, users in turn, one click in `every`.
Frame log_of(int days, int rows_a_day, int users, int every = 5) {
  std::vector<std::int32_t> day, user;
  std::vector<std::uint8_t> click;
  for (int d = 0; d < days; ++d)
    for (int i = 0; i < rows_a_day; ++i) {
      const int row = d * rows_a_day + i;
      day.push_back(d), user.push_back(row % users), click.push_back(row % every == 0);
    }
  Frame::Builder builder;
  builder.add("day", std::move(day)).add("user_id", std::move(user));
  builder.add("click", std::move(click), {.role = Role::label});
  return *std::move(builder).build();
}

std::vector<Fold> folds_of(const Frame& rows, const SplitOptions& options) {
  auto folds = validation::make_folds(rows, options);
  INFO((folds ? "" : folds.error().message));
  REQUIRE(folds);
  return *std::move(folds);
}

std::vector<double> days_in(const Frame& rows, const validation::Rows& part) {
  std::set<double> days;
  for (const auto row : part) days.insert(rows.find("day")->number(row));
  return {days.begin(), days.end()};
}

std::vector<double> range(int from, int to) {
  std::vector<double> all;
  for (int day = from; day < to; ++day) all.push_back(day);
  return all;
}

std::string error_of(const Frame& rows, const SplitOptions& options) {
  const auto folds = validation::make_folds(rows, options);
  REQUIRE_FALSE(folds);
  return folds.error().message;
}

}  // namespace

TEST_CASE(
    "splits: whatever the rule, no row is in both parts; random, blocked and user test each row "
    "once") {
  REQUIRE(rc::check([] {
    const int days = *rc::gen::inRange(8, 20), a_day = *rc::gen::inRange(10, 30),
              folds = *rc::gen::inRange(2, 6);
    const Frame rows = log_of(days, a_day, 40, 3);
    for (const Split split : {Split::random, Split::stratified, Split::blocked, Split::forward,
                              Split::rolling, Split::user}) {
      SplitOptions options;
      options.split = split, options.folds = folds, options.seed = 3;
      const auto made = validation::make_folds(rows, options);
      RC_ASSERT(made);
      std::vector<int> tested(rows.rows());
      for (const Fold& fold : *made) {
        RC_ASSERT(!fold.train.empty());
        RC_ASSERT(!fold.test.empty());
        validation::Rows both;
        std::set_intersection(fold.train.begin(), fold.train.end(), fold.test.begin(),
                              fold.test.end(), std::back_inserter(both));
        RC_ASSERT(both.empty());
        RC_ASSERT(std::is_sorted(fold.train.begin(), fold.train.end()));
        for (const auto row : fold.test) ++tested[row];
      }
      const bool every_row = split != Split::forward && split != Split::rolling;
      for (const int times : tested) RC_ASSERT((every_row ? times == 1 : times <= 1));
    }
  }));
}

TEST_CASE(
    "splits: random folds have the sizes of scikit-learn's KFold and another seed shuffles anew") {
  const Frame rows = log_of(1, 103, 10);
  SplitOptions options;
  options.split = Split::random, options.folds = 5;
  std::vector<std::size_t> sizes;
  const auto folds = folds_of(rows, options);
  for (const Fold& fold : folds) sizes.push_back(fold.test.size());
  CHECK(sizes == std::vector<std::size_t>{21, 21, 21, 20, 20});
  options.seed = 2;
  CHECK(folds_of(rows, options)[0].test != folds[0].test);
  options.seed = 1;
  CHECK(folds_of(rows, options)[0].test == folds[0].test);
}

TEST_CASE(
    "splits: stratified folds hold the same number of clicks to within one, random ones do not") {
  const Frame rows = log_of(1, 1000, 10, 47);
  const auto clicks = [&](const Fold& fold) {
    int count = 0;
    for (const auto row : fold.test) count += rows.find("click")->number(row) == 1;
    return count;
  };
  const auto spread = [&](Split split) {
    SplitOptions options;
    options.split = split, options.folds = 7;
    std::vector<int> counts;
    for (const Fold& fold : folds_of(rows, options)) counts.push_back(clicks(fold));
    const auto [low, high] = std::minmax_element(counts.begin(), counts.end());
    return *high - *low;
  };
  CHECK(spread(Split::stratified) <= 1);
  CHECK(spread(Split::random) > 1);
}

TEST_CASE("splits: forward is scikit-learn's TimeSeriesSplit over days") {
  // TimeSeriesSplit(n_splits=3).split(range(10)): train [0..3], [0..5], [0..7]; test 2 each.
  const Frame rows = log_of(10, 12, 7);
  SplitOptions options;
  options.folds = 3;
  const auto folds = folds_of(rows, options);
  for (int f = 0; f < 3; ++f) {
    CHECK(days_in(rows, folds[static_cast<std::size_t>(f)].train) == range(0, 4 + 2 * f));
    CHECK(days_in(rows, folds[static_cast<std::size_t>(f)].test) == range(4 + 2 * f, 6 + 2 * f));
  }
}

TEST_CASE("splits: a gap takes the days before a test block away, a window all that is older") {
  const Frame rows = log_of(20, 6, 7);
  SplitOptions options;
  options.split = Split::rolling, options.folds = 4, options.gap_days = 2, options.window_days = 3;
  const auto folds = folds_of(rows, options);  // tests 4, 8, 12, 16, four days each
  CHECK(days_in(rows, folds[0].test) == range(4, 8));
  CHECK(days_in(rows, folds[0].train) == range(0, 2));
  CHECK(days_in(rows, folds[3].test) == range(16, 20));
  CHECK(days_in(rows, folds[3].train) == range(11, 14));
  options.split = Split::forward;
  CHECK(days_in(rows, folds_of(rows, options)[3].train) == range(0, 14));
}

TEST_CASE("splits: blocked folds are neighbouring days, and the gap is given up on both sides") {
  const Frame rows = log_of(11, 6, 7);
  SplitOptions options;
  options.split = Split::blocked, options.folds = 3, options.gap_days = 1;
  const auto folds = folds_of(rows, options);  // 4, 4, 3 days
  CHECK(days_in(rows, folds[1].test) == range(4, 8));
  CHECK(days_in(rows, folds[1].train) == std::vector<double>{0, 1, 2, 9, 10});
}

TEST_CASE("splits: a user keeps the fold whatever rows are added") {
  const Frame few = log_of(3, 40, 30), many = log_of(9, 80, 60);
  SplitOptions options;
  options.split = Split::user, options.folds = 4;
  const auto fold_by_user = [&](const Frame& rows) {
    std::map<double, std::set<int>> where;
    const auto folds = folds_of(rows, options);
    for (std::size_t f = 0; f < folds.size(); ++f)
      for (const auto row : folds[f].test)
        where[rows.find("user_id")->number(row)].insert(static_cast<int>(f));
    return where;
  };
  const auto before = fold_by_user(few), after = fold_by_user(many);
  for (const auto& [user, folds] : before) {
    CHECK(folds.size() == 1);
    CHECK(after.at(user) == folds);
  }
}

TEST_CASE("splits: nested inner folds never touch the outer test rows") {
  const Frame rows = log_of(24, 10, 9);
  for (const Split split : {Split::random, Split::forward, Split::user}) {
    SplitOptions options;
    options.split = split, options.folds = 3;
    const auto nested = validation::make_nested_folds(rows, options, 2);
    REQUIRE(nested);
    REQUIRE(nested->size() == 3);
    for (const auto& fold : *nested) {
      REQUIRE(fold.inner.size() == 2);
      for (const Fold& inner : fold.inner)
        for (const auto* part : {&inner.train, &inner.test})
          for (const auto row : *part)
            CHECK(std::binary_search(fold.outer.train.begin(), fold.outer.train.end(), row));
    }
  }
}

TEST_CASE("splits: hold-outs by time, by user and at random are what they say") {
  const Frame rows = log_of(10, 50, 80);
  validation::HoldoutOptions options;
  options.time = "day", options.share = 0.24;
  const auto late = validation::make_holdout(rows, options);
  REQUIRE(late);
  CHECK(days_in(rows, late->test) == range(8, 10));  // 20% is nearer than 30%
  options.by = validation::Holdout::user;
  const auto users = validation::make_holdout(rows, options);
  REQUIRE(users);
  std::set<double> taught, held;
  for (const auto row : users->train) taught.insert(rows.find("user_id")->number(row));
  for (const auto row : users->test) held.insert(rows.find("user_id")->number(row));
  for (const double user : held) CHECK(taught.count(user) == 0);
  CHECK(held.size() > 8);
  CHECK(held.size() < 32);
  options.by = validation::Holdout::random;
  CHECK(validation::make_holdout(rows, options)->test.size() == 120);
}

TEST_CASE("splits: a larger sample keeps the rows of a smaller one") {
  const Frame rows = log_of(4, 100, 9);
  const auto small = validation::sample_rows(rows, 0.05, 1),
             large = validation::sample_rows(rows, 0.2, 1);
  REQUIRE(small);
  REQUIRE(large);
  CHECK(small->size() == 20);
  CHECK(large->size() == 80);
  CHECK(std::includes(large->begin(), large->end(), small->begin(), small->end()));
  CHECK(validation::sample_rows(rows, 1, 1)->size() == 400);
}

TEST_CASE("splits: what cannot be split says why") {
  const Frame rows = log_of(4, 5, 3, 20);
  SplitOptions options;
  options.folds = 5;
  CHECK(error_of(rows, options).find("distinct days") != std::string::npos);
  options.folds = 1;
  CHECK(error_of(rows, options).find("between 2 and 100") != std::string::npos);
  options.folds = 2, options.gap_days = 3;
  CHECK(error_of(rows, options).find("smaller gap") != std::string::npos);
  options.gap_days = 0, options.split = Split::stratified;
  CHECK(error_of(rows, options).find("only 1 rows have the label 1") != std::string::npos);
  options.split = Split::user, options.user = "user";
  CHECK(error_of(rows, options).find("user_id") != std::string::npos);
  CHECK(error_of(rows.slice(0, 0), options).find("no rows") != std::string::npos);
  CHECK(validation::parse_split("forwrad").error().message.find("forward") != std::string::npos);
  validation::HoldoutOptions holdout;
  holdout.share = NAN;
  CHECK_FALSE(validation::make_holdout(rows, holdout));
  holdout.share = 0.5, holdout.time = "day";
  CHECK_FALSE(validation::make_holdout(log_of(1, 9, 3), holdout));  // one moment cannot be cut
}
