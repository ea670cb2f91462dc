// SPDX-License-Identifier: GPL-3.0-or-later
//
// Indexes of vectors as steps: built, searched, judged and drawn.
#include <cmath>

#include "engine/steps/nearest_call.hpp"
#include "tests/engine/steps/step_under_test.hpp"

namespace {

using namespace rehearse;
using test::StepUnderTest;

StepUnderTest simulated_vectors(std::int64_t vectors = 600) {
  StepUnderTest step("simulate.vectors", 5);
  step.set("vectors", vectors).set("queries", std::int64_t{20}).set("dims", std::int64_t{16});
  step.set("intrinsic", std::int64_t{6}).set("topics", std::int64_t{8});
  return step;
}

plan::ArtifactPtr built_index(const Frame& vectors, const char* kind) {
  StepUnderTest step("retrieve.index", 5);
  step.input("vectors", vectors).set("index", std::string(kind));
  step.set("lists", std::int64_t{12}).set("subspaces", std::int64_t{4});
  const auto made = step.outputs();
  REQUIRE(made);
  return made->front();
}

StepUnderTest searched_index(const plan::ArtifactPtr& index, const Frame& queries) {
  StepUnderTest step("retrieve.nearest", 5);
  step.call.inputs["index"] = {index};
  step.input("queries", queries);
  return step;
}

double figure_at(const Frame& table, const char* column, std::size_t row = 0) {
  return table.find(column)->number(row);
}

}  // namespace

TEST_CASE("retrieve.nearest: exact search is its own truth, the others come near it for less") {
  const StepUnderTest world = simulated_vectors();
  const Frame vectors = world.table(0), queries = world.table(1);
  StepUnderTest exact = searched_index(built_index(vectors, "exact"), queries);
  const Frame truth = exact.table(1);
  CHECK(truth.rows() == 200);
  CHECK(exact.table(0).find("recall")->missing(0));
  exact.input("truth", truth);
  const Frame of_exact = exact.table(0);
  CHECK(figure_at(of_exact, "recall") == 1);
  CHECK(figure_at(of_exact, "multiplications") == 600 * 16);
  CHECK(figure_at(of_exact, "microseconds") == Approx(600 * 16 * 0.25 / 1000));
  CHECK(figure_at(of_exact, "bytes") == Approx(64));
  for (const char* kind : {"hnsw", "ivf", "ivf-pq"}) {
    INFO(kind);
    StepUnderTest step = searched_index(built_index(vectors, kind), queries);
    step.input("truth", truth).set("sweep", std::vector<double>{1, 12, 600});
    const Frame rows = step.table(0);
    REQUIRE(rows.rows() == 3);
    CHECK(figure_at(rows, "recall", 0) <= figure_at(rows, "recall", 2));
    CHECK(figure_at(rows, "microseconds", 0) < figure_at(rows, "microseconds", 2));
    if (std::string(kind) != "ivf-pq") CHECK(figure_at(rows, "recall", 2) > 0.99);
  }
}

TEST_CASE("retrieve.index: facts of the build are a table, and storage is seen in the bytes") {
  const Frame vectors = simulated_vectors().table(0);
  const Frame facts = built_index(vectors, "hnsw")->as_frame();
  std::map<std::string, double> by;
  for (std::size_t row = 0; row < facts.rows(); ++row)
    by[facts.find("fact")->cell(row)] = facts.find("value")->number(row);
  CHECK(by.at("vectors") == 600);
  CHECK(by.at("unreachable") == 0);
  CHECK(by.at("links") <= 32);
  StepUnderTest step("retrieve.index");
  step.input("vectors", vectors).set("storage", std::string("int8"));
  CHECK(step.outputs()->front()->scorer()->bytes() == 600 * (16 + 4));
  CHECK(step.outputs()->front()->scorer()->describe() == "exact, int8");
}

TEST_CASE("retrieve.walk: every vector is drawn once, and comparisons only get better") {
  const StepUnderTest world = simulated_vectors();
  const Frame vectors = world.table(0), queries = world.table(1);
  for (const char* kind : {"exact", "hnsw", "ivf"}) {
    StepUnderTest step("retrieve.walk");
    step.call.inputs["index"] = {built_index(vectors, kind)};
    step.input("vectors", vectors).input("queries", queries).set("query", std::int64_t{3});
    const Frame picture = step.table(0), hops = step.table(1);
    CHECK(picture.rows() == 601);
    CHECK(picture.find("series")->text(600) == "the question");
    std::map<std::string, int> parts;
    for (std::size_t row = 0; row < picture.rows(); ++row)
      ++parts[std::string(picture.find("series")->text(row))];
    CHECK(parts["found"] == 10);
    for (std::size_t row = 1; row < hops.rows(); ++row)
      CHECK(figure_at(hops, "best", row) >= figure_at(hops, "best", row - 1));
    step.set("background", std::int64_t{50});
    CHECK(step.table(0).rows() <= 601 - static_cast<std::size_t>(parts["not looked at"]) + 50);
    step.set("query", std::int64_t{21});
    CHECK(step.error() == "there is no query 21; there are 20");
    step.set("query", std::int64_t{1}).input("vectors", queries);
    CHECK(step.error().find("the index was built from 600 vectors of 16") == 0);
  }
}

TEST_CASE("retrieve.embed: posts that share words lie together") {
  Frame::Builder posts, questions;
  posts.add("text", std::vector<std::string>{"red apple pie", "apple pie again", "fast blue car",
                                             "blue car wheel"});
  questions.add("text", std::vector<std::string>{"apple", "car", "nothing known"});
  StepUnderTest step("retrieve.embed", 1);
  step.input("documents", *std::move(posts).build());
  step.input("queries", *std::move(questions).build());
  step.set("dims", std::int64_t{2}).set("stem", false);
  const Frame vectors = step.table(0), queries = step.table(1);
  StepUnderTest exact("retrieve.index");
  const auto made = exact.input("vectors", vectors).outputs();
  REQUIRE(made);
  StepUnderTest asked = searched_index(made->front(), queries);
  const Frame found = asked.set("k", std::int64_t{2}).table(1);
  REQUIRE(found.rows() == 4);  // the third question lies at the origin
  CHECK(figure_at(found, "vector", 0) <= 2);
  CHECK(figure_at(found, "vector", 1) <= 2);
  CHECK(figure_at(found, "vector", 2) >= 3);
}

TEST_CASE("steps of vectors: what is wrong is told") {
  const StepUnderTest world = simulated_vectors(50);
  Frame::Builder other, texts, holes;
  other.add("x", std::vector<double>{1, 2});
  texts.add("v1", std::vector<std::string>{"a", "b"});
  holes.add("v1", std::vector<double>{1, std::nan("")});
  StepUnderTest step("retrieve.index");
  step.input("vectors", *std::move(other).build());
  CHECK(step.error().find("the table has no column `v1`") == 0);
  step.input("vectors", *std::move(texts).build());
  CHECK(step.error().find("the column `v1` holds texts") == 0);
  step.input("vectors", *std::move(holes).build());
  CHECK(step.error().find("row 2: the column `v1`") == 0);
  step.input("vectors", world.table(0));
  step.set("index", std::string("ivf-pq")).set("subspaces", std::int64_t{5});
  CHECK(step.error().find("16 dimensions cannot be cut into 5") == 0);
  StepUnderTest asked = searched_index(built_index(world.table(0), "exact"), world.table(1));
  Frame::Builder narrow;
  narrow.add("v1", std::vector<double>{1});
  asked.input("queries", *std::move(narrow).build());
  CHECK(asked.error() == "queries have 1 dimensions and the vectors of the index 16");
}
