// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/threads.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

namespace {

using namespace rehearse;
using namespace rehearse::sim;

struct ReadThreads {
  Threads made;
  std::map<std::string, std::size_t> document, query;  // rows by id

  std::string text(const char* column, const std::string& id) const {
    return std::string(made.documents.find(column)->text(document.at(id)));
  }
  std::optional<int> day(const std::string& id) const {
    const Column& days = *made.documents.find("day");
    const std::size_t row = document.at(id);
    if (days.missing(row)) return std::nullopt;
    return static_cast<int>(days.number(row));
  }
};

ReadThreads threads(std::uint64_t replicate = 0) {
  ThreadOptions options;
  options.threads = 200, options.things = 20, options.queries = 40, options.seed = 4;
  options.replicate = replicate;
  auto made = simulate_threads(options);
  REQUIRE(made);
  ReadThreads read{*std::move(made), {}, {}};
  for (std::size_t row = 0; row < read.made.documents.rows(); ++row)
    read.document[std::string(read.made.documents.find("document")->text(row))] = row;
  for (std::size_t row = 0; row < read.made.queries.rows(); ++row)
    read.query[std::string(read.made.queries.find("query")->text(row))] = row;
  return read;
}

}  // namespace

TEST_CASE("threads: a judgement points at the value in the text") {
  const ReadThreads read = threads();
  const Frame &judged = read.made.judgements, &queries = read.made.queries;
  double current = 0, old = 0;
  for (std::size_t row = 0; row < judged.rows(); ++row) {
    const std::string document(judged.find("document")->text(row));
    const std::size_t query = read.query.at(std::string(judged.find("query")->text(row)));
    const auto begin = static_cast<std::size_t>(judged.find("begin")->number(row)),
               end = static_cast<std::size_t>(judged.find("end")->number(row));
    const std::string text = read.text("text", document);
    REQUIRE(end <= text.size());
    const std::string value = text.substr(begin, end - begin);
    CAPTURE(text, value);
    CHECK(value.find(' ') != std::string::npos);  // a number and its unit
    if (queries.find("kind")->text(query) == "disputed") {
      CHECK_FALSE(read.day(document));
      continue;
    }
    const bool now = judged.find("relevance")->number(row) == 2;
    CHECK((value == queries.find("answer")->text(query)) == now);
    (now ? current : old) += 1;
  }
  CHECK(current > 300);
  CHECK(old > 50);
}

TEST_CASE("threads: what is corrected is newer, what is missing is stated nowhere") {
  const ReadThreads read = threads();
  const Frame &judged = read.made.judgements, &queries = read.made.queries;
  std::map<std::string, std::pair<int, int>> days;  // last old, first new, by query
  std::set<std::string> stated;
  std::map<std::string, std::set<std::string>> sides;
  for (std::size_t row = 0; row < judged.rows(); ++row) {
    const std::string query(judged.find("query")->text(row)),
        document(judged.find("document")->text(row));
    stated.insert(query);
    const auto begin = static_cast<std::size_t>(judged.find("begin")->number(row)),
               end = static_cast<std::size_t>(judged.find("end")->number(row));
    sides[query].insert(read.text("text", document).substr(begin, end - begin));
    if (const auto day = read.day(document)) {
      auto& [last_old, first_new] = days.try_emplace(query, -1, 1000).first->second;
      if (judged.find("relevance")->number(row) == 2)
        first_new = std::min(first_new, *day);
      else
        last_old = std::max(last_old, *day);
    }
  }
  std::map<std::string, int> kinds;
  for (const auto& [id, row] : read.query) {
    const std::string kind(queries.find("kind")->text(row));
    CAPTURE(id, kind);
    ++kinds[kind];
    const bool answerable = kind == "plain" || kind == "corrected";
    CHECK(queries.find("answer")->missing(row) == !answerable);
    CHECK(stated.count(id) == (kind == "missing" ? 0U : 1U));
    if (kind == "plain") CHECK(sides[id].size() == 1);
    if (kind == "corrected") CHECK(days.at(id).first < days.at(id).second);
    if (kind == "corrected" || kind == "disputed") CHECK(sides[id].size() == 2);
  }
  for (const char* kind : {"plain", "corrected", "missing", "disputed"}) CHECK(kinds[kind] == 40);
}

TEST_CASE("threads: a body names its thing in its title alone, and replies know their parents") {
  const ReadThreads read = threads();
  std::set<std::string> names;
  for (std::size_t row = 0; row < read.made.things.rows(); ++row)
    for (const char* column : {"name", "alias"})
      names.insert(std::string(read.made.things.find(column)->text(row)));
  std::size_t posts = 0, bare = 0;
  for (const auto& [id, row] : read.document) {
    const Column& parent = *read.made.documents.find("parent");
    const std::string text = read.text("text", id), title = read.text("title", id);
    CAPTURE(id, text);
    if (parent.missing(row)) {
      ++posts;
      REQUIRE(text.find(title + "\n") == 0);
      const std::string body = text.substr(title.size());
      for (const std::string& name : names) CHECK(body.find(name) == std::string::npos);
      continue;
    }
    const std::string above(parent.text(row));
    REQUIRE(read.document.count(above));
    CHECK(read.text("thread", above) == read.text("thread", id));
    if (read.text("text", above).find('?') != std::string::npos && above.find('c') < 99) ++bare;
    if (const auto day = read.day(id)) CHECK(*day >= read.day(above).value());
  }
  CHECK(posts == 200);
  CHECK(bare > 50);
}

TEST_CASE("threads: the same seed gives the same bytes; another replicate other texts") {
  const ReadThreads one = threads(), again = threads(), other = threads(1);
  CHECK(one.made.documents.hash() == again.made.documents.hash());
  CHECK(one.made.judgements.hash() == again.made.judgements.hash());
  CHECK(one.made.documents.hash() != other.made.documents.hash());
  CHECK(one.made.things.hash() == other.made.things.hash());
}

TEST_CASE("threads: options out of range are named, a stop is obeyed") {
  ThreadOptions options;
  options.threads = 2;
  CHECK(simulate_threads(options).error().message.find("threads is 2") == 0);
  options = {}, options.silent = 0.7, options.disputed = 0.7;
  CHECK(simulate_threads(options).error().message.find("the shares of silent") == 0);
  options = {}, options.silent = 1, options.disputed = 0;
  CHECK(simulate_threads(options).error().message.find("answer no question") != std::string::npos);
  std::stop_source stop;
  stop.request_stop();
  CHECK(simulate_threads({}, Progress(stop.get_token(), {})).error().code == Code::cancelled);
}
