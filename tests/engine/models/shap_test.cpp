// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/shap.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/models/ftrl.hpp"
#include "engine/models/mlp.hpp"
#include "tests/engine/models/mixed_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;
using namespace rehearse::models::mixed;

constexpr std::size_t kInputs = 4;

// Shapley values of trees by their definition: all subsets, each expectation along the paths,
// weighted by how many training rows went where.
class SlowShapley {
 public:
  SlowShapley(const BoostedModel& model, const std::vector<float>& training)
      : trees_(model.ensemble()) {
    covers_.resize(trees_.trees());
    for (std::size_t t = 0; t < trees_.trees(); ++t)
      for (std::size_t row = 0; row < training.size() / kInputs; ++row)
        for (const auto node : trees_.leaf(training.data() + row * kInputs, t).path) {
          covers_[t].resize(std::max(covers_[t].size(), static_cast<std::size_t>(node) + 1), 0);
          covers_[t][static_cast<std::size_t>(node)] += 1;
        }
  }
  double expectation(const float* row, unsigned known) const {
    double sum = static_cast<double>(trees_.base());
    for (std::size_t t = 0; t < trees_.trees(); ++t) sum += below(t, 0, row, known);
    return sum;
  }
  double phi(const float* row, unsigned input) const {
    double sum = 0;
    for (unsigned set = 0; set < (1U << kInputs); ++set) {
      if (set & (1U << input)) continue;
      const auto size = static_cast<unsigned>(__builtin_popcount(set));
      const double weight = factorial(size) * factorial(kInputs - size - 1) / factorial(kInputs);
      sum += weight * (expectation(row, set | (1U << input)) - expectation(row, set));
    }
    return sum;
  }

 private:
  static double factorial(std::size_t n) { return std::tgamma(static_cast<double>(n) + 1); }
  double cover(std::size_t t, std::int32_t node) const {
    const auto at = static_cast<std::size_t>(node);
    return at < covers_[t].size() ? covers_[t][at] : 0;
  }
  double below(std::size_t t, std::int32_t at, const float* row, unsigned known) const {
    const TreeNode& node = trees_.node(t, at);
    if (node.feature < 0) return static_cast<double>(node.threshold);
    if (known & (1U << node.feature))
      return below(t, row[node.feature] < node.threshold ? node.left : node.right, row, known);
    return (cover(t, node.left) * below(t, node.left, row, known) +
            cover(t, node.right) * below(t, node.right, row, known)) /
           cover(t, at);
  }
  const TreeEnsemble& trees_;
  std::vector<std::vector<double>> covers_;
};

Frame four_numbers(std::size_t n) {
  Stream s(2, "test.shap");
  std::vector<std::vector<double>> x(kInputs);
  std::vector<double> y;
  for (std::size_t i = 0; i < n; ++i) {
    for (auto& column : x) column.push_back(s.normal());
    y.push_back(x[0].back() * x[1].back() + (x[2].back() > 0 ? 1 : 0) + 0.1 * s.normal());
  }
  Frame::Builder b;
  for (std::size_t k = 0; k < kInputs; ++k)
    b.add("x" + std::to_string(k), x[k], {.role = Role::feature});
  b.add("y", std::move(y), {.role = Role::label});
  return *std::move(b).build();
}

}  // namespace

TEST_CASE("shap: values of trees are the Shapley values found by trying all subsets") {
  const Frame rows = four_numbers(300);
  BoostedOptions o;
  o.loss = BoostedLoss::squared, o.rounds = 6, o.depth = 3, o.learning_rate = 0.5;
  const auto model = train_boosted(rows, nullptr, o)->model;
  const auto values = *model->encoding().matrix(rows);
  const SlowShapley slow(*model, values);
  const Explanation e = *explain_trees(*model, rows.slice(0, 25));
  for (std::size_t row = 0; row < 25; ++row) {
    const float* x = values.data() + row * kInputs;
    CHECK(e.base[row] == Approx(slow.expectation(x, 0)).margin(2e-5));
    for (unsigned k = 0; k < kInputs; ++k)
      CHECK(e.phi[row * kInputs + k] == Approx(slow.phi(x, k)).margin(2e-5));
  }
}

TEST_CASE("shap: base and values add up to the margin; one-hot inputs go to their column") {
  const Frame log = mixed_log(1200);
  BoostedOptions o;
  o.label = "click", o.rounds = 20;
  const auto model = train_boosted(log, nullptr, o)->model;
  const Explanation e = *explain_trees(*model, log.slice(0, 200));
  CHECK(e.columns == std::vector<std::string>{"age", "votes", "place", "group"});
  for (const double rest : e.rest) CHECK(rest == Approx(0).margin(1e-4));
}

TEST_CASE("shap: for FTRL a column's value is its weight less the mean weight") {
  const Frame log = mixed_log(1500);
  FtrlOptions o;
  o.label = "click", o.lambda1 = 0.01;
  const auto model = *train_ftrl(log, o);
  const Frame rows = log.slice(0, 40), background = log.slice(100, 400);
  const Explanation e = *explain_additive(*model, rows, background, model->columns());
  for (std::size_t row = 0; row < 40; ++row) {
    CHECK(e.rest[row] == Approx(0).margin(1e-9));
    for (std::size_t c = 0; c < e.columns.size(); ++c) {
      const auto weight = [&](const Frame& frame, std::size_t at) {
        return model->weights()[feature_index(feature_text(*frame.find(e.columns[c]), at), 18)];
      };
      double mean = 0;
      for (std::size_t b = 0; b < 300; ++b) mean += weight(background, b) / 300;
      CHECK(e.phi[row * e.columns.size() + c] == Approx(weight(rows, row) - mean).margin(1e-9));
    }
  }
}

TEST_CASE("shap: a network is no sum over columns, and the rest says so") {
  const Frame log = mixed_log(2000);
  NetworkOptions o;
  o.label = "click", o.epochs = 10, o.learning_rate = 0.02;
  const auto model = train_network(log, nullptr, o)->model;
  const Explanation e =
      *explain_additive(*model, log.slice(0, 50), log.slice(0, 200), model->columns());
  double rest = 0;
  for (const double r : e.rest) rest += std::abs(r) / 50;
  CHECK(rest > 0.01);
  CHECK_FALSE(explain_additive(*model, log, log.slice(0, 0), model->columns()));
  CHECK_FALSE(explain_additive(*model, log, log, {"nobody"}));
}
