// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parameters of the first place of a feed (engine/sim/choices.hpp) that its log and its bandits
// share.
#pragma once

#include "engine/sim/choices.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

inline std::vector<plan::Parameter> choice_parameters() {
  return {integer_parameter("visits_a_day", 2000, 1, 1e6, "visits in a day"),
          integer_parameter("segments", 6, 1, 200, "segments of visitors"),
          integer_parameter("posts", 12, 2, 200, "posts that may be shown"),
          number_parameter("base_ctr", 0.08, 1e-6, 0.5, "mean rate of clicks of any post"),
          number_parameter("taste", 0.8, 0, 3, "how much segments differ, in log-odds"),
          number_parameter("quality", 0.5, 0, 3, "how much posts differ, in log-odds")};
}

inline sim::ChoiceOptions choice_options(const plan::StepCall& call,
                                         const plan::StepContext& context) {
  sim::ChoiceOptions options;
  options.visits_a_day = static_cast<int>(call.integer("visits_a_day"));
  options.segments = static_cast<int>(call.integer("segments"));
  options.posts = static_cast<int>(call.integer("posts"));
  options.base_ctr = call.number("base_ctr");
  options.taste = call.number("taste"), options.quality = call.number("quality");
  options.seed = context.seed, options.replicate = context.replicate;
  return options;
}

}  // namespace rehearse::steps
