// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/reader_evidence.hpp"

#include <algorithm>
#include <cassert>

#include "engine/retrieval/tokenizer.hpp"

namespace rehearse::retrieval {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// A word without the marks around it, in lower case; and where it stands.
struct BareWord {
  ByteRange range;
  std::string text;
  bool touches_mark = false;  // one stands behind it
};

BareWord bare(std::string_view text, ByteRange word) {
  const auto part = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]) >= 0x80 ||
           kAsciiLower.of[static_cast<unsigned char>(text[i])] != 0;
  };
  const std::size_t end = word.end;
  while (word.begin < word.end && !part(word.begin)) ++word.begin;
  while (word.end > word.begin && !part(word.end - 1)) --word.end;
  BareWord made{word, {}, word.end != end};
  for (std::size_t i = word.begin; i < word.end; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char lower = byte < 0x80 ? kAsciiLower.of[byte] : '\0';
    made.text += lower != 0 ? lower : text[i];
  }
  return made;
}

bool numeric_word(const BareWord& word) {
  const std::string& text = word.text;
  return !text.empty() && !word.touches_mark && digit(text.front()) && digit(text.back()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return digit(c) || c == '.' || c == ','; });
}

bool letter_word(const BareWord& word) {
  return !word.text.empty() && std::none_of(word.text.begin(), word.text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z');
  });
}

struct NamedAt {
  std::size_t byte, thing;
};

std::vector<NamedAt> named_in(const SoughtValue& sought, std::string_view text) {
  std::vector<NamedAt> named;
  for (const ByteRange& range : word_ranges(text))
    each_word(text.substr(range.begin, range.size()), [&](std::string_view word) {
      if (const auto known = sought.names->find(std::string(word)); known != sought.names->end())
        named.push_back({range.begin, known->second});
    });
  return named;
}

// The thing named last before the byte, else first after it, else the one spoken of so far.
std::optional<std::size_t> spoken_of(const std::vector<NamedAt>& named, std::size_t byte,
                                     std::optional<std::size_t> so_far) {
  if (named.empty()) return so_far;
  std::size_t thing = named.front().thing;
  for (const NamedAt& one : named)
    if (one.byte < byte) thing = one.thing;
  return thing;
}

}  // namespace

std::vector<FoundValue> values_of(std::string_view text) {
  std::vector<FoundValue> values;
  const std::vector<ByteRange> words = word_ranges(text);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const BareWord first = bare(text, words[i]);
    if (!numeric_word(first)) continue;
    const BareWord unit = bare(text, words[i + 1]);
    if (!letter_word(unit) || unit.range.begin != words[i + 1].begin) continue;
    values.push_back(
        {{first.range.begin, unit.range.end},
         std::string(text.substr(first.range.begin, unit.range.end - first.range.begin)),
         unit.text});
  }
  return values;
}

void add_evidence(const SoughtValue& sought, const Passage& passage, std::size_t place,
                  std::vector<Evidence>& evidence) {
  assert(passage.context_bytes <= passage.text.size());
  const auto above = named_in(sought, passage.text.substr(0, passage.context_bytes));
  std::optional<std::size_t> spoken;
  if (!above.empty()) spoken = above.front().thing;
  const std::string_view own = passage.text.substr(passage.context_bytes);
  for (const ByteRange& range : sentence_ranges(own)) {
    const std::string_view sentence = own.substr(range.begin, range.size());
    const auto named = named_in(sought, sentence);
    for (const FoundValue& value : values_of(sentence)) {
      if (value.unit != sought.unit) continue;
      const auto thing = spoken_of(named, value.range.begin, spoken);
      const bool fits =
          sought.thing ? (thing ? thing == sought.thing : !sought.named_only) : !sought.named_only;
      if (fits)
        evidence.push_back(
            {value.text,
             passage.day,
             {place, passage.document, {passage.begin + range.begin, passage.begin + range.end}}});
    }
    if (!named.empty()) spoken = named.back().thing;
  }
}

}  // namespace rehearse::retrieval
