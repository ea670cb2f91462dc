// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/ivf.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/retrieval/kmeans.hpp"
#include "tests/engine/retrieval/points.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

constexpr std::size_t kCellDims = 16, kCellPoints = 1500, kCellQueries = 30, kCellTop = 10;

Vectors points_in_cells(Similarity similarity = Similarity::cosine) {
  return *Vectors::of(clustered_numbers(1, kCellPoints, kCellDims, 20), kCellDims, similarity);
}

std::vector<float> cell_query(std::size_t i) {
  static const auto all = clustered_numbers(2, kCellQueries, kCellDims, 20);
  const auto begin = all.begin() + static_cast<std::ptrdiff_t>(i * kCellDims);
  return {begin, begin + static_cast<std::ptrdiff_t>(kCellDims)};
}

double cell_recall(const Ivf& index, const Vectors& truth, const ProbeOptions& options) {
  ProbeScratch scratch;
  double sum = 0;
  for (std::size_t q = 0; q < kCellQueries; ++q)
    sum += recall_of(*index.search(cell_query(q), kCellTop, options, scratch),
                     nearest_by_hand(truth, cell_query(q), kCellTop));
  return sum / static_cast<double>(kCellQueries);
}

double squared_distance(const float* a, const float* b, std::size_t dims) {
  double sum = 0;
  for (std::size_t i = 0; i < dims; ++i) {
    const double d = static_cast<double>(a[i]) - static_cast<double>(b[i]);
    sum += d * d;
  }
  return sum;
}

}  // namespace

TEST_CASE("k-means: each point lies in the cell of its nearest centroid, and inertia never rises") {
  const auto points = clustered_numbers(3, 600, 7, 5);
  const auto clusters = kmeans(points, 7, {.clusters = 9, .iterations = 40});
  REQUIRE(clusters);
  REQUIRE(clusters->size() == 9);
  double inertia = 0;
  for (std::size_t i = 0; i < 600; ++i) {
    const auto distance = [&](std::size_t c) {
      return squared_distance(points.data() + i * 7, clusters->centroids.data() + c * 7, 7);
    };
    const double own = distance(clusters->cells[i]);
    for (std::size_t c = 0; c < 9; ++c) CHECK(own <= distance(c) + 1e-4);
    inertia += own;
  }
  CHECK(clusters->inertia.back() == Approx(inertia).epsilon(1e-5));
  for (std::size_t i = 1; i < clusters->inertia.size(); ++i)
    CHECK(clusters->inertia[i] <= clusters->inertia[i - 1] * (1 + 1e-6));
}

TEST_CASE("k-means: well parted groups are found, and a centroid is the mean of its points") {
  std::vector<float> points;
  for (int i = 0; i < 30; ++i) {
    points.push_back(static_cast<float>(100 * (i % 3)) + static_cast<float>(i / 3));
    points.push_back(0);
  }
  const auto clusters = kmeans(points, 2, {.clusters = 3, .iterations = 10});
  REQUIRE(clusters);
  std::vector<float> centres{clusters->centroids[0], clusters->centroids[2],
                             clusters->centroids[4]};
  std::sort(centres.begin(), centres.end());
  CHECK(centres == std::vector<float>{4.5F, 104.5F, 204.5F});
  CHECK(clusters->inertia.back() == Approx(3 * 82.5));  // Σ (i - 4.5)² over ten, three times
}

TEST_CASE("k-means: fewer different points than clusters make fewer clusters") {
  const std::vector<float> points{1, 1, 2, 2, 1, 1, 2, 2, 1, 1};
  const auto clusters = kmeans(points, 2, {.clusters = 4});
  REQUIRE(clusters);
  CHECK(clusters->size() == 2);
  CHECK(clusters->inertia.back() == 0);
  CHECK_FALSE(kmeans(points, 3, {.clusters = 2}));
  CHECK_FALSE(kmeans(points, 2, {.clusters = 0}));
  CHECK_FALSE(kmeans(std::vector<float>(), 2, {}));
  CHECK_FALSE(kmeans(std::vector<float>{1, NAN}, 2, {}));
  std::stop_source stop;
  stop.request_stop();
  CHECK(kmeans(points, 2, {}, Progress(stop.get_token(), {})).error().code == Code::cancelled);
}

