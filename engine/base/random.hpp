// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random streams: counter-based, keyed by (seed, process, replicate, entity).
//
// A stream belongs to the thing that varies ("user.interest" of user 17), never to a call order, a
// thread or a step: adding a step or moving a slider leaves all other draws alone, and any number
// of threads gives the same bytes. The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw
// 2011): the key is the hash of (seed, process), the counter holds (replicate, entity, block), so a
// stream costs nothing to open and holds 48 bytes.
//
// Samplers are our own, because the standard library's distributions differ between platforms.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace rehearse {

// The hash of (seed, process): compute it once outside a loop over entities.
struct StreamKey {
  std::uint64_t key = 0;
};
StreamKey stream_key(std::uint64_t seed, std::string_view process);

// One Philox4x32-10 block. Exposed for tests against the published vectors of Random123.
// Scalars and an unrolled loop: as arrays the state went through memory, half as fast again.
constexpr std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key) {
  std::uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  std::uint32_t k0 = key[0], k1 = key[1];
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t left = std::uint64_t{0xD2511F53} * c0;
    const std::uint64_t right = std::uint64_t{0xCD9E8D57} * c2;
    c0 = static_cast<std::uint32_t>(right >> 32) ^ c1 ^ k0;
    c2 = static_cast<std::uint32_t>(left >> 32) ^ c3 ^ k1;
    c1 = static_cast<std::uint32_t>(right);
    c3 = static_cast<std::uint32_t>(left);
    k0 += 0x9E3779B9;  // Weyl sequences: golden ratio and √3 - 1
    k1 += 0xBB67AE85;
  }
  return {c0, c1, c2, c3};
}

class Stream {
 public:
  Stream(std::uint64_t seed, std::string_view process, std::uint64_t replicate = 0,
         std::uint64_t entity = 0)
      : Stream(stream_key(seed, process), replicate, entity) {}
  // replicate < 2^32 (asserted); any entity. 2^34 words of 32 bits before the stream repeats.
  Stream(StreamKey key, std::uint64_t replicate, std::uint64_t entity)
      : key_{static_cast<std::uint32_t>(key.key), static_cast<std::uint32_t>(key.key >> 32)},
        counter_{0, static_cast<std::uint32_t>(replicate), static_cast<std::uint32_t>(entity),
                 static_cast<std::uint32_t>(entity >> 32)} {
    assert(replicate <= 0xFFFFFFFF);
  }

  std::uint32_t next_u32() {
    if (used_ == 4) refill();
    return block_[used_++];
  }
  std::uint64_t next_u64() {
    const std::uint64_t low = next_u32();
    return low | (std::uint64_t{next_u32()} << 32);
  }

  // Uniform in [0, 1) with 53 bits; `uniform_open` in (0, 1) with 52.
  double uniform() { return static_cast<double>(next_u64() >> 11) * 0x1p-53; }
  double uniform_open() { return (static_cast<double>(next_u64() >> 12) + 0.5) * 0x1p-52; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  // Uniform integer in [0, n), without bias (Lemire 2019). n ≥ 1 (asserted).
  std::uint64_t below(std::uint64_t n);
  // Uniform integer in [low, high], both ends included.
  std::int64_t between(std::int64_t low, std::int64_t high);
  bool bernoulli(double p) { return uniform() < p; }

  // Standard normal by inversion (Wichura 1988, AS241): one draw each, so that a stream's later
  // draws do not depend on rejections.
  double normal();
  double normal(double mean, double sd) { return mean + sd * normal(); }
  // Mean 1/rate, by inversion.
  double exponential(double rate = 1.0);
  // Shape k > 0, scale θ > 0; mean kθ (Marsaglia, Tsang 2000; k < 1 by the boost u^{1/k}).
  double gamma(double shape, double scale = 1.0);
  // a, b > 0, from two gammas; by their logarithms where a or b is below 1, so that tiny
  // parameters give values near 0 and 1 and never 0/0.
  double beta(double a, double b);
  // Mean λ in [0, 1e15] (asserted): inversion below 10, else PTRS (Hörmann 1993).
  std::int64_t poisson(double mean);
  // Shape k > 0, scale λ > 0, by inversion.
  double weibull(double shape, double scale = 1.0);
  // Index drawn in proportion to non-negative weights, by a linear scan. Sum > 0 (asserted).
  std::size_t categorical(std::span<const double> weights);

  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  void refill() {
    block_ = philox4x32(counter_, key_);
    ++counter_[0];
    used_ = 0;
  }
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 4> block_{};
  unsigned used_ = 4;
};

// Categorical draws in O(1) after O(n): Vose's alias table (1991).
class AliasTable {
 public:
  explicit AliasTable(std::span<const double> weights);
  std::size_t draw(Stream& stream) const;
  std::size_t size() const { return threshold_.size(); }

 private:
  std::vector<double> threshold_;
  std::vector<std::uint32_t> alias_;
};

// Quantile of the standard normal, |error| < 1e-15 relative (AS241). p in (0, 1).
double normal_quantile(double p);

}  // namespace rehearse
