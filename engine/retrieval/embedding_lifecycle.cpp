// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/embedding_lifecycle.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

#include "engine/base/ranges.hpp"
#include "engine/metrics/kolmogorov.hpp"
#include "engine/retrieval/embedding_store.hpp"

namespace rehearse::retrieval {
namespace {

constexpr int kReferenceDays = 7;
constexpr std::size_t kMostSegments = 16;
constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

Result<void> check_embedding_policy(const EmbeddingPolicy& p) {
  if (auto fine =
          check_ranges({{"dims", p.lsa.dims, 1, 1000},
                        {"swap_day", p.swap_day, -1e6, std::numeric_limits<double>::infinity()},
                        {"reembed_a_day", p.reembed_a_day, 0, 1e12},
                        {"embed_delay_hours", p.embed_delay_hours, 0, 1e6},
                        {"fallback_above", p.fallback_above, 0, 1},
                        {"retrain_below", p.retrain_below, 0, 1},
                        {"labelled_a_day", p.labelled_a_day, 1, 1e6},
                        {"recall_window_days", p.recall_window_days, 1, 1000},
                        {"k", p.k, 1, 1000},
                        {"fresh_days", p.fresh_days, 1e-6, 1e6}});
      !fine)
    return fine;
  return check_bm25(p.bm25);
}

// All documents by their words, brought to a moment: the fallback, and what it would find.
class WordsBeside {
 public:
  static Result<WordsBeside> over(const DatedCorpus& corpus, const EmbeddingPolicy& policy) {
    auto index = SegmentedIndex::with({.tokenizer = policy.tokenizer, .bm25 = policy.bm25});
    if (!index) return fail(index.error());
    return WordsBeside(corpus, std::move(*index));
  }

  Result<void> advance(double now) {
    std::vector<DocumentId> numbers;
    std::vector<std::string> texts;
    for (; next_ < corpus_->documents.size() && corpus_->documents[next_].from <= now; ++next_)
      if (corpus_->documents[next_].stands(now)) {
        numbers.push_back(static_cast<DocumentId>(next_));
        texts.push_back(corpus_->documents[next_].text);
      }
    if (auto added = index_.append(numbers, texts); !added) return added;
    if (index_.segments() > kMostSegments) index_.merge(1, index_.segments() - 1);
    for (; buried_ < by_end_.size() && corpus_->documents[by_end_[buried_]].until <= now; ++buried_)
      index_.erase(by_end_[buried_]);
    return {};
  }
  Result<std::vector<Hit>> search(std::string_view text, std::size_t k) const {
    return index_.search(text, k);
  }

 private:
  WordsBeside(const DatedCorpus& corpus, SegmentedIndex index)
      : corpus_(&corpus), index_(std::move(index)), by_end_(in_order_of_end(corpus.documents)) {}

  const DatedCorpus* corpus_;
  SegmentedIndex index_;
  std::vector<DocumentId> by_end_;
  std::size_t next_ = 0, buried_ = 0;
};

// NaN where nothing was added.
struct Averaged {
  double sum = 0, count = 0;
  void add(double value) { sum += value, count += 1; }
  void add(const std::optional<double>& value) {
    if (value) add(*value);
  }
  double mean() const { return count > 0 ? sum / count : kNotANumber; }
};

class EmbeddingReplay {
 public:
  EmbeddingReplay(const DatedCorpus& corpus, const EmbeddingPolicy& policy, EmbeddingStore store,
                  WordsBeside words)
      : corpus_(corpus),
        policy_(policy),
        store_(std::move(store)),
        words_(std::move(words)),
        first_day_(std::floor(corpus.queries.front().time)),
        swap_due_(policy.swap_day >= first_day_) {}

  Result<EmbeddingRun> run(const Progress& progress) {
    std::size_t q = 0;
    for (double day = first_day_; day <= corpus_.queries.back().time; ++day) {
      if (!progress.report(static_cast<double>(q) / static_cast<double>(corpus_.queries.size())))
        return cancelled();
      const std::size_t from = run_.searches.size(), embedded = store_.embedded();
      std::size_t asked = 0;
      for (; q < corpus_.queries.size() && corpus_.queries[q].time < day + 1; ++q)
        if (auto done = ask(q, asked, progress); !done) return fail(done.error());
      if (auto brought = bring_to(std::nextafter(day + 1, day), progress); !brought)
        return fail(brought.error());
      run_.days.push_back(day_of(day, std::span(run_.searches).subspan(from), embedded));
      if (auto done = consider_training(day + 1, progress); !done) return fail(done.error());
    }
    return std::move(run_);
  }

 private:
  Result<void> bring_to(double now, const Progress& progress) {
    if (swap_due_ && now >= policy_.swap_day) {
      if (auto done = store_.advance(policy_.swap_day); !done) return done;
      if (auto begun = store_.begin_change(policy_.swap_day, progress); !begun) return begun;
      swap_due_ = false;
    }
    if (auto done = store_.advance(now); !done) return done;
    return words_.advance(now);
  }

