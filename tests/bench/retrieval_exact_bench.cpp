// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/retrieval
//
// Exact search of 10,000 points of 64 numbers on one core, the first ten of a query.
#include "engine/retrieval/exact.hpp"

#include "engine/base/random.hpp"
#include "tests/bench/bench.hpp"

int main() {
  using namespace rehearse;
  using namespace rehearse::retrieval;
  constexpr std::size_t kPoints = 10'000, kDims = 64, kQueries = 32, kTop = 10;
  Stream stream(1, "bench.points");
  const auto drawn = [&](std::size_t count) {
    std::vector<float> numbers(count);
    for (float& x : numbers) x = static_cast<float>(stream.normal());
    return numbers;
  };
  const ExactIndex index = *ExactIndex::over(drawn(kPoints * kDims), kDims);
  const auto queries = drawn(kQueries * kDims);
  double time = 0;  // each query at its best: what a busy machine takes away is not counted
  for (std::size_t i = 0; i < kQueries; ++i)
    time += bench::best_seconds(200, [&] {
      bench::keep(index.search(std::span(queries).subspan(i * kDims, kDims), kTop));
    });
  bench::line("exact, top 10 of 10,000 × 64", kQueries / time / 1e3, "k queries/s",
              bench::at_least(7));
}
