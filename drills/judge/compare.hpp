// SPDX-License-Identifier: GPL-3.0-or-later
//
// Comparing answers, in the judge and by the signature's types: a submission has no say in what is
// equal.
//
//   exact      every part equal; NaN equals NaN, 0.0 equals -0.0
//   unordered  the same, with the order of every list T[] left open (tuples keep theirs)
//   tolerance  floats within t·max(1, |expected|); NaN only with NaN, infinities with their like
//   function   the drill file decides, in its own process
#pragma once

#include <string>

#include "drills/judge/drill.hpp"
#include "drills/judge/drill_process.hpp"

namespace rehearse::judge {

struct Comparison {
  bool equal = false;
  // Where they differ first, in words: "[3]: 5 instead of 7". Empty when equal.
  std::string difference;
  std::size_t call = 0;  // of a class: 1-based number of the call that differs, 0 when none
};

// Both values in the form that `conform_answer` gives. Errors: only from a drill's own function.
Result<Comparison> compare_answers(const Drill& drill, const Input& input, const Value& expected,
                                   const Value& got, DrillProcess* functions);

// The same for one value of one type; not for Compare::How::function.
Comparison compare_values(const Compare& compare, const Type& type, const Value& expected,
                          const Value& got);

}  // namespace rehearse::judge