  Result<void> ask(std::size_t q, std::size_t& asked, const Progress& progress) {
    const DatedQuery& query = corpus_.queries[q];
    if (auto done = bring_to(query.time, progress); !done) return done;
    if (query.relevant.empty()) return {};
    auto embedded = store_.model().embed(query.text);
    if (!embedded) return fail(embedded.error());
    auto by_words = words_.search(query.text, policy_.k);
    if (!by_words) return fail(by_words.error());
    EmbeddingSearch search{.query = q};
    const std::vector<Hit> nearest = store_.search(embedded->point, query.time, policy_.k);
    if (!nearest.empty()) search.nearest_cosine = nearest.front().score;
    if (embedded->words > 0)
      search.unknown_words =
          static_cast<double>(embedded->unknown) / static_cast<double>(embedded->words);
    search.by_fallback =
        policy_.fallback_above < 1 && store_.stale_share(query.time) > policy_.fallback_above;
    search.labelled = asked++ < policy_.labelled_a_day;
    const std::vector<Hit>& hits = search.by_fallback ? *by_words : nearest;
    const auto all = [](DocumentId) { return true; };
    search.recall = found_among(hits, query, policy_.k, all).recall();
    search.bm25_recall = found_among(*by_words, query, policy_.k, all).recall();
    const Found fresh = found_among(hits, query, policy_.k, [&](DocumentId d) {
      return query.time - corpus_.documents[d].from < policy_.fresh_days;
    });
    if (fresh.due > 0) search.fresh_recall = fresh.recall();
    run_.searches.push_back(search);
    return {};
  }

  EmbeddingDay day_of(double day, std::span<const EmbeddingSearch> searches,
                      std::size_t embedded_before) {
    Averaged recall, fresh, labelled, bm25, nearest, unknown, fallback;
    std::vector<double> cosines;
    for (const EmbeddingSearch& one : searches) {
      recall.add(one.recall), fresh.add(one.fresh_recall), bm25.add(one.bm25_recall);
      nearest.add(one.nearest_cosine), unknown.add(one.unknown_words);
      fallback.add(one.by_fallback ? 1.0 : 0.0);
      if (one.labelled) labelled.add(one.recall);
      if (one.nearest_cosine) cosines.push_back(*one.nearest_cosine);
    }
    EmbeddingDay row{.day = static_cast<int>(day), .queries = searches.size()};
    row.recall = recall.mean(), row.fresh_recall = fresh.mean();
    row.labelled_recall = labelled.mean(), row.bm25_recall = bm25.mean();
    row.nearest_cosine = nearest.mean(), row.unknown_words = unknown.mean();
    row.fallback_share = fallback.mean();
    row.stale_share = store_.stale_share(std::nextafter(day + 1, day));
    row.embedded = store_.embedded() - embedded_before;
    row.models = store_.models();
    compare_cosines(day, std::move(cosines), row);
    return row;
  }

  // Against the first week; of its own days nothing is told.
  void compare_cosines(double day, std::vector<double> cosines, EmbeddingDay& row) {
    row.ks = row.ks_p = kNotANumber;
    std::sort(cosines.begin(), cosines.end());
    if (day < first_day_ + kReferenceDays) {
      reference_.insert(reference_.end(), cosines.begin(), cosines.end());
      std::sort(reference_.begin(), reference_.end());
      return;
    }
    if (cosines.empty() || reference_.empty()) return;
    row.ks = metrics::ks_distance(reference_, cosines);
    row.ks_p = metrics::ks_p_value(row.ks, reference_.size(), cosines.size());
  }

  // After a change the window begins anew.
  Result<void> consider_training(double now, const Progress& progress) {
    if (store_.changing()) {
      window_.clear();
      return {};
    }
    if (const double recall = run_.days.back().labelled_recall; !std::isnan(recall))
      window_.push_back(recall);
    if (window_.size() > policy_.recall_window_days) window_.pop_front();
    if (window_.size() < policy_.recall_window_days) return {};
    const double mean =
        std::accumulate(window_.begin(), window_.end(), 0.0) / static_cast<double>(window_.size());
    if (!(mean < policy_.retrain_below)) return {};
    window_.clear();
    return store_.begin_change(now, progress);
  }

  const DatedCorpus& corpus_;
  const EmbeddingPolicy& policy_;
  EmbeddingStore store_;
  WordsBeside words_;
  double first_day_;
  bool swap_due_;
  std::vector<double> reference_;
  std::deque<double> window_;
  EmbeddingRun run_;
};

}  // namespace

Result<EmbeddingRun> replay_embedding(const DatedCorpus& corpus, const EmbeddingPolicy& policy,
                                      const Progress& progress) {
  if (auto fine = check_embedding_policy(policy); !fine) return fail(fine.error());
  if (auto fine = check_dated(corpus); !fine) return fail(fine.error());
  auto store =
      EmbeddingStore::at(corpus, policy, std::floor(corpus.queries.front().time), progress);
  if (!store) return fail(store.error());
  auto words = WordsBeside::over(corpus, policy);
  if (!words) return fail(words.error());
  return EmbeddingReplay(corpus, policy, std::move(*store), std::move(*words)).run(progress);
}

}  // namespace rehearse::retrieval
