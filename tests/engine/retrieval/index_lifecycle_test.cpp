// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/index_lifecycle.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/retrieval/corpora.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::retrieval;

// Two posts of old; one that comes on day 0.5 and one that goes then; a question an hour about
// each, for twelve days.
DatedCorpus small_world() {
  DatedCorpus corpus;
  corpus.documents = {{"old kettle", -3}, {"gone raven", -2, 0.5}, {"new lantern", 0.5}};
  for (int hour = 0; hour < 12 * 24; ++hour) {
    const double at = hour / 24.0 + 0.01;
    corpus.queries.push_back({"kettle", at, {0}});
    corpus.queries.push_back({"raven", at, {}});
    corpus.queries.push_back({"lantern", at, {}});
    if (at < 0.5) corpus.queries[corpus.queries.size() - 2].relevant = {1};
    if (at >= 0.5) corpus.queries.back().relevant = {2};
  }
  return corpus;
}

std::vector<LifecycleDay> replayed(const DatedCorpus& corpus, const LifecyclePolicy& policy) {
  const auto days = replay_lifecycle(corpus, policy);
  if (!days) FAIL(days.error().message);
  return *days;
}

// A busy corpus: posts by the hour, a third of them gone after a while.
DatedCorpus busy_world(std::uint64_t seed) {
  DatedCorpus corpus;
  const auto texts = drawn_texts(seed, 500, 10, 60);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    DatedDocument document{texts[i] + " w1", -5 + 0.003 + 0.03 * static_cast<double>(i)};
    if (i % 3 == 0) document.until = document.from + 1 + static_cast<double>(i % 7);
    corpus.documents.push_back(std::move(document));
  }
  for (int i = 0; i < 200; ++i) {
    DatedQuery query{i % 2 ? "w0 w3" : "w2 w7 w7", 0.05 * i + 0.0005, {}};
    for (DocumentId d = 0; d < corpus.documents.size(); ++d)
      if (corpus.documents[d].stands(query.time) && (d + static_cast<DocumentId>(i)) % 9 == 0)
        query.relevant.push_back(d);
    corpus.queries.push_back(std::move(query));
  }
  return corpus;
}

double mean_recall(const std::vector<LifecycleDay>& days) {
  double sum = 0;
  for (const LifecycleDay& day : days) sum += day.recall;
  return sum / static_cast<double>(days.size());
}

}  // namespace

TEST_CASE("lifecycle: without a hot index a post waits for the rebuild, and a ghost lives on") {
  LifecyclePolicy policy{.upkeep = Upkeep::rebuild, .every_days = 7, .refresh_hours = 0};
  policy.documents_per_hour = 1;  // two documents: two hours
  const auto days = replayed(small_world(), policy);
  REQUIRE(days.size() == 12);
  CHECK(days[3].recall == 0.5);  // the kettle is found, the lantern is not
  CHECK(days[8].recall == 1);
  CHECK(days[3].gone_share == 0.5);  // kettle and raven are found; the raven is gone
  CHECK(days[8].gone_share == 0);
  CHECK(days[0].lag_hours == Approx(11.5 + 0.24));
  CHECK(days[6].lag_hours == Approx(6 * 24 + 11.5 + 0.24));
  // On day 7 the old one serves for two hours more: hours 0 and 1.
  CHECK(days[7].recall == Approx((2 * 0.5 + 22) / 24));
  CHECK(days[7].unavailable_share == 0);
  CHECK(days[7].indexed == 2);
  CHECK(days[7].most_bytes > days[8].most_bytes);
  policy.shadow = false;
  const auto in_place = replayed(small_world(), policy);
  CHECK(in_place[7].unavailable_share == Approx(2.0 / 24));
  CHECK(in_place[7].recall == Approx(22.0 / 24));
  CHECK(in_place[7].most_bytes < days[7].most_bytes);
}

TEST_CASE("lifecycle: a hot index shows a post at its next refresh, and hides what is gone") {
  for (const Upkeep upkeep : {Upkeep::rebuild, Upkeep::merge, Upkeep::tiered, Upkeep::rotate}) {
    LifecyclePolicy policy{.upkeep = upkeep, .every_days = 7, .refresh_hours = 6, .shards = 4};
    const auto days = replayed(small_world(), policy);
    // At 12:00 it comes and is indexed at once: the refresh of that moment sees it.
    CHECK(days[0].recall == 1);
    CHECK(days[0].gone_share == 0);
    CHECK(days[0].lag_hours == Approx(2.5 + 0.24));
    CHECK(days[0].indexed == 1);
    CHECK(days[11].recall == 1);
  }
}

