// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of the simulated communities (corpus.hpp): what is written about, in which ways a
// property is stated and asked for, and what people say when they state nothing.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace rehearse::sim {

inline constexpr std::size_t kWordings = 4, kCommunities = 6;

// A property: `{e}` is the thing, `{v}` the value with its unit. Statement and question of one
// place share their words; those of two places share none that matter.
struct CorpusProperty {
  std::string_view unit;
  double low, high, step;
  std::array<std::string_view, kWordings> states, asks;
};

struct CorpusCommunity {
  std::string_view name, kind;  // "pour-over coffee", "grinder"
  std::vector<CorpusProperty> properties;
  std::vector<std::string_view> fillers;  // sentences, some with {e}
};

const std::array<CorpusCommunity, kCommunities>& corpus_communities();

// Of a fault: `{e}` the thing, `{c}` the code, `{v}` what it means.
const std::array<std::string_view, kWordings>& corpus_fault_statements();
const std::array<std::string_view, kWordings>& corpus_fault_questions();
const std::vector<std::string_view>& corpus_fault_meanings();

// What a correction begins with, and a repost.
const std::array<std::string_view, kWordings>& corpus_corrections();
const std::vector<std::string_view>& corpus_syllables();
const std::vector<std::string_view>& corpus_nicknames();

}  // namespace rehearse::sim
