// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/ranking.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzeRankingOptions {
  std::string file, query, relevance, score, gain = "exp", ties = "row-order", report;
  int k = 10;
  ReadFlags reading;
};

analysis::RankingColumns columns_of(const AnalyzeRankingOptions& o) {
  return {o.query,
          o.relevance,
          o.score,
          {static_cast<std::size_t>(o.k),
           o.gain == "linear" ? metrics::Gain::linear : metrics::Gain::exponential,
           o.ties == "mean" ? metrics::RankTies::mean : metrics::RankTies::row_order}};
}

std::vector<std::pair<const char*, const metrics::Measure*>> named_measures(
    const metrics::RankingReport& r) {
  return {{"ndcg", &r.ndcg},
          {"mrr", &r.mrr},
          {"map", &r.map},
          {"recall", &r.recall},
          {"precision", &r.precision}};
}

Json json_of(const metrics::RankingReport& r) {
  Json json = {{"queries", r.queries}, {"undefined_queries", r.undefined_queries}};
  for (const auto& [name, measure] : named_measures(r)) {
    json[name] = number_or_null(measure->value);
    if (!measure->defined()) json[std::string(name) + "_why"] = measure->why;
  }
  return json;
}

std::string ranking_text(const AnalyzeRankingOptions& o, const metrics::RankingReport& r) {
  TextTable table{{"metric", "value"}, {}, {}};
  table.rows.push_back({"queries", fmt::format("{}", r.queries)});
  table.rows.push_back({"without a relevant document", fmt::format("{}", r.undefined_queries)});
  const std::pair<std::string, const metrics::Measure*> lines[] = {
      {fmt::format("nDCG@{}", o.k), &r.ndcg},
      {fmt::format("MRR@{}", o.k), &r.mrr},
      {"MAP", &r.map},
      {fmt::format("recall@{}", o.k), &r.recall},
      {fmt::format("precision@{}", o.k), &r.precision},
      {fmt::format("ERR@{}", o.k), &r.err}};
  for (const auto& [name, measure] : lines)
    table.rows.push_back({name, measure->defined() ? fmt::format("{:.6g}", measure->value)
                                                   : "undefined: " + measure->why});
  return to_text(table) + "\n" + wrapped(analysis::summary_of(columns_of(o), r));
}

int analyze_ranking(Context& context, const AnalyzeRankingOptions& o) {
  auto table = read_user_table(context, o.file, o.reading);
  if (!table) return context.report(table.error());
  const auto ranking = analysis::measure_ranking(*table, columns_of(o));
  if (!ranking)
    return context.report({ranking.error().code, o.file + ": " + ranking.error().message});
  if (context.json)
    context.print(json_of(ranking->means));
  else
    context.print(ranking_text(o, ranking->means));
  if (o.report.empty()) return kDone;
  const Document document = analysis::document_of(o.file, columns_of(o), *ranking);
  if (auto written = render(document, o.report); !written) return context.report(written.error());
  context.warn("wrote " + o.report);
  return kDone;
}

Action declare_analyze_ranking(Arguments& app) {
  auto o = std::make_shared<AnalyzeRankingOptions>();
  app.add_option("file", o->file, "CSV with a header or JSONL; - for standard input").required();
  app.add_option("--query", o->query, "the column that tells queries apart").required();
  app.add_option("--relevance", o->relevance, "the column of relevance, from 0").required();
  app.add_option("--score", o->score, "the column of scores, higher first").required();
  app.add_option("--k", o->k, "ranks that are looked at").within(1, 1000000).shows_default();
  app.add_option("--gain", o->gain, "gain of a relevance: 2^rel - 1 or rel")
      .one_of({"exp", "linear"})
      .shows_default();
  app.add_option("--ties", o->ties, "equal scores: in order of rows, or the mean of all orders")
      .one_of({"row-order", "mean"})
      .shows_default();
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_ranking(context, *o); };
}

const VerbRegistration kAnalyzeRanking{
    {"analyze ranking", "how good is the order of your search results or feed?",
     "rehearse analyze ranking ranked.csv --query query --relevance rel --score score --k 10",
     declare_analyze_ranking}};

}  // namespace
}  // namespace rehearse::cli
