// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/analysis/analysis.hpp"
#include "app/analysis/fit.hpp"
#include "app/analysis/retrieval.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzeRetrievalOptions {
  std::string corpus, queries, qrels, method = "bm25", k1 = "0.9", b = "0.4", id = "id",
                                      text = "text", query_text = "text", query_key = "auto",
                                      fusion = "rrf", weight = "0.5", run, report;
  int k = 10, memory_mb = 2048, dims = 128;
  std::uint64_t seed = 1;
  bool stem = false;
  ReadFlags reading;
};

Result<analysis::RetrievalOptions> retrieval_options(const AnalyzeRetrievalOptions& o) {
  analysis::RetrievalOptions options;
  retrieval::RetrieverOptions& retriever = options.retriever;
  const std::tuple<const char*, const std::string*, double*> numbers[] = {
      {"k1", &o.k1, &retriever.bm25.k1},
      {"b", &o.b, &retriever.bm25.b},
      {"weight", &o.weight, &retriever.bm25_weight}};
  for (const auto& [name, text, target] : numbers) {
    const auto value = analysis::parsed_number(*text);
    if (!value) return fail(Code::invalid_argument, "--{} {}: a number is due", name, *text);
    *target = *value;
  }
  if (o.method == "dense") retriever.method = retrieval::Method::dense;
  if (o.method == "hybrid") retriever.method = retrieval::Method::hybrid;
  if (o.fusion == "sum") retriever.fusion = retrieval::Fusion::weighted_sum;
  retriever.tokenizer.stem = o.stem;
  retriever.lsa.dims = static_cast<std::size_t>(o.dims);
  retriever.lsa.seed = o.seed;
  retriever.max_bytes = static_cast<std::size_t>(o.memory_mb) << 20;
  options.k = static_cast<std::size_t>(o.k);
  if (o.query_key == "id") options.key = retrieval::QueryKey::id;
  if (o.query_key == "place") options.key = retrieval::QueryKey::place;
  return options;
}

Result<analysis::RetrievalFiles> read_files(const AnalyzeRetrievalOptions& o,
                                            const Progress& progress) {
  retrieval::CollectionOptions reading{.id = o.id,
                                       .text = analysis::split_list(o.text),
                                       .skip_bad = o.reading.skip_bad,
                                       .max_bytes = static_cast<std::size_t>(o.memory_mb) << 20};
  if (reading.text.empty())
    return fail(Code::invalid_argument, "--text: a column is due, or several as title,body");
  auto corpus = retrieval::read_corpus(o.corpus, reading, progress);
  if (!corpus) return fail(corpus.error());
  reading.text = analysis::split_list(o.query_text);
  if (reading.text.empty()) return fail(Code::invalid_argument, "--query-text: a column is due");
  auto queries = retrieval::read_queries(o.queries, reading, progress);
  if (!queries) return fail(queries.error());
  auto judgements = retrieval::read_judgements(o.qrels, o.reading.skip_bad);
  if (!judgements) return fail(judgements.error());
  return analysis::RetrievalFiles{std::move(*corpus), std::move(*queries), std::move(*judgements)};
}

std::vector<std::pair<const char*, const metrics::Measure*>> named_finds(
    const retrieval::RetrievalReport& r) {
  return {{"ndcg", &r.ndcg},
          {"map", &r.map},
          {"recall_100", &r.recall_100},
          {"recall_1000", &r.recall_1000},
          {"mrr", &r.mrr}};
}

Json json_of(const AnalyzeRetrievalOptions& o, const analysis::RetrievalOptions& options,
             const analysis::Retrieval& r) {
  Json json = {{"documents", r.documents},
               {"queries", r.means.queries},
               {"undefined_queries", r.means.undefined_queries}};
  for (const auto& [name, measure] : named_finds(r.means)) {
    json[name] = number_or_null(measure->value);
    if (!measure->defined()) json[std::string(name) + "_why"] = measure->why;
  }
  json["queries_per_second"] = r.queries_per_second;
  json["index_seconds"] = r.index_seconds;
  json["method"] = o.method;
  json["k"] = options.k;
  const retrieval::RetrieverOptions& used = options.retriever;
  json["k1"] = used.bm25.k1;
  json["b"] = used.bm25.b;
  json["stem"] = used.tokenizer.stem;
  if (used.method != retrieval::Method::bm25) json["dims"] = r.dims, json["seed"] = used.lsa.seed;
  if (used.method == retrieval::Method::hybrid) json["fusion"] = o.fusion;
  json["query_key"] = r.key == retrieval::QueryKey::id ? "id" : "place";
  json["documents_without_words"] = r.documents_without_words;
  json["queries_without_words"] = r.queries_without_words;
  json["unjudged_queries"] = r.unjudged_queries;
  json["unknown_queries"] = r.unknown_queries;
  json["unknown_documents"] = r.unknown_documents;
  json["skipped"] = r.skipped;
  return json;
}

