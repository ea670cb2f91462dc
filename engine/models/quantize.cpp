// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/quantize.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/models/tree_sample.hpp"

namespace rehearse::models {
namespace {

constexpr std::size_t kSampleRows = 4096;

AffineCode code_of(std::span<const float> values, int bits) {
  if (values.empty()) return AffineCode::of(0, 0, bits);
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return AffineCode::of(*low, *high, bits);
}

void encode_all(std::span<const float> values, const AffineCode& code,
                std::vector<std::uint8_t>& out) {
  for (const float value : values) out.push_back(code.code(value));
}

}  // namespace

AffineCode AffineCode::of(float low, float high, int bits) {
  assert(std::isfinite(low) && std::isfinite(high));
  AffineCode code;
  low = std::min(low, 0.F), high = std::max(high, 0.F);
  code.most = (1 << bits) - 1;
  code.scale = high > low ? (high - low) / static_cast<float>(code.most) : 1;
  code.zero = static_cast<std::int32_t>(std::lround(-low / code.scale));
  return code;
}

std::uint8_t AffineCode::code(float value) const {
  const float place = value / scale + static_cast<float>(zero);
  return static_cast<std::uint8_t>(std::clamp(place, 0.F, static_cast<float>(most)) + 0.5F);
}

__attribute__((optimize("O3"))) std::int32_t dot_codes(const std::uint8_t* a, const std::uint8_t* b,
                                                       std::size_t n) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    sum += static_cast<std::int16_t>(a[i]) * static_cast<std::int16_t>(b[i]);
  return sum;
}

void QuantizedNetwork::quantize_weights(int bits) {
  const NetworkWeights<float>& w = network_->weights();
  bits_ = bits;
  const std::size_t table = w.texts ? w.embeddings.size() / w.texts : 0;
  for (std::size_t t = 0; t < w.texts; ++t) {
    const auto values = std::span(w.embeddings).subspan(t * table, table);
    embedding_codes_.push_back(code_of(values, bits));
    encode_all(values, embedding_codes_.back(), embeddings_);
  }
  wide_code_ = code_of(w.wide, bits);
  encode_all(w.wide, wide_code_, wide_);
  for (const DenseLayer<float>& dense : w.layers) {
    Layer& layer = layers_.emplace_back();
    layer.inputs = dense.inputs, layer.outputs = dense.outputs, layer.bias = dense.bias;
    for (std::size_t unit = 0; unit < dense.outputs; ++unit) {
      const auto row = std::span(dense.weight).subspan(unit * dense.inputs, dense.inputs);
      layer.codes.push_back(code_of(row, bits));
      encode_all(row, layer.codes.back(), layer.weight);
      std::int32_t sum = 0;
      for (std::size_t i = 0; i < dense.inputs; ++i) sum += layer.weight[unit * dense.inputs + i];
      layer.weight_sums.push_back(sum);
    }
  }
}

void QuantizedNetwork::apply(const Layer& layer, std::span<const float> in,
                             std::vector<std::uint8_t>& codes, std::vector<float>& out) {
  codes.resize(in.size());
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < in.size(); ++i) sum += codes[i] = layer.input.code(in[i]);
  const auto count = static_cast<std::int32_t>(layer.inputs);
  out.resize(layer.outputs);
  for (std::size_t unit = 0; unit < layer.outputs; ++unit) {
    const AffineCode& code = layer.codes[unit];
    const std::int32_t dot =
        dot_codes(codes.data(), layer.weight.data() + unit * layer.inputs, layer.inputs) -
        code.zero * sum - layer.input.zero * layer.weight_sums[unit] +
        count * code.zero * layer.input.zero;
    out[unit] = layer.bias[unit] + layer.input.scale * code.scale * static_cast<float>(dot);
  }
}

