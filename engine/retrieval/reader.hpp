// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reader: from the passages that a search found to an answer with its sources, or to a refusal.
//
// It is extractive: an answer is a value, a number with its unit, copied from a sentence of a
// passage, so whatever it says stands in what it cites. It can be wrong about which thing or which
// time a sentence speaks of, and that is what the checks below are for. It answers questions after
// values ("how loud is the prasuwen") and nothing else.
//
//   1. Which unit is asked for: learned from answered questions, by naive Bayes over the words of
//      the question without the names of things, with Laplace's one (Maron 1961):
//        P(unit | words) ∝ n(unit) Π (n(word, unit) + 1) / (n(·, unit) + V)
//      Below `confidence` it refuses.
//   2. Evidence: values of that unit in sentences about the thing that the question names. A
//      sentence is about the thing named last before the value, else after it in the sentence, else
//      last in the sentences before ("it"), else first in the passage's context. With `named_only`
//      a value whose thing is not known is no evidence; without, the search is trusted to have
//      found the right thing.
//   3. Which value: with `newest` the newest that has a day, since people correct themselves. Where
//      none has one, or without `newest`, they must agree, or most of them. Undated values that
//      disagree, and ties, are refused as disputed.
//
// What to do where nothing was found is a choice. `guess` answers as a language model does that was
// not taught to refuse: with the commonest value of that unit it was trained on, citing the first
// passage. It is there to be measured (answer_metrics.hpp).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/retrieval/chunking.hpp"

namespace rehearse::retrieval {

// A number with its unit.
struct FoundValue {
  ByteRange range;   // of the text
  std::string text;  // as it stands there
  std::string unit;  // in lower case
};
// Values of a text in order: digits, perhaps with . or , between them, white space, a word of
// letters. O(bytes).
std::vector<FoundValue> values_of(std::string_view text);

struct NamedThing {
  std::vector<std::string> names;  // single words; letters in either case
};

struct Passage {
  std::string_view text;          // the context, then what the document says
  std::size_t context_bytes = 0;  // of the context
  DocumentId document = 0;
  std::size_t begin = 0;      // of the document's bytes, where the passage begins
  std::optional<double> day;  // of the document
};

struct Citation {
  std::size_t passage = 0;  // of those read
  DocumentId document = 0;
  ByteRange range;  // the sentence, in bytes of the document
};

enum class Refusal { none, unsure, unknown_thing, no_evidence, disputed };
const char* refusal_words(Refusal refusal);

struct Answer {
  Refusal refusal = Refusal::none;
  std::string text;       // empty for a refusal
  std::string unit;       // the one looked for
  double confidence = 0;  // P(unit | question)
  bool guessed = false;
  std::vector<Citation> citations;  // the newest first
};

enum class WhenMissing { refuse, guess };

struct ReaderOptions {
  double confidence = 0.5;  // [0, 1]
  bool newest = true;
  bool named_only = true;
  WhenMissing when_missing = WhenMissing::refuse;
  std::size_t most_citations = 3;  // at least 1
};

// Immutable, hence safe to share between threads.
class Reader {
 public:
  // Answers without a value teach nothing and are counted. `things` may be empty: then every
  // sentence is taken to be about what was asked.
  // Errors: sizes differ, no answer has a value, a text that is not UTF-8, a name of no word or of
  // several, a name of two things, an option out of its range.
  static Result<Reader> train(std::span<const std::string> questions,
                              std::span<const std::string> answers,
                              std::span<const NamedThing> things,
                              const ReaderOptions& options = {});

  std::size_t skipped() const { return skipped_; }
  std::size_t units() const { return units_.size(); }

  // Passages best first; where they tie the earlier one is cited. Errors: the question or a passage
  // is not UTF-8. O(bytes of the passages).
  Result<Answer> read(std::string_view question, std::span<const Passage> passages) const;

 private:
  struct Unit {
    std::string name, commonest;  // and its commonest value
    double answers = 0, words = 0;
    std::unordered_map<std::string, double> counts;
  };
  // The likeliest unit and its probability.
  std::pair<const Unit*, double> unit_asked(std::string_view question) const;

  ReaderOptions options_;
  std::vector<Unit> units_;                             // in order of first appearance
  std::unordered_map<std::string, std::size_t> names_;  // to the thing
  std::size_t vocabulary_ = 0, skipped_ = 0;
};

}  // namespace rehearse::retrieval
