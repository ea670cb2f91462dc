// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/als.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/recommend/small_world.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

double dense_loss(const Dense& counts, const FactorTable& users, const FactorTable& items,
                  const AlsOptions& options) {
  double loss = 0;
  for (std::size_t u = 0; u < counts.size(); ++u)
    for (std::size_t i = 0; i < counts[u].size(); ++i) {
      const double off = (counts[u][i] > 0 ? 1 : 0) - dot(users.row(u), items.row(i));
      loss += (1 + options.alpha * counts[u][i]) * off * off;
    }
  for (const FactorTable* table : {&users, &items})
    for (std::size_t r = 0; r < table->rows(); ++r)
      loss += options.lambda * dot(table->row(r), table->row(r));
  return loss;
}

// (Σ over all of c y yᵀ + λI) x = Σ c p y, nothing left out and nothing shared.
std::vector<double> dense_row(const std::vector<double>& counts, const FactorTable& fixed,
                              const AlsOptions& options) {
  const std::size_t k = fixed.size();
  Dense a(k, std::vector<double>(k, 0));
  std::vector<double> b(k, 0);
  for (std::size_t n = 0; n < counts.size(); ++n) {
    const auto y = fixed.row(n);
    const double c = 1 + options.alpha * counts[n];
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = 0; j < k; ++j) a[i][j] += c * y[i] * y[j];
      if (counts[n] > 0) b[i] += c * y[i];
    }
  }
  for (std::size_t i = 0; i < k; ++i) a[i][i] += options.lambda;
  return solved(a, b);
}

Dense transposed(const Dense& a) {
  Dense t(a.front().size(), std::vector<double>(a.size()));
  for (std::size_t r = 0; r < a.size(); ++r)
    for (std::size_t c = 0; c < t.size(); ++c) t[c][r] = a[r][c];
  return t;
}

AlsOptions with_factors(std::size_t factors, std::size_t iterations = 4) {
  AlsOptions options;
  options.factors = factors, options.iterations = iterations, options.lambda = 0.7;
  return options;
}

}  // namespace

TEST_CASE("als: an iteration is a dense solve of all users, then of all items") {
  const Interactions training = small_world(12, 9, 4);
  const Dense counts = counts_of(training);
  for (const std::size_t k : {1, 3, 4, 6, 9}) {  // below, at and beyond whole fours
    const auto before = fit_als(training, with_factors(k, 3)).value();
    const auto after = fit_als(training, with_factors(k, 4)).value();
    FactorTable users(training.users(), k);
    for (std::size_t u = 0; u < users.rows(); ++u) {
      const auto x = dense_row(counts[u], before->item_factors(), before->options());
      std::copy(x.begin(), x.end(), users.row(u).begin());
      for (std::size_t f = 0; f < k; ++f)
        REQUIRE(after->user_factors().row(u)[f] == Approx(x[f]).epsilon(1e-9).margin(1e-10));
    }
    for (std::size_t i = 0; i < training.items(); ++i) {
      const auto y = dense_row(transposed(counts)[i], users, before->options());
      for (std::size_t f = 0; f < k; ++f)
        REQUIRE(after->item_factors().row(i)[f] == Approx(y[f]).epsilon(1e-9).margin(1e-10));
    }
  }
}

TEST_CASE("als: the loss is that of every pair, and never rises") {
  const Interactions training = small_world(40, 30, 6);
  const auto model = fit_als(training, with_factors(8, 12)).value();
  CHECK(model->losses().back() == Approx(dense_loss(counts_of(training), model->user_factors(),
                                                    model->item_factors(), model->options()))
                                      .epsilon(1e-10));
  REQUIRE(model->losses().size() == 12);
  for (std::size_t i = 1; i < model->losses().size(); ++i)
    CHECK(model->losses()[i] <= model->losses()[i - 1] * (1 + 1e-12));
}

