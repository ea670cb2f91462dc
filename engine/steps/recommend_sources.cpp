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
  auto fitted = fitted_sources(call, context);
  if (!fitted) return fail(fitted.error());
  const bool merge = call.boolean("merge") && call.texts("methods").size() > 1;
  auto report = recommend::report_on_sources(fitted->sources, fitted->split.test,
                                             static_cast<std::size_t>(call.integer("k")), merge,
                                             context.progress);
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
