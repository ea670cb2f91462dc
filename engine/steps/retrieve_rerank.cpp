// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/cross_encoder.hpp"
#include "engine/steps/passage_call.hpp"

namespace rehearse::steps {
namespace {

// One corpus with what a first stage found in it.
struct RankedCorpus {
  PassageTable passages;
  AskedTable asked;
  FoundTable found;
};

Result<RankedCorpus> ranked_corpus(const Frame& passages, const Frame& queries,
                                   const Frame& found) {
  auto read = passages_of(passages);
  auto asked = asked_in(queries);
  if (!read) return fail(read.error());
  if (!asked) return fail(asked.error());
  auto hits = found_in(found, *asked, *read);
  if (!hits) return fail(hits.error());
  return RankedCorpus{*std::move(read), *std::move(asked), *std::move(hits)};
}

std::vector<retrieval::Hit> hits_of(const FoundTable::OfQuery& of) {
  std::vector<retrieval::Hit> hits;
  for (std::size_t r = 0; r < of.passages.size(); ++r)
    hits.push_back({static_cast<retrieval::DocumentId>(of.passages[r]), of.scores[r]});
  return hits;
}

Result<retrieval::CrossEncoder> trained_cross_encoder(const StepCall& call,
                                                      const StepContext& context,
                                                      std::size_t depth) {
  const auto past = at("training", ranked_corpus(call.input("past_passages")->as_frame(),
                                                 call.input("past_queries")->as_frame(),
                                                 call.input("past_found")->as_frame()));
  if (!past) return fail(past.error());
  const auto judged = at("training", judged_passages(call.input("past_judgements")->as_frame(),
                                                     past->asked, past->passages));
  if (!judged) return fail(judged.error());
  std::vector<retrieval::RankedQuestion> questions;
  for (std::size_t q = 0; q < past->asked.ids.size(); ++q) {
    retrieval::RankedQuestion one{past->asked.texts[q], hits_of(past->found.queries[q]), {}};
    one.candidates.resize(std::min(one.candidates.size(), depth));
    for (const retrieval::Hit& hit : one.candidates)
      one.relevant.push_back((*judged)[q].relevance.count(hit.document));
    questions.push_back(std::move(one));
  }
  const auto terms = retrieval::PassageTerms::of(past->passages.texts);
  if (!terms) return fail(terms.error());
  return retrieval::CrossEncoder::train(*terms, questions,
                                        {.epochs = static_cast<std::size_t>(call.integer("epochs")),
                                         .learning_rate = call.number("learning_rate"),
                                         .weight_decay = call.number("weight_decay")},
                                        context.progress);
}

Result<Frame> encoder_rows(const retrieval::CrossEncoder& encoder) {
  std::vector<std::string> names;
  std::vector<double> weights;
  for (std::size_t i = 0; i < retrieval::CrossEncoder::kFeatures; ++i)
    names.emplace_back(retrieval::CrossEncoder::feature_name(i)),
        weights.push_back(encoder.weight(i));
  Frame::Builder b;
  b.add("feature", names).add("weight", std::move(weights));
  return std::move(b).build();
}

Result<Outputs> run_retrieve_rerank(const StepCall& call, const StepContext& context) {
  const auto now =
      ranked_corpus(call.input("passages")->as_frame(), call.input("queries")->as_frame(),
                    call.input("found")->as_frame());
  if (!now) return fail(now.error());
  const auto first = static_cast<std::size_t>(call.integer("first"));
  const auto depth = static_cast<std::size_t>(call.integer("trained_depth"));
  const auto encoder = trained_cross_encoder(call, context, depth);
  if (!encoder) return fail(encoder.error());
  const auto terms = retrieval::PassageTerms::of(now->passages.texts);
  if (!terms) return fail(terms.error());
  const double priced = call.number("pair_operations");
  FoundTable found;
  for (std::size_t q = 0; q < now->asked.ids.size(); ++q) {
    const std::vector<retrieval::Hit> hits = hits_of(now->found.queries[q]);
    const auto made = encoder->rerank(*terms, now->asked.texts[q], hits, first);
    if (!made) return fail(made.error());
    FoundTable::OfQuery of;
    for (const retrieval::Hit& hit : made->hits)
      of.passages.push_back(hit.document), of.scores.push_back(hit.score);
    const auto pairs = static_cast<double>(std::min(first, hits.size()));
    of.operations =
        now->found.queries[q].operations + (priced > 0 ? pairs * priced : made->operations);
    found.queries.push_back(std::move(of));
  }
  return two(found_rows(found, now->asked, now->passages), encoder_rows(*encoder));
}

const StepRegistration kRetrieveRerank{{
    .name = "retrieve.rerank",
    .sentence = "Put the first passages found for each question in a new order, by a small "
                "cross-encoder trained on judged questions of the past.",
    .example = "local reranked, weights = retrieve.rerank { passages, questions, found, past, "
               "past_questions, past_found, past_judgements, first = 20 }",
    .inputs = {{.name = "passages", .kind = Kind::frame, .sentence = "of retrieve.chunk"},
               {.name = "queries", .kind = Kind::frame, .sentence = "query, text"},
               {.name = "found", .kind = Kind::frame, .sentence = "of retrieve.search"},
               {.name = "past_passages",
                .kind = Kind::frame,
                .sentence = "those that the cross-encoder learns on"},
               {.name = "past_queries", .kind = Kind::frame, .sentence = "the questions, then"},
               {.name = "past_found", .kind = Kind::frame, .sentence = "what was found, then"},
               {.name = "past_judgements",
                .kind = Kind::frame,
                .sentence = "query, document, relevance, perhaps begin and end"}},
    .outputs = {{.name = "found",
                 .kind = Kind::frame,
                 .sentence = "as of retrieve.search, with the operations of the pairs added"},
                {.name = "weights", .kind = Kind::frame, .sentence = "feature, weight"}},
    .parameters = {integer_parameter("first", 20, 0, 1000, "passages that are looked at again"),
                   integer_parameter("trained_depth", 20, 1, 1000,
                                     "ranks of the past that candidates are taken from"),
                   number_parameter(
                       "pair_operations", 0, 0, 1e12,
                       "operations a pair is charged with; 0: those of this small one"),
                   integer_parameter("epochs", 8, 1, 1000, "passes over the pairs of candidates"),
                   number_parameter("learning_rate", 0.1, 1e-9, 10, "of AdaGrad"),
                   number_parameter("weight_decay", 1e-4, 0, 1, "what pulls weights to 0")},
    .run = run_retrieve_rerank,
}};

}  // namespace
}  // namespace rehearse::steps
