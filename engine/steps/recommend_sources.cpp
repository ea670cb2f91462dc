// SPDX-License-Identifier: GPL-3.0-or-later
//
// Candidate sources fitted on what is known and judged on what was held out, side by side, with the
// best possible list where the chances are known.
#include "engine/recommend/source_report.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/recommend_call.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_recommend_sources(const StepCall& call, const StepContext& context) {
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

std::vector<plan::Port> sources_inputs() {
  std::vector<plan::Port> ports = {
      {.name = "training", .kind = Kind::frame, .sentence = "user, item"},
      {.name = "test", .kind = Kind::frame, .sentence = "user, item"},
      chances_port()};
  for (plan::Port& port : side_ports()) ports.push_back(std::move(port));
  return ports;
}

const StepRegistration kRecommendSources{{
    .name = "recommend.sources",
    .sentence = "Candidate sources fitted on known joins and judged on held out ones: their lists, "
                "and the recall of each by the number of candidates it hands on.",
    .example =
        "local summary, depths = recommend.sources { known, held, chances = chances, methods "
        "= { \"popularity\", \"als\" } }",
    .inputs = sources_inputs(),
    .outputs = {{.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "method, ndcg, recall, map, mrr, coverage, popular_share, kilobytes"},
                {.name = "depths", .kind = Kind::frame, .sentence = "series, depth, recall"}},
    .parameters = joined_parameters(
        {{.name = "methods",
          .type = ParameterType::texts,
          .initial = std::vector<std::string>{"popularity", "item-knn", "als", "ease"},
          .sentence = "popularity, item-knn, als, bpr, ease, two-tower (also by id, by content)"},
         integer_parameter("k", 10, 1, 1000, "places of a list"),
         {.name = "merge",
          .type = ParameterType::boolean,
          .initial = true,
          .sentence = "also the sources in turn, as one"}},
        source_parameters()),
    .run = run_recommend_sources,
}};

}  // namespace
}  // namespace rehearse::steps
