// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/mlp.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <thread>

#include "tests/engine/models/mixed_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;
using namespace rehearse::models::mixed;

// A small network with a wide part, and rows for it.
struct SmallNetwork {
  NetworkWeights<double> weights;
  NetworkRows rows;
  std::vector<float> labels, row_weights;

  explicit SmallNetwork(std::uint64_t seed) {
    Stream s(seed, "test.network");
    const auto normal = [&](std::vector<double>& values, std::size_t n) {
      for (std::size_t i = 0; i < n; ++i) values.push_back(s.normal());
    };
    weights.numbers = 3, weights.texts = 2, weights.dimension = 2;
    normal(weights.embeddings, 8 * 2);
    normal(weights.wide, 16);
    std::size_t width = weights.input_width();
    for (const std::size_t units : {5UL, 4UL, 1UL}) {
      DenseLayer<double>& layer = weights.layers.emplace_back();
      layer.inputs = width, layer.outputs = units;
      normal(layer.weight, width * units), normal(layer.bias, units);
      width = units;
    }
    rows.rows = 7;
    for (std::size_t i = 0; i < 7; ++i) {
      for (int k = 0; k < 3; ++k) rows.numbers.push_back(static_cast<float>(s.normal()));
      rows.levels.push_back(static_cast<std::uint32_t>(s.below(4)));
      rows.levels.push_back(static_cast<std::uint32_t>(4 + s.below(4)));
      for (int k = 0; k < 3; ++k) rows.wide.push_back(static_cast<std::uint32_t>(s.below(16)));
      labels.push_back(s.bernoulli(0.4) ? 1.F : 0.25F);
      row_weights.push_back(static_cast<float>(s.uniform(0.5, 2)));
    }
  }
  double loss(const std::vector<std::vector<double>>& masks) const {
    NetworkGradient<double> unused(weights);
    return network_gradient<double>(weights, {&rows, 0, rows.rows}, labels, row_weights, masks,
                                    unused);
  }
  std::vector<std::vector<double>> some_dropped(std::uint64_t seed) const {
    Stream s(seed, "test.masks");
    std::vector<std::vector<double>> masks(2);
    for (std::size_t l = 0; l < 2; ++l)
      for (std::size_t i = 0; i < rows.rows * weights.layers[l].outputs; ++i)
        masks[l].push_back(s.bernoulli(0.3) ? 0 : 1 / 0.7);
    return masks;
  }
};

NetworkModelPtr network(const Frame& rows, const NetworkOptions& o, const Frame* valid = nullptr) {
  auto fit = train_network(rows, valid, o);
  INFO((fit ? "" : fit.error().message));
  REQUIRE(fit);
  return fit->model;
}

NetworkOptions small_options() {
  NetworkOptions o;
  o.label = "click", o.epochs = 4, o.hidden = {16, 8};
  return o;
}

}  // namespace

TEST_CASE("network: its gradient is that of finite differences, with and without dropout") {
  for (const std::uint64_t seed : {1, 2, 3})
    for (const bool dropout : {false, true}) {
      SmallNetwork net(seed);
      const auto masks = dropout ? net.some_dropped(seed) : std::vector<std::vector<double>>();
      NetworkGradient<double> gradient(net.weights);
      network_gradient<double>(net.weights, {&net.rows, 0, net.rows.rows}, net.labels,
                               net.row_weights, masks, gradient);
      const auto check = [&](std::vector<double>& weights, const std::vector<double>& found) {
        for (std::size_t i = 0; i < weights.size(); ++i) {
          const double kept = weights[i], h = 1e-6;
          weights[i] = kept + h;
          const double up = net.loss(masks);
          weights[i] = kept - h;
          const double down = net.loss(masks);
          weights[i] = kept;
          CHECK(found[i] == Approx((up - down) / (2 * h)).margin(1e-7).epsilon(1e-5));
        }
      };
      check(net.weights.embeddings, gradient.of.embeddings);
      check(net.weights.wide, gradient.of.wide);
      for (std::size_t l = 0; l < net.weights.layers.size(); ++l) {
        check(net.weights.layers[l].weight, gradient.of.layers[l].weight);
        check(net.weights.layers[l].bias, gradient.of.layers[l].bias);
      }
    }
}

