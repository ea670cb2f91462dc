// SPDX-License-Identifier: GPL-3.0-or-later
//
// The figures of MovieLens-100k u1 by the definitions of this room. Popularity and the plain cosine
// with 50 neighbours were computed with NumPy too, from dense matrices: .3254 and .4881.
#include "tests/engine/recommend/movielens.hpp"

#include <catch2/catch.hpp>

#include "engine/recommend/als.hpp"
#include "engine/recommend/bpr.hpp"
#include "engine/recommend/ease.hpp"
#include "engine/recommend/evaluate.hpp"
#include "engine/recommend/item_knn.hpp"
#include "engine/recommend/popularity.hpp"

using namespace rehearse;
using namespace rehearse::recommend;

namespace {

double ndcg_of(const Recommender& model, const RatingSplit& split) {
  const auto evaluation = evaluate(model, split.test, 10).value();
  CHECK(evaluation.users.size() == 459);
  UNSCOPED_INFO(model.describe() << ": nDCG " << evaluation.ndcg.value << ", recall "
                                 << evaluation.recall.value << ", MAP " << evaluation.map.value
                                 << ", MRR " << evaluation.mrr.value);
  return evaluation.ndcg.value;
}

}  // namespace

TEST_CASE("movielens: the figures of the definitions, method by method") {
  const auto folder = movielens_folder();
  if (!folder) {
    WARN("shared/data/ml-100k is not here: nothing was measured");
    return;
  }
  const auto split = movielens(*folder);
  REQUIRE(split);
  CHECK(split->users.size() == 943);
  CHECK(split->items.size() == 1682);
  CHECK(split->items[9] == "10");  // ids are numbers, in their order
  CHECK(split->training.pairs() == 80000);
  CHECK(split->test.pairs() == 20000);
  CHECK(split->counts.unknown_users == 0);
  CHECK(split->counts.unknown_items == 32);
  CHECK(ndcg_of(*fit_popularity(split->training), *split) == Approx(0.3254).margin(0.0001));
  CHECK(ndcg_of(**fit_item_knn(split->training), *split) == Approx(0.4881).margin(0.0001));
  const auto als = fit_als(split->training).value();
  CHECK(ndcg_of(*als, *split) >= 0.53);
  for (std::size_t i = 1; i < als->losses().size(); ++i)
    CHECK(als->losses()[i] < als->losses()[i - 1]);
  CHECK(ndcg_of(**fit_ease(split->training), *split) == Approx(0.565).margin(0.002));
  BprOptions few;
  few.epochs = 15;
  CHECK(ndcg_of(**fit_bpr(split->training, few), *split) > 0.4);
}
