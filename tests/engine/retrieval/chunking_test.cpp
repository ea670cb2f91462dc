// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/chunking.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "engine/base/utf8.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

std::vector<std::string> cut(std::string_view text, const ChunkOptions& options) {
  const auto ranges = cut_text(text, options);
  REQUIRE(ranges);
  std::vector<std::string> chunks;
  for (const ByteRange& range : *ranges)
    chunks.emplace_back(text.substr(range.begin, range.size()));
  return chunks;
}

using Texts = std::vector<std::string>;

// Words of one to four characters of several scripts, with marks that end sentences.
std::string drawn_writing() {
  static const Texts pieces = {"a",  "bc", "Ünï", "weighs", "3.5",  "g.", "Yes!",   "why?",
                               "漢", "字", "。",  "\n",     "(so)", "é",  "\"It.\""};
  std::string text;
  for (const auto& i : *rc::gen::container<std::vector<std::size_t>>(
           rc::gen::inRange<std::size_t>(0, pieces.size()))) {
    text += pieces[i];
    if (i % 3 != 0) text += i % 2 ? " " : "  ";
  }
  return text;
}

std::size_t words_within(const std::vector<ByteRange>& words, const ByteRange& range) {
  return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [&](const auto& word) {
    return word.begin >= range.begin && word.end <= range.end;
  }));
}

}  // namespace

TEST_CASE("chunking: sentences end where they end") {
  const std::string text =
      "It weighs 3.5 g. Really? (Yes.) It is e.g. this one, v. good\nA line. 漢字。字 Last";
  Texts sentences;
  for (const ByteRange& range : sentence_ranges(text))
    sentences.push_back(text.substr(range.begin, range.size()));
  CHECK(sentences == Texts{"It weighs 3.5 g.", "Really?", "(Yes.)", "It is e.g. this one, v. good",
                           "A line.", "漢字。", "字 Last"});
  CHECK(sentence_ranges(" \n ").empty());
}

TEST_CASE("chunking: by words, the overlap is told twice") {
  CHECK(cut("a b c d e f g", {.cut = Cut::tokens, .tokens = 3}) == Texts{"a b c", "d e f", "g"});
  CHECK(cut("a b c d e f g", {.cut = Cut::tokens, .tokens = 4, .overlap = 2}) ==
        Texts{"a b c d", "c d e f", "e f g"});
  CHECK(cut(" a  b ", {.cut = Cut::whole}) == Texts{"a  b"});
}

TEST_CASE("chunking: whole sentences while they fit, and the last ones again") {
  const std::string text = "One two. Three four five. Six. Seven eight nine ten eleven.";
  CHECK(cut(text, {.tokens = 5}) ==
        Texts{"One two. Three four five.", "Six.", "Seven eight nine ten eleven."});
  CHECK(cut(text, {.tokens = 6, .overlap = 4}) ==
        Texts{"One two. Three four five. Six.", "Six. Seven eight nine ten eleven."});
  // One that is longer than a chunk is cut by words.
  CHECK(cut(text, {.tokens = 4}) ==
        Texts{"One two.", "Three four five. Six.", "Seven eight nine ten", "eleven."});
}

TEST_CASE("chunking: every word is in a chunk, no chunk is too long, no character is cut") {
  CHECK(rc::check("chunks cover the text", [] {
    const std::string text = drawn_writing();
    ChunkOptions options;
    options.cut = *rc::gen::element(Cut::whole, Cut::tokens, Cut::sentences);
    options.tokens = *rc::gen::inRange<std::size_t>(1, 9);
    options.overlap = *rc::gen::inRange<std::size_t>(0, options.tokens);
    const auto made = cut_text(text, options);
    RC_ASSERT(static_cast<bool>(made));
    const std::vector<ByteRange> words = word_ranges(text);
    RC_ASSERT(made->empty() == words.empty());
    for (const ByteRange& word : words)
      RC_ASSERT(std::any_of(made->begin(), made->end(), [&](const ByteRange& range) {
        return range.begin <= word.begin && word.end <= range.end;
      }));
    for (std::size_t i = 0; i < made->size(); ++i) {
      const ByteRange range = (*made)[i];
      RC_ASSERT(range.begin < range.end && range.end <= text.size());
      RC_ASSERT(invalid_utf8_at(std::string_view(text).substr(range.begin, range.size())) ==
                std::string_view::npos);
      if (options.cut != Cut::whole) RC_ASSERT(words_within(words, range) <= options.tokens);
      if (i == 0) continue;
      const ByteRange before = (*made)[i - 1];
      RC_ASSERT(range.begin > before.begin && range.end > before.end);
      const std::size_t shared =
          range.begin < before.end ? words_within(words, {range.begin, before.end}) : 0;
      if (options.cut == Cut::tokens) RC_ASSERT(shared == options.overlap);
      RC_ASSERT(shared <= options.overlap);
    }
  }));
}

