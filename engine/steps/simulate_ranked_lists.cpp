// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/ranked_lists.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_ranked_lists(const StepCall& call, const StepContext& context) {
  sim::RankedListOptions o;
  o.requests = static_cast<int>(call.integer("requests"));
  o.later = static_cast<int>(call.integer("later"));
  o.candidates = static_cast<int>(call.integer("candidates"));
  o.topics = static_cast<int>(call.integer("topics"));
  o.click_rate = call.number("click_rate"), o.report_rate = call.number("report_rate");
  o.interplay = call.number("interplay"), o.noise = call.number("noise");
  o.unsafe = call.number("unsafe");
  o.seed = context.seed, o.replicate = context.replicate;
  auto made = sim::simulate_ranked_lists(o, context.progress);
  if (!made) return fail(made.error());
  return two(std::move(made->past), std::move(made->later));
}

const StepRegistration kSimulateRankedLists{{
    .name = "simulate.ranked_lists",
    .sentence = "Simulate requests with candidates, their features, and whether each was clicked, "
                "read and reported, from known probabilities.",
    .example = "local past, later = simulate.ranked_lists { requests = 800, later = 1500 }",
    .outputs = {{.name = "past",
                 .kind = Kind::frame,
                 .sentence =
                     "a row a candidate: request, features, relevance, click, read, report"},
                {.name = "later", .kind = Kind::frame, .sentence = "the same, of later requests"}},
    .parameters = {integer_parameter("requests", 800, 1, 50000, "requests to learn from"),
                   integer_parameter("later", 1500, 1, 50000, "requests after them, to judge by"),
                   integer_parameter("candidates", 20, 2, 500, "candidates of a request"),
                   integer_parameter("topics", 6, 2, 50, "topics, of three communities each"),
                   number_parameter("click_rate", 0.12, 0.001, 0.5, "clicks a candidate"),
                   number_parameter("report_rate", 0.01, 0.0001, 0.2, "reports a candidate"),
                   number_parameter("interplay", 1, 0, 3,
                                    "strength of what no sum of columns can say"),
                   number_parameter("noise", 0.4, 0, 5, "of what is seen of liking and quality"),
                   number_parameter("unsafe", 0.04, 0, 0.5,
                                    "share of posts that should not be shown")},
    .run = run_simulate_ranked_lists,
}};

}  // namespace
}  // namespace rehearse::steps
