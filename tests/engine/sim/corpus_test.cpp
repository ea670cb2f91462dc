// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/corpus.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

namespace {

using namespace rehearse;
using namespace rehearse::sim;

CorpusOptions small_corpus() {
  CorpusOptions options;
  options.posts = 400, options.things = 12, options.queries = 20, options.seed = 4;
  return options;
}

std::map<std::string, std::string> by_id(const Frame& table, const char* id) {
  std::map<std::string, std::string> texts;
  for (std::size_t row = 0; row < table.rows(); ++row)
    texts[std::string(table.find(id)->text(row))] = std::string(table.find("text")->text(row));
  return texts;
}

}  // namespace

TEST_CASE("corpus: a post that answers as things are states the value; one of old another") {
  CorpusOptions options = small_corpus();
  options.typos = 0, options.corrected = 0.6;
  const auto made = simulate_corpus(options);
  REQUIRE(made);
  const auto posts = by_id(made->documents, "document");
  std::map<std::string, std::string> answers;
  for (std::size_t row = 0; row < made->queries.rows(); ++row)
    answers[std::string(made->queries.find("query")->text(row))] =
        std::string(made->queries.find("answer")->text(row));
  double current = 0, old = 0;
  for (std::size_t row = 0; row < made->judgements.rows(); ++row) {
    const std::string& post = posts.at(std::string(made->judgements.find("document")->text(row)));
    const std::string& answer = answers.at(std::string(made->judgements.find("query")->text(row)));
    CAPTURE(post, answer);
    if (made->judgements.find("relevance")->number(row) == 2) {
      current += 1;
      CHECK(post.find(answer) != std::string::npos);
    } else {
      old += 1;
      CHECK(post.find(answer + ".") == std::string::npos);
    }
  }
  CHECK(current > 100);
  CHECK(old > 20);
}

TEST_CASE("corpus: kinds of questions are what they say") {
  CorpusOptions options = small_corpus();
  options.typos = 0;
  const auto made = simulate_corpus(options);
  REQUIRE(made);
  CHECK(made->queries.rows() == 80);
  const auto posts = by_id(made->documents, "document");
  std::string all;
  for (const auto& [id, text] : posts) all += text + " ";
  for (char& c : all)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  std::map<std::string, int> kinds;
  for (std::size_t row = 0; row < made->queries.rows(); ++row) {
    const std::string kind(made->queries.find("kind")->text(row)),
        text(made->queries.find("text")->text(row));
    CAPTURE(kind, text);
    ++kinds[kind];
    // The name or code is the longest word that is not of the patterns; a typo stands in no post.
    std::set<std::string> known;
    std::string word;
    bool strange = false;
    for (const char c : text + " ") {
      if (c != ' ') {
        word += c;
        continue;
      }
      strange = strange || (word.size() > 6 && all.find(word) == std::string::npos);
      word.clear();
    }
    if (kind == "words" || kind == "meaning" || kind == "code") CHECK_FALSE(strange);
    if (kind == "code") CHECK(text.find('x') != std::string::npos);
  }
  for (const char* kind : {"words", "meaning", "code", "typo"}) CHECK(kinds[kind] == 20);
}

TEST_CASE("corpus: every question has an answer, every judgement a post and a question") {
  const auto made = simulate_corpus(small_corpus());
  REQUIRE(made);
  const auto posts = by_id(made->documents, "document"), queries = by_id(made->queries, "query");
  CHECK(posts.size() == 400);
  std::set<std::string> answered;
  std::set<std::pair<std::string, std::string>> pairs;
  for (std::size_t row = 0; row < made->judgements.rows(); ++row) {
    const std::string query(made->judgements.find("query")->text(row)),
        document(made->judgements.find("document")->text(row));
    CHECK(posts.count(document));
    CHECK(queries.count(query));
    CHECK(pairs.emplace(query, document).second);
    answered.insert(query);
  }
  CHECK(answered.size() == queries.size());
}

TEST_CASE(
    "corpus: the same seed gives the same posts; another replicate other ones of the same things") {
  const auto first = simulate_corpus(small_corpus()), again = simulate_corpus(small_corpus());
  CorpusOptions options = small_corpus();
  options.replicate = 1;
  const auto other = simulate_corpus(options);
  REQUIRE((first && again && other));
  CHECK(first->documents.hash() == again->documents.hash());
  CHECK(first->judgements.hash() == again->judgements.hash());
  CHECK(first->documents.hash() != other->documents.hash());
}

TEST_CASE("corpus: options out of range are named, a stop is obeyed") {
  CorpusOptions options = small_corpus();
  options.posts = 3;
  CHECK(simulate_corpus(options).error().message.find("posts is 3") == 0);
  options = small_corpus(), options.nicknames = 0.8, options.both_names = 0.5;
  CHECK(simulate_corpus(options).error().message.find("the two shares") == 0);
  std::stop_source stop;
  stop.request_stop();
  CHECK(simulate_corpus(small_corpus(), Progress(stop.get_token(), {})).error().code ==
        Code::cancelled);
}
