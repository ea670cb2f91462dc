// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/retrieval.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "engine/base/utf8.hpp"

namespace rehearse::analysis {
namespace {

using retrieval::Hit;
using retrieval::JudgedQuery;
using retrieval::Query;
using retrieval::QueryKey;

constexpr std::size_t kWorstFinds = 20, kNamed = 3, kLongQuery = 160;
constexpr double kTimedSeconds = 0.1;  // queries are repeated until the clock can tell
constexpr std::size_t kQueriesPerReport = 16;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// A query for a table: its lines joined, cut where it is long.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return abbreviated(text, kLongQuery);
}

// "a, b, c and 5 more"
std::string named(const std::vector<std::string>& names) {
  std::vector<std::string> front;
  for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i)
    front.push_back(abbreviated(names[i]));
  std::string text = fmt::format("{}", fmt::join(front, ", "));
  if (names.size() > kNamed) text += fmt::format(" and {} more", names.size() - kNamed);
  return text;
}

// One call of measure_retrieval.
class Measurement {
 public:
  Measurement(const RetrievalFiles& files, const RetrievalOptions& options)
      : files_(files), options_(options) {}

  Result<Retrieval> run(const Ranked& ranked, const Progress& progress) {
    if (auto joined = join(); !joined) return fail(joined.error());
    if (auto built = build(progress); !built) return fail(built.error());
    if (auto asked = ask(ranked, progress); !asked) return fail(asked.error());
    if (auto timed = time(progress); !timed) return fail(timed.error());
    find_worst();
    tell();
    return std::move(out_);
  }

 private:
  Result<void> join() {
    const auto& ids = files_.queries.collection.ids;
    out_.key = options_.key.value_or(files_.queries.topics &&
                                             retrieval::judged_by_place(files_.judgements, ids)
                                         ? QueryKey::place
                                         : QueryKey::id);
    judged_ = retrieval::join_judgements(files_.judgements, ids, files_.corpus.ids, out_.key);
    if (judged_.unjudged_queries == ids.size())
      return fail(Code::bad_data,
                  "none of the judged queries ({}) is among the queries ({}); do both files name "
                  "them the same way?",
                  named(judged_.unknown_queries), named(ids));
    const auto judged = std::accumulate(
        judged_.queries.begin(), judged_.queries.end(), std::size_t{0},
        [](std::size_t sum, const JudgedQuery& query) { return sum + query.relevant(); });
    const auto lost = std::accumulate(
        judged_.queries.begin(), judged_.queries.end(), std::size_t{0},
        [](std::size_t sum, const JudgedQuery& query) { return sum + query.missing.size(); });
    if (judged > 0 && judged == lost)
      return fail(Code::bad_data,
                  "none of the documents judged relevant ({}) is in the corpus ({}); do both files "
                  "name them the same way?",
                  named(judged_.unknown_documents), named(files_.corpus.ids));
    return {};
  }

  Result<void> build(const Progress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    auto built = retrieval::Retriever::build(files_.corpus.texts, options_.retriever, progress);
    if (!built) return fail(built.error());
    retriever_.emplace(std::move(*built));
    out_.index_seconds = seconds_since(begin);
    out_.documents = retriever_->index().documents();
    out_.documents_without_words = retriever_->index().documents_without_words();
    out_.dims = retriever_->dims();
    out_.mean_length = retriever_->index().mean_length();
    return {};
  }

  Result<Query> query(std::size_t i) const {
    return at("query " + files_.queries.collection.ids[i],
              retriever_->query(files_.queries.collection.texts[i]));
  }

