// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/dual_encoder.hpp"
#include "engine/steps/passage_call.hpp"

namespace rehearse::steps {
namespace {

retrieval::Negatives negatives_of(const std::string& name) {
  if (name == "bm25") return retrieval::Negatives::bm25;
  if (name == "mined") return retrieval::Negatives::mined;
  return retrieval::Negatives::in_batch;
}

Result<retrieval::DualEncoder> trained_dual_encoder(const StepCall& call,
                                                    const StepContext& context) {
  const auto passages = at("training", passages_of(call.input("past_passages")->as_frame()));
  const auto asked = at("training", asked_in(call.input("past_queries")->as_frame()));
  if (!passages) return fail(passages.error());
  if (!asked) return fail(asked.error());
  const auto judged =
      at("training", judged_passages(call.input("past_judgements")->as_frame(), *asked, *passages));
  if (!judged) return fail(judged.error());
  const auto most = static_cast<std::size_t>(call.integer("trained_on"));
  std::vector<retrieval::TrainingQuestion> questions;
  for (std::size_t q = 0; q < asked->ids.size(); ++q) {
    retrieval::TrainingQuestion one{asked->texts[q], {}};
    for (const auto& [passage, relevance] : (*judged)[q].relevance) one.relevant.push_back(passage);
    std::sort(one.relevant.begin(), one.relevant.end());
    questions.push_back(std::move(one));
  }
  // Every n-th, so that a smaller training has all kinds of questions.
  if (questions.size() > most) {
    std::vector<retrieval::TrainingQuestion> some;
    for (std::size_t i = 0; i < most; ++i)
      some.push_back(std::move(questions[i * questions.size() / most]));
    questions = std::move(some);
  }
  return retrieval::DualEncoder::train(passages->texts, questions,
                                       {.dims = static_cast<std::size_t>(call.integer("dims")),
                                        .epochs = static_cast<std::size_t>(call.integer("epochs")),
                                        .batch = static_cast<std::size_t>(call.integer("batch")),
                                        .learning_rate = call.number("learning_rate"),
                                        .temperature = call.number("temperature"),
                                        .negatives = negatives_of(call.text("negatives")),
                                        .hard = static_cast<std::size_t>(call.integer("hard")),
                                        .seed = context.seed},
                                       context.progress);
}

Result<Frame> loss_rows(const retrieval::DualEncoder& encoder) {
  std::vector<double> epoch, loss;
  for (std::size_t i = 0; i < encoder.losses().size(); ++i)
    epoch.push_back(static_cast<double>(i + 1)), loss.push_back(encoder.losses()[i]);
  Frame::Builder b;
  b.add("epoch", std::move(epoch)).add("loss", std::move(loss));
  return std::move(b).build();
}

Result<Outputs> run_retrieve_train_encoder(const StepCall& call, const StepContext& context) {
  const auto passages = passages_of(call.input("passages")->as_frame());
  const auto asked = asked_in(call.input("queries")->as_frame());
  if (!passages) return fail(passages.error());
  if (!asked) return fail(asked.error());
  const auto encoder = trained_dual_encoder(call, context);
  if (!encoder) return fail(encoder.error());
  const auto index = encoder->index(passages->texts, context.progress);
  if (!index) return fail(index.error());
  FoundTable found;
  for (const std::string& text : asked->texts) {
    const auto point = encoder->embed_question(text);
    if (!point) return fail(point.error());
    FoundTable::OfQuery of;
    for (const retrieval::Hit& hit :
         index->search(*point, static_cast<std::size_t>(call.integer("depth"))))
      of.passages.push_back(hit.document), of.scores.push_back(hit.score);
    of.operations = static_cast<double>(index->size() * index->dims());
    found.queries.push_back(std::move(of));
  }
  auto rows = found_rows(found, *asked, *passages);
  auto losses = loss_rows(*encoder);
  if (!rows) return fail(rows.error());
  if (!losses) return fail(losses.error());
  return two(*std::move(rows), *std::move(losses));
}

const StepRegistration kRetrieveTrainEncoder{{
    .name = "retrieve.train_encoder",
    .sentence = "Train a dual encoder on answered questions of the past, and search with it.",
    .example = "local found, losses = retrieve.train_encoder { passages, questions, past, "
               "past_questions, past_judgements, negatives = \"mined\" }",
    .inputs = {{.name = "passages", .kind = Kind::frame, .sentence = "of retrieve.chunk"},
               {.name = "queries", .kind = Kind::frame, .sentence = "query, text"},
               {.name = "past_passages",
                .kind = Kind::frame,
                .sentence = "those that the encoder learns on"},
               {.name = "past_queries", .kind = Kind::frame, .sentence = "the questions, then"},
               {.name = "past_judgements",
                .kind = Kind::frame,
                .sentence = "query, document, relevance, perhaps begin and end"}},
    .outputs = {{.name = "found",
                 .kind = Kind::frame,
                 .sentence = "query, rank, passage, score, operations"},
                {.name = "losses", .kind = Kind::frame, .sentence = "epoch, loss"}},
    .parameters = {choice_parameter(
                       "negatives", "in-batch", {"in-batch", "bm25", "mined"},
                       "what a question's passage is told from: other questions' passages, also "
                       "the best of a search by words, also the nearest wrong ones"),
                   integer_parameter("hard", 1, 1, 64, "such passages of a question in a batch"),
                   integer_parameter("dims", 64, 2, 1024, "numbers of an embedding"),
                   integer_parameter("epochs", 10, 1, 1000, "passes over the questions"),
                   integer_parameter("batch", 32, 2, 4096, "questions of a batch"),
                   number_parameter("learning_rate", 0.02, 1e-9, 1, "of Adam"),
                   number_parameter("temperature", 0.07, 0.001, 10,
                                    "small looks at the hardest passages alone"),
                   integer_parameter("trained_on", 1000, 2, 1e6,
                                     "questions that it learns from at most"),
                   integer_parameter("depth", 100, 1, 1000, "passages found for a question")},
    .run = run_retrieve_train_encoder,
}};

}  // namespace
}  // namespace rehearse::steps
