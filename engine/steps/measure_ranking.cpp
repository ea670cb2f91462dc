// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics of ranked lists, a query a slate: a row a model.
#include <optional>

#include "engine/calibration/segments.hpp"
#include "engine/metrics/ranking.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

metrics::RankingOptions ranking_options(const StepCall& call) {
  return {static_cast<std::size_t>(call.integer("k")),
          call.text("gain") == "linear" ? metrics::Gain::linear : metrics::Gain::exponential,
          call.text("ties") == "mean" ? metrics::RankTies::mean : metrics::RankTies::row_order};
}

struct RankingTable {
  std::vector<std::string> model;
  std::vector<std::pair<const char*, std::vector<double>>> columns = {
      {"queries", {}}, {"undefined_queries", {}}, {"ndcg", {}}, {"mrr", {}}, {"map", {}},
      {"recall", {}},  {"precision", {}},         {"err", {}}};

  void add(const std::string& name, const metrics::RankingReport& r) {
    model.push_back(name);
    std::size_t at = 0;
    for (const double value :
         {static_cast<double>(r.queries), static_cast<double>(r.undefined_queries), r.ndcg.value,
          r.mrr.value, r.map.value, r.recall.value, r.precision.value, r.err.value})
      columns[at++].second.push_back(value);
  }

  Result<Frame> build() && {
    Frame::Builder builder;
    builder.add("model", model);
    for (auto& [name, values] : columns) {
      std::vector<std::uint8_t> there;
      for (const double value : values) there.push_back(value == value ? 1 : 0);
      builder.add(name, std::move(values)).missing(std::move(there));
    }
    return std::move(builder).build();
  }
};

Result<Outputs> run_measure_ranking(const StepCall& call, const StepContext&) {
  const Frame& on = call.input("on")->as_frame();
  const auto slates = calibration::segments_of(on, std::vector{call.text("by")}, on.rows());
  if (!slates) return fail(slates.error());
  RankingTable table;
  std::optional<Judged> last;
  const auto& models = call.inputs.at("models");
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto rows = judge(*models[i]->scorer(), on);
    if (!rows) return fail(rows.error());
    auto report =
        metrics::ranking_report(slates->codes, rows->labels, rows->scores, ranking_options(call));
    if (!report) return fail(report.error());
    table.add(call.labels.at("models")[i], *report);
    last = std::move(*rows);
  }
  if (!last->truth.empty()) {
    auto best =
        metrics::ranking_report(slates->codes, last->labels, last->truth, ranking_options(call));
    if (!best) return fail(best.error());
    table.add("ranked by the truth", *best);
  }
  return one(std::move(table).build());
}

const StepRegistration kMeasureRanking{{
    .name = "measure.ranking",
    .sentence = "nDCG, MRR, MAP, recall, precision and ERR of slates ranked by models and by the "
                "truth.",
    .example = "measure.ranking { model, on = live, by = \"session_id\", k = 5 }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to measure",
                .variadic = true},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "rows with labels and their slate",
                .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "by",
                    .type = ParameterType::text,
                    .initial = std::string("session_id"),
                    .sentence = "the column that tells slates apart"},
                   {.name = "k",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{10},
                    .low = 1,
                    .high = 1000,
                    .sentence = "ranks that are looked at"},
                   {.name = "gain",
                    .type = ParameterType::choice,
                    .initial = std::string("exp"),
                    .choices = {"exp", "linear"},
                    .sentence = "gain of a relevance: 2^rel - 1 or rel"},
                   {.name = "ties",
                    .type = ParameterType::choice,
                    .initial = std::string("row order"),
                    .choices = {"row order", "mean"},
                    .sentence = "documents that tie keep their order, or all orders are averaged"}},
    .run = run_measure_ranking,
}};

}  // namespace
}  // namespace rehearse::steps
