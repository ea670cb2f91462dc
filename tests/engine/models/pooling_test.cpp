// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/pooling.hpp"

#include "engine/base/random.hpp"
#include "tests/engine/models/linear_tables.hpp"

namespace rehearse::models::pooling_test {
namespace {

using linear_tables::fact_of;

// Groups of very different sizes whose click rates come from Beta(2, 38).
struct Clicks {
  Frame rows;
  std::vector<double> truth;  // of each row's group
};
Clicks clicks(int groups, std::uint64_t seed) {
  Clicks out;
  std::vector<std::string> group;
  std::vector<std::uint8_t> click;
  for (int g = 0; g < groups; ++g) {
    Stream stream(seed, "test.pooling", 0, static_cast<std::uint64_t>(g));
    const double rate = stream.beta(2, 38);
    const int rows = static_cast<int>(std::exp(stream.uniform(0.5, 6)));
    for (int i = 0; i < rows; ++i) {
      group.push_back("g" + std::to_string(g));
      click.push_back(stream.bernoulli(rate));
      out.truth.push_back(rate);
    }
  }
  Frame::Builder b;
  b.add("group", group, {.role = Role::feature});
  b.add("click", std::move(click), {.role = Role::label});
  out.rows = *std::move(b).build();
  return out;
}

// Squared error of the group's rate, every group alike.
double error_of(const Clicks& log, Pooling pooling) {
  const auto model = *train_pooled(log.rows, {.by = "group", .pooling = pooling});
  const auto scores = *model->score(log.rows);
  double sum = 0, groups = 0;
  for (std::size_t row = 0; row < scores.size(); ++row)
    if (row == 0 || log.rows.find("group")->text(row) != log.rows.find("group")->text(row - 1))
      sum += (scores[row] - log.truth[row]) * (scores[row] - log.truth[row]), ++groups;
  return sum / groups;
}

}  // namespace

TEST_CASE("pooling: the prior that made the groups is found again") {
  const auto model = *train_pooled(clicks(3000, 1).rows, {.by = "group"});
  CHECK(fact_of(*model, "prior_mean") == Approx(0.05).epsilon(0.05));
  CHECK(fact_of(*model, "prior_worth") == Approx(40).epsilon(0.15));
  CHECK(model->probabilistic());
}

TEST_CASE("pooling: partial is nearer to the truth than none and than full") {
  for (std::uint64_t seed : {1, 2, 3}) {
    const Clicks log = clicks(400, seed);
    CHECK(error_of(log, Pooling::partial) < 0.8 * error_of(log, Pooling::none));
    CHECK(error_of(log, Pooling::partial) < 0.8 * error_of(log, Pooling::full));
  }
}

TEST_CASE("pooling: the beta-binomial prior is where a grid search finds the likelihood highest") {
  const std::vector<GroupSum> groups = {{10, 1, 1},    {50, 9, 9}, {3, 0, 0},
                                        {200, 12, 12}, {25, 8, 8}, {80, 2, 2}};
  const auto likelihood = [&](double mean, double worth) {
    const double a = mean * worth, b = worth - a;
    double sum = 0;
    for (const GroupSum& g : groups)
      sum += std::lgamma(a + g.sum) + std::lgamma(b + g.rows - g.sum) -
             std::lgamma(worth + g.rows) - std::lgamma(a) - std::lgamma(b) + std::lgamma(worth);
    return sum;
  };
  const PooledPrior prior = *fit_beta_binomial(groups);
  const double best = likelihood(prior.mean, prior.worth);
  for (double mean = 0.02; mean < 0.4; mean += 0.005)
    for (double worth = 1; worth < 200; worth *= 1.05)
      REQUIRE(likelihood(mean, worth) <= best + 1e-9);
}

TEST_CASE("pooling: with equal group sizes the normal prior is the closed form") {
  Stream stream(3, "test.normal");
  std::vector<GroupSum> groups;
  constexpr int kGroups = 40, kRows = 5;
  double means = 0, squares = 0, within = 0;
  for (int g = 0; g < kGroups; ++g) {
    const double centre = stream.normal(10, 2);
    GroupSum sum;
    for (int i = 0; i < kRows; ++i) {
      const double y = stream.normal(centre, 3);
      ++sum.rows, sum.sum += y, sum.square += y * y;
    }
    const double mean = sum.sum / kRows;
    means += mean, squares += mean * mean;
    within += sum.square - kRows * mean * mean;
    groups.push_back(sum);
  }
  within /= kGroups * (kRows - 1);
  const double spread = squares / kGroups - means / kGroups * means / kGroups;
  const PooledPrior prior = *fit_normal_normal(groups);
  CHECK(prior.mean == Approx(means / kGroups).epsilon(1e-9));
  CHECK(prior.worth == Approx(within / (spread - within / kRows)).epsilon(1e-4));
}

TEST_CASE("pooling: groups that do not differ are worth nothing of their own") {
  Stream stream(4, "test.same");
  std::vector<GroupSum> values;
  for (int g = 0; g < 30; ++g) values.push_back({4, 8, 16.0 + 4});  // the same mean everywhere
  CHECK(std::isinf(fit_normal_normal(values)->worth));
  std::vector<GroupSum> counts(30, GroupSum{100, 5, 5});
  CHECK(std::isinf(fit_beta_binomial(counts)->worth));
}

TEST_CASE("pooling: the trail is trust times the difference, and a new group has the prior") {
  const Clicks log = clicks(200, 5);
  const auto model = *train_pooled(log.rows, {.by = "group"});
  const Frame trail = *model->trail(log.rows, 0);
  const auto number = [&](const char* name) { return trail.find(name)->number(0); };
  CHECK(number("trust") == Approx(number("rows") / (number("rows") + number("prior_worth"))));
  CHECK(
      number("prediction") ==
      Approx(number("prior_mean") + number("trust") * (number("own_mean") - number("prior_mean"))));
  Frame::Builder b;
  b.add("group", std::vector<std::string>{"new"});
  CHECK((*model->score(*std::move(b).build()))[0] == Approx(fact_of(*model, "prior_mean")));
  CHECK_FALSE(train_pooled(log.rows, {.by = "nothing"}));
  CHECK(model->group_table()->rows() == 200);
}

}  // namespace rehearse::models::pooling_test
