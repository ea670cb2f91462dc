// SPDX-License-Identifier: GPL-3.0-or-later
//
// Product quantization: a vector in one byte for each of m pieces (Jégou, Douze, Schmid 2011). The
// dimensions are cut into m sub-spaces of equal width; in each, k-means makes a codebook of up to
// 256 words, and a vector is written as the numbers of its nearest words: 256^m points from 256 · m
// words.
//
// A query is not quantized. Its products with all words are taken once, into a table; its product
// with a coded vector is then m look-ups (asymmetric distance computation):
//
//   q · decoded(x) = Σ_j table[j][code_j(x)]
//
// Use it where vectors do not fit into memory: 64 floats in 8 bytes are 1/32. What it loses is
// never won back from the codes; look at a few times k of them again with better vectors (ivf.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::retrieval {

inline constexpr std::size_t kCodeWords = 256;  // that one byte can name

struct ProductQuantizerOptions {
  std::size_t subspaces = 8;
  std::size_t iterations = 12;  // of k-means
  std::uint64_t seed = 1;
};

class ProductQuantizer {
 public:
  ProductQuantizer() = default;
  // Errors: those of kmeans; sub-spaces that do not divide dims (those that would are named).
  static Result<ProductQuantizer> fit(std::span<const float> points, std::size_t dims,
                                      const ProductQuantizerOptions& options,
                                      const Progress& progress = {});

  std::size_t dims() const { return dims_; }
  std::size_t subspaces() const { return subspaces_; }
  std::size_t bytes() const { return words_.size() * sizeof(float); }  // of the codebooks

  // subspaces() bytes a point. O(points · 256 · dims).
  std::vector<std::uint8_t> encode(std::span<const float> points) const;
  void decode(const std::uint8_t* code, float* into) const;  // dims() numbers
  // kCodeWords products for each sub-space in turn.
  void table(const float* query, std::vector<float>& into) const;
  float product(const std::vector<float>& table, const std::uint8_t* code) const {
    float even = 0, odd = 0;
    std::size_t j = 0;
    for (; j + 2 <= subspaces_; j += 2) {
      even += table[j * kCodeWords + code[j]];
      odd += table[(j + 1) * kCodeWords + code[j + 1]];
    }
    return j < subspaces_ ? even + odd + table[j * kCodeWords + code[j]] : even + odd;
  }

 private:
  std::size_t width() const { return dims_ / subspaces_; }
  std::vector<float> piece(std::span<const float> points, std::size_t j) const;
  std::vector<float> book(std::size_t j) const;  // word after word
  std::size_t dims_ = 0, subspaces_ = 0;
  // By sub-space, dimension and word, as tables are made; where words are few the last repeats.
  std::vector<float> words_;
};

}  // namespace rehearse::retrieval
