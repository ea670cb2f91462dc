// SPDX-License-Identifier: GPL-3.0-or-later
//
// Embedding lifecycle: a search by meaning from day to day, while words come up that the model
// never saw and while the model itself is replaced. Replayed on a dated corpus.
//
// The first model is fitted on what stands at the beginning. A new one may come on a day that is
// planned (`swap_day`), or when recall on labelled questions falls (`retrain_below`); it is fitted
// on what stands then. Every vector in the index is of the old model at that moment, and its
// re-embedding takes days. How the change is made:
//
//   in_place  questions are embedded by the new model at once; vectors are replaced newest first.
//             Until the last is done new questions meet old vectors, and their cosines mean nothing
//   shadow    the new vectors are made beside the old ones, which go on to serve; new posts are
//             embedded by both. When all are done questions and vectors change together
//
// `fallback_above` gives a question to BM25 while more than that share of the standing documents
// has no vector of the question's model (1: never).
//
// What can be watched without labels is told beside the recall: the cosine of the nearest document
// by question, its KS distance to the first week (metrics/kolmogorov.hpp), the share of the
// questions' words that the model does not know, the share of stale vectors.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/retrieval/dated_corpus.hpp"
#include "engine/retrieval/lsa.hpp"
#include "engine/retrieval/segmented_index.hpp"

namespace rehearse::retrieval {

enum class Migration { in_place, shadow };

struct EmbeddingPolicy {
  LsaOptions lsa = {.dims = 96};
  TokenizerOptions tokenizer = {.stem = true};
  Bm25Parameters bm25 = {};  // of the fallback
  Migration migration = Migration::shadow;
  double swap_day = std::numeric_limits<double>::infinity();  // none
  double reembed_a_day = 300;       // documents; 0: those that are there are never embedded again
  double embed_delay_hours = 1;     // from a post's beginning to its vector, at least 0
  double fallback_above = 1;        // in [0, 1]
  double retrain_below = 0;         // in [0, 1]; 0: never
  std::size_t labelled_a_day = 20;  // questions that people judge: the first of each day; ≥ 1
  std::size_t recall_window_days = 3;  // that the trigger averages over; ≥ 1
  std::size_t k = 10;                  // [1, 1000]
  double fresh_days = 2;
};

// One question's search.
struct EmbeddingSearch {
  std::size_t query = 0;  // place among the corpus' queries
  double recall = 0, bm25_recall = 0;
  // Nothing fresh is due; nothing is found.
  std::optional<double> fresh_recall = {}, nearest_cosine = {};
  double unknown_words = 0;  // share
  bool labelled = false, by_fallback = false;
};

// A mean is NaN where the day has nothing to take it over.
struct EmbeddingDay {
  int day = 0;
  std::size_t queries = 0;
  double recall = 0, fresh_recall = 0, labelled_recall = 0, bm25_recall = 0;
  double nearest_cosine = 0, unknown_words = 0, fallback_share = 0;
  double ks = 0, ks_p = 0;   // of the nearest cosines against the first week's
  double stale_share = 0;    // of standing documents, at the end of the day
  std::size_t embedded = 0;  // documents, by whatever model
  std::size_t models = 1;    // fitted so far
};

struct EmbeddingRun {
  std::vector<EmbeddingSearch> searches;  // of queries with a relevant document
  std::vector<EmbeddingDay> days;
};

// Errors: those of check_dated, an option out of its range (named), those of TextEmbedding::fit,
// cancelled. O(queries · documents · dims) and the fits.
Result<EmbeddingRun> replay_embedding(const DatedCorpus& corpus, const EmbeddingPolicy& policy,
                                      const Progress& progress = {});

}  // namespace rehearse::retrieval
