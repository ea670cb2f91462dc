// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/parity.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/monitor/mistakes.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

constexpr std::size_t kEvents = 4000;

struct EventSide {
  std::vector<std::int64_t> id;
  std::vector<std::int32_t> day;
  std::vector<double> votes;
  std::vector<std::string> topic;
  std::vector<std::uint8_t> present;
};

EventSide plain_events() {
  EventSide side;
  for (std::size_t i = 0; i < kEvents; ++i) {
    side.id.push_back(static_cast<std::int64_t>(i * 7 + 3));
    side.day.push_back(static_cast<std::int32_t>(i / 400));
    side.votes.push_back(static_cast<double>(i % 50) + 1);
    side.topic.emplace_back(i % 2 ? "cats" : "Chess");
    side.present.push_back(1);
  }
  return side;
}

Frame table_of(const EventSide& side) {
  Frame::Builder builder;
  builder.add("impression_id", side.id).add("day", side.day);
  builder.add("votes", side.votes, {.role = Role::feature}).missing(side.present);
  builder.add("topic", side.topic, {.role = Role::feature});
  return *std::move(builder).build();
}

// Scores that are the column `score`.
class GivenScores final : public Scorer {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override {
    return rows.find("score")->numbers();
  }
  std::string describe() const override { return "given"; }
  std::size_t bytes() const override { return 0; }
};

constexpr std::int64_t kMicrosPerHour = 3'600'000'000;

Frame clicks() {
  Frame::Builder builder;
  builder.add_time("time", {0, 0, kMicrosPerHour, kMicrosPerHour, 30 * kMicrosPerHour});
  builder.add("day", std::vector<std::int32_t>{5, 5, 5, 5, 6});
  builder.add("session_id", std::vector<std::int32_t>{1, 1, 2, 2, 3});
  builder.add("click", std::vector<std::uint8_t>{1, 0, 0, 1, 1});
  builder.add_time("click_arrival", {2 * kMicrosPerHour, 0, 0, 99 * kMicrosPerHour, 31 * kMicrosPerHour})
      .missing({1, 0, 0, 1, 1});
  builder.add("score", std::vector<double>{0.2, 0.4, 0.1, 0.3, 0.5});
  return *std::move(builder).build();
}

}  // namespace

TEST_CASE("parity: equal tables have equal cells and hashes, in any order of rows") {
  const Frame offline = table_of(plain_events());
  std::vector<std::uint32_t> backwards;
  for (std::size_t i = kEvents; i-- > 0;) backwards.push_back(static_cast<std::uint32_t>(i));
  const auto same = parity(offline, offline.take(backwards), {.sample = 0.1});
  REQUIRE(same);
  CHECK(same->joined == Approx(kEvents * 0.1).epsilon(0.2));
  for (const ColumnParity& column : same->columns) {
    CHECK(column.differs == 0);
    CHECK(column.why.empty());
  }
  const auto in_order = parity(offline, offline, {.sample = 0.1});
  CHECK(in_order->columns[0].offline_hash == in_order->columns[0].online_hash);
  CHECK(in_order->offline_schema == in_order->online_schema);
}

TEST_CASE("parity: each way to break a feature is called by its name, from its day on") {
  const Frame offline = table_of(plain_events());
  const auto broken = [&](auto&& breaks) {
    EventSide side = plain_events();
    for (std::size_t i = 0; i < kEvents; ++i)
      if (side.day[i] >= 6) breaks(side, i);
    auto found = parity(offline, table_of(side), {.sample = 0.2});
    REQUIRE(found);
    return *found;
  };
  const auto scaled = broken([](EventSide& s, std::size_t i) { s.votes[i] *= 1000; });
  CHECK(scaled.columns[0].why == "1000 times as large online");
  CHECK(scaled.columns[0].offline_hash != scaled.columns[0].online_hash);
  CHECK(scaled.columns[1].differs == 0);
  CHECK(broken([](EventSide& s, std::size_t i) { s.present[i] = 0; }).columns[0].why ==
        "missing online");
  CHECK(broken([](EventSide& s, std::size_t i) { s.topic[i] = i % 2 ? "CATS" : "CHESS"; })
            .columns[1]
            .why == "another casing");
  CHECK(broken([](EventSide& s, std::size_t i) { s.votes[i] = 9; }).columns[0].why ==
        "other values");
  for (std::size_t row = 0; row < scaled.by_day.rows(); ++row) {
    const bool should = scaled.by_day.find("series")->text(row) == "votes" &&
                        scaled.by_day.find("day")->number(row) >= 6;
    CHECK(scaled.by_day.find("differs")->number(row) == (should ? 1.0 : 0.0));
  }
}