TEST_CASE(
    "product quantizer: each piece is written as its nearest word, and 256 words hold 256 points") {
  const auto few = drawn_numbers(4, 256 * 8);
  const auto lossless = ProductQuantizer::fit(few, 8, {.subspaces = 2});
  REQUIRE(lossless);
  const auto codes = lossless->encode(few);
  std::vector<float> back(8);
  for (std::size_t i = 0; i < 256; ++i) {
    lossless->decode(codes.data() + i * 2, back.data());
    CHECK(std::equal(back.begin(), back.end(), few.begin() + static_cast<std::ptrdiff_t>(i * 8)));
  }
  const auto many = drawn_numbers(5, 1000 * 8);
  const auto lossy = ProductQuantizer::fit(many, 8, {.subspaces = 4});
  REQUIRE(lossy);
  const auto written = lossy->encode(many);
  REQUIRE(written.size() == 4000);
  std::vector<float> other(8);
  for (std::size_t i = 0; i < 20; ++i) {
    lossy->decode(written.data() + i * 4, back.data());
    for (int word = 0; word < 256; ++word) {
      const std::vector<std::uint8_t> code(4, static_cast<std::uint8_t>(word));
      lossy->decode(code.data(), other.data());
      for (std::size_t j = 0; j < 8; j += 2)
        CHECK(squared_distance(many.data() + i * 8 + j, back.data() + j, 2) <=
              squared_distance(many.data() + i * 8 + j, other.data() + j, 2) + 1e-5);
    }
  }
}

TEST_CASE("product quantizer: look-ups add up to the product with the decoded vector") {
  const auto points = drawn_numbers(6, 700 * 15), query = drawn_numbers(7, 15);
  const auto quantizer = ProductQuantizer::fit(points, 15, {.subspaces = 5, .iterations = 4});
  REQUIRE(quantizer);
  const auto codes = quantizer->encode(points);
  std::vector<float> table, back(15);
  quantizer->table(query.data(), table);
  for (std::size_t i = 0; i < 700; ++i) {
    quantizer->decode(codes.data() + i * 5, back.data());
    double due = 0;
    for (std::size_t j = 0; j < 15; ++j)
      due += static_cast<double>(back[j]) * static_cast<double>(query[j]);
    CHECK(static_cast<double>(quantizer->product(table, codes.data() + i * 5)) ==
          Approx(due).margin(1e-4));
  }
  CHECK(ProductQuantizer::fit(points, 15, {.subspaces = 4}).error().message ==
        "15 dimensions cannot be cut into 4 equal sub-spaces; 1, 3, 5, 15 would do");
}

TEST_CASE("ivf: with all cells probed it is exact search, with fewer it finds less for less") {
  for (const Similarity similarity : {Similarity::cosine, Similarity::inner_product}) {
    const Vectors vectors = points_in_cells(similarity);
    const auto index = Ivf::build(vectors, {.lists = 25});
    REQUIRE(index);
    ProbeScratch scratch;
    for (std::size_t q = 0; q < kCellQueries; ++q) {
      const auto hits = *index->search(cell_query(q), kCellTop, {.probes = 25}, scratch);
      CHECK(std::vector<Hit>(hits.begin(), hits.end()) ==
            nearest_by_hand(vectors, cell_query(q), kCellTop));
    }
    const double one = cell_recall(*index, vectors, {.probes = 1}),
                 five = cell_recall(*index, vectors, {.probes = 5});
    CHECK(one < five);
    CHECK(five > 0.9);
  }
}

TEST_CASE("ivf: every vector lies in one cell, and work counts what was compared") {
  const Vectors vectors = points_in_cells();
  const auto index = *Ivf::build(vectors, {.lists = 10});
  std::size_t sum = 0;
  for (std::uint32_t cell = 0; cell < index.lists(); ++cell) sum += index.list_size(cell);
  CHECK(sum == kCellPoints);
  ProbeScratch scratch;
  ProbeWork work;
  std::vector<Probe> trace;
  const auto hits = *index.search(cell_query(0), kCellTop,
                                  {.probes = 3, .work = &work, .trace = &trace}, scratch);
  REQUIRE(trace.size() == 3);
  std::set<std::uint32_t> looked;
  std::size_t compared = 0;
  for (const Probe& probe : trace) looked.insert(probe.cell), compared += probe.vectors;
  CHECK(work.products == 10 + compared);
  CHECK(trace[0].similarity >= trace[1].similarity);
  for (const Hit& hit : hits) CHECK(looked.count(index.cell_of(hit.document)) == 1);
}

