// SPDX-License-Identifier: GPL-3.0-or-later
//
// One sentence for every option out of its range.
#pragma once

#include <initializer_list>

#include "engine/base/error.hpp"

namespace rehearse::models {

struct OptionCheck {
  const char* name;
  double value;
  bool fine;
  const char* range;  // as it is written: "(0, 1]"
};

// Errors: the first option that is not fine; `who` begins the sentence ("logistic regression").
inline Result<void> check_options(const char* who, std::initializer_list<OptionCheck> checks) {
  for (const OptionCheck& check : checks)
    if (!check.fine)
      return fail(Code::invalid_argument, "{}: {} is {}; it lies in {}", who, check.name,
                  check.value, check.range);
  return {};
}

}  // namespace rehearse::models
