// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shorthand for the parameters of steps that have many.
#pragma once

#include "engine/plan/step.hpp"

namespace rehearse::steps {

inline plan::Parameter number_parameter(const char* name, double initial, double low, double high,
                                        const char* sentence, const char* unit = "") {
  return {.name = name,
          .initial = initial,
          .low = low,
          .high = high,
          .unit = unit,
          .sentence = sentence};
}

inline plan::Parameter integer_parameter(const char* name, std::int64_t initial, double low,
                                         double high, const char* sentence) {
  return {.name = name,
          .type = plan::ParameterType::integer,
          .initial = initial,
          .low = low,
          .high = high,
          .sentence = sentence};
}

inline plan::Parameter choice_parameter(const char* name, const char* initial,
                                        std::vector<std::string> choices, const char* sentence) {
  return {.name = name,
          .type = plan::ParameterType::choice,
          .initial = std::string(initial),
          .choices = std::move(choices),
          .sentence = sentence};
}

}  // namespace rehearse::steps
