// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/json.hpp"
#include "engine/base/read.hpp"

namespace rehearse {
namespace {

using Texts = std::vector<std::string>;

Frame table(std::string_view text, const ReadOptions& options = {}) {
  INFO(text);
  auto report = parse_jsonl(text, options, "f.jsonl");
  if (!report) FAIL(report.error().message);
  return report->frame;
}

std::string why(std::string_view text, const ReadOptions& options = {}) {
  INFO(text);
  const auto report = parse_jsonl(text, options, "f.jsonl");
  REQUIRE_FALSE(report.has_value());
  return report.error().message;
}

Texts column(const Frame& frame, const char* name) {
  Texts out;
  const Column& values = **frame.require(name);
  for (std::size_t row = 0; row < frame.rows(); ++row)
    out.push_back(values.missing(row) ? "(missing)" : values.cell(row));
  return out;
}

TEST_CASE("jsonl: keys become columns, in order of first appearance") {
  const Frame frame = table(
      "{\"id\": 1, \"score\": 0.5, \"on\": true, \"name\": "
      "\"a\"}\n{\"name\":\"b\",\"on\":false,\"score\":1,\"id\":2}\n");
  CHECK(frame.names() == Texts{"id", "score", "on", "name"});
  CHECK(frame.find("id")->type() == Type::int64);
  CHECK(frame.find("score")->type() == Type::float64);
  CHECK(frame.find("on")->type() == Type::boolean);
  CHECK(column(frame, "name") == Texts{"a", "b"});
}

TEST_CASE("jsonl: an absent key and null are missing, also in rows before the key appeared") {
  const Frame frame = table("{\"a\":1}\n{\"b\":2}\n{\"a\":null,\"b\":3,\"c\":\"x\"}\n{}\n");
  CHECK(column(frame, "a") == Texts{"1", "(missing)", "(missing)", "(missing)"});
  CHECK(column(frame, "b") == Texts{"(missing)", "2", "3", "(missing)"});
  CHECK(column(frame, "c") == Texts{"(missing)", "(missing)", "x", "(missing)"});
}

TEST_CASE("jsonl: a quoted number is text; mixed columns become text, as written") {
  CHECK(column(table("{\"x\":\"1\"}\n{\"x\":\"2\"}"), "x") == Texts{"1", "2"});
  CHECK(table("{\"x\":\"1\"}").find("x")->type() == Type::dictionary);
  CHECK(column(table("{\"x\":1.50}\n{\"y\":1}\n{\"x\":true}\n{\"x\":\"t\"}"), "x") ==
        Texts{"1.50", "(missing)", "true", "t"});
  CHECK(column(table("{\"x\":\"\"}\n{\"x\":null}"), "x") == Texts{"", "(missing)"});
}

TEST_CASE("jsonl: escapes mean what RFC 8259 says") {
  CHECK(column(table(R"({"x":"\"\\\/\b\f\n\r\t"})"), "x") == Texts{"\"\\/\b\f\n\r\t"});
  CHECK(column(table(R"({"x":"a\u00e9b\u20ac\ud83d\ude00"})"), "x") == Texts{"aéb€😀"});
  CHECK(table(R"({"\u0061b":1})").names() == Texts{"ab"});
}

TEST_CASE("jsonl: NaN and infinities, which Python writes, are values") {
  const Frame frame = table("{\"x\":NaN}\n{\"x\":Infinity}\n{\"x\":-Infinity}\n");
  CHECK((std::isnan(frame.column(0).number(0)) && !frame.column(0).missing(0)));
  CHECK((frame.column(0).number(1) == INFINITY && frame.column(0).number(2) == -INFINITY));
}

TEST_CASE("jsonl: times are parsed from texts and from numbers") {
  const Frame frame = table("{\"at\":\"2026-06-15\"}\n{\"at\":1781512200}", {.times = {"at"}});
  CHECK(column(frame, "at") == Texts{"2026-06-15T00:00:00Z", "2026-06-15T08:30:00Z"});
  CHECK_THAT(why("{\"at\":\"soon\"}", {.times = {"at"}}), Catch::Contains("line 1: column `at`"));
}

TEST_CASE("jsonl: each kind of bad line is refused with its number and the character's place") {
  const std::string good = "{\"a\":1}\n";
  CHECK_THAT(why(good + "{\"a\":1"),
             Catch::Contains("f.jsonl: line 2: character 7: the object does not end on its line"));
  CHECK_THAT(why(good + "\n{\n\"a\":1}"),
             Catch::Contains("line 3:") && Catch::Contains("one object a line"));
  CHECK_THAT(why("[{\"a\":1}]"), Catch::Contains("an array"));
  CHECK_THAT(why("3"), Catch::Contains("expected an object"));
  CHECK_THAT(why("{\"a\":{\"b\":1}}"), Catch::Contains("`a` holds an object or an array"));
  CHECK_THAT(why("{\"a\":[1]}"), Catch::Contains("`a` holds"));
  CHECK_THAT(why("{\"a\":1} x"), Catch::Contains("character 9: text behind the object"));
  CHECK_THAT(why("{\"a\" 1}"), Catch::Contains("expected :"));
  CHECK_THAT(why("{a:1}"), Catch::Contains("key in double quotes"));
  CHECK_THAT(why("{\"a\":1 \"b\":2}"), Catch::Contains("expected , or }"));
  CHECK_THAT(why("{\"a\":1,}"), Catch::Contains("key in double quotes"));
  CHECK_THAT(why("{\"a\":1,\"a\":2}"), Catch::Contains("`a` stands twice"));
  CHECK_THAT(why("{\"\":1}"), Catch::Contains("a key is empty"));
  CHECK_THAT(why("{\"a\":\"x}"), Catch::Contains("not closed"));
  CHECK_THAT(why("{\"a\":\"x\ty\"}"), Catch::Contains("control character"));
  CHECK_THAT(why(R"({"a":"\x"})"), Catch::Contains("unknown escape"));
  CHECK_THAT(why(R"({"a":"\u12"})"), Catch::Contains("four hexadecimal"));
  CHECK_THAT(why(R"({"a":"\ud83d"})"), Catch::Contains("surrogate"));
  CHECK_THAT(why(R"({"a":"\ud83dA"})"), Catch::Contains("surrogate"));
  CHECK_THAT(why(R"({"a":"\ude00"})"), Catch::Contains("surrogate"));
  CHECK_THAT(why(R"({"a":"\u0000"})"), Catch::Contains("NUL"));
  CHECK_THAT(why("{\"a\":1e999}"), Catch::Contains("line 1: column `a`: 1e999"));
  CHECK_THAT(why("{\"a\":\"\xff\"}"), Catch::Contains("not UTF-8"));
  CHECK_THAT(why("{}\n{}"), Catch::Contains("columns"));
  CHECK_THAT(why(""), Catch::Contains("is empty"));
}

TEST_CASE("jsonl: numbers follow the grammar of JSON") {
  for (const char* number : {"01", "-", "+1", ".5", "5.", "1e", "1e+", "0x1", "nan", "-01", "--1",
                             "tru", "nul", "1.2.3"}) {
    const std::string text = fmt::format("{{\"a\":{}}}", number);
    INFO(text);
    CHECK_FALSE(parse_jsonl(text, {}, "f").has_value());
  }
  for (const char* number : {"0", "-0", "10", "0.5", "-1.25e-3", "1E5", "1e+5"})
    CHECK(table(fmt::format("{{\"a\":{}}}", number)).column(0).number(0) == std::stod(number));
}

TEST_CASE("jsonl: with skip_bad bad lines are left out whole and counted") {
  const auto report = parse_jsonl(
      "{\"a\":1}\n{\"a\":2,\"b\":}\n{\"a\":3,\"c\":4\n{\"a\":1e999}\n{\"a\":\"\xff\"}\n{\"a\":5}\n",
      {.skip_bad = true}, "f");
  REQUIRE(report.has_value());
  CHECK(report->frame.names() == Texts{"a"});
  CHECK(column(report->frame, "a") == Texts{"1", "5"});
  CHECK(report->skipped == 4);
  CHECK_THAT(report->first_skipped, Catch::Contains("f: line 2:"));
}

TEST_CASE("jsonl: many lines with keys of their own are refused before they fill the memory") {
  std::string text;
  for (int line = 0; line < 30'000; ++line) text += fmt::format("{{\"k{}\":1}}\n", line);
  const auto report = parse_jsonl(text, {}, "f");
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().code == Code::limit);
}

TEST_CASE("jsonl: agrees with nlohmann's parser on random objects") {
  rc::check("", [] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 10);
    std::string text;
    std::vector<Json> objects;
    for (std::size_t row = 0; row < rows; ++row) {
      Json object = Json::object();
      object["first"] = *rc::gen::arbitrary<std::int64_t>();
      if (*rc::gen::arbitrary<bool>()) object["n"] = *rc::gen::arbitrary<std::int64_t>();
      if (*rc::gen::arbitrary<bool>()) object["x"] = *rc::gen::arbitrary<double>();
      if (*rc::gen::arbitrary<bool>()) object["on"] = *rc::gen::arbitrary<bool>();
      if (*rc::gen::arbitrary<bool>())
        object["t"] = *rc::gen::container<std::string>(
            rc::gen::element('a', '"', '\\', '\n', '\t', '/', '\x01', ' '));
      const bool ascii = *rc::gen::arbitrary<bool>();
      text += object.dump(-1, ' ', ascii) + "\n";
      objects.push_back(object);
    }
    const auto report = parse_jsonl(text, {}, "f");
    RC_ASSERT(report.has_value());
    for (std::size_t row = 0; row < rows; ++row)
      for (const char* key : {"first", "n", "x", "on", "t"}) {
        const Column* values = report->frame.find(key);
        if (!objects[row].contains(key)) {
          RC_ASSERT((!values || values->missing(row)));
        } else if (objects[row][key].is_string()) {
          RC_ASSERT(values->text(row) == objects[row][key].get<std::string>());
        } else if (objects[row][key].is_boolean()) {
          RC_ASSERT((values->number(row) != 0) == objects[row][key].get<bool>());
        } else {
          RC_ASSERT(values->number(row) == objects[row][key].get<double>());
        }
      }
  });
}

TEST_CASE("jsonl: no bytes whatever crash the reader") {
  rc::check("", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::element(
        '{', '}', '"', ':', ',', 'a', '1', '\\', 'u', '\n', ' ', '-', '.', '[', 'n', '\0', '\xff'));
    for (bool skip : {false, true}) {
      const auto report = parse_jsonl(text, {.skip_bad = skip}, "f");
      if (!report) RC_ASSERT(!report.error().message.empty());
    }
  });
}

}  // namespace
}  // namespace rehearse
