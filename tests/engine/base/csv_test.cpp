// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "engine/base/read.hpp"
#include "tests/engine/base/tables.hpp"

namespace rehearse {
namespace {

using Texts = std::vector<std::string>;

ReadReport report_of(std::string_view text, const ReadOptions& options = {}) {
  INFO(text);
  auto report = parse_csv(text, options, "f.csv");
  if (!report) FAIL(report.error().message);
  return std::move(*report);
}

Frame table(std::string_view text, const ReadOptions& options = {}) {
  return report_of(text, options).frame;
}

std::string why(std::string_view text, const ReadOptions& options = {}) {
  INFO(text);
  const auto report = parse_csv(text, options, "f.csv");
  REQUIRE_FALSE(report.has_value());
  return report.error().message;
}

Type type_of(const char* values) { return table(std::string("x,y\n") + values).column(0).type(); }

Texts column(const Frame& frame, std::size_t index) {
  Texts out;
  for (std::size_t row = 0; row < frame.rows(); ++row)
    out.push_back(frame.column(index).missing(row) ? "(missing)" : frame.column(index).cell(row));
  return out;
}

TEST_CASE("csv: the types of columns follow their cells") {
  CHECK(type_of("1,\n-2,\n+3,\n") == Type::int64);
  CHECK(type_of("1,\n2.5,\n") == Type::float64);
  CHECK(type_of("1e3,\n.5,\n5.,\n") == Type::float64);
  CHECK(type_of("true,\nfalse,\n") == Type::boolean);
  CHECK(type_of("news,\n") == Type::dictionary);
  CHECK(type_of(",\n1,\n") == Type::int64);
  CHECK(type_of(",\nnull,\n") == Type::float64);
  CHECK(type_of("0x10,\n") == Type::dictionary);
  CHECK(type_of("1 2,\n") == Type::dictionary);
  CHECK(type_of("--1,\n") == Type::dictionary);
  CHECK(type_of("+-1,\n") == Type::dictionary);
  CHECK(type_of("nan(3),\n") == Type::dictionary);
  CHECK(type_of("True,\n") == Type::dictionary);
}

TEST_CASE("csv: numbers keep every digit") {
  const Frame frame = table(
      "i,f\n9223372036854775807,0.1\n-9223372036854775808,1.7976931348623157e308\n0,4.9e-324\n");
  CHECK(frame.column(0).values<std::int64_t>()[0] == std::numeric_limits<std::int64_t>::max());
  CHECK(frame.column(0).values<std::int64_t>()[1] == std::numeric_limits<std::int64_t>::min());
  CHECK(frame.column(1).values<double>()[0] == 0.1);
  CHECK(frame.column(1).values<double>()[1] == std::numeric_limits<double>::max());
  CHECK(frame.column(1).values<double>()[2] == std::numeric_limits<double>::denorm_min());
}

TEST_CASE("csv: a whole number past int64 makes its column float64, also behind exact ones") {
  const Frame frame = table("x\n9007199254740993\n18446744073709551615\n");
  CHECK(frame.column(0).type() == Type::float64);
  CHECK(frame.column(0).number(0) == 9007199254740992.0);  // as if it had been read as a double
  CHECK(frame.column(0).number(1) == 18446744073709551616.0);
}

TEST_CASE("csv: a column that stops being numbers is text from its first row on, as written") {
  for (const char* last : {"x", "true", "1.5.2", "2026-01-01"}) {
    const Frame frame = table(fmt::format("id,other\n007,1\n+1,2\n,3\n1.50,4\n{},5\n", last));
    CHECK(column(frame, 0) == Texts{"007", "+1", "(missing)", "1.50", last});
    CHECK(column(frame, 1) == Texts{"1", "2", "3", "4", "5"});
  }
  CHECK(column(table("x\ntrue\n1\n"), 0) == Texts{"true", "1"});
  CHECK(column(table("x\n1\ntrue\nno\n"), 0) == Texts{"1", "true", "no"});
}

TEST_CASE("csv: nan and inf are values of a float column, blank and null are missing") {
  const Frame frame = table("x,y\nnan,1\nNaN,1\ninf,1\n-Infinity,1\n,1\n  ,1\nnull,1\n1,1\n");
  const Column& x = frame.column(0);
  REQUIRE(x.type() == Type::float64);
  CHECK((std::isnan(x.number(0)) && !x.missing(0) && std::isnan(x.number(1)) && !x.missing(1)));
  CHECK((x.number(2) == INFINITY && x.number(3) == -INFINITY));
  CHECK((x.missing(4) && x.missing(5) && x.missing(6) && !x.missing(7)));
}

TEST_CASE("csv: a number past float64 is an error with its line, one below it is zero") {
  CHECK_THAT(why("x,y\n1,1\n2,1e999\n"),
             Catch::Contains("f.csv: line 3: column `y`: 1e999") && Catch::Contains("1.8e308"));
  CHECK_THAT(why("x\n-1e400\n"), Catch::Contains("line 2"));
  CHECK_THAT(why("x\n" + std::string(400, '9') + "\n"),
             Catch::Contains("line 2") && Catch::Contains("…"));
  CHECK(table("x\n1e-999\n").column(0).number(0) == 0);
  CHECK(table("x\n12e45678\n9a\n").column(0).text(0) == "12e45678");  // a column of hashes
}

TEST_CASE("csv: quoted cells hold separators, quotes and line ends") {
  const Frame frame = table(
      "name,n\n\"a,b\",1\n\"say \"\"x\"\"\",2\n\"two\nlines\",3\n\"\",4\n\"\"\"\",5\n5\" pipe,6\n");
  CHECK(column(frame, 0) == Texts{"a,b", "say \"x\"", "two\nlines", "(missing)", "\"", "5\" pipe"});
  CHECK(column(frame, 1) == Texts{"1", "2", "3", "4", "5", "6"});
}

TEST_CASE("csv: quoted numbers are numbers, unless the column is named as text") {
  CHECK(type_of("\"1\",\n\"2\",\n") == Type::int64);
  const Frame frame = table("zip,n\n00501,1\n,2\n", {.texts = {"zip"}});
  const Frame same = table("zip,n\n00501,1\n,2\n", {.numbers = std::vector<std::string>{"n"}});
  CHECK(same.hash() == frame.hash());
  CHECK_FALSE(parse_csv("a,b\n1,2\n", {.numbers = std::vector<std::string>{"c"}}, "f"));
  CHECK(column(frame, 0) == Texts{"00501", "(missing)"});
}

TEST_CASE("csv: LF, CRLF, a missing last line end and blank lines read alike") {
  const std::uint64_t expected = table("a,b\n1,x\n2,y\n").hash();
  CHECK(table("a,b\r\n1,x\r\n2,y\r\n").hash() == expected);
  CHECK(table("a,b\n1,x\n2,y").hash() == expected);
  CHECK(table("a,b\r\n1,x\r\n2,y\r").hash() == expected);
  CHECK(table("\n\r\na,b\n\n1,x\n\r\n\n2,y\n\n").hash() == expected);
  CHECK(table("\xEF\xBB\xBF"
              "a,b\n1,x\n2,y\n")
            .hash() == expected);
  CHECK(table("a,b\r\n1,\"x\"\r\n2,\"y\"\r\n").hash() == expected);
  CHECK(table(" a ,\tb\n 1 ,x\n2 ,y\n").hash() == expected);
}

TEST_CASE("csv: the last cell of a row may be empty") {
  const Frame frame = table("a,b\n1,\n,2\n3,");
  CHECK(column(frame, 0) == Texts{"1", "(missing)", "3"});
  CHECK(column(frame, 1) == Texts{"(missing)", "2", "(missing)"});
}

TEST_CASE("csv: tabs and semicolons separate when asked to") {
  CHECK(table("a;b\n1,5;2\n", {.separator = ';'}).column(0).text(0) == "1,5");
  CHECK(table("a\tb\n1\t2\n", {.separator = '\t'}).column(1).number(0) == 2);
  CHECK(parse_csv("a\n1\n", {.separator = '"'}, "f").error().code == Code::invalid_argument);
}

TEST_CASE("csv: without a header columns are numbered and the first line is a row") {
  const Frame frame = table("1,2\n3,4\n", {.header = false});
  CHECK(frame.names() == Texts{"c1", "c2"});
  CHECK(frame.rows() == 2);
  CHECK(table("5\n", {.header = false}).column(0).number(0) == 5);
}

TEST_CASE("csv: a header alone is a table of no rows") {
  const Frame frame = table("a,b\n");
  CHECK((frame.rows() == 0 && frame.columns() == 2));
}

TEST_CASE("csv: times are parsed where asked for, and a bad one is named with its line") {
  const ReadOptions times = {.times = {"at"}};
  const Frame frame = table("at,n\n2026-06-15,1\n1781512200,2\n,3\n", times);
  CHECK((frame.column(0).type() == Type::time && frame.column(0).role() == Role::time));
  CHECK(column(frame, 0) == Texts{"2026-06-15T00:00:00Z", "2026-06-15T08:30:00Z", "(missing)"});
  CHECK_THAT(why("at\n2026-06-15\nsoon\n", times),
             Catch::Contains("f.csv: line 3: column `at`") && Catch::Contains("`soon`"));
  CHECK_THAT(why("when\n1\n", {.times = {"wehn"}}), Catch::Contains("did you mean `when`?"));
  CHECK(table("at\n", times).column(0).type() == Type::time);
  const ReadOptions perhaps = {.times_if_there = {"at"}};
  CHECK(table("at\n2026-06-15\n", perhaps).column(0).type() == Type::time);
  CHECK(table("when\n2026-06-15\n", perhaps).column(0).type() == Type::dictionary);
}

TEST_CASE("csv: each kind of bad input is refused with its line") {
  CHECK_THAT(why("a,b\n1,2\n3\n"), Catch::Equals("f.csv: line 3: 1 cell, the header has 2"));
  CHECK_THAT(why("a,b\n1,2,3\n"), Catch::Equals("f.csv: line 2: 3 cells, the header has 2"));
  CHECK_THAT(why("a,b\n\n\"x\ny\",1\n1\n"), Catch::Contains("line 5:"));
  CHECK_THAT(why("a,b\n1,2\n\"open,2\n3,4\n"),
             Catch::Contains("line 3:") && Catch::Contains("never closed"));
  CHECK_THAT(why("a,b\n\"x\"y,2\n"),
             Catch::Contains("line 2:") && Catch::Contains("closing quote"));
  CHECK_THAT(why(std::string("a,b\n1,2\n1,\0\n", 12)), Catch::Contains("line 3: a NUL byte"));
  CHECK_THAT(why("a,b\n1,2\n1,\xff\n"), Catch::Contains("line 3: byte 0xff is not UTF-8"));
  CHECK_THAT(why("a,b,a\n1,2,3\n"), Catch::Contains("line 1: the column name `a` stands twice"));
  CHECK_THAT(why(",b\n1,2\n"), Catch::Contains("line 1: column 1 has no name"));
  CHECK_THAT(why("a,\"b\n"), Catch::Contains("line 1:") && Catch::Contains("never closed"));
  CHECK_THAT(why("a,b\r1,2\r"), Catch::Contains("carriage return"));
  CHECK_THAT(why("x\n" + std::string((16 << 20) + 1, 'x') + "\n"),
             Catch::Contains("line 2:") && Catch::Contains("16777216"));
  for (const char* empty : {"", "\n", "\r\n\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"})
    CHECK_THAT(why(empty), Catch::Contains("is empty"));
}

TEST_CASE("csv: files of other formats are named as what they are") {
  CHECK_THAT(why("\x1f\x8b\x08"), Catch::Contains("gzip"));
  CHECK_THAT(why("PK\x03\x04..."), Catch::Contains("spreadsheet"));
  CHECK_THAT(why("PAR1..."), Catch::Contains("Parquet"));
  CHECK_THAT(why("SQLite format 3\n"), Catch::Contains("SQLite"));
  CHECK_THAT(why("\xff\xfe"
                 "a"),
             Catch::Contains("UTF-16"));
}

TEST_CASE("csv: with skip_bad each bad row is left out and counted, and the first is named") {
  const std::string text =
      "a,at,t\n1,1,good\n2,2\n3,3,\"x\"y\n4,soon,late\n1e999,5,much\n6,6,\xff\n7,7,"
      "\"two\nlines\"\n8,8," +
      std::string("\0", 1) + "\n9,9,good\n10,10,\"open\n11,11,good\n";
  const auto report = report_of(text, {.skip_bad = true, .times = {"at"}});
  // Line 11's quote is never closed: that line is left out, not the rest of the file.
  CHECK(column(report.frame, 0) == Texts{"1", "7", "9", "11"});
  CHECK(column(report.frame, 2) == Texts{"good", "two\nlines", "good", "good"});
  CHECK(report.skipped == 7);
  CHECK(report.first_skipped == "f.csv: line 3: 2 cells, the header has 3");
  CHECK_THAT(report_of("x,y\n1e999,1\n1\n", {.skip_bad = true}).first_skipped,
             Catch::Contains("line 2: column `x`"));
}

TEST_CASE("csv: a row that is left out is counted once, though text columns are read twice") {
  const auto report = report_of("a,b\n1,1\n2\nx,2\n", {.skip_bad = true});
  CHECK(report.skipped == 1);
  CHECK(column(report.frame, 0) == Texts{"1", "x"});
  CHECK(column(report.frame, 1) == Texts{"1", "2"});
}

TEST_CASE("csv: a header that cannot be read is an error even with skip_bad") {
  CHECK_THAT(why("a,\"b\n1,2\n", {.skip_bad = true}), Catch::Contains("line 1"));
}

TEST_CASE("csv: reading stops when asked to, and reports how far it is") {
  std::string text = "x\n";
  for (int row = 0; row < 200'000; ++row) text += "1\n";
  std::stop_source source;
  std::vector<double> seen;
  const Progress progress(source.get_token(), [&](double fraction) {
    seen.push_back(fraction);
    if (seen.size() == 2) source.request_stop();
  });
  const auto report = parse_csv(text, {}, "f.csv", progress);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().code == Code::cancelled);
  REQUIRE(seen.size() == 2);
  CHECK((seen[0] > 0.3 && seen[0] < seen[1] && seen[1] < 0.7));
}

TEST_CASE("csv: storage is no larger than its rows") {
  std::string text = "x,y\n";
  for (int row = 0; row < 5000; ++row)
    text += "1,0.5\n\n\n\n\n";  // blank lines mislead the estimate
  CHECK(table(text).bytes() == 2 * 5000 * 8);
}

TEST_CASE("csv: what is written is read back") {
  rc::check("", [] {
    const Frame frame = testing::random_table();
    const auto report = parse_csv(to_csv(frame), {.times = {"at"}, .texts = {"community"}}, "f");
    RC_ASSERT(report.has_value());
    const Frame& back = report->frame;
    RC_ASSERT(back.names() == frame.names());
    RC_ASSERT(back.rows() == frame.rows());
    for (std::size_t c = 0; c < frame.columns(); ++c)
      for (std::size_t row = 0; row < frame.rows(); ++row)
        if (frame.column(c).type() == Type::float32 && !frame.column(c).cell(row).empty())
          RC_ASSERT(static_cast<float>(back.column(c).number(row)) ==
                    frame.column(c).values<float>()[row]);
        else
          RC_ASSERT(back.column(c).cell(row) == frame.column(c).cell(row));
  });
}

TEST_CASE("csv: a single column keeps its missing rows") {
  Frame::Builder builder;
  builder.add("x", std::vector<double>{1, 2, 3}).missing({1, 0, 1});
  const std::string text = to_csv(*std::move(builder).build());
  CHECK(text == "x\n1\n\"\"\n3\n");
  CHECK(column(table(text), 0) == Texts{"1", "(missing)", "3"});
}

TEST_CASE("csv: NaN is written as an empty cell, infinity as inf, doubles with all their digits") {
  Frame::Builder builder;
  builder.add("x", std::vector<double>{NAN, INFINITY, 0.1 + 0.2})
      .add("t", Texts{"a,b", "\"", "c\nd"});
  CHECK(to_csv(*std::move(builder).build()) ==
        "x,t\n,\"a,b\"\ninf,\"\"\"\"\n0.30000000000000004,\"c\nd\"\n");
  CHECK(to_csv(Frame()).empty());
}

TEST_CASE("csv: no bytes whatever crash the reader") {
  rc::check("", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::element(
        'a', '1', ',', '"', '\n', '\r', ' ', '.', 'e', '-', '\0', '\xff', '\xc3', '\xa9'));
    for (bool skip : {false, true}) {
      const auto report = parse_csv(text, {.skip_bad = skip}, "f");
      if (!report) RC_ASSERT(!report.error().message.empty());
    }
  });
}

TEST_CASE("csv: agrees with a plain splitter on text without quotes") {
  rc::check("", [] {
    const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
    const auto rows = *rc::gen::inRange<std::size_t>(0, 20);
    const auto cell =
        rc::gen::container<std::string>(rc::gen::element('a', '1', '.', '-', 'e', '+'));
    std::string text;
    for (std::size_t c = 0; c < columns; ++c) text += (c ? ",k" : "k") + std::to_string(c);
    std::vector<Texts> expected(columns);
    ReadOptions options;
    for (std::size_t c = 0; c < columns; ++c) options.texts.push_back("k" + std::to_string(c));
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t c = 0; c < columns; ++c) {
        const std::string value = "v" + *cell;
        text += (c ? "," : "\n") + value;
        expected[c].push_back(value);
      }
    const auto report = parse_csv(text, options, "f");
    RC_ASSERT(report.has_value());
    for (std::size_t c = 0; c < columns; ++c) RC_ASSERT(column(report->frame, c) == expected[c]);
  });
}

}  // namespace
}  // namespace rehearse
