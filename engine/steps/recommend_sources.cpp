// SPDX-License-Identifier: GPL-3.0-or-later
//
// Candidate sources fitted on what is known and judged on what was held out, side by side, with the
// best possible list where the chances are known.
#include <unordered_map>

#include "engine/recommend/als.hpp"
#include "engine/recommend/bpr.hpp"
#include "engine/recommend/ease.hpp"
#include "engine/recommend/item_knn.hpp"
#include "engine/recommend/popularity.hpp"
#include "engine/recommend/ratings.hpp"
#include "engine/recommend/source_report.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

using recommend::RecommenderPtr;

template <class Model>
Result<RecommenderPtr> shared(Result<std::shared_ptr<const Model>> model) {
  if (!model) return fail(model.error());
  return RecommenderPtr(*std::move(model));
}

Result<RecommenderPtr> fitted(const std::string& method, const recommend::Interactions& training,
                              const StepCall& call, const StepContext& context) {
  const auto factors = static_cast<std::size_t>(call.integer("factors"));
  const Progress inner(context.progress.token(), {});
  if (method == "popularity") return recommend::fit_popularity(training);
  if (method == "item-knn")
    return shared(recommend::fit_item_knn(
        training, {static_cast<std::size_t>(call.integer("neighbours")), call.number("shrinkage")},
        inner));
  if (method == "als")
    return shared(recommend::fit_als(training,
                                     {.factors = factors,
                                      .alpha = call.number("alpha"),
                                      .lambda = call.number("lambda"),
                                      .seed = context.seed},
                                     inner));
  if (method == "bpr")
    return shared(recommend::fit_bpr(training, {.factors = factors, .seed = context.seed}, inner));
  if (method == "ease")
    return shared(recommend::fit_ease(training, {.lambda = call.number("ease_lambda")}, inner));
  return fail(Code::invalid_argument,
              "there is no source `{}`; there are popularity, item-knn, als, bpr and ease", method);
}

// The chances of every pair in the codes of the split. Errors: a pair is missing, no such column.
Result<std::vector<double>> chances_of(const Frame& table, const recommend::RatingSplit& split) {
  auto users = table.require("user"), items = table.require("item"),
       chance = table.require("chance");
  for (const auto* column : {&users, &items, &chance})
    if (!*column) return fail(column->error());
  std::unordered_map<std::string, std::size_t> user_codes, item_codes;
  for (std::size_t i = 0; i < split.users.size(); ++i) user_codes.emplace(split.users[i], i);
  for (std::size_t i = 0; i < split.items.size(); ++i) item_codes.emplace(split.items[i], i);
  std::vector<double> scores(split.users.size() * split.items.size(), -1);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto user = user_codes.find((*users)->cell(row));
    const auto item = item_codes.find((*items)->cell(row));
    if (user != user_codes.end() && item != item_codes.end())
      scores[user->second * split.items.size() + item->second] = (*chance)->number(row);
  }
  for (const double score : scores)
    if (!(score >= 0))
      return fail(Code::bad_data, "the chances do not name every user and item of the joins");
  return scores;
}

Result<Outputs> run_recommend_sources(const StepCall& call, const StepContext& context) {
  auto split = recommend::split_of(call.input("training")->as_frame(), "training",
                                   call.input("test")->as_frame(), "test", {});
  if (!split) return fail(split.error());
  std::vector<recommend::NamedRecommender> sources;
  for (const std::string& method : call.texts("methods")) {
    auto model = fitted(method, split->training, call, context);
    if (!model) return fail(model.error());
    sources.push_back({method, *model});
  }
  const bool merge = call.boolean("merge") && sources.size() > 1;
  if (call.has("chances")) {
    auto scores = chances_of(call.input("chances")->as_frame(), *split);
    if (!scores) return fail(scores.error());
    sources.push_back({"best possible", std::make_shared<const recommend::GivenScores>(
                                            split->training, *std::move(scores))});
  }
  auto report = recommend::report_on_sources(
      sources, split->test, static_cast<std::size_t>(call.integer("k")), merge, context.progress);
  if (!report) return fail(report.error());
  return two(std::move(report->summary), std::move(report->depths));
}

const StepRegistration kRecommendSources{{
    .name = "recommend.sources",
    .sentence = "Candidate sources fitted on known joins and judged on held out ones: their lists, "
                "and the recall of each by the number of candidates it hands on.",
    .example =
        "local summary, depths = recommend.sources { known, held, chances = chances, methods "
        "= { \"popularity\", \"als\" } }",
    .inputs = {{.name = "training", .kind = Kind::frame, .sentence = "user, item"},
               {.name = "test", .kind = Kind::frame, .sentence = "user, item"},
               {.name = "chances",
                .kind = Kind::frame,
                .sentence = "the chance of every pair, of simulate.subscriptions",
                .optional = true,
                .named = true}},
    .outputs = {{.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "method, ndcg, recall, map, mrr, coverage, popular_share, kilobytes"},
                {.name = "depths", .kind = Kind::frame, .sentence = "series, depth, recall"}},
    .parameters = {{.name = "methods",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{"popularity", "item-knn", "als", "ease"},
                    .sentence = "popularity, item-knn, als, bpr, ease"},
                   integer_parameter("k", 10, 1, 1000, "places of a list"),
                   {.name = "merge",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence = "also the sources in turn, as one"},
                   integer_parameter("factors", 16, 1, 512, "of als and bpr"),
                   number_parameter("alpha", 2, 0, 1000, "als: weight of a join over an absence"),
                   number_parameter("lambda", 5, 1e-6, 1e6, "als: shrinkage of factors"),
                   integer_parameter("neighbours", 30, 1, 5000, "of item-knn"),
                   number_parameter("shrinkage", 10, 0, 1e6,
                                    "item-knn: joins in common that are doubted"),
                   number_parameter("ease_lambda", 100, 1e-6, 1e9, "shrinkage of ease")},
    .run = run_recommend_sources,
}};

}  // namespace
}  // namespace rehearse::steps
