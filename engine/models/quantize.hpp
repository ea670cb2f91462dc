// SPDX-License-Identifier: GPL-3.0-or-later
//
// Post-training quantization of a network: weights and activations as integers of `bits` bits, and
// dot products in integer arithmetic (Jacob et al. 2018, sections 2.1 and 2.2).
//
//   real = scale · (q - zero)              affine; q in [0, 2^bits - 1], 0 is exact
//   weights: a scale and a zero for each unit; embeddings: for each column; wide: for all
//   activations: for each layer, from the least and greatest values on `sample` rows
//   dot: s_w s_x · [Σ q_w q_x - z_w Σ q_x - z_x Σ q_w + n z_w z_x]
//
// Use it to make a network a quarter as large and its products cheaper, without training again. Its
// price is rounding: nearly nothing at 8 bits, plain to see at 4 and ruinous at 2. Activations
// beyond what the sample showed are clipped, so give it rows like those that will be served.
#pragma once

#include <memory>

#include "engine/models/mlp.hpp"

namespace rehearse::models {

// How integers stand for reals.
struct AffineCode {
  float scale = 1;
  std::int32_t zero = 0;
  std::int32_t most = 255;  // 2^bits - 1

  // The code of an interval, widened to hold 0. Its ends must be finite (asserted).
  static AffineCode of(float low, float high, int bits);
  std::uint8_t code(float value) const;  // nearest; clipped to the ends
  float value(std::uint8_t code) const {
    return scale * static_cast<float>(static_cast<std::int32_t>(code) - zero);
  }
};

// Σ a_i b_i of n codes.
std::int32_t dot_codes(const std::uint8_t* a, const std::uint8_t* b, std::size_t n);

class QuantizedNetwork : public Scorer {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string label() const override { return network_->label(); }
  std::string describe() const override;
  std::size_t bytes() const override;
  // bits, int8_multiply_adds, lookups, parameters, served_bytes (as packed: bits a parameter and
  // eight bytes a code), and the network's rows_trained, keep_negatives.
  std::vector<std::pair<std::string, double>> facts() const override;

 private:
  friend Result<std::shared_ptr<const QuantizedNetwork>> quantize_network(NetworkModelPtr,
                                                                          const Frame&, int);
  struct Layer {
    std::size_t inputs = 0, outputs = 0;
    std::vector<std::uint8_t> weight;       // outputs × inputs
    std::vector<AffineCode> codes;          // of each output's weights
    std::vector<std::int32_t> weight_sums;  // Σ q_w of each output
    std::vector<float> bias;
    AffineCode input;  // of its activations
  };
  void quantize_weights(int bits);
  static void apply(const Layer& layer, std::span<const float> in, std::vector<std::uint8_t>& codes,
                    std::vector<float>& out);

  NetworkModelPtr network_;  // for its inputs alone; its weights are not used
  std::vector<Layer> layers_;
  std::vector<std::uint8_t> embeddings_, wide_;
  std::vector<AffineCode> embedding_codes_;  // one a text column
  AffineCode wide_code_;
  int bits_ = 8;
};
using QuantizedNetworkPtr = std::shared_ptr<const QuantizedNetwork>;

// `sample`: rows that show how large activations become; labels are not used.
// Errors: bits outside [2, 8]; the sample is empty or lacks a column of the network.
Result<QuantizedNetworkPtr> quantize_network(NetworkModelPtr network, const Frame& sample,
                                             int bits = 8);

}  // namespace rehearse::models
