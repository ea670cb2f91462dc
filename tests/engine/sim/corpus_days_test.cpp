// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/corpus_days.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

namespace {

using namespace rehearse;
using namespace rehearse::sim;

CorpusDaysOptions short_run() {
  CorpusDaysOptions options;
  options.days = 14, options.posts_before = 200, options.posts_a_day = 20;
  options.queries_a_day = 25, options.things = 18, options.seed = 5;
  return options;
}

std::string cell(const Frame& table, const char* column, std::size_t row) {
  return table.find(column)->cell(row);
}
double number(const Frame& table, const char* column, std::size_t row) {
  return table.find(column)->number(row);
}

// Rows of the documents by id and revision, of the queries by id.
std::map<std::string, std::size_t> rows_of(const CorpusDays& made) {
  std::map<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < made.documents.rows(); ++row)
    rows[cell(made.documents, "document", row) + "/" + cell(made.documents, "revision", row)] = row;
  for (std::size_t row = 0; row < made.queries.rows(); ++row)
    rows[cell(made.queries, "query", row)] = row;
  return rows;
}

}  // namespace

TEST_CASE("corpus by days: what answers a question stands when it is asked") {
  const auto made = simulate_corpus_days(short_run());
  REQUIRE(made);
  CHECK(made->queries.rows() > 300);
  const auto rows = rows_of(*made);
  std::set<std::string> answered;
  for (std::size_t row = 0; row < made->judgements.rows(); ++row) {
    const std::string query = cell(made->judgements, "query", row);
    const std::size_t document = rows.at(cell(made->judgements, "document", row) + "/" +
                                         cell(made->judgements, "revision", row));
    const double time = number(made->queries, "time", rows.at(query));
    CHECK(number(made->documents, "from", document) <= time);
    if (!made->documents.find("until")->missing(document))
      CHECK(number(made->documents, "until", document) > time);
    if (number(made->judgements, "relevance", row) == 2) answered.insert(query);
  }
  CHECK(answered.size() == made->queries.rows());  // each by the value as it then is
  for (std::size_t row = 1; row < made->documents.rows(); ++row)
    CHECK(number(made->documents, "from", row) >= number(made->documents, "from", row - 1));
  for (std::size_t row = 0; row < made->queries.rows(); ++row)
    CHECK(number(made->queries, "day", row) == std::floor(number(made->queries, "time", row)));
}

TEST_CASE("corpus by days: an edit ends the old text and changes values alone") {
  CorpusDaysOptions options = short_run();
  options.corrected = 1, options.edited = 1, options.deleted = 0;
  const auto made = simulate_corpus_days(options);
  REQUIRE(made);
  const auto rows = rows_of(*made);
  std::size_t edits = 0;
  for (const auto& [key, row] : rows) {
    if (key.substr(key.size() - 2) != "/2") continue;
    ++edits;
    const std::size_t old = rows.at(key.substr(0, key.size() - 1) + "1");
    CHECK(number(made->documents, "until", old) == number(made->documents, "from", row));
    CHECK(cell(made->documents, "text", row).rfind("Edited. ", 0) == 0);
    CHECK(cell(made->documents, "text", row) != "Edited. " + cell(made->documents, "text", old));
  }
  CHECK(edits > 50);
  options.edited = 0;
  const auto never = simulate_corpus_days(options);
  REQUIRE(never);
  CHECK(never->documents.rows() + edits == made->documents.rows());
}

TEST_CASE("corpus by days: new things are named from their launch, and are talked about") {
  CorpusDaysOptions options = short_run();
  options.new_things = 1;
  const auto made = simulate_corpus_days(options);
  REQUIRE(made);
  std::set<std::string> before;
  std::size_t of_new = 0, during = 0;
  for (std::size_t row = 0; row < made->documents.rows(); ++row) {
    std::string text = cell(made->documents, "text", row), word;
    bool fresh = false;
    for (const char c : text + " ") {
      if (c != ' ' && c != '.') {
        word += c;
        continue;
      }
      const bool name = word.size() >= 6 && word.find_first_of("0123456789") == std::string::npos;
      if (number(made->documents, "from", row) < 0) {
        before.insert(word);
      } else if (name && !before.contains(word)) {
        fresh = true;
      }
      word.clear();
    }
    if (number(made->documents, "from", row) >= 0) ++during, of_new += fresh;
  }
  CHECK(static_cast<double>(of_new) > 0.3 * static_cast<double>(during));
}

TEST_CASE("corpus by days: the mix of questions shifts on its day; other days are left alone") {
  CorpusDaysOptions options = short_run();
  options.worded_otherwise = 0.1, options.worded_otherwise_after = 0.8, options.mix_day = 7;
  const auto made = simulate_corpus_days(options);
  REQUIRE(made);
  double otherwise[2] = {}, all[2] = {};
  for (std::size_t row = 0; row < made->queries.rows(); ++row) {
    const std::size_t half = number(made->queries, "day", row) >= 7;
    all[half] += 1;
    otherwise[half] += cell(made->queries, "kind", row) == "nickname";
  }
  CHECK(otherwise[0] / all[0] < 0.2);
  CHECK(otherwise[1] / all[1] > 0.6);
  options.worded_otherwise_after = 0.1;
  const auto still = simulate_corpus_days(options);
  REQUIRE(still);
  CHECK(still->documents.hash() == made->documents.hash());
  CHECK(still->queries.slice(0, static_cast<std::size_t>(all[0])).hash() ==
        made->queries.slice(0, static_cast<std::size_t>(all[0])).hash());
}

TEST_CASE("corpus by days: one seed, one corpus; options out of range are named") {
  const auto a = simulate_corpus_days(short_run()), b = simulate_corpus_days(short_run());
  REQUIRE(a);
  REQUIRE(b);
  CHECK(a->documents.hash() == b->documents.hash());
  CHECK(a->queries.hash() == b->queries.hash());
  CHECK(a->judgements.hash() == b->judgements.hash());
  CorpusDaysOptions other = short_run();
  other.seed = 6;
  CHECK(simulate_corpus_days(other)->documents.hash() != a->documents.hash());
  const auto error = [](auto set) {
    CorpusDaysOptions options = short_run();
    set(options);
    const auto made = simulate_corpus_days(options);
    REQUIRE_FALSE(made);
    return made.error().message;
  };
  CHECK(error([](auto& o) { o.days = 0; }).find("days is 0; it lies from 1 to 730") == 0);
  CHECK(error([](auto& o) { o.deleted = std::nan(""); }).find("deleted is nan") == 0);
  CHECK(error([](auto& o) { o.nicknames = 0.8; }).find("the two shares of nicknames") == 0);
}