TEST_CASE("parity: the sample is of events, so that both sides keep the same") {
  const Frame offline = table_of(plain_events());
  const auto part = parity(offline, offline.slice(0, kEvents / 2), {.sample = 0.05});
  const auto whole = parity(offline, offline, {.sample = 0.05});
  CHECK(part->joined + part->offline_only == whole->joined);
  CHECK(part->online_only == 0);
}

TEST_CASE("parity: what cannot be joined is said") {
  const Frame offline = table_of(plain_events());
  const auto message = [&](const Frame& online, const ParityOptions& options) {
    const auto found = parity(offline, online, options);
    REQUIRE_FALSE(found);
    return found.error().message;
  };
  CHECK(message(offline, {.key = "votes"}).find("whole numbers") != std::string::npos);
  CHECK(message(offline, {.sample = 0}).find("above 0") != std::string::npos);
  CHECK(message(offline.slice(0, 0), {}).find("stands in both tables") != std::string::npos);
  CHECK(message(*offline.append(offline), {.sample = 1}).find("stands twice") != std::string::npos);
  CHECK(message(offline, {.columns = {"vote"}}).find("votes") != std::string::npos);
}

TEST_CASE("schema: a retyped, renamed or dropped column is another schema") {
  const Frame table = table_of(plain_events());
  const auto plain = schema_hash(table, {"votes", "topic"});
  CHECK(plain == schema_hash(table.slice(0, 3), {"votes", "topic"}));
  CHECK(plain != schema_hash(table, {"topic", "votes"}));
  CHECK(plain != schema_hash(table, {"votes", "topics"}));
}

TEST_CASE("mistakes: losses stand when the wait is over, with the clicks that had come by then") {
  const auto losses = mistakes(GivenScores(), clicks(), Mistake::log_loss, 24);
  REQUIRE(losses);
  const auto value = losses->find("value")->numbers(), day = losses->find("day")->numbers();
  const double expected[] = {-std::log(0.2), -std::log(0.6), -std::log(0.9), -std::log(0.7),
                             -std::log(0.5)};  // the fourth click came too late
  for (std::size_t i = 0; i < 5; ++i) CHECK(value[i] == Approx(expected[i]));
  CHECK(day[0] == Approx(6));
  CHECK(day[2] == Approx(6 + 1.0 / 24));
  CHECK(day[4] == Approx(7.25));
  const auto residuals = mistakes(GivenScores(), clicks(), Mistake::residual, 200);
  CHECK(residuals->find("value")->number(3) == Approx(0.7));
}

TEST_CASE("mistakes: a click is missed when the slate's scores put it below the middle") {
  const auto misses = mistakes(GivenScores(), clicks(), Mistake::miss, 200);
  REQUIRE(misses);
  REQUIRE(misses->rows() == 2);  // a slate of one has no middle
  CHECK(misses->find("value")->number(0) == 1);
  CHECK(misses->find("value")->number(1) == 0);
  CHECK_FALSE(mistakes(GivenScores(), clicks(), Mistake::miss, 1));
  CHECK_FALSE(mistakes(GivenScores(), clicks(), Mistake::log_loss, -1));
  CHECK_FALSE(parse_mistake("mae"));
}
