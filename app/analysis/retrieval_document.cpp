// SPDX-License-Identifier: GPL-3.0-or-later
//
// The document of a retriever that was measured.
#include <fmt/format.h>

#include <algorithm>

#include "app/analysis/pieces.hpp"
#include "app/analysis/retrieval.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::analysis {
namespace {

constexpr std::size_t kFindBins = 20;

Frame find_shares(const std::vector<double>& ndcg) {
  std::vector<double> lower, upper, y(kFindBins, 0);
  for (const double value : ndcg)
    y[std::min(kFindBins - 1, static_cast<std::size_t>(value * kFindBins))] +=
        1 / static_cast<double>(ndcg.size());
  for (std::size_t bin = 0; bin < kFindBins; ++bin) {
    lower.push_back(static_cast<double>(bin) / kFindBins);
    upper.push_back(static_cast<double>(bin + 1) / kFindBins);
  }
  Frame::Builder builder;
  builder.add("series", std::vector<std::string>(kFindBins, "queries"))
      .add("style", std::vector<std::string>(kFindBins, view_data::kSeries))
      .add("lower", std::move(lower))
      .add("upper", std::move(upper))
      .add("y", std::move(y));
  return std::move(builder).build().value_or(Frame());
}

Frame worst_finds(const std::vector<QueryFind>& worst) {
  std::vector<std::string> ids, texts, first, rank;
  std::vector<double> relevant, ndcg;
  for (const QueryFind& query : worst) {
    ids.push_back(query.id), texts.push_back(query.text), first.push_back(query.first_document);
    relevant.push_back(static_cast<double>(query.relevant)), ndcg.push_back(query.ndcg);
    rank.push_back(query.first_relevant_rank > 0 ? fmt::format("{}", query.first_relevant_rank)
                                                 : "not within 1000");
  }
  Frame::Builder builder;
  builder.add("query", ids)
      .add("text", texts)
      .add("relevant", std::move(relevant))
      .add("ndcg", std::move(ndcg))
      .add("first relevant at rank", rank)
      .add("stands first", first);
  return std::move(builder).build().value_or(Frame());
}

Frame term_by_term(const Overtaken& pair) {
  std::vector<std::string> term;
  std::vector<double> idf, first_count, first_score, relevant_count, relevant_score;
  for (std::size_t i = 0; i < pair.of_first.terms.size(); ++i) {
    const retrieval::TermScore &a = pair.of_first.terms[i], &b = pair.of_relevant.terms[i];
    term.push_back(a.term), idf.push_back(a.idf);
    first_count.push_back(a.document_count), first_score.push_back(a.score);
    relevant_count.push_back(b.document_count), relevant_score.push_back(b.score);
  }
  term.emplace_back("all"), idf.push_back(0);
  first_count.push_back(pair.of_first.length), first_score.push_back(pair.of_first.score);
  relevant_count.push_back(pair.of_relevant.length);
  relevant_score.push_back(pair.of_relevant.score);
  std::vector<std::uint8_t> has_idf(term.size(), 1);
  has_idf.back() = 0;
  Frame::Builder builder;
  builder.add("term", term)
      .add("idf", std::move(idf))
      .missing(has_idf)
      .add("times in the first", std::move(first_count))
      .add("its score", std::move(first_score))
      .add("times in the relevant", std::move(relevant_count))
      .add("the relevant's score", std::move(relevant_score));
  return std::move(builder).build().value_or(Frame());
}

std::vector<std::string> find_meanings(const RetrievalOptions& options) {
  return {
      fmt::format("**nDCG@{}** compares the gain of the first ranks, discounted by the log of the "
                  "rank, with that of the best order of all relevant documents: 1 is perfect.",
                  options.k),
      "**MAP** is the mean over relevant documents of the precision at their rank; one that is not "
      "among the first 1000 counts 0.",
      "**Recall@100** and **@1000** are what a second stage can still put right; what they lose is "
      "lost. **MRR** asks only how far down the first answer stands.",
      "A document without a judgement counts as one that does not answer. A better search may find "
      "answers that nobody judged, and seem worse."};
}

std::string words_as(const retrieval::RetrieverOptions& o) {
  return o.tokenizer.stem ? "stop words dropped and stems" : "words as they are";
}

// "BM25 with k1 = 0.9, b = 0.4, words as they are"
std::string method_of(const retrieval::RetrieverOptions& o, std::size_t dims) {
  const std::string bm25 = fmt::format("BM25 with k1 = {:g}, b = {:g}", o.bm25.k1, o.bm25.b);
  const std::string lsa = fmt::format("LSA of {} dimensions", dims);
  switch (o.method) {
    case retrieval::Method::bm25: return fmt::format("{}, {}", bm25, words_as(o));
    case retrieval::Method::dense: return fmt::format("{}, {}", lsa, words_as(o));
    case retrieval::Method::hybrid: break;
  }
  const std::string how = o.fusion == retrieval::Fusion::reciprocal_rank
                              ? std::string("reciprocal ranks")
                              : fmt::format("a weighted sum, {:g} of BM25", o.bm25_weight);
  return fmt::format("{} and {} fused by {}, {}", bm25, lsa, how, words_as(o));
}

std::string lost_beyond(const RetrievalOptions& options, double recall) {
  const bool bm25 = options.retriever.method == retrieval::Method::bm25;
  return fmt::format(
      "Of the relevant documents {:.0f}% are not among the first 1000: no re-ranker brings them "
      "back. {}",
      100 * (1 - recall),
      bm25 ? options.retriever.tokenizer.stem
                 ? "They share no word with the query; try --method hybrid."
                 : "Most want for a common word; try --stem, or --method hybrid."
           : "Are they worded at all like the queries?");
}

std::vector<std::string> find_next(const RetrievalOptions& options, const Retrieval& r) {
  const bool bm25 = options.retriever.method == retrieval::Method::bm25;
  std::vector<std::string> next;
  if (!r.worst.empty())
    next.push_back(
        fmt::format("Read the worst queries below by hand; `{}` comes first. Are the "
                    "words of the answer other words, or are judgements missing?",
                    r.worst.front().id));
  if (r.means.recall_1000.defined() && r.means.recall_1000.value < 0.9)
    next.push_back(lost_beyond(options, r.means.recall_1000.value));
  else if (!options.retriever.tokenizer.stem)
    next.emplace_back("Try --stem where the texts are English: endings stop mattering.");
  next.emplace_back(
      bm25
          ? "Try other k1 and b: a higher b where long documents are only wordy, a lower one where "
            "they say more. Choose them on other queries than those you report."
          : "Try other --dims, and compare with --method bm25, which anything learned must beat. "
            "Choose on other queries than those you report.");
  next.emplace_back(
      "Compare two retrievers on the same queries, by the difference per query: the spread between "
      "queries is far larger than that between retrievers.");
  return next;
}

void append_overtaken(Document& document, const Overtaken& pair) {
  document.blocks.push_back(Figure{
      "table", fmt::format("Why {} stands before {}", pair.first, pair.relevant), "", "",
      fmt::format("query {}, “{}”: {} was judged relevant; the last row holds each document's "
                  "length and whole score",
                  pair.query, pair.text, pair.relevant),
      Json::object(), term_by_term(pair)});
}

}  // namespace

