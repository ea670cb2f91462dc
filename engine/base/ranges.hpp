// SPDX-License-Identifier: GPL-3.0-or-later
//
// One sentence for every option out of its range. Both ends belong to a range; an end that does not
// is written as the nearest number that does. NaN is in none.
//
//   if (auto fine = check_ranges({{"users", o.users, 1, 5000}, {"taste", o.taste, 0, 3}}); !fine)
//     return fine;
#pragma once

#include <initializer_list>
#include <string_view>

#include "engine/base/error.hpp"

namespace rehearse {

struct OptionRange {
  // Numbers of any type.
  template <class Value, class Low, class High>
  OptionRange(const char* option, Value v, Low l, High h)
      : name(option),
        value(static_cast<double>(v)),
        low(static_cast<double>(l)),
        high(static_cast<double>(h)) {}
  const char* name;
  double value, low, high;
};

// Errors: the first option out of its range: "users is 0; it lies from 1 to 5000", behind `whose`
// and a colon where it is given.
Result<void> check_ranges(std::initializer_list<OptionRange> options, std::string_view whose = {});

}  // namespace rehearse
