// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/hash.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace rehearse {
namespace {

// Odd constants with balanced bits, from wyhash (Wang Yi 2019).
constexpr std::array<std::uint64_t, 4> kSecret = {0xa0761d6478bd642fULL, 0xe7037ed1a0b428dbULL,
                                                  0x8ebc6af09c88c6e3ULL, 0x589965cc75374cc3ULL};
constexpr std::uint64_t kCanonicalNan = 0x7ff8000000000000ULL;

// The two halves of the 128-bit product, folded.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const unsigned char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

std::uint64_t canonical_bits(double value) {
  if (std::isnan(value)) return kCanonicalNan;
  std::uint64_t bits;
  value += 0.0;  // -0.0 becomes 0.0
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

// Four independent lanes, since one chain of multiplications would wait on itself; `word(i)` is the
// i-th of `count` words. A lane takes one word a turn, so that no input can zero another's factor.
template <class Word>
std::uint64_t fold_words(std::uint64_t seed, std::size_t count, Word word) {
  std::array<std::uint64_t, 4> lane;
  for (std::size_t k = 0; k < 4; ++k) lane[k] = seed ^ kSecret[k];
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4)
    for (std::size_t k = 0; k < 4; ++k)
      lane[k] = fold(lane[k] ^ word(i + k), kSecret[k]) + kSecret[3 - k];
  for (; i < count; ++i) lane[0] = fold(lane[0] ^ word(i), kSecret[0]) + kSecret[3];
  return mix64(lane[0]) ^ mix64(lane[1] + 1) ^ mix64(lane[2] + 2) ^ mix64(lane[3] + 3);
}

}  // namespace

Hasher& Hasher::add(std::uint64_t word) {
  state_ = fold(state_ ^ word, kSecret[0]) + kSecret[1];
  ++length_;
  return *this;
}

Hasher& Hasher::add(double value) { return add(canonical_bits(value)); }

Hasher& Hasher::add(std::string_view text) { return add_bytes(text.data(), text.size()); }

Hasher& Hasher::add_bytes(const void* data, std::size_t size) {
  add(static_cast<std::uint64_t>(size));
  const auto* bytes = static_cast<const unsigned char*>(data);
  const std::size_t words = size / 8;
  if (words >= 8) {
    add(fold_words(state_, words, [bytes](std::size_t i) { return load(bytes + 8 * i); }));
  } else {
    for (std::size_t i = 0; i < words; ++i) add(load(bytes + 8 * i));
  }
  if (size % 8 != 0) {
    std::uint64_t tail = 0;
    std::memcpy(&tail, bytes + 8 * words, size % 8);
    add(tail);
  }
  return *this;
}

Hasher& Hasher::add_doubles(std::span<const double> values) {
  add(static_cast<std::uint64_t>(values.size()));
  return add(fold_words(state_, values.size(),
                        [values](std::size_t i) { return canonical_bits(values[i]); }));
}

std::uint64_t Hasher::digest() const { return mix64(fold(state_ ^ length_, kSecret[2]) ^ state_); }

double SaltedPlaces::of(std::int64_t key) const {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), key).ptr;
  return of(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

std::string hex(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

}  // namespace rehearse
