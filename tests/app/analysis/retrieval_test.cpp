// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/retrieval.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

using namespace rehearse;
using namespace rehearse::analysis;
using retrieval::QueryKey;

namespace {

RetrievalFiles small_files() {
  RetrievalFiles files;
  files.corpus.ids = {"a", "b", "c", "d"};
  files.corpus.texts = {"red wine from the hills", "blue cheese and more cheese", "",
                        "wine and cheese evening"};
  files.queries.collection.ids = {"1", "2", "3", "5"};
  files.queries.collection.texts = {"red wine", "cheese", "…", "wine"};
  files.judgements =
      *retrieval::parse_judgements("1 0 a 1\n2 0 d 2\n2 0 lost 1\n3 0 a 1\n9 0 a 1\n", "qrels");
  return files;
}

bool told(const Retrieval& r, const std::string& words) {
  for (const std::string& notice : r.notices)
    if (notice.find(words) != std::string::npos) return true;
  return false;
}

std::size_t figures_of_kind(const Document& document, const std::string& kind) {
  std::size_t count = 0;
  for (const auto& block : document.blocks)
    if (const auto* figure = std::get_if<Figure>(&block)) count += figure->kind == kind;
  return count;
}

}  // namespace

TEST_CASE("retrieval: measures, and what was set aside is told") {
  const RetrievalFiles files = small_files();
  const auto r = measure_retrieval(files, {});
  REQUIRE(r);
  CHECK(r->documents == 4);
  CHECK(r->means.queries == 4);
  CHECK(r->means.undefined_queries == 1);
  CHECK(r->means.mrr.value == Approx((1 + 0.5 + 0) / 3));
  CHECK(r->means.map.value == Approx((1 + 0.5 / 2 + 0) / 3));
  CHECK(r->means.recall_1000.value == Approx((1 + 0.5 + 0) / 3));
  CHECK(r->documents_without_words == 1);
  CHECK(r->queries_without_words == 1);
  CHECK(r->unknown_queries == 1);
  CHECK(r->unknown_documents == 1);
  CHECK(r->unjudged_queries == 1);
  CHECK(r->queries_per_second > 0);
  for (const char* words :
       {"1 queries have no word to search for (3)", "1 of 4 documents have no",
        "1 judged queries are not among the queries (9)",
        "1 judged documents are not in the corpus (lost)", "1 of 4 queries have no judgement"})
    CHECK(told(*r, words));
}

TEST_CASE(
    "retrieval: a handful of documents is searched with the dimensions it has, and that is told") {
  for (const auto method : {retrieval::Method::dense, retrieval::Method::hybrid}) {
    RetrievalOptions options;
    options.retriever.method = method;
    const auto r = measure_retrieval(small_files(), options);
    REQUIRE(r);
    CHECK(r->dims == 3);  // one document has no word
    CHECK(told(*r, "have 3 dimensions, not the 128"));
  }
}

TEST_CASE("retrieval: the document shows the worst queries and why the first overtook the answer") {
  const RetrievalFiles files = small_files();
  const auto r = measure_retrieval(files, {});
  REQUIRE(r);
  REQUIRE(r->worst.size() == 3);
  CHECK(r->worst[0].id == "3");
  CHECK(r->worst[0].first_document.empty());
  CHECK(r->worst[1].id == "2");
  CHECK(r->worst[1].first_relevant_rank == 2);
  REQUIRE(r->overtaken);
  CHECK(r->overtaken->query == "2");
  CHECK(r->overtaken->first == "b");
  CHECK(r->overtaken->relevant == "d");
  CHECK(r->overtaken->of_first.score > r->overtaken->of_relevant.score);
  const Document document = document_of("posts.jsonl", {}, *r);
  CHECK(figures_of_kind(document, "table") == 2);
  CHECK(figures_of_kind(document, "histogram") == 1);
  CHECK(figures_of_kind(document, "number") == 1);
}

TEST_CASE("retrieval: files that do not name things the same way are refused") {
  RetrievalFiles files = small_files();
  files.judgements = *retrieval::parse_judgements("q1 0 a 1\n", "qrels");
  auto refused = measure_retrieval(files, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("none of the judged queries (q1)") == 0);
  files.judgements = *retrieval::parse_judgements("1 0 A 1\n2 0 B 1\n", "qrels");
  refused = measure_retrieval(files, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("none of the documents judged relevant (A, B)") == 0);
}

