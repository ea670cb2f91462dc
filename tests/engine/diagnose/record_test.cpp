// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "engine/diagnose/ingest.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::diagnose;

std::string kind_of_fault(std::string_view line, const RecordLimits& limits = {}) {
  const auto record = parse_record(line, limits);
  return record ? "" : record.error().kind;
}

Record record_of(std::string_view line) {
  auto record = parse_record(line);
  REQUIRE(record);
  return *std::move(record);
}

JsonSchema schema_of(std::string_view text) {
  auto schema = JsonSchema::compile(text);
  INFO((schema ? "" : schema.error().message));
  REQUIRE(schema);
  return *std::move(schema);
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

IngestReport ingested(std::string_view text, const IngestOptions& options) {
  auto report = ingest_text(text, options);
  INFO((report ? "" : report.error().message));
  REQUIRE(report);
  return *std::move(report);
}

}  // namespace

TEST_CASE("record: what the limits forbid is refused with its kind") {
  CHECK(kind_of_fault(R"({"a": 1, "b": {"c": [1, 2]}})").empty());
  CHECK(kind_of_fault("") == "syntax");
  CHECK(kind_of_fault(repeated("[", 33) + repeated("]", 33)) == "limit");
  CHECK(kind_of_fault(repeated("[", 32) + repeated("]", 32)).empty());
  CHECK(kind_of_fault(repeated("[", 1000000)) == "limit");
  CHECK(kind_of_fault(R"({"a": 1, "a": 2})") == "duplicate key");
  CHECK(kind_of_fault(R"({"a": {"b": 1}, "c": {"b": 1}})").empty());
  CHECK(kind_of_fault("{\"a\": \"\xC3\x28\"}") == "encoding");
  CHECK(kind_of_fault(std::string("{\"a\": 1}\0", 9)) == "encoding");
  CHECK(kind_of_fault("[1, 2, 3]", {.items = 2}) == "limit");
  CHECK(kind_of_fault("{\"text\": \"0123456789\"}", {.bytes = 10}) == "limit");
}

TEST_CASE("record: a million keys are refused, not kept") {
  std::string line = "{";
  for (int i = 0; i < 1000000; ++i) line += fmt::format("{}\"k{}\":1", i ? "," : "", i);
  line += "}";
  CHECK(kind_of_fault(line, {.bytes = std::size_t{1} << 26}) == "limit");
}

TEST_CASE("record: half a record says that it stops in its middle; other faults say where") {
  const std::string whole = R"({"user": {"id": 7}, "tags": ["a", "b"], "click": true})";
  REQUIRE(kind_of_fault(whole).empty());
  for (std::size_t length = 1; length < whole.size(); ++length) {
    INFO(whole.substr(0, length));
    CHECK(kind_of_fault(whole.substr(0, length)) == "truncated");
  }
  const auto nan = parse_record(R"({"a": NaN})");
  REQUIRE_FALSE(nan);
  CHECK(nan.error().kind == "syntax");
  CHECK(nan.error().mend.find("null") != std::string::npos);
  const auto comma = parse_record(R"({"a": 1,})");
  REQUIRE_FALSE(comma);
  CHECK(comma.error().mend.find("comma") != std::string::npos);
  CHECK(kind_of_fault(R"({"a": 1e999})") == "syntax");
  CHECK(kind_of_fault(R"({"a": 1} {"b": 2})") == "syntax");
}

