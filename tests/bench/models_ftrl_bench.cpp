// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: engine/models
//
// FTRL on rows of 39 features (the width of the Criteo logs), on one core: already hashed, beside a
// bare loop of the same memory accesses and logistic step; and from a table, hashing included.
#include "engine/models/ftrl.hpp"

#include <cmath>

#include "engine/base/random.hpp"
#include "engine/models/ftrl_learner.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

constexpr std::size_t kWidth = 39, kRows = 400'000, kWeights = std::size_t{1} << 18;

struct HashedRows {
  std::vector<std::uint32_t> index;
  std::vector<std::uint8_t> click;
  std::span<const std::uint32_t> row(std::size_t i) const {
    return std::span(index).subspan(i * kWidth, kWidth);
  }
};

// Each column has a few common values and a long tail, as logs do.
HashedRows hashed_rows() {
  HashedRows rows;
  Stream stream(1, "bench.ftrl");
  for (std::size_t i = 0; i < kRows; ++i) {
    for (std::size_t k = 0; k < kWidth; ++k) {
      const double skewed = std::pow(stream.uniform(), 4) * 20000;
      rows.index.push_back(static_cast<std::uint32_t>(
          (k * 7919 + static_cast<std::size_t>(skewed) * 104729) % kWeights));
    }
    rows.click.push_back(stream.bernoulli(0.05));
  }
  return rows;
}

void bare_loop(const HashedRows& rows) {
  std::vector<double> weights(kWeights);
  const double time = bench::best_seconds(3, [&] {
    for (std::size_t i = 0; i < kRows; ++i) {
      double logit = 0;
      for (std::uint32_t k : rows.row(i)) logit += weights[k];
      const double step = 0.01 * (1 / (1 + std::exp(-logit)) - rows.click[i]);
      for (std::uint32_t k : rows.row(i)) weights[k] -= step;
    }
  });
  bench::keep(weights);
  bench::line("peer: plain gradient descent, hashed rows", kRows / time / 1e6, "M rows/s");
}

void learn(const char* what, const HashedRows& rows, models::FtrlEmphasis emphasis, double limit) {
  double sum = 0;
  const double time = bench::best_seconds(3, [&] {
    models::FtrlLearner learner({0.1, 1, 1, 1}, emphasis, std::vector<models::FtrlState>(kWeights));
    for (std::size_t i = 0; i < kRows; ++i) sum += learner.learn(rows.row(i), rows.click[i] != 0);
  });
  bench::keep(sum);
  bench::line(what, kRows / time / 1e6, "M rows/s",
              limit > 0 ? bench::at_least(limit) : bench::Limit{});
}

void from_table() {
  constexpr std::size_t kTableRows = 200'000, kColumns = 38;  // and the bias
  Frame::Builder builder;
  for (std::size_t c = 0; c < kColumns; ++c) {
    Stream stream(2, "bench.table", 0, c);
    std::vector<std::int64_t> values(kTableRows);
    for (auto& value : values) value = stream.between(0, 2000);
    builder.add("c" + std::to_string(c), std::move(values), {.role = Role::feature});
  }
  Stream stream(3, "bench.click");
  std::vector<std::uint8_t> click(kTableRows);
  for (auto& y : click) y = stream.bernoulli(0.05);
  builder.add("click", std::move(click), {.role = Role::label});
  const Frame table = *std::move(builder).build();
  const double time = bench::best_seconds(3, [&] { bench::keep(models::train_ftrl(table)); });
  bench::line("FTRL from a table, hashing included", kTableRows / time / 1e6, "M rows/s");
}

}  // namespace

int main() {
  const HashedRows rows = hashed_rows();
  bare_loop(rows);
  learn("FTRL, hashed rows of 39 features", rows, {}, 1.0);
  learn("  with focal loss and a class weight", rows, {5, 2}, 0);
  from_table();
}
