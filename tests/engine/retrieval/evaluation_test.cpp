// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/evaluation.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/oracles/oracle.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

std::vector<Hit> ranked(const std::vector<DocumentId>& documents) {
  std::vector<Hit> hits;
  for (const DocumentId document : documents)
    hits.push_back({document, 1000.0 - static_cast<double>(hits.size())});
  return hits;
}

}  // namespace

TEST_CASE("evaluation: nDCG and average precision are scikit-learn's where all is returned") {
  const Json oracle = oracle::read("retrieval/retrieval.json");
  for (const Json& one : oracle.at("metrics")) {
    JudgedQuery judged;
    const auto relevance = one.at("relevance").get<std::vector<int>>();
    for (std::size_t i = 0; i < relevance.size(); ++i)
      if (relevance[i] > 0) judged.relevance[static_cast<DocumentId>(i)] = relevance[i];
    const auto hits = ranked(one.at("order").get<std::vector<DocumentId>>());
    const auto ten = measure_query(hits, judged, 10), three = measure_query(hits, judged, 3);
    REQUIRE(ten);
    CHECK(ten->ndcg == Approx(one.at("ndcg_10").get<double>()).epsilon(1e-12));
    CHECK(three->ndcg == Approx(one.at("ndcg_3").get<double>()).epsilon(1e-12));
    CHECK(ten->average_precision ==
          Approx(one.at("average_precision").get<double>()).epsilon(1e-12));
  }
}

TEST_CASE("evaluation: what was not returned counts in every denominator") {
  JudgedQuery judged;
  judged.relevance = {{1, 1}, {2, 1}, {3, 1}};
  judged.missing = {1};
  const auto m = measure_query(ranked({7, 1, 8, 2}), judged, 10);
  REQUIRE(m);
  CHECK(m->average_precision == Approx((1.0 / 2 + 2.0 / 4) / 4));
  CHECK(m->recall_100 == Approx(0.5));
  CHECK(m->recall_1000 == Approx(0.5));
  CHECK(m->reciprocal_rank == Approx(0.5));
  CHECK(m->first_relevant_rank == 2);
  const double ideal = 1 + 1 / std::log2(3) + 1 / std::log2(4) + 1 / std::log2(5);
  CHECK(m->ndcg == Approx((1 / std::log2(3) + 1 / std::log2(5)) / ideal));
}

TEST_CASE("evaluation: ranks past k, 100 and 1000 do not count where they must not") {
  std::vector<DocumentId> order(1500);
  for (DocumentId i = 0; i < order.size(); ++i) order[i] = i;
  JudgedQuery judged;
  judged.relevance = {{50, 1}, {500, 1}, {1200, 1}};
  const auto m = measure_query(ranked(order), judged, 10);
  REQUIRE(m);
  CHECK(m->ndcg == 0);
  CHECK(m->reciprocal_rank == 0);
  CHECK(m->first_relevant_rank == 51);
  CHECK(m->recall_100 == Approx(1.0 / 3));
  CHECK(m->recall_1000 == Approx(2.0 / 3));
  CHECK(m->average_precision == Approx((1.0 / 51 + 2.0 / 501) / 3));
}

TEST_CASE("evaluation: a query without a relevant document is left out and counted") {
  JudgedQuery some;
  some.relevance = {{0, 2}};
  const std::vector<std::optional<QueryMeasures>> each{measure_query(ranked({0}), some, 10),
                                                       measure_query(ranked({0}), {}, 10),
                                                       measure_query({}, some, 10)};
  CHECK_FALSE(each[1]);
  const RetrievalReport report = mean_measures(each);
  CHECK(report.queries == 3);
  CHECK(report.undefined_queries == 1);
  CHECK(report.ndcg.value == Approx(0.5));
  CHECK(report.map.value == Approx(0.5));
  const RetrievalReport none = mean_measures(std::vector<std::optional<QueryMeasures>>(2));
  CHECK(none.undefined_queries == 2);
  CHECK_FALSE(none.map.defined());
}
