// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/vectors.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace rehearse;
using namespace rehearse::sim;

namespace {

std::vector<double> vector_row(const Frame& frame, std::size_t row) {
  std::vector<double> numbers;
  while (const Column* column = frame.find(fmt::format("v{}", numbers.size() + 1)))
    numbers.push_back(column->number(row));
  return numbers;
}

double vector_product(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

TEST_CASE("simulated vectors: shapes are those asked for, and lengths are 1 unless they vary") {
  const auto made = simulate_vectors({.vectors = 300, .queries = 20, .dims = 16, .intrinsic = 4});
  REQUIRE(made);
  CHECK(made->vectors.rows() == 300);
  CHECK(made->queries.rows() == 20);
  for (std::size_t row = 0; row < 20; ++row) {
    const auto numbers = vector_row(made->queries, row);
    REQUIRE(numbers.size() == 16);
    CHECK(vector_product(numbers, numbers) == Approx(1).epsilon(1e-5));
  }
}

TEST_CASE("simulated vectors: the logarithm of lengths has the deviation asked for") {
  const auto made =
      simulate_vectors({.vectors = 4000, .queries = 1, .dims = 8, .intrinsic = 4, .lengths = 0.5});
  double sum = 0, squares = 0;
  for (std::size_t row = 0; row < 4000; ++row) {
    const auto numbers = vector_row(made->vectors, row);
    const double log = std::log(vector_product(numbers, numbers)) / 2;
    sum += log / 4000, squares += log * log / 4000;
  }
  CHECK(sum == Approx(0).margin(0.04));
  CHECK(std::sqrt(squares - sum * sum) == Approx(0.5).margin(0.03));
}

TEST_CASE("simulated vectors: those of one topic lie nearer to each other than to others") {
  const auto made = simulate_vectors(
      {.vectors = 200, .queries = 1, .dims = 32, .topics = 5, .intrinsic = 10, .spread = 0.5});
  const Column& topic = *made->vectors.find("topic");
  double same = 0, other = 0, same_count = 0, other_count = 0;
  for (std::size_t a = 0; a < 200; ++a)
    for (std::size_t b = 0; b < a; ++b) {
      const double cosine =
          vector_product(vector_row(made->vectors, a), vector_row(made->vectors, b));
      const bool one = topic.number(a) == topic.number(b);
      (one ? same : other) += cosine, (one ? same_count : other_count) += 1;
    }
  CHECK(same / same_count > other / other_count + 0.4);
}

TEST_CASE("simulated vectors: more of them leave the first alone, and a replicate draws others") {
  const VectorOptions few{.vectors = 50, .queries = 5, .dims = 8, .intrinsic = 3};
  VectorOptions more = few, again = few;
  more.vectors = 80, again.replicate = 1;
  const auto a = simulate_vectors(few), b = simulate_vectors(more), c = simulate_vectors(again);
  CHECK(vector_row(a->vectors, 49) == vector_row(b->vectors, 49));
  CHECK(vector_row(a->queries, 4) == vector_row(b->queries, 4));
  CHECK(vector_row(a->vectors, 49) != vector_row(c->vectors, 49));
}

TEST_CASE("simulated vectors: what cannot be made is told") {
  CHECK(simulate_vectors({.dims = 1, .intrinsic = 1}).error().message.find("dims is 1") == 0);
  CHECK(simulate_vectors({.dims = 8, .intrinsic = 9}).error().message.find("intrinsic is 9") == 0);
  CHECK(simulate_vectors({.spread = std::nan("")}).error().message.find("spread is nan") == 0);
  CHECK(simulate_vectors({.vectors = 200'000, .dims = 1024}).error().code == Code::limit);
  std::stop_source stop;
  stop.request_stop();
  CHECK(simulate_vectors({}, Progress(stop.get_token(), {})).error().code == Code::cancelled);
}
