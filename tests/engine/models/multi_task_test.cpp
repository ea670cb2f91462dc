// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/multi_task.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;

// Both tasks hang on |a| - 1; "rare" is seldom 1.
Frame two_tasks(std::size_t rows, std::uint64_t seed) {
  std::vector<double> a, noise[6], often, rare;
  Stream stream(seed, "test.tasks");
  for (std::size_t i = 0; i < rows; ++i) {
    a.push_back(stream.normal());
    for (auto& column : noise) column.push_back(stream.normal());
    const double z = 3 * (std::abs(a.back()) - 1);
    often.push_back(stream.bernoulli(metrics::sigmoid(z)));
    rare.push_back(stream.bernoulli(metrics::sigmoid(z - 5)));
  }
  Frame::Builder b;
  b.add("a", std::move(a), {.role = Role::feature});
  int n = 0;
  for (auto& column : noise)
    b.add(fmt::format("noise{}", n++), std::move(column), {.role = Role::feature});
  b.add("often", std::move(often), {.role = Role::label});
  b.add("rare", std::move(rare), {.role = Role::label});
  return *std::move(b).build();
}

double log_loss_on(const Frame& rows, const MultiTaskModel& model, std::size_t task) {
  const std::vector<double> p = *model.score(rows, task),
                            y = rows.find(model.options().labels[task])->numbers();
  double loss = 0;
  for (std::size_t i = 0; i < p.size(); ++i)
    loss -= (y[i] == 1 ? std::log(p[i]) : std::log(1 - p[i])) / static_cast<double>(p.size());
  return loss;
}

MultiTaskOptions both_tasks() {
  MultiTaskOptions options;
  options.labels = {"often", "rare"};
  return options;
}

}  // namespace

TEST_CASE("tasks: the gradient of all parameters against finite differences, a missing label too") {
  for (const bool wide : {false, true}) {
    ShallowNet net = ShallowNet::make(4, 5, 3, wide, 2, "test.net");
    Stream stream(4, "test.rows");
    std::vector<double> x, y;
    for (int i = 0; i < 7 * 4; ++i) x.push_back(stream.normal());
    for (int i = 0; i < 7 * 3; ++i) y.push_back(static_cast<double>(stream.below(2)));
    y[5] = std::nan("");
    const std::vector<double> weights = {1, 0.5, 3};
    std::vector<double> gradient, unused;
    multi_task_gradient(net, x, y, weights, gradient);
    REQUIRE(gradient.size() == net.parameters());
    for (std::size_t p = 0; p < net.parameters(); ++p) {
      constexpr double kStep = 1e-6;
      const double kept = net.at[p];
      net.at[p] = kept + kStep;
      const double up = multi_task_gradient(net, x, y, weights, unused);
      net.at[p] = kept - kStep;
      const double down = multi_task_gradient(net, x, y, weights, unused);
      net.at[p] = kept;
      CHECK(gradient[p] == Approx((up - down) / (2 * kStep)).margin(1e-7));
    }
  }
}

TEST_CASE("tasks: sharing helps the task with few positives when both hang on the same thing") {
  const Frame past = two_tasks(1200, 1), later = two_tasks(8000, 2);
  MultiTaskOptions options = both_tasks();
  options.epochs = 20;
  const auto shared = train_multi_task(past, options);
  options.shared = false;
  const auto apart = train_multi_task(past, options);
  REQUIRE(shared);
  REQUIRE(apart);
  CHECK(log_loss_on(later, **shared, 1) < log_loss_on(later, **apart, 1));
  CHECK(log_loss_on(later, **shared, 0) < 0.62);  // the base rate alone has 0.67
  CHECK((*shared)->multiply_adds() < (*apart)->multiply_adds());
  CHECK((*shared)->multiply_adds() == 16 * 7 + 2 * 16);
  CHECK((*shared)->losses().back() < (*shared)->losses().front());
  const ScorerPtr rare = task_scorer(*shared, 1);
  CHECK(rare->label() == "rare");
  CHECK(*rare->score(later) == *(*shared)->score(later, 1));
}

TEST_CASE("tasks: what cannot be learned is told") {
  const Frame rows = two_tasks(200, 1);
  MultiTaskOptions options;
  CHECK(train_multi_task(rows, options).error().message.find("0 labels are named") == 0);
  options.labels = {"often", "often"};
  CHECK(train_multi_task(rows, options).error().message.find("stands twice") != std::string::npos);
  options.labels = {"often", "often_"};
  CHECK(train_multi_task(rows, options).error().message.find("often_") != std::string::npos);
  options.labels = {"a"};
  CHECK(train_multi_task(rows, options).error().message.find("0, 1 or nothing is due") !=
        std::string::npos);
  options = both_tasks(), options.weights = {1};
  CHECK(train_multi_task(rows, options).error().message.find("1 weights of 2 tasks") == 0);
  options = both_tasks(), options.hidden = 0;
  CHECK_FALSE(train_multi_task(rows, options));
  CHECK_FALSE(train_multi_task(rows.slice(0, 0), both_tasks()));
  std::stop_source stop;
  stop.request_stop();
  CHECK(train_multi_task(rows, both_tasks(), Progress(stop.get_token(), {})).error().code ==
        Code::cancelled);
}
