// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/frame.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "tests/engine/base/tables.hpp"

namespace rehearse {
namespace {

using testing::cells;
using testing::random_table;

Frame built(Frame::Builder& builder) {
  auto frame = std::move(builder).build();
  REQUIRE(frame.has_value());
  return *frame;
}

Frame small() {
  Frame::Builder builder;
  builder.add("score", std::vector<double>{0.25, 0.5, 0.75},
              {.role = Role::feature, .unit = "probability"});
  builder.add("clicks", std::vector<std::int64_t>{1, 2, 3}).missing({1, 0, 1});
  builder.add("community", std::vector<std::string>{"news", "pics", "news"},
              {.privacy = Privacy::sensitive});
  return built(builder);
}

std::string why(Frame::Builder& builder) {
  auto frame = std::move(builder).build();
  REQUIRE_FALSE(frame.has_value());
  CHECK(frame.error().code == Code::invalid_argument);
  return frame.error().message;
}

TEST_CASE("frame: a column keeps its values, type, role, privacy and unit") {
  const Frame frame = small();
  REQUIRE(frame.rows() == 3);
  REQUIRE(frame.columns() == 3);
  const Column& score = **frame.require("score");
  CHECK(score.values<double>()[1] == 0.5);
  CHECK((score.type() == Type::float64 && score.role() == Role::feature &&
         score.unit() == "probability"));
  const Column& community = *frame.find("community");
  CHECK(community.privacy() == Privacy::sensitive);
  CHECK(community.text(2) == "news");
  CHECK(community.dictionary() == std::vector<std::string>{"news", "pics"});
  CHECK(frame.has_role(Role::feature));
  CHECK_FALSE(frame.has_role(Role::truth));
  CHECK(frame.find("nothing") == nullptr);
}

TEST_CASE("frame: every stored type comes back as it was put in, widens to double and prints") {
  Frame::Builder builder;
  builder.add("f64", std::vector<double>{0.1, -0.0});
  builder.add("f32", std::vector<float>{0.1f, 16777216.f});
  builder.add("i64", std::vector<std::int64_t>{std::numeric_limits<std::int64_t>::min(), 7});
  builder.add("i32", std::vector<std::int32_t>{-5, 5});
  builder.add("u8", std::vector<std::uint8_t>{0, 255});
  builder.add("yes", std::vector<bool>{true, false});
  builder.add("at", std::vector<Time>{Time{0}, Time{1'500'000}});
  builder.add_boolean("flag", {2, 0});
  const Frame frame = built(builder);
  CHECK(frame.find("f64")->cell(0) == "0.1");
  CHECK(frame.find("f32")->cell(0) == "0.1");
  CHECK(frame.find("f32")->number(1) == 16777216.0);
  CHECK(frame.find("i64")->cell(0) == "-9223372036854775808");
  CHECK(frame.find("i32")->numbers() == std::vector<double>{-5, 5});
  CHECK(frame.find("u8")->cell(1) == "255");
  CHECK(frame.find("yes")->type() == Type::boolean);
  CHECK((frame.find("yes")->cell(0) == "true" && frame.find("yes")->number(0) == 1));
  CHECK(frame.find("at")->cell(1) == "1970-01-01T00:00:01.5Z");
  CHECK(frame.find("at")->values<std::int64_t>()[1] == 1'500'000);
  CHECK(frame.find("flag")->values<std::uint8_t>()[0] == 1);
}

TEST_CASE("frame: a missing cell is NaN as a number and empty as text") {
  const Frame frame = small();
  const Column& clicks = *frame.find("clicks");
  CHECK((clicks.missing(1) && !clicks.missing(0)));
  CHECK(clicks.missing_count() == 1);
  CHECK(std::isnan(clicks.number(1)));
  CHECK(std::isnan(clicks.numbers()[1]));
  CHECK(clicks.cell(1).empty());
  CHECK_FALSE(frame.find("score")->has_missing());
}

TEST_CASE("frame: a missing text has code -1, and texts that only missing cells held are gone") {
  Frame::Builder builder;
  builder.add("word", std::vector<std::string>{"", "b", "a", "b"}).missing({0, 1, 1, 0});
  const Frame frame = built(builder);
  const Column& word = *frame.find("word");
  CHECK(std::vector<std::int32_t>(word.values<std::int32_t>().begin(),
                                  word.values<std::int32_t>().end()) ==
        std::vector<std::int32_t>{-1, 0, 1, -1});
  CHECK(word.dictionary() == std::vector<std::string>{"b", "a"});
  CHECK((word.missing(0) && word.missing(3) && word.text(0).empty()));
}

TEST_CASE("frame: a dictionary may be shared, and code -1 is missing") {
  const auto words =
      std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"x", "y"});
  Frame::Builder builder;
  builder.add_dictionary("one", {0, -1, 1}, words).add_dictionary("two", {1, 1, 1}, words);
  const Frame frame = built(builder);
  CHECK(frame.find("one")->missing(1));
  CHECK(frame.find("two")->text(0) == "y");
  CHECK(&frame.find("one")->dictionary() == &frame.find("two")->dictionary());
}

