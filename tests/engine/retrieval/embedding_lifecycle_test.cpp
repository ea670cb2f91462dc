// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/embedding_lifecycle.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/retrieval/embedding_store.hpp"
#include "tests/engine/retrieval/corpora.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::retrieval;

// Eight topics whose words keep company; from day 4 on posts of topics 4 to 7 use other words, that
// nobody had heard before. A question asks by two words of a topic for its posts.
DatedCorpus talk(std::uint64_t seed, bool new_words = false) {
  const auto word = [&](std::size_t topic, Stream& stream, double at) {
    const bool fresh = new_words && topic >= 4 && at >= 4;
    return (fresh ? "n" : "w") + std::to_string(topic) + "x" + std::to_string(stream.below(6)) +
           " ";
  };
  DatedCorpus corpus;
  for (std::size_t i = 0; i < 400; ++i) {
    Stream stream(seed, "test.talk", 0, i);
    DatedDocument document{"", -6 + 0.04 * static_cast<double>(i)};
    for (int words = 0; words < 6; ++words) document.text += word(i % 8, stream, document.from);
    document.text += "also" + std::to_string(stream.below(20));
    if (i % 5 == 0) document.until = document.from + 3;
    corpus.documents.push_back(std::move(document));
  }
  for (std::size_t i = 0; i < 400; ++i) {
    Stream stream(seed, "test.ask", 0, i);
    const double time = 0.025 * static_cast<double>(i) + 0.001;
    DatedQuery query{word(i % 8, stream, time) + word(i % 8, stream, time), time, {}};
    for (DocumentId d = 0; d < corpus.documents.size(); ++d)
      if (d % 8 == i % 8 && corpus.documents[d].stands(time)) query.relevant.push_back(d);
    corpus.queries.push_back(std::move(query));
  }
  return corpus;
}

EmbeddingPolicy small_policy() {
  EmbeddingPolicy policy;
  policy.lsa.dims = 16, policy.tokenizer.stem = false, policy.embed_delay_hours = 0;
  policy.reembed_a_day = 50;
  return policy;
}

EmbeddingRun replayed_embedding(const DatedCorpus& corpus, const EmbeddingPolicy& policy) {
  auto run = replay_embedding(corpus, policy);
  if (!run) FAIL(run.error().message);
  return *std::move(run);
}

}  // namespace

TEST_CASE("text embedding: a text that was fitted is folded in where it lay") {
  const auto texts = drawn_texts(4, 120, 20, 80);
  const auto model = TextEmbedding::fit(texts, {}, {.dims = 12});
  REQUIRE(model);
  const auto index = index_of(texts);
  const auto lsa = Lsa::fit(*index, {.dims = 12});
  REQUIRE(lsa);
  for (DocumentId d = 0; d < 40; ++d) {
    const auto embedded = model->embed(texts[d]);
    REQUIRE(embedded);
    REQUIRE(embedded->point.size() == 12);
    CHECK(embedded->unknown == 0);
    for (std::size_t i = 0; i < lsa->dims(); ++i)
      CHECK(embedded->point[i] == Approx(lsa->document(d)[i]).margin(1e-4));
  }
  const auto strange = model->embed("unheard unheard words w0");
  CHECK(strange->words == 3);
  CHECK(strange->unknown == 2);
  const auto nothing = model->embed("unheard");
  CHECK(std::all_of(nothing->point.begin(), nothing->point.end(), [](float x) { return x == 0; }));
  CHECK(TextEmbedding::fit(std::vector<std::string>{"a b", "b c"}, {}, {.dims = 50})->dims() == 50);
}

TEST_CASE("embedding store: the search is that of every standing vector looked at") {
  const DatedCorpus corpus = talk(3);
  const EmbeddingPolicy policy = small_policy();
  auto store = EmbeddingStore::at(corpus, policy, 0);
  REQUIRE(store);
  CHECK(store->embedded() == 0);
  REQUIRE(store->advance(2));
  CHECK(store->embedded() > 20);
  const auto point = store->model().embed("w1x0 w1x3")->point;
  std::vector<Hit> due;
  for (DocumentId d = 0; d < corpus.documents.size(); ++d) {
    if (!corpus.documents[d].stands(2)) continue;
    const auto of_document = store->model().embed(corpus.documents[d].text)->point;
    double cosine = 0;
    for (std::size_t i = 0; i < point.size(); ++i)
      cosine += static_cast<double>(point[i]) * static_cast<double>(of_document[i]);
    due.push_back({d, cosine});
  }
  std::sort(due.begin(), due.end(), before);
  const auto hits = store->search(point, 2, 10);
  REQUIRE(hits.size() == 10);
  for (std::size_t i = 0; i < hits.size(); ++i)
    CHECK(hits[i].score == Approx(due[i].score).margin(1e-5));
}

