// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/join.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>

namespace {

using namespace rehearse;
using namespace rehearse::features;

struct FeatureRow {
  std::int64_t entity = 0, event = 0, arrival = 0;
  std::optional<double> value;
};
struct EventRow {
  std::int64_t entity = 0, time = 0;
};

Frame events_frame(const std::vector<EventRow>& rows) {
  std::vector<std::int64_t> entity, time;
  for (const EventRow& row : rows) entity.push_back(row.entity), time.push_back(row.time);
  Frame::Builder builder;
  builder.add("user", entity).add("time", time);
  return *std::move(builder).build();
}

Frame features_frame(const std::vector<FeatureRow>& rows) {
  std::vector<std::int64_t> entity, event, arrival;
  std::vector<double> value;
  std::vector<std::uint8_t> valid;
  for (const FeatureRow& row : rows) {
    entity.push_back(row.entity), event.push_back(row.event), arrival.push_back(row.arrival);
    value.push_back(row.value.value_or(0)), valid.push_back(row.value.has_value());
  }
  Frame::Builder builder;
  builder.add("user", entity).add("updated", event).add("arrived", arrival);
  builder.add("value", value).missing(valid);
  return *std::move(builder).build();
}

JoinOptions options_of(JoinMode mode = JoinMode::known, double ttl = -1) {
  return {"user", "time", "updated", "arrived", ttl, mode};
}

bool visible(const FeatureRow& row, const EventRow& event, JoinMode mode, double ttl) {
  if (row.entity != event.entity) return false;
  if (mode == JoinMode::strict ? row.event >= event.time : row.event > event.time) return false;
  if (mode == JoinMode::known && row.arrival > event.time) return false;
  return ttl < 0 || static_cast<double>(event.time - row.event) <= ttl;
}

// The definition, row against row: the winner (-1: none) and the leaks.
struct Want {
  std::int64_t winner = -1;
  bool late = false, future = false, tie = false;
};
Want brute(const EventRow& event, const std::vector<FeatureRow>& rows, JoinMode mode, double ttl) {
  Want want;
  std::size_t alike = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    want.future = want.future || (rows[i].entity == event.entity && rows[i].event > event.time);
    if (!visible(rows[i], event, mode, ttl)) continue;
    if (want.winner >= 0) {
      const FeatureRow& best = rows[static_cast<std::size_t>(want.winner)];
      const auto mine = std::pair(rows[i].event, rows[i].arrival),
                 held = std::pair(best.event, best.arrival);
      if (mine < held) continue;
      alike = mine == held ? alike + 1 : 0;
    }
    want.winner = static_cast<std::int64_t>(i);
  }
  want.tie = alike > 0;
  want.late = want.winner >= 0 && rows[static_cast<std::size_t>(want.winner)].arrival > event.time;
  return want;
}

bool has(const Joined& joined, std::size_t event, LeakKind kind) {
  return std::any_of(joined.leaks.begin(), joined.leaks.end(), [&](const JoinLeak& leak) {
    return leak.event == event && leak.kind == kind;
  });
}

}  // namespace

TEST_CASE("join: every mode and TTL agrees with a comparison of all pairs of rows") {
  rc::check([] {
    const auto mode = *rc::gen::element(JoinMode::known, JoinMode::event_time, JoinMode::strict);
    const double ttl = *rc::gen::element(-1.0, 0.0, 2.0, 5.0);
    std::vector<EventRow> events(*rc::gen::inRange<std::size_t>(1, 25));
    std::vector<FeatureRow> rows(*rc::gen::inRange<std::size_t>(0, 40));
    for (EventRow& event : events)
      event = {*rc::gen::inRange<std::int64_t>(0, 3), *rc::gen::inRange<std::int64_t>(0, 12)};
    for (FeatureRow& row : rows) {
      row.entity = *rc::gen::inRange<std::int64_t>(0, 3);
      row.event = *rc::gen::inRange<std::int64_t>(0, 12);
      row.arrival = row.event + *rc::gen::inRange<std::int64_t>(0, 4);
      if (*rc::gen::inRange(0, 4)) row.value = static_cast<double>(*rc::gen::inRange(0, 100));
    }
    const auto joined =
        point_in_time_join(events_frame(events), features_frame(rows), options_of(mode, ttl));
    RC_ASSERT(joined.has_value());
    RC_ASSERT(joined->rows.rows() == events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
      const Want want = brute(events[i], rows, mode, ttl);
      RC_ASSERT(joined->winner[i] == want.winner);
      RC_ASSERT(has(*joined, i, LeakKind::late) == want.late);
      RC_ASSERT(has(*joined, i, LeakKind::future) == want.future);
      RC_ASSERT(has(*joined, i, LeakKind::tie) == want.tie);
      const Column& value = *joined->rows.find("value");
      const bool empty =
          want.winner < 0 || !rows[static_cast<std::size_t>(want.winner)].value.has_value();
      RC_ASSERT(value.missing(i) == empty);
      if (!empty) RC_ASSERT(value.number(i) == *rows[static_cast<std::size_t>(want.winner)].value);
    }
  });
}

