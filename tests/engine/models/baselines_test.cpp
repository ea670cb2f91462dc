// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/baselines.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace rehearse::models::baselines_test {
namespace {

// Days 0 … 9; the label is the day, and 100 more in group b.
Frame days() {
  std::vector<std::int64_t> day;
  std::vector<std::string> group;
  std::vector<double> y;
  for (int d = 0; d < 10; ++d)
    for (const char* g : {"a", "b"}) {
      day.push_back(d);
      group.push_back(g);
      y.push_back(d + (*g == 'b' ? 100 : 0));
    }
  Frame::Builder b;
  b.add("day", std::move(day)).add("group", group, {.role = Role::feature});
  b.add("y", std::move(y), {.role = Role::label});
  return *std::move(b).build();
}

double first_score(const BaselineOptions& options) {
  const auto model = train_baseline(days(), options);
  REQUIRE(model);
  return (*(*model)->score(days()))[0];
}

}  // namespace

TEST_CASE("baseline: each kind is its constant") {
  CHECK(first_score({.kind = BaselineKind::mean}) == Approx(54.5));
  CHECK(first_score({.kind = BaselineKind::median}) == Approx(54.5));
  CHECK(first_score({.kind = BaselineKind::quantile, .level = 0.25}) == Approx(4.75));
  CHECK(first_score({.kind = BaselineKind::last_day}) == Approx(59));
}

TEST_CASE("baseline: the same weekday is the last such day of training") {
  const auto model = *train_baseline(days(), {.kind = BaselineKind::same_weekday});
  const auto scores = *model->score(days());
  CHECK(scores[0] == Approx(57));      // day 0: the last of its kind is day 7
  CHECK(scores[2 * 2] == Approx(59));  // day 2: day 9
  CHECK(scores[3 * 2] == Approx(53));  // day 3: itself
}

TEST_CASE("baseline: by a column, with the overall value for a level never seen") {
  const auto model = *train_baseline(days(), {.kind = BaselineKind::mean, .by = "group"});
  CHECK((*model->score(days()))[0] == Approx(4.5));
  CHECK((*model->score(days()))[1] == Approx(104.5));
  Frame::Builder b;
  b.add("group", std::vector<std::string>{"z"});
  CHECK((*model->score(*std::move(b).build()))[0] == Approx(54.5));
}

TEST_CASE("baseline: a mean of 0 and 1 is a probability, a median is not") {
  Frame::Builder b;
  b.add("click", std::vector<std::uint8_t>{0, 1, 0, 0}, {.role = Role::label});
  const Frame clicks = *std::move(b).build();
  CHECK((*train_baseline(clicks, {.kind = BaselineKind::prior}))->probabilistic());
  CHECK((*train_baseline(clicks))->probabilistic());
  CHECK_FALSE((*train_baseline(clicks, {.kind = BaselineKind::median}))->probabilistic());
  CHECK_FALSE((*train_baseline(days()))->probabilistic());
}

TEST_CASE("baseline: a prior of values, no rows, no day and a missing day are refused") {
  CHECK_FALSE(train_baseline(days(), {.kind = BaselineKind::prior}));
  CHECK_FALSE(train_baseline(days().slice(0, 0)));
  CHECK_FALSE(train_baseline(days(), {.by = "grup"}));
  Frame::Builder b;
  b.add("day", std::vector<double>{1, std::nan("")});
  b.add("y", std::vector<double>{1, 2}, {.role = Role::label});
  CHECK_FALSE(train_baseline(*std::move(b).build(), {.kind = BaselineKind::last_day}));
}

}  // namespace rehearse::models::baselines_test