  Result<void> ask(const Ranked& ranked, const Progress& progress) {
    const std::size_t count = files_.queries.collection.size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto asked = query(i);
      if (!asked) return fail(asked.error());
      if (asked->without_words()) wordless_.push_back(files_.queries.collection.ids[i]);
      const auto hits = retriever_->search(*asked, retrieval::kEvaluatedRanks);
      if (ranked)
        ranked(out_.key == QueryKey::id ? files_.queries.collection.ids[i] : std::to_string(i + 1),
               hits);
      measures_.push_back(retrieval::measure_query(hits, judged_.queries[i], options_.k));
      first_.push_back(hits.empty() ? std::nullopt : std::optional(hits.front().document));
      best_relevant_.push_back(best_relevant(hits, judged_.queries[i]));
      if (i % kQueriesPerReport == 0 &&
          !progress.report(static_cast<double>(i) / static_cast<double>(count)))
        return cancelled();
    }
    out_.means = retrieval::mean_measures(measures_);
    return {};
  }

  // The relevant document that ranks best, or, where none was found, one of the corpus.
  static std::optional<retrieval::DocumentId> best_relevant(std::span<const Hit> hits,
                                                            const JudgedQuery& judged) {
    for (const Hit& hit : hits)
      if (judged.relevance.contains(hit.document)) return hit.document;
    std::optional<retrieval::DocumentId> least;
    for (const auto& [document, relevance] : judged.relevance)
      if (!least || document < *least) least = document;
    return least;
  }

  Result<void> time(const Progress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    std::size_t asked = 0;
    double elapsed = 0;
    do {
      for (std::size_t i = 0; i < files_.queries.collection.size(); ++i) {
        const auto one = query(i);
        if (!one) return fail(one.error());
        asked += retriever_->search(*one, options_.k).size() <= options_.k ? 1 : 0;
        if (progress.stop_requested()) return cancelled();
      }
      elapsed = seconds_since(begin);
    } while (elapsed < kTimedSeconds);
    out_.queries_per_second = static_cast<double>(asked) / elapsed;
    return {};
  }

  void find_worst() {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < measures_.size(); ++i)
      if (measures_[i]) order.push_back(i), out_.ndcg.push_back(measures_[i]->ndcg);
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return measures_[a]->ndcg < measures_[b]->ndcg;
    });
    for (const std::size_t i : order) {
      if (out_.worst.size() == kWorstFinds) break;
      const auto& [ids, texts, skipped, why] = files_.queries.collection;
      out_.worst.push_back({ids[i], one_line(texts[i]), judged_.queries[i].relevant(),
                            measures_[i]->ndcg, measures_[i]->first_relevant_rank,
                            first_[i] ? files_.corpus.ids[*first_[i]] : ""});
      if (!out_.overtaken) compare(i);
    }
  }

  void compare(std::size_t i) {
    if (options_.retriever.method != retrieval::Method::bm25) return;
    if (!first_[i] || !best_relevant_[i] || *first_[i] == *best_relevant_[i]) return;
    const auto asked = query(i);
    if (!asked) return;
    auto of_first = retriever_->bm25().explain(*asked, *first_[i]),
         of_relevant = retriever_->bm25().explain(*asked, *best_relevant_[i]);
    if (!of_first || !of_relevant) return;
    out_.overtaken = Overtaken{files_.queries.collection.ids[i],
                               one_line(files_.queries.collection.texts[i]),
                               files_.corpus.ids[*first_[i]],
                               files_.corpus.ids[*best_relevant_[i]],
                               std::move(*of_first),
                               std::move(*of_relevant)};
  }

  template <class... Args>
  void note(fmt::format_string<Args...> format, Args&&... args) {
    out_.notices.push_back(fmt::format(format, std::forward<Args>(args)...));
  }

  void tell() {
    out_.queries_without_words = wordless_.size();
    out_.unjudged_queries = judged_.unjudged_queries;
    out_.unknown_queries = judged_.unknown_queries.size();
    out_.unknown_documents = judged_.unknown_documents.size();
    tell_of_judgements();
    tell_of_dims();
    if (!wordless_.empty())
      note("{} queries have no word to search for ({}); they find nothing.", wordless_.size(),
           named(wordless_));
    if (out_.documents_without_words > 0)
      note("{} of {} documents have no word; nothing finds them.", out_.documents_without_words,
           out_.documents);
    const auto lengths = retriever_->index().lengths();
    const auto longest = std::max_element(lengths.begin(), lengths.end());
    const double share =
        static_cast<double>(*longest) / (out_.mean_length * static_cast<double>(lengths.size()));
    if (lengths.size() > 2 && share > 0.5)
      note(
          "The document {} holds {:.0f}% of all words, so every other one counts as short; cut it "
          "into passages.",
          files_.corpus.ids[static_cast<std::size_t>(longest - lengths.begin())], 100 * share);
    tell_skipped("documents", files_.corpus.skipped, files_.corpus.first_skipped);
    tell_skipped("queries", files_.queries.collection.skipped,
                 files_.queries.collection.first_skipped);
    tell_skipped("judgements", files_.judgements.skipped, files_.judgements.first_skipped);
  }

  void tell_of_dims() {
    const auto& asked = options_.retriever;
    if (asked.method != retrieval::Method::bm25 && out_.dims < asked.lsa.dims)
      note("The documents have {} dimensions, not the {} that are asked for; all are taken.",
           out_.dims, asked.lsa.dims);
  }

  void tell_of_judgements() {
    if (out_.key == QueryKey::place && !options_.key)
      note(
          "The judgements name queries that the file does not, but all of them are places in it: "
          "query 1 of the judgements is taken as the first of the file, and so on. Say "
          "--query-key id to take their numbers instead.");
    if (out_.unknown_queries > 0)
      note("{} judged queries are not among the queries ({}); their judgements are left out.",
           out_.unknown_queries, named(judged_.unknown_queries));
    if (out_.unknown_documents > 0)
      note(
          "{} judged documents are not in the corpus ({}); those that are relevant cannot be found "
          "and count as missed.",
          out_.unknown_documents, named(judged_.unknown_documents));
    if (out_.unjudged_queries > 0)
      note("{} of {} queries have no judgement.", out_.unjudged_queries, measures_.size());
  }

  void tell_skipped(const char* what, std::size_t count, const std::string& first) {
    if (count == 0) return;
    out_.skipped += count;
    note("{} bad {} were left out; the first: {}.", count, what, first);
  }

  const RetrievalFiles& files_;
  const RetrievalOptions& options_;
  std::optional<retrieval::Retriever> retriever_;
  retrieval::JudgedQueries judged_;
  std::vector<std::optional<retrieval::QueryMeasures>> measures_;
  std::vector<std::optional<retrieval::DocumentId>> first_, best_relevant_;
  std::vector<std::string> wordless_;
  Retrieval out_;
};

bool has_space(const std::string& id) { return id.find_first_of(" \t\r\n") != std::string::npos; }

}  // namespace

Result<Retrieval> measure_retrieval(const RetrievalFiles& files, const RetrievalOptions& options,
                                    const Ranked& ranked, const Progress& progress) {
  return Measurement(files, options).run(ranked, progress);
}

Result<void> RunWriter::check() const {
  for (const auto* ids : {&files_.queries.collection.ids, &files_.corpus.ids})
    for (const std::string& id : *ids)
      if (has_space(id))
        return fail(Code::unsupported,
                    "the identifier `{}` holds a space, which a run file has no way to write; "
                    "rename it, or leave --run out",
                    abbreviated(id));
  return {};
}

void RunWriter::add(const std::string& query, std::span<const retrieval::Hit> hits) {
  for (std::size_t i = 0; i < hits.size(); ++i)
    fmt::format_to(std::back_inserter(text_), "{} Q0 {} {} {} {}\n", query,
                   files_.corpus.ids[hits[i].document], i + 1, hits[i].score, tag_);
}

}  // namespace rehearse::analysis