TEST_CASE("join: events keep their order and their duplicates; names that clash get a prefix") {
  Frame events = events_frame({{1, 9}, {1, 3}, {1, 9}});
  Frame::Builder builder;
  builder.add("user", std::vector<std::int64_t>{1, 1});
  builder.add("time", std::vector<std::int64_t>{2, 8});
  builder.add("topic", std::vector<std::string>{"news", "pics"});
  const Frame rows = *std::move(builder).build();
  const auto joined = point_in_time_join(events, rows, {"user", "time", "time"});
  REQUIRE(joined);
  CHECK(joined->rows.names() == std::vector<std::string>{"user", "time", "feature.time", "topic"});
  CHECK(joined->rows.find("topic")->text(0) == "pics");
  CHECK(joined->rows.find("topic")->text(1) == "news");
  CHECK(joined->rows.find("topic")->text(2) == "pics");
}

TEST_CASE("join: times may be seconds, texts or times, also in one join") {
  Frame::Builder events;
  events.add("user", std::vector<std::string>{"a", "a"});
  events.add("time", std::vector<std::string>{"1970-01-01T00:00:09Z", "1970-01-01T00:00:11.5Z"});
  Frame::Builder rows;
  rows.add("user", std::vector<std::string>{"a"});
  rows.add("updated", std::vector<double>{11.25}).add("value", std::vector<double>{5});
  const auto joined = point_in_time_join(*std::move(events).build(), *std::move(rows).build(),
                                         {"user", "time", "updated"});
  REQUIRE(joined);
  CHECK(joined->winner == std::vector<std::int64_t>{-1, 0});
  CHECK(joined->rows.find("value")->missing(0));
}

TEST_CASE("join: no feature rows at all leaves every event with nothing") {
  const auto joined = point_in_time_join(events_frame({{1, 9}}), features_frame({}), options_of());
  REQUIRE(joined);
  CHECK(joined->winner == std::vector<std::int64_t>{-1});
  CHECK(joined->rows.find("value")->missing(0));
  CHECK(joined->leaks.empty());
}

TEST_CASE("join: what is wrong is named with its table and row") {
  const auto message = [](const Frame& events, const Frame& rows, const JoinOptions& options) {
    const auto joined = point_in_time_join(events, rows, options);
    REQUIRE_FALSE(joined);
    CHECK(joined.error().code != Code::internal);
    return joined.error().message;
  };
  const Frame events = events_frame({{1, 9}}), rows = features_frame({{1, 2, 3, 4.0}});
  JoinOptions options = options_of();
  options.entity = "usr";
  CHECK(message(events, rows, options).find("did you mean `user`") != std::string::npos);
  options = options_of(), options.arrival = "arived";
  CHECK(message(events, rows, options).find("the feature rows") != std::string::npos);
  Frame::Builder broken;
  broken.add("user", std::vector<std::int64_t>{1, 1});
  broken.add("time", std::vector<std::string>{"2026-01-01", "yesterday"});
  const std::string text = message(*std::move(broken).build(), rows, options_of());
  CHECK(text.find("the events: row 2") != std::string::npos);
  CHECK(text.find("yesterday") != std::string::npos);
  Frame::Builder texts;
  texts.add("user", std::vector<std::string>{"one"}).add("time", std::vector<double>{1});
  CHECK(message(*std::move(texts).build(), rows, options_of()).find("alike") != std::string::npos);
  CHECK_FALSE(parse_join_mode("newest"));
}