TEST_CASE("als: many rows at once are summed as few are") {
  // More than a chunk of 64 rows, and a size that is no multiple of four.
  const std::size_t k = 7, rows = 150;
  FactorTable table(rows, k);
  Stream stream(3, "test.factors");
  NormalEquations fast(k);
  Dense slow(k, std::vector<double>(k, 0));
  std::vector<std::uint32_t> listed;
  std::vector<double> weights;
  for (std::uint32_t r = 0; r < rows; ++r) {
    for (double& value : table.row(r)) value = stream.normal();
    listed.push_back(rows - 1 - r), weights.push_back(stream.uniform());
  }
  fast.add(table, listed, weights, weights), fast.add_all(table);
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = 0; j < k; ++j)
        slow[i][j] += weights[n] * table.row(listed[n])[i] * table.row(listed[n])[j] +
                      table.row(n)[i] * table.row(n)[j];
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j < k; ++j) CHECK(fast.at(i, j) == Approx(slow[i][j]).margin(1e-12));
}

TEST_CASE("als: the same seed gives the same bytes, another seed others") {
  const Interactions training = small_world(20, 15, 7);
  AlsOptions options = with_factors(5);
  const auto one = fit_als(training, options).value(), again = fit_als(training, options).value();
  options.seed = 2;
  const auto other = fit_als(training, options).value();
  CHECK(scores_of(*one, 3) == scores_of(*again, 3));
  CHECK(one->losses() == again->losses());
  CHECK(scores_of(*one, 3) != scores_of(*other, 3));
}

TEST_CASE("als: a user's step sums to the score, and things alike speak for each other") {
  const Interactions training = small_world(40, 20, 8);
  const auto model = fit_als(training, with_factors(6, 10)).value();
  const std::uint32_t user = 4, item = 7;
  const UserStep step = explain_user(*model, user, item).value();
  REQUIRE(step.had.size() == training.items_of(user).size());
  double sum = 0;
  for (const auto& had : step.had) {
    sum += had.contribution;
    CHECK(had.confidence == 1 + 2.0 * had.count);
    CHECK(had.contribution == Approx(had.confidence * had.similarity));
    CHECK(had.before ==
          Approx(dot(model->user_factors().row(user), model->item_factors().row(had.item))));
  }
  CHECK(sum == Approx(step.score).margin(1e-10));
  const auto due = dense_row(counts_of(training)[user], model->item_factors(), model->options());
  for (std::size_t f = 0; f < due.size(); ++f)
    CHECK(step.factors[f] == Approx(due[f]).epsilon(1e-9).margin(1e-10));
  CHECK(step.own_trace > 0);
  CHECK(std::is_sorted(step.had.begin(), step.had.end(), [](const auto& a, const auto& b) {
    return a.contribution > b.contribution;
  }));
  CHECK_FALSE(explain_user(*model, 40, 0));
  CHECK_FALSE(explain_user(*model, 0, 20));
}

TEST_CASE("als: whoever has done nothing scores every item 0") {
  const std::vector<std::uint32_t> user = {0, 1}, item = {0, 1};
  const auto model = fit_als(Interactions::of(user, item, 3, 4).value(), with_factors(2)).value();
  CHECK(scores_of(*model, 2) == std::vector<double>(4, 0.0));
  CHECK(scores_of(*model, 0)[3] == 0);
}

TEST_CASE("als: what it cannot do is refused") {
  const Interactions training = small_world(5, 5, 1);
  AlsOptions options;
  const auto refuses = [&](const std::string& words) {
    const auto model = fit_als(training, options);
    options = {};
    return !model && model.error().message.find(words) != std::string::npos;
  };
  options.factors = 0;
  CHECK(refuses("1 to 512 factors"));
  options.factors = 513;
  CHECK(refuses("1 to 512 factors"));
  options.iterations = 0;
  CHECK(refuses("1 iteration"));
  options.alpha = -1;
  CHECK(refuses("alpha"));
  options.lambda = 0;
  CHECK(refuses("lambda"));
  options.alpha = 1e300;
  CHECK(refuses("double precision"));
  CHECK_FALSE(fit_als(Interactions()));
  std::stop_source source;
  source.request_stop();
  CHECK(fit_als(training, {}, Progress(source.get_token(), {})).error().code == Code::cancelled);
}
