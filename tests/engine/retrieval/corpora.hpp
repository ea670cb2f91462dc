// SPDX-License-Identifier: GPL-3.0-or-later
//
// Corpora for tests: words drawn with a long tail, as texts have them, and real collections where
// they lie beside the repository.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/retrieval/bm25.hpp"

namespace rehearse::retrieval {

inline std::string drawn_word(Stream& stream, double vocabulary) {
  return "w" + std::to_string(static_cast<int>(std::pow(stream.uniform(), 3) * vocabulary));
}

inline std::vector<std::string> drawn_texts(std::uint64_t seed, std::size_t count, int longest,
                                            double vocabulary) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    Stream stream(seed, "test.text", 0, i);
    std::string text;
    for (auto words = stream.between(0, longest); words > 0; --words)
      text += drawn_word(stream, vocabulary) + " ";
    texts.push_back(std::move(text));
  }
  texts.front() += "w0";  // so that there is a word in any case
  return texts;
}

inline std::shared_ptr<const InvertedIndex> index_of(const std::vector<std::string>& texts,
                                                     bool stem = false) {
  auto index = InvertedIndex::build(texts, {.tokenizer = {.stem = stem}});
  REQUIRE(index);
  return std::make_shared<const InvertedIndex>(std::move(*index));
}

inline Query asked(const InvertedIndex& index, std::string_view text) {
  auto query = query_of(index, Tokenizer(index.tokenizer()), text);
  REQUIRE(query);
  return *query;
}

// The folder of shared data beside the repository, searched upwards; empty where it is absent.
inline std::string shared_data(const std::string& name) {
  namespace fs = std::filesystem;
  for (fs::path at = fs::path(REHEARSE_SOURCE_DIR); at.has_relative_path(); at = at.parent_path())
    if (fs::exists(at / "shared" / "data" / name)) return (at / "shared" / "data" / name).string();
  WARN("skipped: there is no shared/data/" + name + " beside the repository");
  return {};
}

}  // namespace rehearse::retrieval
