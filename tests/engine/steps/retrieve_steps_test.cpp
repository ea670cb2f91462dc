// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search of a table of posts, judged by what is known of them.
#include <cmath>

#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;
using test::StepUnderTest;

Frame texts(const char* id, const std::vector<std::string>& ids,
            const std::vector<std::string>& written) {
  Frame::Builder builder;
  builder.add(id, ids).add("text", written);
  return *std::move(builder).build();
}

Frame judged(const std::vector<std::string>& queries, const std::vector<std::string>& documents,
             std::vector<double> relevance) {
  Frame::Builder builder;
  builder.add("query", queries).add("document", documents);
  builder.add("relevance", std::move(relevance));
  return *std::move(builder).build();
}

StepUnderTest searched(const Frame& judgements) {
  StepUnderTest step("retrieve.evaluate");
  step.input("documents", texts("document", {"d1", "d2", "d3"},
                                {"a red apple", "a green pear and a pear", "nothing of that"}));
  step.input("queries", texts("query", {"q1", "q2"}, {"apple", "pear"}));
  step.input("judgements", judgements);
  step.set("methods", std::vector<std::string>{"bm25"}).set("stem", false);
  return step;
}

}  // namespace

TEST_CASE("retrieve.evaluate: ranks and measures by hand") {
  const StepUnderTest step = searched(judged({"q1", "q2", "q2"}, {"d1", "d2", "d1"}, {1, 2, 1}));
  const Frame by_query = step.table(0), summary = step.table(1);
  REQUIRE(by_query.rows() == 2);
  CHECK(by_query.find("ndcg")->number(0) == 1);
  CHECK(by_query.find("recall_100")->number(1) == 0.5);  // d1 has no word of q2
  CHECK(by_query.find("ndcg")->number(1) == Approx(2 / (2 + 1 / std::log2(3))));
  REQUIRE(summary.rows() == 1);  // without kinds all are of one
  CHECK(summary.find("queries")->number(0) == 2);
  CHECK(summary.find("mrr")->number(0) == 1);
}

TEST_CASE("retrieve.evaluate: what cannot be judged is told") {
  StepUnderTest step = searched(judged({"q1"}, {"d1"}, {1}));
  step.set("methods", std::vector<std::string>{"bm26"});
  CHECK(step.error().find("there is no method `bm26`") == 0);
  step = searched(judged({"q9"}, {"d1"}, {1}));
  CHECK(step.error().find("no query has a relevant document") == 0);
  for (const double wrong : {0.5, std::nan(""), 1e9}) {
    step = searched(judged({"q1", "q2"}, {"d1", "d2"}, {1, wrong}));
    CHECK(step.error().find("row 2: the relevance is") == 0);
  }
  step = searched(judged({"q1"}, {"d1"}, {1}));
  step.input("documents", texts("name", {"d1"}, {"x"}));
  CHECK(step.error().find("document") != std::string::npos);
}

TEST_CASE("retrieve.explain: the parts of a post add up to its score") {
  StepUnderTest step("retrieve.explain");
  step.input("documents", texts("document", {"d1", "d2"}, {"red apple pie", "apple apple"}));
  step.set("query", std::string("red apple")).set("stem", false);
  const Frame table = step.table();
  double sum = 0;
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (table.find("rank")->number(row) == 1) sum += table.find("part")->number(row);
  CHECK(sum == Approx(table.find("score")->number(0)));
  CHECK(table.find("document")->text(0) == "d1");
  step.set("query", std::string("plum"));
  CHECK(step.error().find("no post has a word of `plum`") == 0);
}

TEST_CASE("simulate.corpus: by words a code is found, by meaning another wording") {
  StepUnderTest corpus("simulate.corpus", 6);
  corpus.set("both_names", 0.3).set("posts", std::int64_t{800});
  StepUnderTest step("retrieve.evaluate", 6);
  step.input("documents", corpus.table(0)).input("queries", corpus.table(1));
  step.input("judgements", corpus.table(2)).set("dims", std::int64_t{160});
  const Frame summary = step.table(1);
  const auto ndcg = [&](const char* method, const char* kind) {
    for (std::size_t row = 0; row < summary.rows(); ++row)
      if (summary.find("method")->text(row) == method && summary.find("kind")->text(row) == kind)
        return summary.find("ndcg")->number(row);
    FAIL(method << " " << kind);
    return 0.0;
  };
  CHECK(ndcg("bm25", "code") > ndcg("dense", "code"));
  CHECK(ndcg("dense", "meaning") > ndcg("bm25", "meaning"));
  CHECK(ndcg("bm25", "typo") < 0.2);
}
