// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/recommend
//
// Recommenders on MovieLens-100k (split u1), on one core: implicit ALS with 32 factors and 15
// iterations within half a second and an nDCG@10 of .53 or more, and the other methods beside it.
// The data lies in shared/data/ml-100k beside the sources; without it there is nothing to measure.
#include "engine/recommend/als.hpp"
#include "engine/recommend/bpr.hpp"
#include "engine/recommend/ease.hpp"
#include "engine/recommend/evaluate.hpp"
#include "engine/recommend/item_knn.hpp"
#include "engine/recommend/popularity.hpp"
#include "tests/bench/bench.hpp"
#include "tests/engine/recommend/movielens.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

template <class Fit>
void measure(const char* name, const RatingSplit& split, int runs, bench::Limit seconds,
             bench::Limit ndcg, Fit&& fit) {
  RecommenderPtr model;
  const double best = bench::best_seconds(runs, [&] { model = fit(split.training); });
  const auto evaluation = evaluate(*model, split.test, 10);
  bench::line(std::string(name) + ", fit", best, "s", seconds);
  bench::line(std::string(name) + ", nDCG@10", evaluation ? evaluation->ndcg.value : 0, "", ndcg);
}

}  // namespace

int main() {
  const auto folder = movielens_folder();
  if (!folder) {
    fmt::print("shared/data/ml-100k is not here: nothing was measured\n");
    return 0;
  }
  const auto split = movielens(*folder);
  if (!split) {
    fmt::print("{}\n", split.error().message);
    return 1;
  }
  using bench::at_least;
  using bench::at_most;
  measure("ALS, k = 32, 15 iterations", *split, 5, at_most(0.5), at_least(0.53),
          [](const Interactions& training) { return fit_als(training).value(); });
  measure("popularity", *split, 3, {}, {},
          [](const Interactions& training) { return fit_popularity(training); });
  measure("item-kNN, 50 neighbours", *split, 3, {}, at_least(0.488),
          [](const Interactions& training) { return fit_item_knn(training).value(); });
  measure("EASE", *split, 1, {}, at_least(0.565),
          [](const Interactions& training) { return fit_ease(training).value(); });
  measure("BPR, k = 32", *split, 1, {}, {},
          [](const Interactions& training) { return fit_bpr(training).value(); });
}
