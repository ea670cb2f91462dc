// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inner products of a query in floats with a row in floats, halves or bytes: the one loop that
// vector search spends its time in. Four lanes and several sums at a time, so that it runs at the
// speed of the baseline instruction set; the order of additions is fixed by the source, so the
// result is the same everywhere that the build is.
//
// Lengths are multiples of kLanePadding: rows and queries are padded with zeros (vectors.hpp).
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>

namespace rehearse::retrieval {

inline constexpr std::size_t kLanePadding = 8;
constexpr std::size_t padded(std::size_t dims) {
  return (dims + kLanePadding - 1) / kLanePadding * kLanePadding;
}

// No direction: search leaves it out.
inline bool at_origin(std::span<const float> numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](float x) { return x == 0; });
}

using FloatLanes = float __attribute__((vector_size(16)));
using WordLanes = std::uint32_t __attribute__((vector_size(16)));
using HalfLanes = std::uint16_t __attribute__((vector_size(8)));

inline FloatLanes lanes_at(const float* numbers) {
  FloatLanes lanes;
  std::memcpy(&lanes, numbers, sizeof lanes);
  return lanes;
}

inline float sum_of(FloatLanes lanes) { return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]); }

inline float product_of(const float* a, const float* b, std::size_t length) {
  FloatLanes s0{}, s1{}, s2{}, s3{};
  std::size_t i = 0;
  for (; i + 16 <= length; i += 16) {
    s0 += lanes_at(a + i) * lanes_at(b + i);
    s1 += lanes_at(a + i + 4) * lanes_at(b + i + 4);
    s2 += lanes_at(a + i + 8) * lanes_at(b + i + 8);
    s3 += lanes_at(a + i + 12) * lanes_at(b + i + 12);
  }
  if (i < length) {
    s0 += lanes_at(a + i) * lanes_at(b + i);
    s1 += lanes_at(a + i + 4) * lanes_at(b + i + 4);
  }
  return sum_of((s0 + s2) + (s1 + s3));
}

// Of finite halves: the exponent is moved by a multiplication, which also mends subnormals.
inline FloatLanes lanes_of_halves(const std::uint16_t* halves) {
  HalfLanes narrow;
  std::memcpy(&narrow, halves, sizeof narrow);
  const auto wide = __builtin_convertvector(narrow, WordLanes);
  const WordLanes rest = (wide & 0x7FFFU) << 13U, sign = (wide & 0x8000U) << 16U;
  FloatLanes number;
  std::memcpy(&number, &rest, sizeof number);
  number *= 0x1p112F;
  WordLanes bits;
  std::memcpy(&bits, &number, sizeof bits);
  bits |= sign;
  std::memcpy(&number, &bits, sizeof number);
  return number;
}

inline float product_of(const std::uint16_t* halves, const float* query, std::size_t length) {
  FloatLanes s0{}, s1{};
  for (std::size_t i = 0; i < length; i += 8) {
    s0 += lanes_of_halves(halves + i) * lanes_at(query + i);
    s1 += lanes_of_halves(halves + i + 4) * lanes_at(query + i + 4);
  }
  return sum_of(s0 + s1);
}

inline float product_of(const std::int8_t* codes, const float* query, std::size_t length) {
  FloatLanes s0{}, s1{};
  for (std::size_t i = 0; i < length; i += 8) {
    const FloatLanes c0 = {float(codes[i]), float(codes[i + 1]), float(codes[i + 2]),
                           float(codes[i + 3])};
    const FloatLanes c1 = {float(codes[i + 4]), float(codes[i + 5]), float(codes[i + 6]),
                           float(codes[i + 7])};
    s0 += c0 * lanes_at(query + i);
    s1 += c1 * lanes_at(query + i + 4);
  }
  return sum_of(s0 + s1);
}

// sums += factor · numbers; `length` is a multiple of 4.
inline void add_scaled(const float* numbers, float factor, float* sums, std::size_t length) {
  for (std::size_t i = 0; i < length; i += 4) {
    const FloatLanes sum = lanes_at(sums + i) + factor * lanes_at(numbers + i);
    std::memcpy(sums + i, &sum, sizeof sum);
  }
}

}  // namespace rehearse::retrieval
