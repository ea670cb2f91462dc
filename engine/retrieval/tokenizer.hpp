// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokenizer: from a text to its terms, the same way for documents and for queries.
//
// Words are the longest runs of letters, marks and decimal digits, in lower case: in ASCII exactly
// `[a-z0-9]+`. Han and Hiragana stand alone, a character a word. With `stem` two more steps follow:
// the 33 stop words of Lucene's StopAnalyzer are dropped, and what remains is cut to its stem by
// Snowball English, that is Porter2 (Porter 2001), so that "heated" and "heating" meet.
//
// Stem where queries are questions in English and recall matters. Do not where words are names,
// identifiers or code, or another language: the stemmer conflates what it should not ("news",
// "new"), and a phrase made of stop words ("to be or not to be") loses all its words.
//
//   Tokenizer tokenizer({.stem = true});
//   tokenizer.terms("The heated slabs").value()   // {"heat", "slab"}
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/utf8.hpp"
#include "engine/retrieval/letters.hpp"

namespace rehearse::retrieval {

struct TokenizerOptions {
  bool stem = false;  // and drop the stop words
};

// Errors: not UTF-8 (at which byte).
Result<void> check_utf8(std::string_view text);

bool stop_word(std::string_view lower_case_word);

// Not thread-safe: the stemmer keeps the last stem. One per thread.
class Tokenizer {
 public:
  explicit Tokenizer(TokenizerOptions options = {});
  ~Tokenizer();
  Tokenizer(Tokenizer&& other) noexcept;
  Tokenizer& operator=(Tokenizer&& other) noexcept;

  const TokenizerOptions& options() const { return options_; }

  // The terms in order. Errors: not UTF-8 (at which byte). O(bytes).
  Result<std::vector<std::string>> terms(std::string_view text) const;

  // What becomes of a lower-case word: its term, or nothing where it is a stop word.
  std::optional<std::string> term_of(std::string_view word) const;

 private:
  struct Stemmer;
  TokenizerOptions options_;
  std::unique_ptr<Stemmer> stemmer_;
};

// The lower case of an ASCII character that belongs to a word; 0 for one that parts words.
struct AsciiLower {
  constexpr AsciiLower() {
    for (char c = '0'; c <= '9'; ++c) of[static_cast<unsigned char>(c)] = c;
    for (char c = 'a'; c <= 'z'; ++c) of[static_cast<unsigned char>(c)] = c;
    for (char c = 'A'; c <= 'Z'; ++c)
      of[static_cast<unsigned char>(c)] = static_cast<char>(c - 'A' + 'a');
  }
  char of[128] = {};
};
inline constexpr AsciiLower kAsciiLower;

// The lower-case words of well-formed UTF-8, one after another, before stop words and stems.
class WordScanner {
 public:
  explicit WordScanner(std::string_view text) : left_(text) {}
  // False at the end. `word()` is valid until the next call.
  bool next() {
    word_.clear();
    while (!left_.empty()) {
      const auto byte = static_cast<unsigned char>(left_.front());
      if (byte < 0x80) {
        const char lower = kAsciiLower.of[byte];
        left_.remove_prefix(1);
        if (lower != 0)
          word_ += lower;
        else if (!word_.empty())
          return true;
      } else if (other_script()) {
        return true;
      }
    }
    return !word_.empty();
  }
  std::string_view word() const { return word_; }

 private:
  // Takes a character past ASCII; true where a word is whole.
  bool other_script();
  std::string_view left_;
  std::string word_;
};

// Calls `visit(std::string_view)` for each word; the view is valid during the call.
template <class Visit>
void each_word(std::string_view text, Visit&& visit) {
  WordScanner scanner(text);
  while (scanner.next()) visit(scanner.word());
}

}  // namespace rehearse::retrieval