std::string retrieval_text(const analysis::RetrievalOptions& options,
                           const analysis::Retrieval& r) {
  TextTable table{{"metric", "value"}, {}, {false, true}};
  table.rows = {{"documents", fmt::format("{}", r.documents)},
                {"queries", fmt::format("{}", r.means.queries)},
                {"without a relevant document", fmt::format("{}", r.means.undefined_queries)}};
  const std::pair<std::string, const metrics::Measure*> lines[] = {
      {fmt::format("nDCG@{}", options.k), &r.means.ndcg},
      {"MAP", &r.means.map},
      {"recall@100", &r.means.recall_100},
      {"recall@1000", &r.means.recall_1000},
      {fmt::format("MRR@{}", options.k), &r.means.mrr}};
  for (const auto& [name, measure] : lines)
    table.rows.push_back({name, measure->defined() ? fmt::format("{:.6g}", measure->value)
                                                   : "undefined: " + measure->why});
  table.rows.push_back({fmt::format("queries a second, top {}", options.k),
                        fmt::format("{:.3g}", r.queries_per_second)});
  table.rows.push_back({"indexing, seconds", fmt::format("{:.3g}", r.index_seconds)});
  std::string text = to_text(table) + "\n" + wrapped(analysis::summary_of(options, r));
  if (!r.worst.empty() && r.worst.front().ndcg < 1)
    text += "\n" + wrapped(fmt::format("Served worst: query {}, “{}”. --report tables the worst{}.",
                                       r.worst.front().id, r.worst.front().text,
                                       r.overtaken ? " and says, term by term, what overtook the "
                                                     "answer"
                                                   : ""));
  return text;
}

Result<void> write_extras(const Context& context, const AnalyzeRetrievalOptions& o,
                          const analysis::RetrievalOptions& options, const analysis::Retrieval& r,
                          const analysis::RunWriter& run) {
  if (!o.run.empty()) {
    if (auto written = write_file(o.run, run.text()); !written) return written;
    context.warn("wrote " + o.run);
  }
  if (o.report.empty()) return {};
  if (auto written = render(analysis::document_of(o.corpus, options, r), o.report); !written)
    return written;
  context.warn("wrote " + o.report);
  return {};
}

// What was too large for the memory allowed says how to allow more.
Error with_mend(Error error) {
  if (error.code == Code::limit) error.message += " (or allow more: --memory, in MB)";
  return error;
}

int analyze_retrieval(Context& context, const AnalyzeRetrievalOptions& o) {
  const auto options = retrieval_options(o);
  if (!options) return context.report(options.error());
  if (o.run == "-")
    return context.report(
        {Code::invalid_argument, "--run -: standard output holds the measures; name a file"});
  Interrupt interrupt;
  const Progress progress(interrupt.token(), [&](double fraction) {
    if (context.progress) fmt::print(stderr, "\r\x1b[K{:3.0f}%  retrieval", 100 * fraction);
  });
  const auto clear = [&] {
    if (context.progress) fmt::print(stderr, "\r\x1b[K");
  };
  const auto files = read_files(o, progress);
  clear();
  if (!files) return context.report(with_mend(files.error()));
  analysis::RunWriter run(*files, "rehearse-" + o.method);
  analysis::Ranked ranked;
  if (!o.run.empty()) {
    if (auto fine = run.check(); !fine) return context.report(fine.error());
    ranked = [&run](const std::string& query, std::span<const retrieval::Hit> hits) {
      run.add(query, hits);
    };
  }
  const auto retrieval = analysis::measure_retrieval(*files, *options, ranked, progress);
  clear();
  if (!retrieval) return context.report(with_mend(retrieval.error()));
  for (const std::string& notice : retrieval->notices) context.warn(notice);
  if (context.json)
    context.print(json_of(o, *options, *retrieval));
  else
    context.print(retrieval_text(*options, *retrieval));
  if (auto written = write_extras(context, o, *options, *retrieval, run); !written)
    return context.report(written.error());
  return kDone;
}

Action declare_analyze_retrieval(Arguments& app) {
  auto o = std::make_shared<AnalyzeRetrievalOptions>();
  app.add_option("--corpus", o->corpus,
                 "the documents: JSONL, CSV or TSV with a header, or TREC (<doc>…</doc>)")
      .required();
  app.add_option("--queries", o->queries,
                 "the queries: lines of id, tab, text; JSONL, CSV, or TREC topics")
      .required();
  app.add_option("--qrels", o->qrels, "the judgements: query, iteration, document, relevance")
      .required();
  app.add_option("--method", o->method, "by words, by embeddings (LSA), or by both")
      .one_of({"bm25", "dense", "hybrid"})
      .shows_default();
  app.add_option("--k1", o->k1, "how soon a repeated word stops counting").shows_default();
  app.add_option("--b", o->b, "how far long documents are held back, 0 to 1").shows_default();
  app.add_flag("--stem", o->stem, "drop English stop words and compare stems (Porter2)");
  app.add_option("--dims", o->dims, "dimensions of the embeddings").within(1, 1024).shows_default();
  app.add_option("--fusion", o->fusion, "of a hybrid: reciprocal ranks, or a weighted sum")
      .one_of({"rrf", "sum"})
      .shows_default();
  app.add_option("--weight", o->weight, "of BM25 in that sum, 0 to 1").shows_default();
  app.add_option("--seed", o->seed, "of the embeddings' directions").shows_default();
  app.add_option("--k", o->k, "ranks that nDCG and MRR look at").within(1, 1000).shows_default();
  app.add_option("--id", o->id, "the member or column of identifiers").shows_default();
  app.add_option("--text", o->text, "that of the text; several as title,body").shows_default();
  app.add_option("--query-text", o->query_text, "that of the text of queries").shows_default();
  app.add_option("--query-key", o->query_key,
                 "what judgements call a query: its id, or its place in the file from 1")
      .one_of({"auto", "id", "place"})
      .shows_default();
  app.add_option("--memory", o->memory_mb, "MB that a file, or texts and index, may take")
      .within(1, 1 << 20)
      .shows_default();
  app.add_option("--run", o->run, "write the first 1000 of each query, as trec_eval reads them");
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_retrieval(context, *o); };
}

const VerbRegistration kAnalyzeRetrieval{
    {"analyze retrieval", "does search find what people judged relevant?",
     "rehearse analyze retrieval --corpus posts.jsonl --queries queries.tsv --qrels qrels.txt",
     declare_analyze_retrieval}};

}  // namespace
}  // namespace rehearse::cli
