// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/quantize.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/engine/models/mixed_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;
using namespace rehearse::models::mixed;

NetworkModelPtr a_network(const Frame& log, int wide_bits = 0) {
  NetworkOptions o;
  o.label = "click", o.hidden = {16, 8}, o.epochs = 6, o.learning_rate = 0.01;
  o.wide_bits = wide_bits;
  return train_network(log, nullptr, o)->model;
}

double mean_distance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
  return sum / static_cast<double>(a.size());
}

// Rounds to the nearest value that the code can say.
double rounded(double value, const AffineCode& code) {
  return static_cast<double>(code.value(code.code(static_cast<float>(value))));
}

AffineCode code_over(const std::vector<float>& values, std::size_t begin, std::size_t count) {
  const auto [low, high] =
      std::minmax_element(values.begin() + static_cast<std::ptrdiff_t>(begin),
                          values.begin() + static_cast<std::ptrdiff_t>(begin + count));
  return AffineCode::of(*low, *high, 8);
}

// The definition with rounded reals and no integer in sight.
double slow_score(const NetworkModel& model, const NetworkRows& rows, std::size_t row,
                  const std::vector<std::vector<float>>& activations) {
  const NetworkWeights<float>& w = model.weights();
  std::vector<double> in;
  for (std::size_t k = 0; k < w.numbers; ++k)
    in.push_back(static_cast<double>(rows.numbers[row * w.numbers + k]));
  const std::size_t table = w.embeddings.size() / w.texts;
  for (std::size_t t = 0; t < w.texts; ++t)
    for (std::size_t d = 0; d < w.dimension; ++d)
      in.push_back(rounded(
          static_cast<double>(w.embeddings[rows.levels[row * w.texts + t] * w.dimension + d]),
          code_over(w.embeddings, t * table, table)));
  for (std::size_t l = 0; l < w.layers.size(); ++l) {
    const DenseLayer<float>& layer = w.layers[l];
    const AffineCode seen = code_over(activations[l], 0, activations[l].size());
    std::vector<double> out;
    for (std::size_t unit = 0; unit < layer.outputs; ++unit) {
      const AffineCode code = code_over(layer.weight, unit * layer.inputs, layer.inputs);
      double sum = static_cast<double>(layer.bias[unit]);
      for (std::size_t i = 0; i < layer.inputs; ++i)
        sum += rounded(in[i], seen) *
               rounded(static_cast<double>(layer.weight[unit * layer.inputs + i]), code);
      out.push_back(l + 1 < w.layers.size() ? std::max(sum, 0.0) : sum);
    }
    in = std::move(out);
  }
  return metrics::sigmoid(in[0]);
}

}  // namespace

TEST_CASE("quantize: a value inside the interval comes back within half a step, and 0 exactly") {
  CHECK(rc::check("affine code", [] {
    const auto low = static_cast<float>(*rc::gen::inRange(-1000, 1000)) / 100;
    const auto high = low + static_cast<float>(*rc::gen::inRange(1, 1000)) / 100;
    const AffineCode code = AffineCode::of(low, high, *rc::gen::inRange(2, 9));
    RC_ASSERT(code.value(code.code(0)) == 0.F);
    for (const float at : {0.F, 0.3F, 0.77F, 1.F}) {
      const float value = low + at * (high - low);
      // The zero is rounded to a whole code, which may push an end out by half a step more.
      RC_ASSERT(std::abs(code.value(code.code(value)) - value) <= code.scale * 1.001F);
    }
  }));
}

TEST_CASE("quantize: the dot product of codes is that of whole numbers") {
  CHECK(rc::check("dot", [](const std::vector<std::uint8_t>& a) {
    std::vector<std::uint8_t> b(a.rbegin(), a.rend());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += std::int64_t{a[i]} * b[i];
    RC_ASSERT(dot_codes(a.data(), b.data(), a.size()) == sum);
  }));
}

TEST_CASE("quantize: integer arithmetic gives what rounded reals give") {
  const Frame log = mixed_log(1500);
  const auto model = a_network(log);
  const auto scores = *(*quantize_network(model, log))->score(log);
  const NetworkRows rows = *model->inputs().encode(log);
  std::vector<float> logits(rows.rows);
  std::vector<std::vector<float>> activations;
  network_forward<float>(model->weights(), {&rows, 0, rows.rows}, logits, &activations);
  int apart = 0;  // a value on the edge between two codes may fall to either side in float32
  for (std::size_t row = 0; row < 300; ++row)
    apart += std::abs(scores[row] - slow_score(*model, rows, row, activations)) > 1e-4;
  CHECK(apart <= 6);
}

TEST_CASE("quantize: eight bits cost next to nothing, fewer cost more, and the size is told") {
  const Frame log = mixed_log(3000), other = mixed_log(1000, 4);
  for (const int wide : {0, 10}) {
    const auto model = a_network(log, wide);
    const auto real = *model->score(other);
    double last = 1;
    for (const int bits : {2, 4, 8}) {
      const auto quantized = *quantize_network(model, log, bits);
      const double distance = mean_distance(*quantized->score(other), real);
      CHECK(distance < last);
      last = distance;
      const double exact = fact_of(*model, "served_bytes");
      CHECK(fact_of(*quantized, "served_bytes") > exact * bits / 32);
      CHECK(fact_of(*quantized, "served_bytes") < exact * bits / 32 + 1000);
      CHECK(fact_of(*quantized, "int8_multiply_adds") == fact_of(*model, "multiply_adds"));
    }
    CHECK(last < 0.005);
    CHECK(loss_of(**quantize_network(model, log), other) ==
          Approx(loss_of(*model, other)).margin(0.002));
  }
}

TEST_CASE("quantize: wrong bits and an empty sample are refused") {
  const Frame log = mixed_log(200);
  const auto model = a_network(log);
  CHECK_FALSE(quantize_network(model, log, 1));
  CHECK_FALSE(quantize_network(model, log, 9));
  CHECK(quantize_network(model, log.slice(0, 0)).error().message.find("sample") !=
        std::string::npos);
}
