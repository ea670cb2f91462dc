// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/tokenizer.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace rehearse::retrieval {
namespace {

// In order, for the search.
constexpr std::array<std::string_view, 33> kStopWords = {
    "a",   "an",    "and",  "are",   "as",    "at",   "be",   "but", "by",  "for",  "if",
    "in",  "into",  "is",   "it",    "no",    "not",  "of",   "on",  "or",  "such", "that",
    "the", "their", "then", "there", "these", "they", "this", "to",  "was", "will", "with"};
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

}  // namespace

bool stop_word(std::string_view lower_case_word) {
  return std::binary_search(kStopWords.begin(), kStopWords.end(), lower_case_word);
}

struct Tokenizer::Stemmer {
  Stemmer() : handle(sb_stemmer_new("english", "UTF_8")) {
    if (!handle) throw std::bad_alloc();  // Snowball without English is not built
  }
  ~Stemmer() { sb_stemmer_delete(handle); }
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;
  sb_stemmer* handle;
};

Tokenizer::Tokenizer(TokenizerOptions options)
    : options_(options), stemmer_(options.stem ? std::make_unique<Stemmer>() : nullptr) {}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&& other) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&& other) noexcept = default;

std::optional<std::string> Tokenizer::term_of(std::string_view word) const {
  if (!stemmer_) return std::string(word);
  if (stop_word(word)) return std::nullopt;
  if (word.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return std::string(word);
  const sb_symbol* stem =
      sb_stemmer_stem(stemmer_->handle, reinterpret_cast<const sb_symbol*>(word.data()),
                      static_cast<int>(word.size()));
  if (!stem) return std::string(word);
  return std::string(reinterpret_cast<const char*>(stem),
                     static_cast<std::size_t>(sb_stemmer_length(stemmer_->handle)));
}

Result<void> check_utf8(std::string_view text) {
  if (const std::size_t at = invalid_utf8_at(text); at != std::string_view::npos)
    return fail(Code::bad_data, "byte {}: not UTF-8; convert the text first (iconv -t utf-8)",
                at + 1);
  return {};
}

Result<std::vector<std::string>> Tokenizer::terms(std::string_view text) const {
  if (auto fine = check_utf8(text); !fine) return fail(fine.error());
  std::vector<std::string> terms;
  each_word(text, [&](std::string_view word) {
    if (auto term = term_of(word)) terms.push_back(std::move(*term));
  });
  return terms;
}

bool WordScanner::other_script() {
  const Scalar scalar = front_scalar(left_);
  const bool alone = word_by_itself(scalar.value);
  const bool part = in_word(scalar.value) && !(word_.empty() && mark(scalar.value));
  if (alone && !word_.empty()) return true;  // and the character begins the next word
  left_.remove_prefix(std::min(scalar.bytes, left_.size()));
  if (!part) return !word_.empty();
  append_utf8(word_, lower_case(scalar.value));
  return alone;
}

}  // namespace rehearse::retrieval
