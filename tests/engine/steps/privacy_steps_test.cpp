// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "tests/engine/steps/step_under_test.hpp"

using namespace rehearse;
using rehearse::test::StepUnderTest;

namespace {

struct PrivateWorld {
  Frame known, held;
};

PrivateWorld private_world() {
  StepUnderTest world("simulate.subscriptions", 4);
  world.set("users", std::int64_t{600}).set("communities", std::int64_t{40}).set("joins", 10.0);
  return {world.table(0), world.table(1)};
}

double figure(const Frame& row, const char* name) { return row.find(name)->number(0); }

}  // namespace

TEST_CASE(
    "privacy.item_knn: exact counts rank best and give everybody away to who knows the rest") {
  const PrivateWorld world = private_world();
  StepUnderTest step("privacy.item_knn", 4);
  step.input("training", world.known).input("test", world.held);
  const Frame exact = step.table(0);
  CHECK(exact.find("epsilon")->missing(0));
  CHECK(exact.find("why")->text(0).find("no epsilon") != std::string::npos);
  CHECK(figure(exact, "informed_advantage") == 1);
  step.set("mechanism", std::string("gaussian")).set("epsilon", 4.0);
  const Frame noisy = step.table(0), pairs = step.table(1), attacks = step.table(2);
  CHECK(figure(noisy, "ndcg") < figure(exact, "ndcg"));
  CHECK(figure(noisy, "epsilon") == 4);
  CHECK(figure(noisy, "informed_advantage") < figure(noisy, "advantage_bound"));
  CHECK(pairs.find("exact")->role() == Role::truth);
  CHECK(attacks.rows() > 200);
  // The same budget over four tables: more noise in each, the same bound.
  step.set("releases", std::int64_t{4}).set("composition", std::string("exact"));
  const Frame four = step.table(0);
  CHECK(figure(four, "noise_sd") == Approx(2 * figure(noisy, "noise_sd")));
  CHECK(figure(four, "advantage_bound") == Approx(figure(noisy, "advantage_bound")));
}

TEST_CASE("privacy.item_knn: devices have no table to attack; what does not fit is told") {
  const PrivateWorld world = private_world();
  StepUnderTest step("privacy.item_knn", 4);
  step.input("training", world.known).input("test", world.held);
  step.set("mechanism", std::string("devices"));
  const Frame devices = step.table(0), attacks = step.table(2);
  CHECK(devices.find("informed_auc")->missing(0));
  CHECK(devices.find("noise_sd")->missing(0));
  // What holds of each device holds of all of them: the bound of epsilon, as a figure and a curve.
  CHECK(figure(devices, "epsilon") == 2);
  CHECK(figure(devices, "advantage_bound") == Approx(std::tanh(1)));
  for (std::size_t row = 0; row < attacks.rows(); ++row)
    if (attacks.find("series")->text(row) == "truth: at most, by epsilon" &&
        attacks.find("false_positive_rate")->number(row) == 0.01)
      CHECK(attacks.find("true_positive_rate")->number(row) == Approx(0.01 * std::exp(2)));
  step.set("mechanism", std::string("laplace")).set("composition", std::string("exact"));
  CHECK(step.error().find("Laplace noise is composed by") != std::string::npos);
  step.set("mechanism", std::string("exact")).set("left_out", 0.02);
  CHECK(step.error().empty());
}

TEST_CASE("privacy.item_knn: more items than tables of all pairs may take are told beforehand") {
  std::vector<std::string> users, items;
  for (int i = 0; i < 20000; ++i)
    users.push_back("user " + std::to_string(i % 600)),
        items.push_back("community " + std::to_string(i));
  Frame::Builder many;
  many.add("user", users).add("item", items);
  StepUnderTest step("privacy.item_knn");
  step.input("training", *std::move(many).build()).input("test", private_world().held);
  CHECK_THAT(step.error(), Catch::Contains("leave out the rarest items"));
}

TEST_CASE("privacy.account: a release alone needs what its mechanism says, more need more") {
  StepUnderTest step("privacy.account");
  step.set("cap", std::int64_t{8}).set("epsilon", 2.0);
  const Frame table = step.table();
  CHECK(table.find("series")->text(0) == "Laplace, added up");
  CHECK(table.find("noise_sd")->number(0) == Approx(std::sqrt(2) * 36 / 2));
  CHECK(table.find("noise_sd")->number(4) == Approx(52 * std::sqrt(2) * 36 / 2));
  double last = 0;
  for (std::size_t row = 20; row < 25; ++row) {  // Gaussian, exact
    CHECK(table.find("noise_sd")->number(row) > last);
    last = table.find("noise_sd")->number(row);
  }
}
