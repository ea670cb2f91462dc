// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vectors as an index keeps them: in floats (4 bytes a number), IEEE halves (2 bytes) or bytes with
// a scale of each vector (1 byte and 4 a vector), compared by inner product or by cosine.
//
//   cosine         each vector and each query is brought to length 1, then the inner product
//   inner_product  the numbers as they are: a long vector is near to everything
//   int8           code = round(x / s), s = max |x| / 127: |x - s · code| ≤ s / 2 for each number
//
// The query stays in floats: only the stored side is rounded, so that
//   |stored product - true product| ≤ Σ |q_i| · (error of number i)        (error_bound).
// Take halves without a second thought where cosines are compared; bytes where a tenth of the last
// places may change. Below that, product quantization (product_quantizer.hpp).
//
// A vector at the origin has no direction: it is kept, and search leaves it out.
// Immutable, hence safe to share between threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/retrieval/bm25.hpp"
#include "engine/retrieval/product.hpp"

namespace rehearse::retrieval {

enum class Storage { float32, float16, int8 };
enum class Similarity { cosine, inner_product };

// Of a vector or a query: products of two of them stay far inside of a float.
inline constexpr double kGreatestNorm = 1e18;

class Vectors {
 public:
  Vectors() = default;
  // `numbers` holds vector after vector. Errors: dims is 0, the numbers are no whole vectors, one
  // is not finite or its vector longer than kGreatestNorm (its row), or greater than a half holds.
  static Result<Vectors> of(std::span<const float> numbers, std::size_t dims,
                            Similarity similarity = Similarity::cosine,
                            Storage storage = Storage::float32);
  // These in another storage, from floats only (asserted). Errors: greater than a half holds.
  Result<Vectors> stored_as(Storage storage) const;
  // These in another order, or some of them.
  Vectors taken(std::span<const DocumentId> rows) const;

  std::size_t size() const { return size_; }
  std::size_t dims() const { return dims_; }
  std::size_t stride() const { return padded(dims_); }  // numbers from one vector to the next
  Similarity similarity() const { return similarity_; }
  Storage storage() const { return storage_; }
  // Allocated for numbers and scales, padding included.
  std::size_t bytes() const;
  bool at_origin(DocumentId id) const { return !at_origin_.empty() && at_origin_[id]; }

  // `query` as products need it: of length 1 where cosines are asked for, padded with zeros to
  // stride(). All zero where the query is. Errors: not dims() numbers, not finite, too long.
  Result<void> prepare(std::span<const float> query, std::vector<float>& into) const;
  // With a prepared query.
  float product(DocumentId id, const float* query) const {
    const std::size_t begin = static_cast<std::size_t>(id) * stride();
    if (storage_ == Storage::float32) return product_of(floats_.data() + begin, query, stride());
    if (storage_ == Storage::float16) return product_of(halves_.data() + begin, query, stride());
    return scales_[id] * product_of(codes_.data() + begin, query, stride());
  }
  // The padded numbers of a vector in floats (asserted).
  const float* floats(DocumentId id) const {
    return floats_.data() + static_cast<std::size_t>(id) * stride();
  }
  void prefetch(DocumentId id) const;
  // Numbers as stored, dims() of them.
  std::vector<float> decoded(DocumentId id) const;
  // How far product(id, query) may lie from the product with the vector before it was rounded,
  // apart from the rounding of float additions.
  double error_bound(DocumentId id, const float* query) const;

 private:
  std::size_t size_ = 0, dims_ = 0;
  Similarity similarity_ = Similarity::cosine;
  Storage storage_ = Storage::float32;
  std::vector<float> floats_;  // one of these three
  std::vector<std::uint16_t> halves_;
  std::vector<std::int8_t> codes_;
  std::vector<float> scales_;            // of codes
  std::vector<std::uint8_t> at_origin_;  // empty: none is
};

inline void Vectors::prefetch(DocumentId id) const {
  constexpr std::size_t kLine = 64, kMostLines = 8;
  const std::size_t begin = static_cast<std::size_t>(id) * stride();
  const char* first =
      storage_ == Storage::float32   ? reinterpret_cast<const char*>(floats_.data() + begin)
      : storage_ == Storage::float16 ? reinterpret_cast<const char*>(halves_.data() + begin)
                                     : reinterpret_cast<const char*>(codes_.data() + begin);
  const std::size_t width = storage_ == Storage::float32 ? 4 : storage_ == Storage::float16 ? 2 : 1;
  const std::size_t length = std::min(stride() * width, kMostLines * kLine);
  for (std::size_t at = 0; at < length; at += kLine) __builtin_prefetch(first + at);
}

}  // namespace rehearse::retrieval