std::string summary_of(const RetrievalOptions& options, const Retrieval& r) {
  const std::size_t defined = r.means.queries - r.means.undefined_queries;
  std::string text =
      defined == 0
          ? std::string("No query has a relevant document, so nothing can be judged.")
          : fmt::format(
                "Means over {} queries with a relevant document, in a corpus of {} documents "
                "of {:.0f} words; {}.",
                defined, r.documents, r.mean_length, method_of(options.retriever, r.dims));
  if (defined > 0 && r.means.undefined_queries > 0)
    text += fmt::format(" {} queries have none and are left out.", r.means.undefined_queries);
  return text;
}

Document document_of(const std::string& corpus, const RetrievalOptions& options,
                     const Retrieval& r) {
  Document document{"Retrieval from " + corpus, method_of(options.retriever, r.dims), {}};
  document.blocks.push_back(Banner{Banner::Tone::neutral,
                                   r.means.ndcg.defined()
                                       ? fmt::format("nDCG@{} is {:.3f}, MAP {:.3f}.", options.k,
                                                     r.means.ndcg.value, r.means.map.value)
                                       : "Nothing can be said.",
                                   summary_of(options, r)});
  append_list(document, "To know before reading on", r.notices);
  document.blocks.push_back(KeyNumbers()
                                .add(fmt::format("nDCG@{}", options.k), r.means.ndcg)
                                .add("MAP", r.means.map)
                                .add("recall@100", r.means.recall_100)
                                .add("recall@1000", r.means.recall_1000)
                                .add(fmt::format("MRR@{}", options.k), r.means.mrr)
                                .add("queries", r.queries_per_second, {}, "1/s")
                                .add("indexing", r.index_seconds, {}, "s")
                                .figure("Means over queries, and speed", ""));
  if (!r.ndcg.empty())
    document.blocks.push_back(Figure{
        "histogram", "nDCG query by query", "nDCG of a query", "share of queries",
        "the queries at 0 get nothing from the first page", Json::object(), find_shares(r.ndcg)});
  append_list(document, "What the numbers mean", find_meanings(options));
  if (!r.worst.empty())
    document.blocks.push_back(
        Figure{"table", "The worst queries", "", "", "", Json::object(), worst_finds(r.worst)});
  if (r.overtaken) append_overtaken(document, *r.overtaken);
  append_list(document, "What to look at next", find_next(options, r));
  return document;
}

}  // namespace rehearse::analysis
