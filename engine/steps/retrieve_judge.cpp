// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/evaluation.hpp"
#include "engine/steps/passage_call.hpp"

namespace rehearse::steps {
namespace {

struct JudgedSums {
  double queries = 0, ndcg = 0, reciprocal = 0, recall = 0, operations = 0;
  std::vector<double> times;
};

struct JudgedColumns {
  std::vector<std::string> method, kind;
  std::vector<double> queries, ndcg, mrr, recall, operations, p95;

  void add(const std::string& by, const std::string& of, const JudgedSums& sum) {
    method.push_back(by), kind.push_back(of), queries.push_back(sum.queries);
    ndcg.push_back(sum.ndcg / sum.queries), mrr.push_back(sum.reciprocal / sum.queries);
    recall.push_back(sum.recall / sum.queries);
    operations.push_back(sum.operations / sum.queries);
    p95.push_back(time_quantile(sum.times, 0.95));
  }
};

// The share of a question's relevant passages among its first n.
double recall_at(const FoundTable::OfQuery& of, const retrieval::JudgedQuery& judged,
                 std::size_t n) {
  double held = 0;
  for (std::size_t r = 0; r < std::min(n, of.passages.size()); ++r)
    held += judged.relevance.count(static_cast<retrieval::DocumentId>(of.passages[r])) ? 1 : 0;
  return held / static_cast<double>(judged.relevant());
}

constexpr std::size_t kJudgedDepths[] = {1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000};

struct DepthColumns {
  std::vector<std::string> series;
  std::vector<double> depth, recall;
};

void add_depths(const std::string& method, const FoundTable& found,
                const std::vector<retrieval::JudgedQuery>& judged, DepthColumns& to) {
  std::size_t deepest = 0;
  for (const FoundTable::OfQuery& of : found.queries)
    deepest = std::max(deepest, of.passages.size());
  for (const std::size_t n : kJudgedDepths) {
    if (n > deepest) break;
    double sum = 0, queries = 0;
    for (std::size_t q = 0; q < judged.size(); ++q)
      if (judged[q].relevant() > 0) sum += recall_at(found.queries[q], judged[q], n), queries += 1;
    if (queries == 0) return;
    to.series.push_back(method), to.depth.push_back(static_cast<double>(n));
    to.recall.push_back(sum / queries);
  }
}

// Sums by kind, "all" first.
std::vector<std::pair<std::string, JudgedSums>> judged_sums(
    const FoundTable& found, const AskedTable& asked,
    const std::vector<retrieval::JudgedQuery>& judged, const StepCall& call) {
  std::vector<std::pair<std::string, JudgedSums>> sums{{"all", {}}};
  const auto k = static_cast<std::size_t>(call.integer("k"));
  for (std::size_t q = 0; q < judged.size(); ++q) {
    std::vector<retrieval::Hit> hits;
    for (std::size_t r = 0; r < found.queries[q].passages.size(); ++r)
      hits.push_back({static_cast<retrieval::DocumentId>(found.queries[q].passages[r]),
                      found.queries[q].scores[r]});
    const auto measures = retrieval::measure_query(hits, judged[q], k);
    if (!measures) continue;
    const double operations = found.queries[q].operations;
    const auto add = [&](JudgedSums& sum) {
      sum.queries += 1, sum.ndcg += measures->ndcg, sum.reciprocal += measures->reciprocal_rank;
      sum.recall += recall_at(found.queries[q], judged[q], k), sum.operations += operations;
      sum.times.push_back(call.number("fixed_ms") + operations * call.number("operation_ns") / 1e6);
    };
    add(sums.front().second);
    if (asked.kinds[q] == "all") continue;
    auto known = std::find_if(sums.begin(), sums.end(),
                              [&](const auto& one) { return one.first == asked.kinds[q]; });
    if (known == sums.end()) known = sums.insert(sums.end(), {asked.kinds[q], {}});
    add(known->second);
  }
  return sums;
}

Result<Outputs> run_retrieve_judge(const StepCall& call, const StepContext&) {
  const auto passages = passages_of(call.input("passages")->as_frame());
  const auto asked = asked_in(call.input("queries")->as_frame());
  if (!passages) return fail(passages.error());
  if (!asked) return fail(asked.error());
  const auto judged = judged_passages(call.input("judgements")->as_frame(), *asked, *passages);
  if (!judged) return fail(judged.error());
  JudgedColumns summary;
  DepthColumns depths;
  const auto& all = call.inputs.at("found");
  const auto labels = call.labels.find("found");
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string method = labels != call.labels.end() && i < labels->second.size()
                                   ? labels->second[i]
                                   : fmt::format("{}", i + 1);
    const auto found = at(method, found_in(all[i]->as_frame(), *asked, *passages));
    if (!found) return fail(found.error());
    for (const auto& [kind, sum] : judged_sums(*found, *asked, *judged, call))
      if (sum.queries > 0) summary.add(method, kind, sum);
    add_depths(method, *found, *judged, depths);
  }
  if (summary.method.empty())
    return fail(Code::bad_data, "no question has a relevant passage, so no search can be judged");
  Frame::Builder b, d;
  b.add("method", summary.method).add("kind", summary.kind);
  b.add("queries", std::move(summary.queries)).add("ndcg", std::move(summary.ndcg));
  b.add("mrr", std::move(summary.mrr)).add("recall", std::move(summary.recall));
  b.add("operations", std::move(summary.operations)).add("p95_ms", std::move(summary.p95));
  d.add("series", depths.series).add("depth", std::move(depths.depth));
  d.add("recall", std::move(depths.recall));
  return two(std::move(b).build(), std::move(d).build());
}

const StepRegistration kRetrieveJudge{{
    .name = "retrieve.judge",
    .sentence = "What several searches over the same passages are worth, by kind of question, and "
                "what they cost.",
    .example =
        "local summary, depths = retrieve.judge { passages, questions, judgements, found, reranked "
        "}",
    .inputs = {{.name = "passages", .kind = Kind::frame, .sentence = "of retrieve.chunk"},
               {.name = "queries", .kind = Kind::frame, .sentence = "query, text, perhaps kind"},
               {.name = "judgements",
                .kind = Kind::frame,
                .sentence = "query, document, relevance, perhaps begin and end"},
               {.name = "found",
                .kind = Kind::frame,
                .sentence = "of retrieve.search, rerank or train_encoder",
                .variadic = true}},
    .outputs = {{.name = "summary",
                 .kind = Kind::frame,
                 .sentence = "method, kind, queries, ndcg, mrr, recall (all at k), operations, "
                             "p95_ms"},
                {.name = "depths", .kind = Kind::frame, .sentence = "series, depth, recall"}},
    .parameters = joined_parameters({integer_parameter("k", 10, 1, 1000, "ranks that count")},
                                    search_price_parameters()),
    .run = run_retrieve_judge,
}};

}  // namespace
}  // namespace rehearse::steps