TEST_CASE("frame: an unknown column is refused with the nearest name and those there are") {
  const Frame frame = small();
  const auto column = frame.require("scroe");
  REQUIRE_FALSE(column.has_value());
  CHECK(column.error().code == Code::invalid_argument);
  CHECK_THAT(column.error().message, Catch::Contains("`scroe`") &&
                                         Catch::Contains("did you mean `score`?") &&
                                         Catch::Contains("columns: score, clicks, community"));
  CHECK_THAT(frame.require("zzzzzzzz").error().message, !Catch::Contains("did you mean"));
  CHECK_THAT(Frame().require("x").error().message, Catch::Contains("there are no columns"));
}

TEST_CASE(
    "frame: a builder refuses lengths that differ, names that repeat and codes without a text") {
  Frame::Builder lengths;
  lengths.add("a", std::vector<double>{1}).add("b", std::vector<double>{1, 2});
  CHECK_THAT(why(lengths), Catch::Contains("`b` has 2 rows") && Catch::Contains("`a` has 1"));
  Frame::Builder names;
  names.add("a", std::vector<double>{1}).add("a", std::vector<double>{1});
  CHECK_THAT(why(names), Catch::Contains("`a` stands twice"));
  Frame::Builder nameless;
  nameless.add("", std::vector<double>{1});
  CHECK_THAT(why(nameless), Catch::Contains("needs a name"));
  for (std::int32_t code : {1, -2}) {
    Frame::Builder codes;
    codes.add_dictionary("a", {code}, std::make_shared<const std::vector<std::string>>(1, "x"));
    CHECK_THAT(why(codes), Catch::Contains(fmt::format("code {}", code)));
  }
  Frame::Builder marks;
  marks.add("a", std::vector<double>{1, 2}).missing({1});
  CHECK_THAT(why(marks), Catch::Contains("`a`"));
}

TEST_CASE("frame: a slice shares its storage and clamps to the rows there are") {
  const Frame frame = small();
  const Frame tail = frame.slice(1, 99);
  REQUIRE(tail.rows() == 2);
  CHECK(tail.find("score")->values<double>().data() ==
        frame.find("score")->values<double>().data() + 1);
  CHECK(tail.find("clicks")->missing(0));
  CHECK(tail.find("community")->text(1) == "news");
  CHECK(frame.slice(2, 1).rows() == 0);
  CHECK(frame.slice(7, 9).rows() == 0);
}

TEST_CASE("frame: select keeps the order asked for and refuses unknown and repeated names") {
  const Frame frame = small();
  const std::vector<std::string> order = {"community", "score"};
  const auto chosen = frame.select(order);
  REQUIRE(chosen.has_value());
  CHECK(chosen->names() == order);
  CHECK(chosen->rows() == 3);
  CHECK_FALSE(frame.select(std::vector<std::string>{"nope"}).has_value());
  CHECK_FALSE(frame.select(std::vector<std::string>{"score", "score"}).has_value());
}

