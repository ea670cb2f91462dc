// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/corpus.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_corpus(const StepCall& call, const StepContext& context) {
  sim::CorpusOptions o;
  o.posts = static_cast<int>(call.integer("posts"));
  o.things = static_cast<int>(call.integer("things"));
  o.queries = static_cast<int>(call.integer("queries"));
  o.nicknames = call.number("nicknames"), o.both_names = call.number("both_names");
  o.reposts = call.number("reposts"), o.corrected = call.number("corrected");
  o.typos = call.number("typos");
  o.seed = context.seed;
  o.replicate = context.replicate + static_cast<std::uint64_t>(call.integer("world"));
  auto made = sim::simulate_corpus(o, context.progress);
  if (!made) return fail(made.error());
  Outputs outputs;
  for (Frame* frame : {&made->documents, &made->queries, &made->judgements})
    outputs.push_back(plan::Artifact::of(std::move(*frame)));
  return outputs;
}

const StepRegistration kSimulateCorpus{{
    .name = "simulate.corpus",
    .sentence = "Simulate posts of communities that state facts in several wordings, questions of "
                "four kinds, and which posts answer which question.",
    .example = "local posts, questions, answers = simulate.corpus { posts = 1200 }",
    .outputs = {{.name = "documents",
                 .kind = Kind::frame,
                 .sentence = "document, community, day, text"},
                {.name = "queries", .kind = Kind::frame, .sentence = "query, kind, text, answer"},
                {.name = "judgements",
                 .kind = Kind::frame,
                 .sentence = "query, document, relevance: 2 as it is now, 1 as it was once"}},
    .parameters =
        {integer_parameter("posts", 1200, 10, 200000, "posts written in a year"),
         integer_parameter("things", 48, 6, 1200, "things that are written about"),
         integer_parameter("queries", 60, 1, 2000, "questions of each kind"),
         number_parameter("nicknames", 0.45, 0, 1,
                          "share of posts that use a thing's nickname alone"),
         number_parameter("both_names", 0.15, 0, 1, "share that say both names once"),
         number_parameter("reposts", 0.08, 0, 1, "share that repeat an earlier post"),
         number_parameter("corrected", 0.25, 0, 1, "share of facts whose first value was wrong"),
         number_parameter("typos", 0.03, 0, 0.5, "share of words of posts with a letter wrong"),
         integer_parameter("world", 0, 0, 1e6, "other posts and questions about the same things")},
    .run = run_simulate_corpus,
}};

}  // namespace
}  // namespace rehearse::steps
