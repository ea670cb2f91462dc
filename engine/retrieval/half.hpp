// SPDX-License-Identifier: GPL-3.0-or-later
//
// IEEE 754 half precision (binary16): one sign bit, five of exponent, ten of fraction. Two bytes
// hold numbers to about three decimal digits, up to 65504, in steps of 2^-24 near zero.
//
// Use it to store vectors in half the memory; arithmetic stays in float. Rounding is to the
// nearest, ties to the even fraction, as the standard asks; it is written out here since the
// instruction for it (F16C) is not on every machine that must give the same bytes.
#pragma once

#include <bit>
#include <cstdint>

namespace rehearse::retrieval {

inline constexpr float kGreatestHalf = 65504;

// What lies beyond 65519.99… becomes an infinity, NaN stays NaN.
constexpr std::uint16_t to_half(float number) {
  const auto bits = std::bit_cast<std::uint32_t>(number);
  const std::uint32_t sign = (bits >> 16) & 0x8000;
  std::uint32_t size = bits & 0x7FFFFFFF;
  if (size > 0x7F800000) return static_cast<std::uint16_t>(sign | 0x7E00 | ((size >> 13) & 0x3FF));
  if (size >= 0x477FF000) return static_cast<std::uint16_t>(sign | 0x7C00);
  if (size < 0x38800000) {  // below 2^-14: steps of 2^-24, which are those of a float near 0.5
    const float shifted = std::bit_cast<float>(size) + 0.5F;
    return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(shifted) - 0x3F000000));
  }
  size += 0xFFF + ((size >> 13) & 1);
  return static_cast<std::uint16_t>(sign | ((size - 0x38000000) >> 13));
}

// Exact.
constexpr float from_half(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000) << 16;
  const std::uint32_t rest = static_cast<std::uint32_t>(half & 0x7FFF) << 13;
  if (rest >= 0x0F800000) return std::bit_cast<float>(sign | rest | 0x7F800000);
  return std::bit_cast<float>(sign |
                              std::bit_cast<std::uint32_t>(std::bit_cast<float>(rest) * 0x1p112F));
}

}  // namespace rehearse::retrieval
