// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hashed features of a text: its words, and the pieces of three letters of each ("<pr", "pra", …,
// "en>"), each a row of a table of 2^bits. Two words of one row are not told apart; the fewer rows,
// the more often.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/retrieval/tokenizer.hpp"

namespace rehearse::retrieval {

struct TextFeature {
  std::uint32_t row = 0;
  float weight = 0;
};

// A word weighs 1, its pieces together 1. The text is well-formed UTF-8; pieces are of bytes.
inline std::vector<TextFeature> text_features(std::string_view text, std::size_t bits) {
  std::vector<TextFeature> features;
  const auto add = [&](char kind, std::string_view piece, double weight) {
    const std::uint64_t hash = mix64(fnv1a64(piece, fnv1a64(std::string_view(&kind, 1))));
    features.push_back(
        {static_cast<std::uint32_t>(hash >> (64 - bits)), static_cast<float>(weight)});
  };
  each_word(text, [&](std::string_view word) {
    add('w', word, 1);
    const std::string marked = "<" + std::string(word) + ">";
    const auto pieces = static_cast<double>(marked.size() - 2);
    for (std::size_t i = 0; i + 3 <= marked.size(); ++i)
      add('p', std::string_view(marked).substr(i, 3), 1 / pieces);
  });
  return features;
}

}  // namespace rehearse::retrieval