TEST_CASE("retrieval: judgements by place are taken so for topics alone, and told") {
  RetrievalFiles files = small_files();
  files.judgements = *retrieval::parse_judgements("1 0 a 1\n4 0 a 1\n", "qrels");
  auto r = measure_retrieval(files, {});
  REQUIRE(r);
  CHECK(r->key == QueryKey::id);
  files.queries.topics = true;
  r = measure_retrieval(files, {});
  REQUIRE(r);
  CHECK(r->key == QueryKey::place);
  CHECK(r->means.undefined_queries == 2);
  CHECK(told(*r, "--query-key id"));
  RetrievalOptions by_id;
  by_id.key = QueryKey::id;
  r = measure_retrieval(files, by_id);
  REQUIRE(r);
  CHECK(r->means.undefined_queries == 3);
}

TEST_CASE("retrieval: a run names query, rank, document and score") {
  RetrievalFiles files = small_files();
  RunWriter run(files, "test");
  REQUIRE(run.check());
  REQUIRE(measure_retrieval(files, {},
                            [&](const std::string& query, std::span<const retrieval::Hit> hits) {
                              run.add(query, hits);
                            }));
  CHECK(run.text().find("1 Q0 a 1 ") == 0);
  CHECK(std::count(run.text().begin(), run.text().end(), '\n') == 2 + 2 + 0 + 2);
  files.corpus.ids[0] = "a b";
  CHECK_FALSE(RunWriter(files, "test").check());
}

TEST_CASE("retrieval: work stops when it is told") {
  std::stop_source stop;
  stop.request_stop();
  const auto stopped =
      measure_retrieval(small_files(), {}, {}, Progress(stop.get_token(), [](double) {}));
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
}

TEST_CASE("retrieval: Cranfield has the effectiveness of the definitions") {
  namespace fs = std::filesystem;
  fs::path folder;
  for (fs::path at = fs::path(REHEARSE_SOURCE_DIR); at.has_relative_path(); at = at.parent_path())
    if (fs::exists(at / "shared" / "data" / "cranfield"))
      folder = at / "shared" / "data" / "cranfield";
  if (folder.empty()) {
    WARN("skipped: there is no shared/data/cranfield beside the repository");
    return;
  }
  const RetrievalFiles files{*retrieval::read_corpus((folder / "cran.all.1400.xml").string()),
                             *retrieval::read_queries((folder / "cran.qry.xml").string()),
                             *retrieval::read_judgements((folder / "cranqrel.trec.txt").string())};
  // Computed apart by a plain Python program of the same definitions.
  RetrievalOptions options;
  options.retriever.bm25 = {.k1 = 1.2, .b = 0.75}, options.retriever.tokenizer.stem = true;
  const auto stemmed = measure_retrieval(files, options), plain = measure_retrieval(files, {});
  REQUIRE(stemmed);
  REQUIRE(plain);
  CHECK(stemmed->key == QueryKey::place);
  CHECK(stemmed->documents_without_words == 2);
  CHECK(stemmed->means.undefined_queries == 0);
  CHECK(stemmed->means.map.value == Approx(0.3053562693145406).epsilon(1e-9));
  CHECK(stemmed->means.ndcg.value == Approx(0.38456031400625157).epsilon(1e-9));
  CHECK(stemmed->means.mrr.value == Approx(0.5281975308641974).epsilon(1e-9));
  CHECK(stemmed->means.recall_100.value == Approx(0.7350225841982806).epsilon(1e-9));
  CHECK(stemmed->means.recall_1000.value == Approx(0.9515246347697328).epsilon(1e-9));
  CHECK(plain->means.map.value == Approx(0.2642140828761359).epsilon(1e-9));
  CHECK(plain->means.ndcg.value == Approx(0.3438193204518866).epsilon(1e-9));
  // The full decomposition (SciPy) gives .3537; a sketch of it comes near.
  options.retriever.method = retrieval::Method::dense;
  const auto dense = measure_retrieval(files, options);
  options.retriever.method = retrieval::Method::hybrid;
  const auto hybrid = measure_retrieval(files, options);
  REQUIRE(dense);
  REQUIRE(hybrid);
  CHECK(dense->dims == 128);
  CHECK_FALSE(dense->overtaken);
  CHECK(dense->means.map.value == Approx(0.3537).margin(0.005));
  CHECK(hybrid->means.map.value > stemmed->means.map.value + 0.02);
}