TEST_CASE("chunking: a chunk of a thread keeps its title and what it answers") {
  const std::string post = "The prasuwen after a year\nI like it. It weighs 450 g.";
  const std::vector<ChunkedDocument> documents = {
      {post, "The prasuwen after a year", {}},
      {"How loud is it?", "The prasuwen after a year", 0},
      {"Mine says 70 decibels.", "The prasuwen after a year", 1}};
  ChunkOptions options{.tokens = 5};
  auto chunks = chunk_documents(documents, options);
  REQUIRE(chunks);
  REQUIRE(chunks->size() == 5);
  CHECK((*chunks)[1].text == "I like it.");
  CHECK((*chunks)[4].text == "Mine says 70 decibels.");
  options.context = Context::title;
  chunks = chunk_documents(documents, options);
  REQUIRE(chunks);
  CHECK((*chunks)[0].text == "The prasuwen after a year");  // it is the title itself
  CHECK((*chunks)[1].text == "The prasuwen after a year\nI like it.");
  options.context = Context::title_and_parent;
  chunks = chunk_documents(documents, options);
  REQUIRE(chunks);
  CHECK((*chunks)[3].text ==
        "The prasuwen after a year\nI like it. It weighs 450 g.\nHow loud is it?");
  CHECK((*chunks)[4].text == "The prasuwen after a year\nHow loud is it?\nMine says 70 decibels.");
  for (const Chunk& chunk : *chunks)
    CHECK(chunk.text.substr(chunk.context_bytes) ==
          documents[chunk.document].text.substr(chunk.range.begin, chunk.range.size()));
}

TEST_CASE("chunking: what cannot be cut is told") {
  const auto refused = [](const auto& made, Code code, const std::string& words) {
    REQUIRE_FALSE(made);
    INFO(made.error().message);
    CHECK(made.error().code == code);
    CHECK(made.error().message.find(words) != std::string::npos);
  };
  refused(cut_text("a", {.tokens = 0}), Code::invalid_argument, "a chunk of 0 words");
  refused(cut_text("a", {.tokens = 5, .overlap = 5}), Code::invalid_argument, "an overlap of 5");
  refused(cut_text("ab\xff", {}), Code::bad_data, "byte 3: not UTF-8");
  const std::string text = "a b c d e f g h";
  const std::vector<ChunkedDocument> empty = {{" ", "t", {}}}, own = {{text, "", 0}},
                                     bad = {{text, "", {}}, {"\xff", "", {}}},
                                     good = {{text, "", {}}};
  refused(chunk_documents(empty, {}), Code::bad_data, "no document has a word");
  refused(chunk_documents(own, {}), Code::invalid_argument, "document 1: its parent is number 1");
  refused(chunk_documents(bad, {}), Code::bad_data, "document 2: byte 1: not UTF-8");
  refused(chunk_documents(good, {.cut = Cut::tokens, .tokens = 2, .overlap = 1, .max_bytes = 100}),
          Code::limit, "document 1: the chunks");
  std::stop_source stop;
  stop.request_stop();
  refused(chunk_documents(good, {}, Progress(stop.get_token(), {})), Code::cancelled, "");
}

TEST_CASE("chunking: an endless word is cut, between characters") {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "é";
  const auto words = word_ranges(text);
  CHECK(words.size() == 8);
  CHECK(words.back().end == text.size());
  for (const ByteRange& word : words) CHECK(word.begin % 2 == 0);
}
