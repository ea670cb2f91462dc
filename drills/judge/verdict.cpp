// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/verdict.hpp"

#include <array>
#include <cstddef>

namespace rehearse::judge {
namespace {

struct Names {
  const char* code;
  const char* words;
};
constexpr std::array<Names, 8> kNames = {{{"AC", "accepted"},
                                          {"WA", "wrong answer"},
                                          {"RTE", "runtime error"},
                                          {"TLE", "time limit"},
                                          {"MLE", "memory limit"},
                                          {"OLE", "output limit"},
                                          {"CE", "does not load"},
                                          {"JE", "fault of the judge"}}};

}  // namespace

const char* verdict_code(Verdict verdict) { return kNames[static_cast<std::size_t>(verdict)].code; }
const char* verdict_words(Verdict verdict) {
  return kNames[static_cast<std::size_t>(verdict)].words;
}

std::optional<Verdict> verdict_from_code(std::string_view code) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (code == kNames[i].code) return static_cast<Verdict>(i);
  }
  return {};
}

}  // namespace rehearse::judge
