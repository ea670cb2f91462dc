// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search over days: the tables of the steps, and what they say of tables that they cannot use.
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;
using test::StepUnderTest;

struct DatedWorld {
  Frame documents, queries, judgements;
};

DatedWorld simulated() {
  StepUnderTest corpus("simulate.corpus_days", 4);
  corpus.set("days", std::int64_t{10}).set("posts_before", std::int64_t{150});
  corpus.set("posts_a_day", std::int64_t{15}).set("queries_a_day", std::int64_t{15});
  corpus.set("things", std::int64_t{12});
  return {corpus.table(0), corpus.table(1), corpus.table(2)};
}

StepUnderTest over(const char* step, const DatedWorld& world) {
  StepUnderTest asked(step, 4);
  asked.input("documents", world.documents).input("queries", world.queries);
  asked.input("judgements", world.judgements);
  return asked;
}

}  // namespace

TEST_CASE("retrieve.lifecycle: a hot index is fresher than a weekly rebuild, and reads less") {
  const DatedWorld world = simulated();
  StepUnderTest step = over("retrieve.lifecycle", world);
  const Frame days = step.table(0), hot = step.table(1);
  CHECK(days.rows() == 10);
  step.set("plan", std::string("rebuild")).set("hot", false);
  const Frame still = step.table(1);
  CHECK(hot.find("plan")->text(0) == "merge");
  CHECK(hot.find("lag_hours")->number(0) == Approx(0.5).margin(0.1));
  CHECK(still.find("lag_hours")->number(0) > 48);
  CHECK(hot.find("fresh_recall")->number(0) > still.find("fresh_recall")->number(0) + 0.1);
  CHECK(hot.find("recall")->number(0) > still.find("recall")->number(0));
  CHECK(hot.find("gone_share")->number(0) < still.find("gone_share")->number(0));
  step.set("name", std::string("as it was"));
  CHECK(step.table(1).find("plan")->text(0) == "as it was");
}

TEST_CASE("retrieve.embedding_days: four tables of one run") {
  const DatedWorld world = simulated();
  StepUnderTest step = over("retrieve.embedding_days", world);
  step.set("swap_day", 5.0).set("dims", std::int64_t{32}).set("migration", std::string("in-place"));
  step.set("reembed_a_day", 0.0);
  const Frame by_query = step.table(0), days = step.table(1), lines = step.table(2),
              summary = step.table(3);
  CHECK(days.rows() == 10);
  REQUIRE(by_query.rows() == world.queries.rows());
  CHECK(by_query.rows() > 120);
  CHECK(lines.rows() == 30);
  double sum = 0;
  for (const double recall : by_query.find("recall")->numbers()) sum += recall;
  CHECK(summary.find("recall")->number(0) == Approx(sum / static_cast<double>(by_query.rows())));
  CHECK(summary.find("models")->number(0) == 2);
  CHECK(days.find("recall")->number(5) < days.find("recall")->number(4));
}

TEST_CASE("search over days: tables that cannot be used are told with their row") {
  const DatedWorld world = simulated();
  const auto error = [&](const char* port, const Frame& table) {
    StepUnderTest step = over("retrieve.lifecycle", world);
    step.input(port, table);
    return step.error();
  };
  CHECK(error("documents", world.queries).find("documents: ") == 0);
  Frame::Builder twice;
  twice.add("document", std::vector<std::string>{"a", "a"});
  twice.add("from", std::vector<double>{0, 1}).add("until", std::vector<double>{1, 2});
  twice.add("text", std::vector<std::string>{"x", "y"});
  CHECK(error("documents", *std::move(twice).build()) ==
        "documents: row 2: revision 1 of document `a` stands twice");
  Frame::Builder worded;
  worded.add("query", std::vector<std::string>{"q1"}).add("text", std::vector<std::string>{"x"});
  worded.add("time", std::vector<std::string>{"noon"});
  CHECK(error("queries", *std::move(worded).build()) ==
        "queries: the column `time` holds texts; numbers are due");
  Frame::Builder judged;
  judged.add("query", std::vector<std::string>{"q1"});
  judged.add("document", std::vector<std::string>{"nowhere"});
  judged.add("relevance", std::vector<double>{2});
  CHECK(error("judgements", *std::move(judged).build()) ==
        "judgements: row 1: there is no revision 1 of document `nowhere`");
  StepUnderTest step = over("retrieve.lifecycle", world);
  step.set("plan", std::string("tiered")).set("hot", false);
  CHECK(step.error().find("tiered merges live on the segments of the hot index") == 0);
}

TEST_CASE("serve.embeddings: a cache takes load off the encoder; what it cannot do is told") {
  StepUnderTest step("serve.embeddings", 3);
  step.set("rate", 100.0)
      .set("zipf", 1.1)
      .set("batch", std::int64_t{1});  // 7 ms each: 0.7 of its time
  const Frame without = step.table(0);
  CHECK(without.find("utilization")->number(0) == Approx(0.7));
  CHECK(without.find("hit_rate")->number(0) == 0);
  step.set("cache", std::int64_t{2000});
  const Frame kept = step.table(0);
  CHECK(kept.find("hit_rate")->number(0) ==
        Approx(kept.find("hit_rate_by_formula")->number(0)).margin(0.03));
  CHECK(kept.find("utilization")->number(0) ==
        Approx(0.7 * (1 - kept.find("hit_rate")->number(0))));
  CHECK(kept.find("p99_ms")->number(0) < without.find("p99_ms")->number(0));
  CHECK(kept.find("p50_ms")->number(0) == Approx(5.5));  // more than half need no encoder
  CHECK(kept.find("cache_megabytes")->number(0) == Approx(2000 * 384 * 4 / 1048576.0));
  CHECK(kept.find("cost_per_month")->number(0) ==
        Approx(400 + 10 * (1e6 + 2000) * 384 * 4 / 1073741824.0));
  CHECK(kept.find("reembed_hours")->number(0) == Approx(1e6 * (1 + 6) / 3.6e6));
  step.set("documents_online", std::int64_t{50});
  const Frame online = step.table(0);
  CHECK(online.find("p99_ms")->missing(0));
  CHECK(online.find("document_megabytes")->number(0) == 0);
  CHECK(online.find("why")->text(0).find("grows for ever") != std::string::npos);
}
