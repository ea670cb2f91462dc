// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/validation/leakage.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;

struct Planted {
  Frame rows;
  std::vector<double> labels;
};

// 4,000 rows of 400 users, two at a moment: `honest` shifts the odds, `copy` is the label, `noise`
// has a level a row, `mood` is the user's own at each moment.
Planted planted() {
  std::vector<double> honest, copy, labels;
  std::vector<std::string> noise;
  std::vector<std::int32_t> user, mood;
  std::vector<std::int64_t> time, told;
  for (std::size_t i = 0; i < 4000; ++i) {
    Stream stream(2, "test.leakage", 0, i);
    user.push_back(static_cast<std::int32_t>(i / 2 % 400)),
        time.push_back(static_cast<std::int64_t>(i / 2));
    honest.push_back(stream.uniform());
    labels.push_back(stream.uniform() < 0.05 + 0.2 * honest.back());
    copy.push_back(labels.back() + 0.1 * stream.uniform());
    noise.push_back("n" + std::to_string(i));
    mood.push_back(static_cast<std::int32_t>(i / 2 % 7));
    told.push_back(time.back() + (labels.back() > 0 ? 5 : -5));
  }
  Frame::Builder b;
  b.add("honest", std::move(honest)).add("copy", std::move(copy)).add("noise", noise);
  b.add("user_id", std::move(user)).add("mood", std::move(mood));
  b.add_time("time", std::move(time)).add_time("told", std::move(told));
  return {*std::move(b).build(), labels};
}

std::vector<std::uint64_t> users_of(const Frame& rows) {
  std::vector<std::uint64_t> all;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    all.push_back(static_cast<std::uint64_t>(rows.find("user_id")->number(row)));
  return all;
}

}  // namespace

TEST_CASE("leakage: alone, a copy ranks all, an honest column some, and a level a row nothing") {
  const Planted p = planted();
  const auto auc = [&](const char* column) {
    return validation::auc_alone(*p.rows.find(column), p.labels, {}, 1)->value;
  };
  CHECK(auc("copy") > 0.99);
  CHECK(auc("honest") > 0.58);
  CHECK(auc("honest") < 0.7);
  CHECK(auc("noise") == Approx(0.5).margin(0.03));
  const std::vector<double> none(4000, 0.0);
  CHECK_FALSE(validation::auc_alone(*p.rows.find("copy"), none, {}, 1)->defined());
}

TEST_CASE("leakage: moments after the row's own are counted; columns without moments are not") {
  const Planted p = planted();
  double clicks = 0;
  for (const double y : p.labels) clicks += y;
  CHECK(validation::late_share(p.rows, *p.rows.find("told")).value() == Approx(clicks / 4000));
  CHECK_FALSE(validation::late_share(p.rows, *p.rows.find("honest")));
  CHECK_FALSE(validation::late_share(p.rows, *p.rows.find("time")));
}

TEST_CASE("leakage: the earlier row is the user's last of another moment") {
  const std::vector<std::uint64_t> users = {1, 1, 2, 1, 1, 2};
  const std::vector<std::int64_t> times = {10, 10, 11, 12, 12, 13};
  const auto earlier = validation::earlier_rows(users, times);
  CHECK_FALSE(earlier[0]);
  CHECK_FALSE(earlier[1]);
  CHECK_FALSE(earlier[2]);
  CHECK(earlier[3] == 1U);
  CHECK(earlier[4] == 1U);
  CHECK(earlier[5] == 2U);
  CHECK(validation::earlier_rows(users, {})[1] == 0U);
}

TEST_CASE("leakage: a column about the user agrees with itself at each moment") {
  const Planted p = planted();
  const auto users = users_of(p.rows);
  const auto times = p.rows.find("time")->values<std::int64_t>();
  CHECK(validation::about_cluster(*p.rows.find("mood"), users, times));
  CHECK_FALSE(validation::about_cluster(*p.rows.find("honest"), users, times));
}

TEST_CASE("leakage: shuffling keeps the values, by rows and by users, and touches nothing else") {
  const Planted p = planted();
  const auto users = users_of(p.rows);
  for (const bool by_user : {false, true}) {
    const auto shuffled = validation::with_shuffled(
        p.rows, "honest",
        by_user ? std::span<const std::uint64_t>(users) : std::span<const std::uint64_t>(), 1, 0);
    REQUIRE(shuffled);
    auto before = p.rows.find("honest")->numbers(), after = shuffled->find("honest")->numbers();
    CHECK(before != after);
    std::sort(before.begin(), before.end()), std::sort(after.begin(), after.end());
    CHECK(before == after);  // users have ten rows each, so none is taken twice
    CHECK(shuffled->find("copy")->numbers() == p.rows.find("copy")->numbers());
  }
  // Whole users: the ten values of a user come from one other user.
  const auto moved = validation::with_shuffled(p.rows, "user_id", users, 1, 3);
  REQUIRE(moved);
  for (std::size_t row = 0; row < 3200; ++row)
    REQUIRE(moved->find("user_id")->number(row) == moved->find("user_id")->number(row + 800));
  CHECK_FALSE(validation::with_shuffled(p.rows, "nowhere", {}, 1, 0));
}