Result<std::vector<double>> QuantizedNetwork::score(const Frame& rows) const {
  auto encoded = network_->inputs().encode(rows);
  if (!encoded) return fail(encoded.error());
  const NetworkWeights<float>& shape = network_->weights();
  const std::size_t wide = encoded->rows ? encoded->wide.size() / encoded->rows : 0;
  std::vector<double> scores(rows.rows());
  std::vector<float> in, out;
  std::vector<std::uint8_t> codes;
  for (std::size_t row = 0; row < scores.size(); ++row) {
    float logit = 0;
    if (!layers_.empty()) {
      in.assign(encoded->numbers.data() + row * shape.numbers,
                encoded->numbers.data() + (row + 1) * shape.numbers);
      for (std::size_t t = 0; t < shape.texts; ++t) {
        const std::size_t level = encoded->levels[row * shape.texts + t];
        for (std::size_t d = 0; d < shape.dimension; ++d)
          in.push_back(embedding_codes_[t].value(embeddings_[level * shape.dimension + d]));
      }
      for (std::size_t l = 0; l < layers_.size(); ++l) {
        apply(layers_[l], in, codes, out);
        if (l + 1 < layers_.size())
          for (float& value : out) value = std::max(value, 0.F);
        in.swap(out);
      }
      logit = in[0];
    }
    for (std::size_t k = 0; k < wide; ++k)
      logit += wide_code_.value(wide_[encoded->wide[row * wide + k]]);
    scores[row] = 1 / (1 + std::exp(-static_cast<double>(logit)));
  }
  return scores;
}

std::string QuantizedNetwork::describe() const {
  return fmt::format("{} in {} bits", network_->describe(), bits_);
}

std::size_t QuantizedNetwork::bytes() const {
  std::size_t total = sizeof *this + network_->bytes() + embeddings_.capacity() + wide_.capacity() +
                      embedding_codes_.capacity() * sizeof(AffineCode);
  for (const Layer& layer : layers_)
    total += sizeof layer + layer.weight.capacity() + layer.codes.capacity() * sizeof(AffineCode) +
             layer.weight_sums.capacity() * sizeof(std::int32_t) +
             layer.bias.capacity() * sizeof(float);
  return total;
}

std::vector<std::pair<std::string, double>> QuantizedNetwork::facts() const {
  double coded = static_cast<double>(embeddings_.size() + wide_.size());
  double codes = static_cast<double>(embedding_codes_.size()) + 1, biases = 0;
  for (const Layer& layer : layers_) {
    coded += static_cast<double>(layer.weight.size());
    codes += static_cast<double>(layer.codes.size()) + 1;
    biases += static_cast<double>(layer.bias.size());
  }
  std::vector<std::pair<std::string, double>> facts = {
      {"bits", bits_},
      {"int8_multiply_adds", static_cast<double>(multiply_adds(network_->weights()))},
      {"served_bytes", coded * bits_ / 8 + 8 * codes + 4 * biases}};
  for (const auto& [name, value] : network_->facts())
    if (name == "parameters" || name == "lookups" || name == "rows_trained" ||
        name == "keep_negatives")
      facts.emplace_back(name, value);
  return facts;
}

Result<QuantizedNetworkPtr> quantize_network(NetworkModelPtr network, const Frame& sample,
                                             int bits) {
  if (bits < 2 || bits > 8)
    return fail(Code::invalid_argument, "quantization: bits is {}; it lies in [2, 8]", bits);
  if (sample.rows() == 0)
    return fail(Code::bad_data, "quantization: the sample is empty; give rows like those served");
  const auto which = evenly_spaced(sample.rows(), kSampleRows);
  auto encoded = network->inputs().encode(sample, which);
  if (!encoded) return fail(encoded.error());
  auto quantized = std::make_shared<QuantizedNetwork>();
  quantized->network_ = network;
  quantized->quantize_weights(bits);
  if (network->weights().layers.empty()) return quantized;
  std::vector<float> logits(which.size());
  std::vector<std::vector<float>> activations;
  network_forward<float>(network->weights(), {&*encoded, 0, which.size()}, logits, &activations);
  for (std::size_t l = 0; l < activations.size(); ++l)
    quantized->layers_[l].input = code_of(activations[l], bits);
  return quantized;
}

}  // namespace rehearse::models
