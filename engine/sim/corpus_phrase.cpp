// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/corpus_phrase.hpp"

#include <fmt/format.h>

#include <utility>

namespace rehearse::sim {

std::string filled(std::string_view pattern, const std::string& thing, const std::string& value,
                   const std::string& code) {
  std::string text(pattern);
  for (const auto& [mark, word] :
       {std::pair{"{e}", &thing}, std::pair{"{v}", &value}, std::pair{"{c}", &code}})
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, 3, *word);
  return text;
}

std::string value_of(const CorpusProperty& property, Stream& stream) {
  const auto steps = static_cast<std::int64_t>((property.high - property.low) / property.step);
  return fmt::format("{:g} {}",
                     property.low + property.step * static_cast<double>(stream.between(0, steps)),
                     property.unit);
}

std::string mistyped(std::string word, Stream& stream) {
  if (word.size() < 4) return word;
  const std::size_t at = 1 + stream.below(word.size() - 2);
  switch (stream.below(3)) {
    case 0: word.insert(at, 1, word[at]); break;
    case 1: word.erase(at, 1); break;
    default:
      if (word[at] == word[at + 1])
        word.erase(at, 1);
      else
        std::swap(word[at], word[at + 1]);
  }
  return word;
}

std::string drawn_name(Stream& stream) {
  const auto& syllables = corpus_syllables();
  std::string name;
  for (int part = 0; part < 3; ++part) name += syllables[stream.below(syllables.size())];
  return name;
}

std::string nickname_of(std::size_t place) {
  const auto& nicknames = corpus_nicknames();
  const std::size_t round = place / nicknames.size();
  std::string name(nicknames[place % nicknames.size()]);
  if (round > 0)
    name += std::string(nicknames[(round + place) % nicknames.size()]) + std::to_string(round);
  return name;
}

}  // namespace rehearse::sim