TEST_CASE(
    "lifecycle: every plan that is refreshed before each question finds what a new index finds") {
  const DatedCorpus corpus = busy_world(5);
  double best = 0;
  for (const DatedQuery& query : corpus.queries) {
    std::vector<std::string> texts;
    std::vector<DocumentId> numbers;
    for (DocumentId d = 0; d < corpus.documents.size(); ++d)
      if (corpus.documents[d].stands(query.time))
        texts.push_back(corpus.documents[d].text), numbers.push_back(d);
    const auto index = index_of(texts);
    auto hits = Bm25::over(index)->search_exhaustively(asked(*index, query.text), 10);
    for (Hit& hit : hits) hit.document = numbers[hit.document];
    best += found_among(hits, query, 10, [](DocumentId) { return true; }).recall();
  }
  best /= static_cast<double>(corpus.queries.size());
  REQUIRE(best > 0.05);
  for (const Upkeep upkeep : {Upkeep::rebuild, Upkeep::merge, Upkeep::tiered, Upkeep::rotate}) {
    LifecyclePolicy policy{.upkeep = upkeep, .every_days = 1.5, .refresh_hours = 0.4};
    policy.shards = 1000, policy.fanout = 3, policy.documents_per_hour = 50;
    const auto days = replayed(corpus, policy);
    CHECK(mean_recall(days) == Approx(best).margin(1e-12));
    for (const LifecycleDay& day : days) CHECK(day.gone_share == 0);
  }
}

TEST_CASE("lifecycle: what the plans cost") {
  const DatedCorpus corpus = busy_world(8);
  const auto sums = [&](Upkeep upkeep, double every_days, double refresh_hours) {
    LifecyclePolicy policy{.upkeep = upkeep, .every_days = every_days};
    policy.refresh_hours = refresh_hours, policy.fanout = 4, policy.shards = 3;
    LifecycleDay sum;
    for (const LifecycleDay& day : replayed(corpus, policy)) {
      sum.indexed += day.indexed, sum.merged += day.merged;
      sum.segments += day.segments / 10, sum.dead_share = std::max(sum.dead_share, day.dead_share);
      sum.most_bytes = std::max(sum.most_bytes, day.most_bytes);
    }
    return sum;
  };
  const auto rebuilt = sums(Upkeep::rebuild, 1, 0), merged = sums(Upkeep::merge, 1, 2),
             seldom = sums(Upkeep::merge, 9, 2), tiered = sums(Upkeep::tiered, 1, 2),
             rotated = sums(Upkeep::rotate, 1, 2);
  CHECK(rebuilt.indexed > 5 * merged.indexed);  // everything is read again every day
  CHECK(merged.merged > seldom.merged);
  CHECK(merged.dead_share < seldom.dead_share);  // a merge is what drops the dead
  CHECK(tiered.merged < merged.merged);
  CHECK(tiered.segments > merged.segments);
  CHECK(rotated.most_bytes < merged.most_bytes);  // three days of posts and no more
}

TEST_CASE("lifecycle: a shard that is dropped takes its answers along") {
  LifecyclePolicy policy{
      .upkeep = Upkeep::rotate, .every_days = 2, .refresh_hours = 1, .shards = 3};
  const auto days = replayed(small_world(), policy);
  CHECK(days[0].recall == 1);
  CHECK(days[11].recall == 0);  // kettle and lantern are older than three shards
}

TEST_CASE("lifecycle: what cannot be replayed is told") {
  const auto error = [](const DatedCorpus& corpus, const LifecyclePolicy& policy = {}) {
    const auto days = replay_lifecycle(corpus, policy);
    REQUIRE_FALSE(days);
    return days.error().message;
  };
  DatedCorpus corpus = small_world();
  CHECK(error({}).find("there are no documents") == 0);
  corpus.queries.clear();
  CHECK(error(corpus).find("there are no questions") == 0);
  corpus = small_world();
  corpus.documents[0].from = std::nan("");
  CHECK(error(corpus).find("document 1: from nan until inf") == 0);
  corpus = small_world();
  corpus.documents[1].until = -2;
  CHECK(error(corpus).find("document 2 ends on day -2, before it begins") == 0);
  corpus = small_world();
  std::swap(corpus.documents[0], corpus.documents[2]);
  CHECK(error(corpus).find("document 2 begins on day -2, after document 1") == 0);
  corpus = small_world();
  corpus.queries[0].relevant = {2};
  CHECK(error(corpus).find("question 1: document 3 does not stand on day 0.01") == 0);
  corpus.queries[0].relevant = {99};
  CHECK(error(corpus).find("question 1: there is no document 100; there are 3") == 0);
  corpus = small_world();
  corpus.queries.back().time = 1e9;
  CHECK(error(corpus).find("the questions span 1e+09 days") == 0);
  corpus.queries.back().time = 0;
  CHECK(error(corpus).find("question 864 is asked on day 0") == 0);
  CHECK(error(small_world(), {.every_days = 0}).find("every_days is 0") == 0);
  CHECK(error(small_world(), {.refresh_hours = 0.01}).find("refresh_hours is 0.01") == 0);
  CHECK(error(small_world(), {.upkeep = Upkeep::tiered, .refresh_hours = 0})
            .find("tiered merges live on the segments") == 0);
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = replay_lifecycle(small_world(), {}, Progress(stop.get_token(), {}));
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
}
