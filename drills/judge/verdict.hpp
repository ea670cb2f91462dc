// SPDX-License-Identifier: GPL-3.0-or-later
//
// Verdicts: the eight ways in which a submission, or one case of it, can end.
#pragma once

#include <optional>
#include <string_view>

namespace rehearse::judge {

enum class Verdict {
  accepted,       // AC
  wrong_answer,   // WA  a value of the right or the wrong type that is not the answer
  runtime_error,  // RTE an error, a crash, an early exit
  time_limit,     // TLE reason cpu, wall or growth
  memory_limit,   // MLE reason peak or growth
  output_limit,   // OLE printed or returned too much
  compile_error,  // CE  does not load
  judge_error,    // JE  a fault of the judge
};

// "AC", "WA", …
const char* verdict_code(Verdict verdict);
// "accepted", "wrong answer", …
const char* verdict_words(Verdict verdict);
std::optional<Verdict> verdict_from_code(std::string_view code);

}  // namespace rehearse::judge