TEST_CASE("embedding lifecycle: while nothing changes nothing decays") {
  const EmbeddingRun run = replayed_embedding(talk(3), small_policy());
  REQUIRE(run.days.size() == 10);
  for (const EmbeddingDay& day : run.days) {
    CHECK(day.recall > 0.9);
    CHECK(day.models == 1);
    CHECK(day.stale_share == 0);
    if (day.day >= 7) CHECK(day.ks_p > 1e-4);
  }
  CHECK(std::isnan(run.days[6].ks));
}

TEST_CASE("embedding lifecycle: new questions against old vectors find next to nothing") {
  EmbeddingPolicy policy = small_policy();
  policy.swap_day = 7, policy.migration = Migration::in_place, policy.reembed_a_day = 0;
  const EmbeddingRun run = replayed_embedding(talk(3), policy);
  CHECK(run.days[6].recall > 0.9);
  CHECK(run.days[7].recall < 0.5);
  CHECK(run.days[7].stale_share > 0.7);
  CHECK(run.days[7].nearest_cosine < run.days[6].nearest_cosine);
  CHECK(run.days[7].ks_p < 0.05);
  CHECK(run.days[7].models == 2);
  // Bit by bit it comes back, and by words alone nothing was lost.
  policy.reembed_a_day = 100;
  const EmbeddingRun mended = replayed_embedding(talk(3), policy);
  CHECK(mended.days[9].recall > 0.9);
  CHECK(mended.days[9].stale_share == 0);
  policy.reembed_a_day = 0, policy.fallback_above = 0.2;
  const EmbeddingRun by_words = replayed_embedding(talk(3), policy);
  CHECK(by_words.days[8].fallback_share == 1);
  CHECK(by_words.days[8].recall == by_words.days[8].bm25_recall);
  CHECK(by_words.days[5].fallback_share == 0);
}

TEST_CASE("embedding lifecycle: a shadow changes questions and vectors together") {
  EmbeddingPolicy policy = small_policy();
  policy.swap_day = 4, policy.reembed_a_day = 80;
  const EmbeddingRun run = replayed_embedding(talk(3), policy);
  std::size_t embedded = 0;
  for (const EmbeddingDay& day : run.days) {
    CHECK(day.recall > 0.9);
    CHECK(day.stale_share == 0);
    embedded += day.embedded;
  }
  CHECK(run.days.back().models == 2);
  CHECK(embedded > 250 + 120);  // new posts, those that stood, and the new ones of the change twice
}

TEST_CASE("embedding lifecycle: words that the model never saw; the trigger mends it") {
  EmbeddingPolicy policy = small_policy();
  const EmbeddingRun aged = replayed_embedding(talk(3, true), policy);
  CHECK(aged.days[2].unknown_words < 0.02);
  CHECK(aged.days[6].unknown_words > 0.3);
  CHECK(aged.days[6].recall < aged.days[2].recall - 0.2);
  CHECK(aged.days[6].bm25_recall > aged.days[6].recall);
  policy.retrain_below = 0.7, policy.recall_window_days = 2, policy.reembed_a_day = 500;
  const EmbeddingRun mended = replayed_embedding(talk(3, true), policy);
  CHECK(mended.days.back().models >= 2);
  CHECK(mended.days[8].recall > aged.days[8].recall + 0.2);
  policy.retrain_below = 0.05;
  CHECK(replayed_embedding(talk(3, true), policy).days.back().models == 1);
}

TEST_CASE("embedding lifecycle: one seed, one run; what cannot be replayed is told") {
  EmbeddingPolicy policy = small_policy();
  policy.swap_day = 4;
  const EmbeddingRun a = replayed_embedding(talk(7), policy),
                     b = replayed_embedding(talk(7), policy);
  REQUIRE(a.searches.size() == b.searches.size());
  for (std::size_t i = 0; i < a.searches.size(); ++i) {
    CHECK(a.searches[i].recall == b.searches[i].recall);
    CHECK(a.searches[i].nearest_cosine == b.searches[i].nearest_cosine);
  }
  const auto error = [](const EmbeddingPolicy& wrong) {
    const auto run = replay_embedding(talk(7), wrong);
    REQUIRE_FALSE(run);
    return run.error().message;
  };
  policy = small_policy(), policy.lsa.dims = 0;
  CHECK(error(policy).find("dims is 0; it lies from 1 to 1000") == 0);
  policy = small_policy(), policy.swap_day = std::nan("");
  CHECK(error(policy).find("swap_day is nan") == 0);
  policy = small_policy(), policy.fallback_above = 1.5;
  CHECK(error(policy).find("fallback_above is 1.5") == 0);
  policy = small_policy(), policy.bm25.b = 2;
  CHECK(error(policy).find("b is 2") == 0);
  DatedCorpus late = talk(7);
  for (DatedDocument& document : late.documents) document.from += 100, document.until += 100;
  for (DatedQuery& query : late.queries) query.relevant.clear();
  const auto nothing_stands = replay_embedding(late, small_policy());
  REQUIRE_FALSE(nothing_stands);
  CHECK(nothing_stands.error().message.find("there are no documents") == 0);
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = replay_embedding(talk(7), small_policy(), Progress(stop.get_token(), {}));
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
}