TEST_CASE("frame: with adds a column, replaces one of the same name, and refuses another length") {
  const Frame frame = small();
  const Column truth = frame.find("score")->renamed("p_true").with_info({.role = Role::truth});
  const auto wider = frame.with(truth);
  REQUIRE(wider.has_value());
  CHECK((wider->columns() == 4 && wider->has_role(Role::truth)));
  const auto replaced = wider->with(frame.find("clicks")->renamed("score"));
  REQUIRE(replaced.has_value());
  CHECK((replaced->columns() == 4 && replaced->find("score")->type() == Type::int64));
  CHECK_FALSE(frame.with(*frame.slice(0, 2).find("score")).has_value());
  CHECK(Frame().with(truth)->rows() == 3);
}

TEST_CASE(
    "frame: append joins rows by name, texts by what they say, and refuses what does not match") {
  Frame::Builder builder;
  builder.add("community", std::vector<std::string>{"ask", "pics"});
  builder.add("clicks", std::vector<std::int64_t>{4, 5});
  builder.add("score", std::vector<double>{1, 0});
  const Frame other = built(builder);
  const auto both = small().append(other);
  REQUIRE(both.has_value());
  CHECK(both->names() == small().names());
  CHECK(both->find("clicks")->numbers()[4] == 5);
  CHECK((both->find("clicks")->missing(1) && !both->find("clicks")->missing(3)));
  CHECK(both->find("community")->text(3) == "ask");
  CHECK(both->find("community")->dictionary() == std::vector<std::string>{"news", "pics", "ask"});
  CHECK(both->find("score")->role() == Role::feature);

  const auto narrow = small().append(*small().select(std::vector<std::string>{"score"}));
  CHECK_FALSE(narrow.has_value());
  const auto mistyped = other.append(*other.with(other.find("clicks")->renamed("score")));
  REQUIRE_FALSE(mistyped.has_value());
  CHECK_THAT(mistyped.error().message,
             Catch::Contains("`score`") && Catch::Contains("float64") && Catch::Contains("int64"));
}

TEST_CASE("frame: a frame without columns is the neutral element of append") {
  CHECK(Frame().append(small())->hash() == small().hash());
  CHECK(small().append(Frame())->hash() == small().hash());
  CHECK(Frame().append(Frame())->columns() == 0);
}

TEST_CASE("frame: any slices put together again are the whole") {
  rc::check("", [] {
    const Frame frame = random_table();
    const auto cut = *rc::gen::inRange<std::size_t>(0, frame.rows() + 1);
    const auto whole = frame.slice(0, cut).append(frame.slice(cut, frame.rows()));
    RC_ASSERT(whole.has_value());
    RC_ASSERT(cells(*whole) == cells(frame));
    RC_ASSERT(whole->hash() == frame.hash());
  });
}

TEST_CASE("frame: a slice of a slice is one slice, and taking its rows copies it") {
  rc::check("", [] {
    const Frame frame = random_table();
    const auto begin = *rc::gen::inRange<std::size_t>(0, frame.rows() + 1);
    const auto end = *rc::gen::inRange<std::size_t>(begin, frame.rows() + 1);
    const auto inner = *rc::gen::inRange<std::size_t>(0, end - begin + 1);
    const Frame once = frame.slice(begin + inner, end);
    RC_ASSERT(cells(frame.slice(begin, end).slice(inner, frame.rows())) == cells(once));
    std::vector<std::uint32_t> rows(once.rows());
    std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(begin + inner));
    RC_ASSERT(frame.take(rows).hash() == once.hash());
    std::vector<std::uint32_t> all(once.rows());
    std::iota(all.begin(), all.end(), 0u);
    RC_ASSERT(cells(once.take(all)) == cells(once));
  });
}

