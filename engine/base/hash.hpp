// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stable hashing: the same bytes give the same hash on every run and machine, so that a hash may
// name a cached result or a lineage. Not for adversaries; the judge's files use the same hash only
// to name a cache entry.
//
// `fnv1a64` is the 64-bit FNV-1a of Fowler, Noll, Vo (offset 14695981039346656037, prime
// 1099511628211): the feature hash of definitions.md. `Hasher` mixes 64-bit words (wyhash-style
// multiply-fold) for content hashes of large columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rehearse {

constexpr std::uint64_t kFnvOffset = 14695981039346656037ULL;
constexpr std::uint64_t kFnvPrime = 1099511628211ULL;

constexpr std::uint64_t fnv1a64(std::string_view text, std::uint64_t state = kFnvOffset) {
  for (char c : text) {
    state ^= static_cast<unsigned char>(c);
    state *= kFnvPrime;
  }
  return state;
}

// Finalizer of splitmix64 (Steele, Lea, Flood 2014): a bijection that scatters neighbouring inputs.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  x ^= x >> 31;
  return x;
}

// Feed parts in a fixed order; each part is length-prefixed, so ("ab","c") differs from ("a","bc").
// Doubles hash by their bits, with -0.0 as 0.0 and every NaN alike.
class Hasher {
 public:
  Hasher& add(std::uint64_t word);
  Hasher& add(std::int64_t word) { return add(static_cast<std::uint64_t>(word)); }
  Hasher& add(int word) { return add(static_cast<std::uint64_t>(static_cast<std::int64_t>(word))); }
  Hasher& add(bool value) { return add(static_cast<std::uint64_t>(value)); }
  Hasher& add(double value);
  Hasher& add(std::string_view text);
  Hasher& add(const char* text) { return add(std::string_view(text)); }
  Hasher& add_bytes(const void* data, std::size_t size);
  // Many doubles at memory speed, under the same rule for -0.0 and NaN.
  Hasher& add_doubles(std::span<const double> values);
  std::uint64_t digest() const;

 private:
  std::uint64_t state_ = 0x9e3779b97f4a7c15ULL;
  std::uint64_t length_ = 0;
};

// The hash's place in [0, 1).
constexpr double unit_interval(std::uint64_t hash) {
  return static_cast<double>(hash >> 11) * 0x1p-53;
}

// Where a key stands in [0, 1) for a salt: the same on every server and in every session, and
// independent of the place that another salt or purpose gives it. FNV-1a alone keeps neighbouring
// keys close in its high bits; the finalizer scatters them.
class SaltedPlaces {
 public:
  explicit constexpr SaltedPlaces(std::string_view salt, std::string_view purpose = "arm")
      : state_(fnv1a64("|", fnv1a64(salt, fnv1a64(purpose)))) {}
  constexpr double of(std::string_view key) const {
    return unit_interval(mix64(fnv1a64(key, state_)));
  }
  // As of the key's decimal digits.
  double of(std::int64_t key) const;
  constexpr std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_;
};

// 16 lower-case hexadecimal digits.
std::string hex(std::uint64_t hash);

}  // namespace rehearse
