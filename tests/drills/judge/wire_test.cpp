// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/wire.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace rehearse;
using namespace rehearse::judge;
using lua::Table;
using lua::Value;

namespace {

Value random_value(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0: return Value();
    case 1: return Value(*rc::gen::arbitrary<bool>());
    case 2: return Value(*rc::gen::arbitrary<std::int64_t>());
    case 3: return Value(*rc::gen::arbitrary<double>());
    case 4: return Value(*rc::gen::arbitrary<std::string>());
    default: break;
  }
  Table table;
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) table.array.push_back(random_value(depth - 1));
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
    table.fields.push_back({Value(i), random_value(depth - 1)});
  return Value(std::move(table));
}

}  // namespace

TEST_CASE("wire: values survive the way there and back") {
  CHECK(rc::check([] {
    Value value = random_value(3);
    wire::Writer out;
    out.value(value);
    wire::Reader in(out.bytes());
    RC_ASSERT(in.value() == value);
    RC_ASSERT(in.done());
  }));
}

TEST_CASE("wire: an answer survives the way there and back") {
  wire::Answer answer;
  answer.status = wire::Status::memory;
  answer.cpu_ns = 12;
  answer.refusals = 3;
  answer.output = std::string("a\0b", 3);
  answer.message = "what";
  answer.value = Value(Table{{1, "x"}, {}});
  bool ok = false;
  wire::Answer back = wire::Answer::decode(answer.encode(), ok);
  CHECK(ok);
  CHECK(back.status == wire::Status::memory);
  CHECK(back.refusals == 3);
  CHECK(back.output == answer.output);
  CHECK(back.value == answer.value);
}

TEST_CASE("wire: no truncation of a message is taken for a whole one") {
  wire::Answer answer;
  answer.message = "message";
  answer.value = Value(Table{{1, "x", Value(Table{{2.5}, {{Value("k"), Value(true)}}})}, {}});
  std::string bytes = answer.encode();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    bool ok = true;
    wire::Answer::decode(std::string_view(bytes).substr(0, size), ok);
    CHECK_FALSE(ok);
  }
  bool ok = true;
  wire::Answer::decode(bytes + "x", ok);
  CHECK_FALSE(ok);
}

TEST_CASE("wire: changed bytes are refused or read as something, never beyond their end") {
  wire::Answer answer;
  answer.message = "message";
  answer.value = Value(Table{{1, "text", Value(Table{{2.5}, {{Value("k"), Value(true)}}})}, {}});
  std::string bytes = answer.encode();
  CHECK(rc::check([&] {
    std::string changed = bytes;
    for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
      changed[*rc::gen::inRange<std::size_t>(0, changed.size())] = *rc::gen::arbitrary<char>();
    }
    bool ok = true;
    wire::Answer back = wire::Answer::decode(changed, ok);
    RC_ASSERT(!ok || back.output.size() <= changed.size());
  }));
}

TEST_CASE("wire: a count that the message could not hold is not believed") {
  wire::Writer out;
  out.u8('M');
  out.u32(0xFFFFFFFF);
  out.u32(0xFFFFFFFF);
  wire::Reader in(out.bytes());
  CHECK(in.value().is_nil());
  CHECK_FALSE(in.ok());
  // Nesting without an end.
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += std::string("M\1\0\0\0\0\0\0\0", 9);
  wire::Reader nested(deep);
  nested.value();
  CHECK_FALSE(nested.ok());
}
