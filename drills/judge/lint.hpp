// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lint of a drill: that its tests say what they claim. The reference must pass, growth included;
// each wrong solution must be refused with its verdict, for its reason, and first at its case; the
// oracle must agree with the reference on small cases and on the examples.
#pragma once

#include <string>
#include <vector>

#include "drills/judge/drill.hpp"
#include "drills/judge/grade.hpp"

namespace rehearse::judge {

struct Finding {
  std::string where;    // "drills/state/ttl-store.lua", with ":line" where known
  std::string message;  // what is wrong and how to mend it
};

// Empty: clean. Blocking; some wrong solutions run into their time limit.
std::vector<Finding> lint(const Drill& drill, const GradeOptions& options = {});

}  // namespace rehearse::judge
