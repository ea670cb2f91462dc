// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/threads.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_threads(const StepCall& call, const StepContext& context) {
  sim::ThreadOptions o;
  for (const auto& [name, into] : {std::pair{"threads", &o.threads},
                                   {"things", &o.things},
                                   {"comments", &o.comments},
                                   {"sentences", &o.sentences},
                                   {"queries", &o.queries}})
    *into = static_cast<int>(call.integer(name));
  for (const auto& [name, into] : {std::pair{"nicknames", &o.nicknames},
                                   {"unnamed", &o.unnamed},
                                   {"replies", &o.replies},
                                   {"asides", &o.asides},
                                   {"silent", &o.silent},
                                   {"disputed", &o.disputed},
                                   {"corrected", &o.corrected},
                                   {"undated", &o.undated}})
    *into = call.number(name);
  o.seed = context.seed;
  o.replicate = context.replicate + static_cast<std::uint64_t>(call.integer("world"));
  auto made = sim::simulate_threads(o, context.progress);
  if (!made) return fail(made.error());
  Outputs outputs;
  for (Frame* frame : {&made->documents, &made->queries, &made->judgements, &made->things})
    outputs.push_back(plan::Artifact::of(std::move(*frame)));
  return outputs;
}

const StepRegistration kSimulateThreads{{
    .name = "simulate.threads",
    .sentence =
        "Simulate threads, posts with titles and comments below them, that state facts far "
        "from the name of their thing; questions with answers, corrected answers, and none.",
    .example = "local texts, questions, answers, things = simulate.threads { threads = 300 }",
    .outputs = {{.name = "documents",
                 .kind = Kind::frame,
                 .sentence = "document, thread, parent, title, community, day, text"},
                {.name = "queries", .kind = Kind::frame, .sentence = "query, kind, text, answer"},
                {.name = "judgements",
                 .kind = Kind::frame,
                 .sentence = "query, document, relevance, begin, end: where the value stands"},
                {.name = "things", .kind = Kind::frame, .sentence = "thing, name, alias"}},
    .parameters = {integer_parameter("threads", 300, 6, 50000, "threads of a year"),
                   integer_parameter("things", 36, 6, 1200, "things that are written about"),
                   integer_parameter("comments", 5, 0, 60, "comments of a thread at most"),
                   integer_parameter("sentences", 14, 4, 1000, "sentences of a post"),
                   integer_parameter("queries", 60, 1, 2000, "questions of each kind"),
                   number_parameter("nicknames", 0.2, 0, 1,
                                    "share of titles that use a thing's nickname"),
                   number_parameter("unnamed", 0.8, 0, 1,
                                    "share of comments that say it instead of the name"),
                   number_parameter("replies", 0.35, 0, 1,
                                    "share of turns that are a question and a bare value"),
                   number_parameter("asides", 0.3, 0, 1,
                                    "share of comments that mention another thing's fact"),
                   number_parameter("silent", 0.15, 0, 1, "share of facts that nobody states"),
                   number_parameter("disputed", 0.15, 0, 1,
                                    "share of facts that undated posts disagree about"),
                   number_parameter("corrected", 0.35, 0, 1,
                                    "share of facts whose first value was wrong"),
                   number_parameter("undated", 0.15, 0, 1, "share of threads without a day"),
                   integer_parameter("world", 0, 0, 1e6,
                                     "other threads and questions about the same things")},
    .run = run_simulate_threads,
}};

}  // namespace
}  // namespace rehearse::steps
