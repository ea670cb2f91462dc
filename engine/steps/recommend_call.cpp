// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/recommend_call.hpp"

#include <unordered_map>

#include "engine/recommend/als.hpp"
#include "engine/recommend/bpr.hpp"
#include "engine/recommend/ease.hpp"
#include "engine/recommend/item_knn.hpp"
#include "engine/recommend/popularity.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

using recommend::RecommenderPtr;

template <class Model>
Result<RecommenderPtr> shared_source(Result<std::shared_ptr<const Model>> model) {
  if (!model) return fail(model.error());
  return RecommenderPtr(*std::move(model));
}

using Codes = std::unordered_map<std::string, std::size_t>;

Codes codes_of(const std::vector<std::string>& names) {
  Codes codes;
  for (std::size_t i = 0; i < names.size(); ++i) codes.emplace(names[i], i);
  return codes;
}

Result<std::vector<std::vector<std::string>>> features_of(const Frame& table, const char* key,
                                                          const std::vector<std::string>& names) {
  auto id = table.require(key);
  if (!id) return fail(id.error());
  const Codes codes = codes_of(names);
  std::vector<std::vector<std::string>> features(names.size());
  std::vector<std::uint8_t> there(names.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto at = codes.find((*id)->cell(row));
    if (at == codes.end()) continue;
    there[at->second] = 1;
    for (std::size_t c = 0; c < table.columns(); ++c) {
      const Column& column = table.column(c);
      if (column.name() != key && !column.numeric() && !column.missing(row))
        features[at->second].emplace_back(column.text(row));
    }
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!there[i])
      return fail(Code::bad_data, "`{}` has no row in the table of side features by `{}`", names[i],
                  key);
  return features;
}

Result<RecommenderPtr> fitted_towers(const std::string& method,
                                     const recommend::Interactions& training,
                                     const recommend::SideFeatures& side, const StepCall& call,
                                     const StepContext& context) {
  recommend::TowerOptions options;
  options.factors = std::min<std::size_t>(256, static_cast<std::size_t>(call.integer("factors")));
  options.epochs = static_cast<std::size_t>(call.integer("tower_epochs"));
  options.id_dropout = call.number("id_dropout");
  options.correct = call.boolean("log_q"), options.seed = context.seed;
  options.ids = method != "two-tower by content";
  return shared_source(fit_two_tower(training,
                                     method == "two-tower by id" ? recommend::SideFeatures{} : side,
                                     options, Progress(context.progress.token(), {})));
}

}  // namespace

std::vector<plan::Parameter> source_parameters() {
  return {integer_parameter("factors", 16, 1, 512, "of als, bpr and two-tower (256 at most)"),
          number_parameter("alpha", 2, 0, 1000, "als: weight of a join over an absence"),
          number_parameter("lambda", 5, 1e-6, 1e6, "als: shrinkage of factors"),
          integer_parameter("neighbours", 30, 1, 5000, "of item-knn"),
          number_parameter("shrinkage", 10, 0, 1e6, "item-knn: joins in common that are doubted"),
          number_parameter("ease_lambda", 100, 1e-6, 1e9, "shrinkage of ease"),
          integer_parameter("tower_epochs", 20, 1, 1000, "two-tower: passes over the joins"),
          number_parameter("id_dropout", 0, 0, 0.95,
                           "two-tower: share of examples shown without their id"),
          {.name = "log_q",
           .type = ParameterType::boolean,
           .initial = true,
           .sentence = "two-tower: mend that popular items are negatives more often"}};
}

plan::Port chances_port() {
  return {.name = "chances",
          .kind = Kind::frame,
          .sentence = "the chance of every pair, of simulate.subscriptions",
          .optional = true,
          .named = true};
}

std::vector<plan::Port> side_ports() {
  return {{.name = "users",
           .kind = Kind::frame,
           .sentence = "two-tower: user, and texts that say something of each",
           .optional = true,
           .named = true},
          {.name = "communities",
           .kind = Kind::frame,
           .sentence = "two-tower: item, and texts that say something of each",
           .optional = true,
           .named = true}};
}

Result<recommend::SideFeatures> side_features(const StepCall& call,
                                              const recommend::RatingSplit& split) {
  recommend::SideFeatures side;
  if (call.has("users")) {
    auto users = features_of(call.input("users")->as_frame(), "user", split.users);
    if (!users) return fail(users.error());
    side.users = *std::move(users);
  }
  if (call.has("communities")) {
    auto items = features_of(call.input("communities")->as_frame(), "item", split.items);
    if (!items) return fail(items.error());
    side.items = *std::move(items);
  }
  return side;
}

Result<RecommenderPtr> fitted_source(const std::string& method,
                                     const recommend::Interactions& training,
                                     const recommend::SideFeatures& side, const StepCall& call,
                                     const StepContext& context) {
  const auto factors = static_cast<std::size_t>(call.integer("factors"));
  const Progress inner(context.progress.token(), {});
  if (method == "popularity") return recommend::fit_popularity(training);
  if (method == "item-knn")
    return shared_source(recommend::fit_item_knn(
        training, {static_cast<std::size_t>(call.integer("neighbours")), call.number("shrinkage")},
        inner));
  if (method == "als")
    return shared_source(recommend::fit_als(training,
                                            {.factors = factors,
                                             .alpha = call.number("alpha"),
                                             .lambda = call.number("lambda"),
                                             .seed = context.seed},
                                            inner));
  if (method == "bpr")
    return shared_source(
        recommend::fit_bpr(training, {.factors = factors, .seed = context.seed}, inner));
  if (method == "ease")
    return shared_source(
        recommend::fit_ease(training, {.lambda = call.number("ease_lambda")}, inner));
  if (method == "two-tower" || method == "two-tower by id" || method == "two-tower by content")
    return fitted_towers(method, training, side, call, context);
  return fail(Code::invalid_argument,
              "there is no source `{}`; there are popularity, item-knn, als, bpr, ease, two-tower, "
              "two-tower by id and two-tower by content",
              method);
}

Result<std::vector<double>> chances_of(const Frame& table, const recommend::RatingSplit& split) {
  auto users = table.require("user"), items = table.require("item"),
       chance = table.require("chance");
  for (const auto* column : {&users, &items, &chance})
    if (!*column) return fail(column->error());
  const Codes user_codes = codes_of(split.users), item_codes = codes_of(split.items);
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

Result<FittedSources> fitted_sources(const StepCall& call, const StepContext& context) {
  auto split = recommend::split_of(call.input("training")->as_frame(), "training",
                                   call.input("test")->as_frame(), "test", {});
  if (!split) return fail(split.error());
  auto side = side_features(call, *split);
  if (!side) return fail(side.error());
  std::vector<recommend::NamedRecommender> sources;
  for (const std::string& method : call.texts("methods")) {
    auto model = fitted_source(method, split->training, *side, call, context);
    if (!model) return fail(model.error());
    sources.push_back({method, *model});
  }
  if (call.has("chances")) {
    auto scores = chances_of(call.input("chances")->as_frame(), *split);
    if (!scores) return fail(scores.error());
    sources.push_back({"best possible", std::make_shared<const recommend::GivenScores>(
                                            split->training, *std::move(scores))});
  }
  return FittedSources{*std::move(split), std::move(sources)};
}

}  // namespace rehearse::steps
