// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> happening_parameters() {
  return {number_parameter("at", 600, 0, 9600, "the hour of the page", "hours"),
          number_parameter("begin", 590, 0, 9600, "when it began", "hours"),
          {.name = "kind",
           .type = ParameterType::text,
           .initial = std::string("nothing"),
           .sentence = "the kind of incident, of simulate.operations"},
          number_parameter("hurts", 0, 0, 1,
                           "share of clicks lost while it lasts, where the click rate does not "
                           "show it; 0: as the click rate shows"),
          {.name = "harmless",
           .type = ParameterType::boolean,
           .initial = false,
           .sentence = "nobody loses by it"}};
}

scenarios::Happening happening_given(const StepCall& call) {
  return {call.number("begin"), call.text("kind"), call.number("hurts"), call.boolean("harmless")};
}

plan::Port operations_table(const char* name, const char* sentence) {
  return {.name = name, .kind = Kind::frame, .sentence = sentence};
}

}  // namespace rehearse::steps
