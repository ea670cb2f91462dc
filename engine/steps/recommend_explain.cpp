// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why this community: what each thing that a user had adds to the score that ALS gives.
#include <algorithm>

#include "engine/base/nearest.hpp"
#include "engine/recommend/als.hpp"
#include "engine/recommend/ratings.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<std::uint32_t> code_among(const std::vector<std::string>& names, const std::string& name,
                                 const char* what) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end())
    return fail(Code::invalid_argument, "there is no {} `{}`{}", what, name,
                did_you_mean(name, names));
  return static_cast<std::uint32_t>(at - names.begin());
}

Result<Outputs> run_recommend_explain(const StepCall& call, const StepContext& context) {
  const auto known = recommend::known_ratings(call.input("training")->as_frame(), "training", {});
  if (!known) return fail(known.error());
  const std::vector<std::string>& items = known->items;
  const std::string& asked = call.text("user");
  auto user = code_among(known->users, asked.empty() ? known->users.front() : asked, "user");
  if (!user) return fail(user.error());
  auto model = recommend::fit_als(known->training,
                                  {.factors = static_cast<std::size_t>(call.integer("factors")),
                                   .alpha = call.number("alpha"),
                                   .lambda = call.number("lambda"),
                                   .seed = context.seed},
                                  context.progress);
  if (!model) return fail(model.error());
  const auto list = recommend::recommend_to(**model, *user, 1);
  Result<std::uint32_t> item = list.empty() ? 0U : list.front().item;
  if (!call.text("item").empty()) item = code_among(items, call.text("item"), "item");
  if (!item) return fail(item.error());
  auto why = recommend::explain_user(**model, *user, *item);
  if (!why) return fail(why.error());
  std::vector<std::string> recommended, had;
  std::vector<double> similarity, confidence, contribution, share;
  for (const auto& part : why->had) {
    recommended.push_back(items[*item]), had.push_back(items[part.item]);
    similarity.push_back(part.similarity), confidence.push_back(part.confidence);
    contribution.push_back(part.contribution);
    share.push_back(why->score != 0 ? part.contribution / why->score : 0);
  }
  Frame::Builder b;
  b.add("recommended", recommended).add("because_of", had).add("similarity", std::move(similarity));
  b.add("confidence", std::move(confidence)).add("contribution", std::move(contribution));
  b.add("share", std::move(share), {.unit = "%"});
  return one(std::move(b).build());
}

const StepRegistration kRecommendExplain{{
    .name = "recommend.explain",
    .sentence = "Why ALS recommends an item to a user: what each thing the user had adds to the "
                "score.",
    .example = "recommend.explain { known, user = \"user 3\" }",
    .inputs = {{.name = "training", .kind = Kind::frame, .sentence = "user, item"}},
    .outputs = {{.name = "parts",
                 .kind = Kind::frame,
                 .sentence = "recommended, because_of, similarity, confidence, contribution (they "
                             "add up to the score), share"}},
    .parameters = {text_parameter("user", "user 1",
                                  "who is recommended something; empty: the first of the table"),
                   text_parameter("item", "", "what to explain; empty: the first of the list"),
                   integer_parameter("factors", 16, 1, 512, "of als"),
                   number_parameter("alpha", 2, 0, 1000, "weight of a join over an absence"),
                   number_parameter("lambda", 5, 1e-6, 1e6, "shrinkage of factors")},
    .run = run_recommend_explain,
}};

}  // namespace
}  // namespace rehearse::steps