TEST_CASE("frame: take gives each row asked for, in any order and as often as asked") {
  rc::check("", [] {
    const Frame frame = random_table(*rc::gen::inRange<std::size_t>(1, 30));
    const auto rows = *rc::gen::container<std::vector<std::uint32_t>>(
        rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(frame.rows())));
    const auto taken = cells(frame.take(rows)), all = cells(frame);
    for (std::size_t c = 0; c < all.size(); ++c)
      for (std::size_t i = 0; i < rows.size(); ++i)
        RC_ASSERT(taken[c][i + 2] == all[c][rows[i] + 2]);
  });
}

TEST_CASE(
    "frame: equal content has an equal hash, whatever its dictionary and what lies under missing "
    "cells") {
  Frame::Builder first, second;
  first.add("word", std::vector<std::string>{"a", "b", "c"});
  second.add_dictionary("word", {2, 1, 0},
                        std::make_shared<const std::vector<std::string>>(
                            std::vector<std::string>{"c", "b", "a", "unused"}));
  first.add("x", std::vector<double>{1, 2, -0.0}).missing({1, 0, 1});
  second.add("x", std::vector<double>{1, 99, 0.0}).missing({1, 0, 1});
  first.add("y", std::vector<std::int32_t>{1, 2, 3});
  second.add("y", std::vector<std::int32_t>{1, 2, 3}).missing({1, 1, 1});
  CHECK(built(first).hash() == built(second).hash());
}

TEST_CASE("frame: another value, name, type, role, unit or missing mark has another hash") {
  const Frame frame = small();
  const Column& score = *frame.find("score");
  CHECK(score.renamed("x").hash() != score.hash());
  CHECK(score.with_info({.role = Role::truth, .unit = "probability"}).hash() != score.hash());
  CHECK(score.with_info({.role = Role::feature, .unit = "ms"}).hash() != score.hash());
  CHECK(frame.slice(0, 2).hash() != frame.slice(1, 3).hash());
  Frame::Builder types, marks;
  types.add("a", std::vector<std::int32_t>{0, 0}).add("b", std::vector<std::int64_t>{0});
  marks.add("clicks", std::vector<std::int64_t>{1, 2, 3});
  CHECK(built(marks).find("clicks")->hash() != frame.find("clicks")->hash());
  rc::check("", [] {
    const Frame random = random_table(*rc::gen::inRange<std::size_t>(1, 20));
    const auto row = *rc::gen::inRange<std::size_t>(0, random.rows());
    std::vector<double> scores = random.find("score")->numbers();
    scores[row] += scores[row] == 0 ? 1 : scores[row];
    Frame::Builder changed;
    changed.add("score", std::move(scores), random.find("score")->info());
    RC_ASSERT(std::move(changed).build()->find("score")->hash() != random.find("score")->hash());
  });
}

TEST_CASE("frame: bytes count what is allocated, shared storage once") {
  Frame::Builder builder;
  builder.add("x", std::vector<double>(1000));
  const Frame frame = built(builder);
  CHECK(frame.bytes() == 8000);
  CHECK(frame.slice(10, 20).bytes() == 8000);
  CHECK(frame.with(frame.find("x")->renamed("y"))->bytes() == 8000);
  CHECK(frame.take(std::vector<std::uint32_t>{1, 2, 3}).bytes() == 24);

  const auto words = std::make_shared<const std::vector<std::string>>(
      std::vector<std::string>{std::string(100, 'x'), "b"});
  const std::size_t dictionary = 2 * sizeof(std::string) + 101;
  Frame::Builder texts;
  texts.add_dictionary("one", {0, 1}, words).add_dictionary("two", {0, 1}, words).missing({1, 0});
  CHECK(built(texts).bytes() == 2 * 8 + 2 + dictionary);
}

TEST_CASE("frame: bytes never grow by slicing or selecting") {
  rc::check("", [] {
    const Frame frame = random_table();
    RC_ASSERT(frame.slice(1, frame.rows()).bytes() == frame.bytes());
    std::size_t separately = 0;
    for (std::size_t c = 0; c < frame.columns(); ++c) separately += frame.column(c).bytes();
    RC_ASSERT(frame.bytes() == separately);  // nothing is shared between these columns
  });
}

}  // namespace
}  // namespace rehearse
