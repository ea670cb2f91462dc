// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ranker.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_train_ranker(const StepCall& call, const StepContext& context) {
  auto loss = models::parse_rank_loss(call.text("loss"));
  if (!loss) return fail(loss.error());
  auto scorer = models::parse_rank_scorer(call.text("scorer"));
  if (!scorer) return fail(scorer.error());
  models::RankerOptions o;
  o.loss = *loss, o.scorer = *scorer;
  o.query = call.text("by"), o.label = call.text("label");
  o.features = features_given(call);
  o.k = static_cast<std::size_t>(call.integer("k"));
  o.hidden = static_cast<std::size_t>(call.integer("hidden"));
  o.epochs = static_cast<int>(call.integer("epochs"));
  o.learning_rate = call.number("learning_rate"), o.decay = call.number("decay");
  o.rounds = static_cast<int>(call.integer("rounds"));
  o.depth = static_cast<int>(call.integer("depth")), o.shrinkage = call.number("shrinkage");
  o.seed = context.seed;
  auto model = models::train_ranker(call.input("rows")->as_frame(), o, context.progress);
  if (!model) return fail(model.error());
  return one(ScorerPtr(*model));
}

std::vector<plan::Parameter> ranker_parameters() {
  auto parameters = joined(
      {choice_parameter("scorer", "linear", {"linear", "network", "trees"},
                        "a weighted sum, a shallow network, or boosted trees"),
       choice_parameter("loss", "lambda", {"pointwise", "pairwise", "lambda"},
                        "each candidate by itself, every pair alike, or pairs by what their swap "
                        "does to nDCG"),
       text_parameter("by", "request", "the column that tells lists apart"),
       integer_parameter("k", 10, 1, 1000, "places that the lambda loss looks at"),
       integer_parameter("hidden", 16, 1, 512, "network: units of its layer"),
       integer_parameter("epochs", 20, 1, 1000, "linear and network: passes over the lists"),
       number_parameter("learning_rate", 0.02, 1e-9, 1, "linear and network: step of Adam"),
       number_parameter("decay", 1e-3, 0, 1, "linear and network: shrinkage of weights a step"),
       integer_parameter("rounds", 60, 1, 2000, "trees: how many"),
       integer_parameter("depth", 3, 1, 12, "trees: questions that one may ask in a row"),
       number_parameter("shrinkage", 0.15, 1e-6, 1, "trees: share of each one's advice taken")},
      feature_parameters());
  for (plan::Parameter& parameter : parameters)
    if (parameter.name == "label")
      parameter = text_parameter("label", "relevance", "how relevant a candidate was, 0 or more");
  return parameters;
}

const StepRegistration kTrainRanker{{
    .name = "train.ranker",
    .sentence = "A scorer of ranked lists, learned pointwise, by pairs, or by LambdaRank.",
    .example = "train.ranker { past, scorer = \"trees\", loss = \"lambda\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "a row a candidate of a list"}},
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = ranker_parameters(),
    .run = run_train_ranker,
}};

}  // namespace
}  // namespace rehearse::steps
