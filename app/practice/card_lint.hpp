// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lint of cards: that they are whole, link to things that exist, share no run of eight words with
// the guide, and that the engine agrees with every number.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/practice/card_library.hpp"
#include "app/practice/expression.hpp"

namespace rehearse::practice {

struct CardFinding {
  std::string where;    // "path" or "path:line"
  std::string message;  // what is wrong and how to mend it
};

struct CardLintInput {
  std::set<std::string> inventory;  // the guide's ids; empty: `covers` is not checked
  std::set<std::string> designs, drills;
  std::vector<std::uint64_t> guide_runs;  // ascending hashes; empty: not checked
  Functions functions;
};

std::vector<CardFinding> lint_cards(const CardLibrary& library, const CardLintInput& input);

// content/guide-runs.bin: the 8 bytes "RUNS8\0\0\1", then ascending little-endian 64-bit FNV-1a
// hashes of every run of eight consecutive words; words are [a-z0-9]+ of the lower-cased text,
// joined by one space. Errors: no such file, another format.
Result<std::vector<std::uint64_t>> load_guide_runs(const std::string& path);
std::vector<std::uint64_t> word_runs(std::string_view text);

}  // namespace rehearse::practice