TEST_CASE("ivf-pq: a score is the product of the query with the decoded vector") {
  for (const Similarity similarity : {Similarity::cosine, Similarity::inner_product}) {
    const Vectors vectors = points_in_cells(similarity);
    const auto index = *Ivf::build(vectors, {.lists = 12, .subspaces = 4, .keep_vectors = false});
    ProbeScratch scratch;
    std::vector<float> prepared;
    for (std::size_t q = 0; q < 5; ++q) {
      REQUIRE(vectors.prepare(cell_query(q), prepared));
      for (const Hit& hit : *index.search(cell_query(q), 20, {.probes = 12}, scratch)) {
        const auto row = index.decoded(hit.document);
        double due = 0;
        for (std::size_t j = 0; j < kCellDims; ++j)
          due += static_cast<double>(row[j]) * static_cast<double>(prepared[j]);
        CHECK(hit.score == Approx(due).margin(1e-5));
      }
    }
  }
}

TEST_CASE("ivf-pq: more sub-spaces find more, re-ranking wins the order back, codes weigh little") {
  const Vectors vectors = points_in_cells();
  const auto built = [&](std::size_t subspaces, bool keep) {
    return *Ivf::build(vectors, {.lists = 12, .subspaces = subspaces, .keep_vectors = keep});
  };
  const auto coarse = built(2, false), fine = built(8, true);
  const double two = cell_recall(coarse, vectors, {.probes = 12}),
               eight = cell_recall(fine, vectors, {.probes = 12}),
               again = cell_recall(fine, vectors, {.probes = 12, .rerank = 50});
  CHECK(two < eight);
  CHECK(eight < again);
  CHECK(again > 0.97);
  CHECK(fine.bytes() > coarse.bytes() + kCellPoints * kCellDims * 4);
  ProbeScratch scratch;
  ProbeWork work;
  const auto hits = *fine.search(cell_query(1), kCellTop,
                                 {.probes = 12, .rerank = kCellPoints, .work = &work}, scratch);
  CHECK(std::vector<Hit>(hits.begin(), hits.end()) ==
        nearest_by_hand(vectors, cell_query(1), kCellTop));
  CHECK(work.codes == kCellPoints);
  CHECK(work.reranked == kCellPoints);
  CHECK(coarse.search(cell_query(1), kCellTop, {.rerank = 20}, scratch)
            .error()
            .message.find("the index keeps codes alone") == 0);
}

TEST_CASE("ivf: the same seed gives the same index; a sample trains it nearly as well") {
  const Vectors vectors = points_in_cells();
  const auto one = *Ivf::build(vectors, {.lists = 16, .subspaces = 4}),
             again = *Ivf::build(vectors, {.lists = 16, .subspaces = 4}),
             sampled = *Ivf::build(vectors, {.lists = 16, .subspaces = 4, .training = 500});
  for (DocumentId id = 0; id < 50; ++id) {
    CHECK(one.cell_of(id) == again.cell_of(id));
    CHECK(one.decoded(id) == again.decoded(id));
  }
  CHECK(cell_recall(sampled, vectors, {.probes = 16, .rerank = 100}) > 0.9);
}

TEST_CASE("ivf: the origin is left out, and what cannot be built or asked is told") {
  ProbeScratch scratch;
  const auto some = *Vectors::of(std::vector<float>{0, 0, 1, 0, 0, 1, 1, 1}, 2);
  const auto index = *Ivf::build(some, {.lists = 8});
  CHECK(index.size() == 3);
  CHECK(index.lists() == 3);
  CHECK(index.search(std::vector<float>{1, 0}, 9, {.probes = 9}, scratch)->size() == 3);
  CHECK(index.search(std::vector<float>{0, 0}, 9, {}, scratch)->empty());
  CHECK_FALSE(index.search(std::vector<float>{1}, 9, {}, scratch));
  CHECK_FALSE(index.search(std::vector<float>{1, NAN}, 9, {}, scratch));
  CHECK_FALSE(Ivf::build(*Vectors::of(std::vector<float>{0, 0}, 2)));
  CHECK_FALSE(Ivf::build(*Vectors::of(std::vector<float>(), 2)));
  CHECK_FALSE(Ivf::build(some, {.lists = 0}));
  CHECK_FALSE(Ivf::build(some, {.subspaces = 3}));
  std::stop_source stop;
  stop.request_stop();
  CHECK(Ivf::build(some, {}, Progress(stop.get_token(), {})).error().code == Code::cancelled);
}
