// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/corpus_days.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_corpus_days(const StepCall& call, const StepContext& context) {
  sim::CorpusDaysOptions o;
  o.days = static_cast<int>(call.integer("days"));
  o.posts_before = static_cast<int>(call.integer("posts_before"));
  o.posts_a_day = static_cast<int>(call.integer("posts_a_day"));
  o.queries_a_day = static_cast<int>(call.integer("queries_a_day"));
  o.things = static_cast<int>(call.integer("things"));
  o.new_things = call.number("new_things"), o.burst = call.number("burst");
  o.nicknames = call.number("nicknames"), o.both_names = call.number("both_names");
  o.deleted = call.number("deleted"), o.corrected = call.number("corrected");
  o.edited = call.number("edited");
  o.worded_otherwise = call.number("worded_otherwise");
  o.worded_otherwise_after = call.given("worded_otherwise_after")
                                 ? call.number("worded_otherwise_after")
                                 : o.worded_otherwise;
  o.mix_day = call.number("mix_day");
  o.seed = context.seed, o.replicate = context.replicate;
  auto made = sim::simulate_corpus_days(o, context.progress);
  if (!made) return fail(made.error());
  Outputs outputs;
  for (Frame* frame : {&made->documents, &made->queries, &made->judgements})
    outputs.push_back(plan::Artifact::of(std::move(*frame)));
  return outputs;
}

std::vector<plan::Parameter> corpus_days_parameters() {
  return {
      integer_parameter("days", 42, 1, 730, "days of posts and questions"),
      integer_parameter("posts_before", 600, 10, 20000, "posts of the 60 days before day 0"),
      integer_parameter("posts_a_day", 30, 1, 2000, "posts written in a day"),
      integer_parameter("queries_a_day", 40, 1, 2000, "questions asked in a day"),
      integer_parameter("things", 48, 6, 1200, "things that are written about"),
      number_parameter("new_things", 0.4, 0, 1, "share of things launched during the run"),
      number_parameter("burst", 8, 0, 100,
                       "how much more a thing is talked about on its first day than later"),
      number_parameter("nicknames", 0.3, 0, 1, "share of posts that use a thing's nickname alone"),
      number_parameter("both_names", 0.3, 0, 1, "share that say both names once"),
      number_parameter("deleted", 0.15, 0, 1, "share of posts that are deleted, after 10 days"),
      number_parameter("corrected", 0.25, 0, 1, "share of facts whose first value was wrong"),
      number_parameter("edited", 0.5, 0, 1,
                       "share of posts with a corrected value that are edited"),
      number_parameter("worded_otherwise", 0.3, 0, 0.9,
                       "share of questions that use the nickname where posts use the name"),
      {.name = "worded_otherwise_after",
       .low = 0,
       .high = 0.9,
       .sentence = "the same from mix_day; as before where it is not given",
       .optional = true},
      number_parameter("mix_day", 0, 0, 1e6, "when the mix of questions shifts", "days")};
}

const StepRegistration kSimulateCorpusDays{{
    .name = "simulate.corpus_days",
    .sentence = "Simulate weeks of posts that come, are edited and go, and questions by the hour "
                "with what answered them at that moment.",
    .example = "local posts, questions, answers = simulate.corpus_days { days = 42 }",
    .outputs = {{.name = "documents",
                 .kind = Kind::frame,
                 .sentence = "document, revision, from, until, community, text"},
                {.name = "queries",
                 .kind = Kind::frame,
                 .sentence = "query, day, time, kind, text"},
                {.name = "judgements",
                 .kind = Kind::frame,
                 .sentence = "query, document, revision, relevance: 2 as it then was, 1 outdated"}},
    .parameters = corpus_days_parameters(),
    .run = run_simulate_corpus_days,
}};

}  // namespace
}  // namespace rehearse::steps
