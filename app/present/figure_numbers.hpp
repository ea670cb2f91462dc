// SPDX-License-Identifier: GPL-3.0-or-later
//
// The numbers of a figure of kind `number`, as a table has them.
#pragma once

#include <string>
#include <vector>

#include "engine/base/document.hpp"

namespace rehearse::present {

struct NamedNumber {
  std::string name;  // with its unit: "log loss", "excess log loss (%)"
  double value = 0;  // in that unit: 3 for 3%; NaN where it is not defined
};

// In order of the rows. Empty for other kinds, and without columns name and value.
std::vector<NamedNumber> numbersIn(const Figure& figure);

}  // namespace rehearse::present