TEST_CASE("network: a gradient is clear again after it was used") {
  SmallNetwork net(4);
  NetworkGradient<double> gradient(net.weights);
  network_gradient<double>(net.weights, {&net.rows, 0, 7}, net.labels, {}, {}, gradient);
  auto touched = gradient.touched_levels;
  std::sort(touched.begin(), touched.end());
  CHECK(std::adjacent_find(touched.begin(), touched.end()) == touched.end());
  gradient.clear_touched();
  for (const auto* values : {&gradient.of.embeddings, &gradient.of.wide})
    CHECK(std::all_of(values->begin(), values->end(), [](double g) { return g == 0; }));
}

TEST_CASE("network: learns an interaction that no sum over columns can tell") {
  const Frame log = mixed_log(6000), other = mixed_log(3000, 4);
  NetworkOptions o = small_options();
  o.epochs = 12, o.learning_rate = 0.01;
  NetworkOptions line = o;
  line.hidden = {};
  CHECK(loss_of(*network(log, o), other) < loss_of(*network(log, line), other) - 0.01);
}

TEST_CASE("network: early stopping keeps the epoch with the best validation loss") {
  const Frame log = mixed_log(800), valid = mixed_log(800, 8);
  NetworkOptions o = small_options();
  o.epochs = 60, o.learning_rate = 0.03, o.hidden = {64};
  const auto model = network(log, o, &valid);
  const LearningCurve& curve = model->curve();
  REQUIRE(curve.best + 2 == curve.valid.size());
  CHECK(*std::min_element(curve.valid.begin(), curve.valid.end()) == curve.valid[curve.best - 1]);
  CHECK(fact_of(*model, "valid_loss") == Approx(loss_of(*model, valid)).epsilon(1e-5));
  CHECK(fact_of(*model, "train_loss") == Approx(loss_of(*model, log)).epsilon(1e-5));
}

TEST_CASE("network: the same bytes twice and on another thread, with dropout too") {
  const Frame log = mixed_log(1000);
  NetworkOptions o = small_options();
  o.dropout = 0.2, o.keep_negatives = 0.5;
  const auto once = *network(log, o)->score(log);
  CHECK(*network(log, o)->score(log) == once);
  std::vector<double> elsewhere;
  std::thread([&] { elsewhere = *train_network(log, nullptr, o)->model->score(log); }).join();
  CHECK(elsewhere == once);
  o.seed = 2;
  CHECK(*network(log, o)->score(log) != once);
}

TEST_CASE("network: the trail's products add up to the logit of the model's own score") {
  const Frame log = mixed_log(500);
  NetworkOptions o = small_options();
  o.wide_bits = 10, o.crosses = {{"place", "group"}};
  const auto model = network(log, o);
  const Frame trail = *model->trail(log, 3);
  const Column &part = *trail.find("part"), &product = *trail.find("product"),
               &value = *trail.find("value");
  double sum = 0;
  for (std::size_t i = 0; i < trail.rows(); ++i)
    if (part.text(i) == "output" || part.text(i) == "wide") sum += product.number(i);
  CHECK(value.number(trail.rows() - 2) == Approx(sum).epsilon(1e-5));
  CHECK(value.number(trail.rows() - 1) == Approx((*model->score(log))[3]).epsilon(1e-6));
  CHECK_FALSE(model->trail(log, 500));
}

TEST_CASE("network: told to stop, it hands back the best epoch so far") {
  const Frame log = mixed_log(600);
  std::stop_source source;
  const Progress progress(source.get_token(), [&](double done) {
    if (done >= 0.5) source.request_stop();
  });
  NetworkOptions o = small_options();
  o.epochs = 8;
  const auto fit = train_network(log, nullptr, o, progress);
  REQUIRE(fit);
  CHECK(fit->stopped);
  CHECK(fit->model->curve().train.size() == 4);
  CHECK(train_network(log, nullptr, o, progress).error().code == Code::cancelled);
}

TEST_CASE("network: what cannot be learned from is refused") {
  const Frame log = mixed_log(60);
  NetworkOptions o = small_options();
  CHECK(train_network(log.slice(0, 0), nullptr, o).error().message.find("no row") !=
        std::string::npos);
  std::vector<double> labels(60, 0);
  CHECK(train_network_on(log, labels, nullptr, {}, o).error().message.find("one class") !=
        std::string::npos);
  labels[5] = 1.5;
  CHECK(train_network_on(log, labels, nullptr, {}, o).error().message.find("row 5") !=
        std::string::npos);
  const Frame none = log.slice(0, 0);
  CHECK(train_network(log, &none, o).error().message.find("validation") != std::string::npos);
  o.hidden = {4000};
  CHECK_FALSE(train_network(log, nullptr, o));
  o = small_options();
  o.deep = false;
  CHECK(train_network(log, nullptr, o).error().message.find("neither") != std::string::npos);
}
