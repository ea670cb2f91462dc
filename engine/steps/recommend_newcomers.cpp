// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same sources for those who are known, for users of whom nothing is known, and for communities
// that nobody has joined yet: measured apart.
#include "engine/recommend/cold_start.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/recommend_call.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_recommend_newcomers(const StepCall& call, const StepContext& context) {
  auto fitted = fitted_sources(call, context);
  if (!fitted) return fail(fitted.error());
  return one(recommend::newcomer_report(fitted->sources, fitted->split.test,
                                        static_cast<std::size_t>(call.integer("k")),
                                        context.progress));
}

std::vector<plan::Port> newcomer_inputs() {
  std::vector<plan::Port> ports = {
      {.name = "training", .kind = Kind::frame, .sentence = "user, item: what is known"},
      {.name = "test", .kind = Kind::frame, .sentence = "user, item: what came after"},
      chances_port()};
  for (plan::Port& port : side_ports()) ports.push_back(std::move(port));
  return ports;
}

const StepRegistration kRecommendNewcomers{{
    .name = "recommend.newcomers",
    .sentence = "Candidate sources for known users, for new users and for new communities, each "
                "kind measured on its own.",
    .example = "recommend.newcomers { known, held, users = users, communities = communities, "
               "methods = { \"popularity\", \"two-tower\" } }",
    .inputs = newcomer_inputs(),
    .outputs = {{.name = "table",
                 .kind = Kind::frame,
                 .sentence = "source, who, users, recall, ndcg: a row a source and kind"}},
    .parameters = joined_parameters(
        {{.name = "methods",
          .type = ParameterType::texts,
          .initial = std::vector<std::string>{"popularity", "als", "two-tower"},
          .sentence = "popularity, item-knn, als, bpr, ease, two-tower (also by id, by content)"},
         integer_parameter("k", 10, 1, 1000, "places of a list")},
        source_parameters()),
    .run = run_recommend_newcomers,
}};

}  // namespace
}  // namespace rehearse::steps
