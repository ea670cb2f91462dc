// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers as a sentence says them: no exponent where a number is large, thousands in groups.
#pragma once

#include <string>

namespace rehearse {

// Rounded to a whole number: 16000 as "16,000".
std::string grouped(double number);

// A whole number as tables have it, where columns of four digits need no groups: 8319, "12,000".
std::string whole_words(double whole);

// To so many significant digits: "0.03125", "412.5", "13,458"; what is larger than its digits is
// told whole. Beyond 1e15, and for what is not finite, as fmt writes it.
std::string number_words(double number, int digits = 4);

}  // namespace rehearse