TEST_CASE("schema: what cannot be used is refused, and what valijson cannot do is unsupported") {
  const auto code_of = [](std::string_view text) {
    const auto schema = JsonSchema::compile(text);
    REQUIRE_FALSE(schema);
    CHECK(schema.error().message.size() > 10);
    return schema.error().code;
  };
  CHECK(code_of("{") == Code::bad_data);
  CHECK(code_of("[]") == Code::bad_data);
  CHECK(code_of(R"({"type": "strange"})") == Code::bad_data);
  CHECK(code_of(R"({"$ref": "#/definitions/nobody"})") == Code::bad_data);
  CHECK(code_of(R"({"pattern": "["})") == Code::bad_data);
  CHECK(code_of(R"({"pattern": "^(a+)+$"})") == Code::unsupported);
  CHECK(code_of(R"({"$ref": "other.json"})") == Code::unsupported);
  CHECK(code_of(R"({"$ref": "http://json-schema.org/draft-07/schema#"})") == Code::unsupported);
  // A circle that consumes nothing would never end.
  CHECK(code_of(R"({"allOf": [{"$ref": "#"}]})") == Code::bad_data);
  CHECK(code_of(
            R"({"definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}},
                   "properties": {"x": {"$ref": "#/definitions/a"}}})") == Code::bad_data);
  // A tree is no such circle.
  const auto tree =
      schema_of(R"({"properties": {"next": {"$ref": "#"}, "id": {"type": "integer"}}})");
  CHECK(tree.validate(record_of(R"({"next": {"next": {"id": 1}}})")).empty());
  CHECK_FALSE(tree.validate(record_of(R"({"next": {"next": {"id": "x"}}})")).empty());
}

TEST_CASE("schema: a fault names the innermost path, what stands there and what is wanted") {
  const auto schema = schema_of(R"({"type": "object", "required": ["user"], "properties": {
      "at": {"type": "string", "format": "date-time"},
      "user": {"type": "object", "required": ["id"], "additionalProperties": false,
               "properties": {"id": {"type": "integer"}, "age": {"type": "number", "maximum": 120}}},
      "tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}}}})");
  const auto first = [&](std::string_view line) {
    const auto faults = schema.validate(record_of(line));
    REQUIRE_FALSE(faults.empty());
    return faults.front();
  };
  CHECK(first("{}").path == "user");
  CHECK(first("{}").kind == "missing key");
  CHECK(first(R"({"user": {}})").path == "user.id");
  CHECK(first(R"({"user": {"id": "seven"}})").kind == "type");
  CHECK(first(R"({"user": {"id": "seven"}})").reason ==
        "a text, and the schema wants integer: \"seven\"");
  CHECK(first(R"({"user": {"id": 1, "age": 5000}})").kind == "range");
  CHECK(first(R"({"user": {"id": 1, "ago": 5}})").kind == "unknown key");
  CHECK(first(R"({"user": {"id": 1, "ago": 5}})").reason.find("`ago`") != std::string::npos);
  CHECK(first(R"({"user": {"id": 1}, "tags": ["ok", "NO"]})").path == "tags[1]");
  CHECK(first(R"({"user": {"id": 1}, "at": "yesterday"})").kind == "format");
  CHECK(schema.validate(record_of(R"({"user": {"id": 1}, "at": "2026-06-01T00:00:00Z"})")).empty());
  // std::regex takes stack with the length of what it reads.
  CHECK(first(R"({"user": {"id": 1}, "tags": [")" + std::string(500000, 'a') + "\"]}").kind ==
        "limit");
}

TEST_CASE("schema: fields tell types, roles and what a reference stands for") {
  const auto schema = schema_of(R"({"definitions": {"id": {"type": "integer", "x-role": "id"}},
      "required": ["user"], "properties": {"user": {"properties": {"id": {"$ref": "#/definitions/id"}}},
      "click": {"type": ["boolean", "null"], "x-role": "label"},
      "tags": {"type": "array", "items": {"type": "string"}}}})");
  REQUIRE(schema.field("user.id"));
  CHECK(schema.field("user.id")->role == "id");
  CHECK(schema.field("user")->required);
  CHECK(schema.field("click")->wants("null"));
  CHECK(schema.field("tags[]")->wants("string"));
  CHECK_FALSE(schema.field("nobody"));
}

TEST_CASE("coerce: casts what loses nothing, leaves the rest, and counts") {
  const auto schema =
      schema_of(R"({"properties": {"n": {"type": "integer"}, "x": {"type": "number"},
      "b": {"type": "boolean"}, "t": {"type": "string", "format": "date-time"}, "s": {"type": "string"},
      "o": {"type": ["number", "null"]}, "list": {"type": "array", "items": {"type": "integer"}}}})");
  RepairCounts counts;
  Record record = record_of(R"({"n": " 12 ", "x": "1.5e3", "b": "true", "t": 1780272000, "s": 7,
                                "o": "N/A", "list": ["1", 2]})");
  CHECK(coerce(record, schema, counts) == 7);
  CHECK(record == record_of(R"({"n": 12, "x": 1500.0, "b": true, "t": "2026-06-01T00:00:00Z",
                                "s": "7", "o": null, "list": [1, 2]})"));
  CHECK(counts[{"n", "text to number"}] == 1);
  CHECK(counts[{"t", "seconds to time"}] == 1);
  CHECK(counts[{"list[]", "text to number"}] == 1);
  Record kept = record_of(R"({"n": "12.5", "x": "1,5", "b": "maybe", "n2": "7"})");
  const Record before = kept;
  CHECK(coerce(kept, schema, counts) == 0);
  CHECK(kept == before);
  Record millis = record_of(R"({"t": 1780272000000})");
  CHECK(coerce(millis, schema, counts) == 1);
  CHECK(millis["t"] == "2026-06-01T00:00:00Z");
}

TEST_CASE("repairs: keys are renamed where the new place is free, units mended above a limit") {
  RepairCounts counts;
  Record record = record_of(R"({"post": {"score": 3}, "dwell": 14000, "list": [{"ms": 5000}]})");
  CHECK(rename(record, *parse_rename("post.score=post.votes"), counts) == 1);
  CHECK(rescale(record, *parse_rescale("dwell>600/1000"), counts) == 1);
  CHECK(rescale(record, *parse_rescale("list[].ms > 100 / 1000"), counts) == 1);
  CHECK(record == record_of(R"({"post": {"votes": 3}, "dwell": 14.0, "list": [{"ms": 5.0}]})"));
  Record taken = record_of(R"({"post": {"score": 3, "votes": 4}})");
  CHECK(rename(taken, *parse_rename("post.score=post.votes"), counts) == 0);
  CHECK_FALSE(parse_rename("post.score"));
  CHECK_FALSE(parse_rescale("dwell/1000"));
  CHECK_FALSE(parse_rescale("dwell>6/0"));
}

TEST_CASE("flatten: nested keys, arrays as lengths, texts or rows; types as the values show them") {
  const std::string lines =
      R"({"id": 1, "user": {"name": "a", "vip": true}, "tags": ["x", "y"], "w": 1})"
      "\n"
      R"({"id": 2, "user": {"name": "b"}, "tags": [], "w": 1.5, "odd": 1})"
      "\n\n"
      R"({"id": 3, "user": null, "tags": ["x"], "w": null, "odd": "one"})"
      "\n";
  const auto counted = ingested(lines, {});
  REQUIRE(counted.rows.rows() == 3);
  CHECK(counted.lines == 3);
  CHECK(counted.rows.find("user.name")->cell(0) == "a");
  CHECK(counted.rows.find("user.vip")->type() == Type::boolean);
  CHECK(counted.rows.find("user.vip")->missing(1));
  CHECK(counted.rows.find("tags.count")->numbers() == std::vector<double>{2, 0, 1});
  CHECK(counted.rows.find("id")->type() == Type::int64);
  CHECK(counted.rows.find("w")->type() == Type::float64);
  CHECK(counted.mixed == std::vector<std::string>{"odd"});
  IngestOptions joined;
  joined.flatten.arrays = ArrayRule::join;
  CHECK(ingested(lines, joined).rows.find("tags")->cell(0) == "x|y");
  IngestOptions exploded;
  exploded.flatten.explode = "tags";
  const auto rows = ingested(lines, exploded).rows;
  REQUIRE(rows.rows() == 4);
  CHECK(rows.find("tags")->cell(1) == "y");
  CHECK(rows.find("id")->numbers() == std::vector<double>{1, 1, 2, 3});
  CHECK(rows.find("tags")->missing(2));
}

TEST_CASE("flatten: two keys for one column and too many keys are faults of their records") {
  const auto clash = ingested("{\"a\": {\"b\": 1}, \"a.b\": 2}\n{\"a\": {\"b\": 3}}\n", {});
  CHECK(clash.rows.rows() == 1);
  REQUIRE(clash.quarantine.size() == 1);
  CHECK(clash.quarantine[0].fault.kind == "key");
  std::string many;
  for (int line = 0; line < 3; ++line) {
    many += "{";
    for (int i = 0; i < 3000; ++i) many += fmt::format("{}\"k{}_{}\":1", i ? "," : "", line, i);
    many += "}\n";
  }
  const auto wide = ingested(many, {});
  CHECK(wide.rows.rows() == 1);
  CHECK(wide.rows.columns() == 2 + 3000);  // what was refused leaves no column behind
  CHECK(wide.quarantine.size() == 2);
  CHECK(wide.quarantine[0].fault.kind == "limit");
}

TEST_CASE("ingest: every line ends in the table or in quarantine, whatever it holds") {
  CHECK(rc::check("rows + quarantined = lines", [] {
    const std::vector<std::string> kinds = {R"({"id": 1, "n": 2})",
                                            R"({"id": 2, "n": "3"})",
                                            R"({"id": 1})",
                                            "{",
                                            "[]",
                                            "7",
                                            "null",
                                            R"({"id": {"deep": [1, {"x": null}]}})",
                                            "\xFF\xFE",
                                            R"({"n": 1e400})",
                                            "{\"id\": \"\\ud800\"}"};
    const auto chosen =
        *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(kinds.size())));
    std::string text;
    for (const int kind : chosen) text += kinds[static_cast<std::size_t>(kind)] + "\n";
    IngestOptions options;
    options.schema = R"({"type": "object", "properties": {"n": {"type": "integer"}}})";
    options.unique = *rc::gen::arbitrary<bool>() ? "id" : "";
    const auto report = ingest_text(text, options);
    RC_ASSERT(report);
    RC_ASSERT(report->lines == chosen.size());
    RC_ASSERT(report->rows.rows() + report->quarantine.size() == report->lines);
    for (const auto& one : report->quarantine)
      RC_ASSERT(!one.fault.reason.empty() && !one.fault.mend.empty());
  }));
}

