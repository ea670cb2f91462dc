// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/passage_terms.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/hash.hpp"
#include "engine/retrieval/tokenizer.hpp"

namespace rehearse::retrieval {

Result<PassageTerms> PassageTerms::of(std::span<const std::string> texts) {
  if (texts.empty()) return fail(Code::bad_data, "there is no passage to read");
  PassageTerms made;
  const Tokenizer tokenizer({.stem = true});
  std::vector<std::size_t> held, last;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto terms = at(fmt::format("passage {}", i + 1), tokenizer.terms(texts[i]));
    if (!terms) return fail(terms.error());
    std::vector<Term> passage;
    bool number = false;
    for (const std::string& text : *terms) {
      const auto [known, fresh] = made.ids_.emplace(text, static_cast<Term>(made.ids_.size()));
      if (fresh) held.push_back(0), last.push_back(0), made.hashes_.push_back(fnv1a64(text));
      if (last[known->second] != i + 1) last[known->second] = i + 1, ++held[known->second];
      number = number ||
               std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
      passage.push_back(known->second);
    }
    made.passages_.push_back(std::move(passage)), made.numbers_.push_back(number);
  }
  const auto n = static_cast<double>(texts.size());
  for (const std::size_t count : held) {
    const auto df = static_cast<double>(count);
    made.idf_.push_back(bm25_idf(n, df));
    made.shares_.push_back(df / n);
  }
  made.greatest_idf_ = bm25_idf(n, 0);
  return made;
}

Result<PassageTerms::Question> PassageTerms::question(std::string_view text) const {
  const Tokenizer tokenizer({.stem = true});
  const auto terms = tokenizer.terms(text);
  if (!terms) return fail(terms.error());
  Question question;
  for (const std::string& term : *terms) {
    const auto known = ids_.find(term);
    question.terms.push_back(known == ids_.end() ? kUnknownTerm : known->second);
    question.hashes.push_back(fnv1a64(term));
  }
  return question;
}

}  // namespace rehearse::retrieval
