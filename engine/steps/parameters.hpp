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

inline plan::Parameter text_parameter(const char* name, const char* initial, const char* sentence) {
  return {.name = name,
          .type = plan::ParameterType::text,
          .initial = std::string(initial),
          .sentence = sentence};
}

// Since the truth is known: whether something really changed, and when, in the unit of the moments
// that are watched (at most `high`).
inline std::vector<plan::Parameter> drift_parameters(const char* sentence, double high,
                                                     const char* unit) {
  return {{.name = "drift",
           .type = plan::ParameterType::boolean,
           .initial = false,
           .sentence = sentence},
          number_parameter("drift_day", 0, 0, high, "when it did", unit)};
}

inline std::vector<plan::Parameter> joined_parameters(std::vector<plan::Parameter> first,
                                                      std::vector<plan::Parameter> more) {
  for (plan::Parameter& parameter : more) first.push_back(std::move(parameter));
  return first;
}

}  // namespace rehearse::steps