TEST_CASE("ingest: a second record of the same key is set aside and names the first") {
  IngestOptions options;
  options.unique = "id";
  const auto report = ingested("{\"id\": 1}\n{\"id\": 2}\n{\"id\": 1}\n{\"x\": 1}\n", options);
  CHECK(report.rows.rows() == 2);
  REQUIRE(report.quarantine.size() == 2);
  CHECK(report.quarantine[0].line == 3);
  CHECK(report.quarantine[0].fault.reason == "the same id as line 1");
  CHECK(report.quarantine[1].fault.kind == "missing key");
  CHECK(quarantine_table(report).rows() == 2);
}

TEST_CASE("ingest: roles, units and times of the schema reach the table") {
  IngestOptions options;
  options.schema =
      R"({"properties": {"at": {"type": "string", "format": "date-time", "x-role": "time"},
      "dwell": {"type": "number", "x-role": "feature", "x-unit": "seconds"},
      "country": {"type": "string", "x-role": "feature", "x-privacy": "sensitive"},
      "click": {"type": "boolean", "x-role": "label"}}})";
  const auto rows =
      ingested(
          "{\"at\": \"2026-06-01 00:00:01\", \"dwell\": 3, \"country\": \"DE\", \"click\": true}\n",
          options)
          .rows;
  CHECK(rows.find("at")->type() == Type::time);
  CHECK(rows.find("dwell")->type() == Type::float64);
  CHECK(rows.find("dwell")->unit() == "seconds");
  CHECK(rows.find("country")->privacy() == Privacy::sensitive);
  CHECK(rows.find("click")->role() == Role::label);
  CHECK(rows.find("click")->number(0) == 1);
}
