// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/number_words.hpp"

#include <fmt/format.h>

#include <cmath>

namespace rehearse {

std::string grouped(double number) {
  const std::string digits = fmt::format("{:.0f}", std::abs(number));
  std::string text = number < 0 && digits != "0" ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i)
    text += (i > 0 && (digits.size() - i) % 3 == 0 ? "," : "") + std::string(1, digits[i]);
  return text;
}

std::string whole_words(double whole) {
  constexpr double kGroupedFrom = 10'000;
  return std::abs(whole) < kGroupedFrom ? fmt::format("{:.0f}", whole) : grouped(whole);
}

std::string number_words(double number, int digits) {
  const double size = std::abs(number);
  const bool whole = size >= 1000 && number == std::floor(number);
  const bool large = size >= std::pow(10, digits - 1);
  if (size < 1e15 && (whole || large)) return grouped(number);
  return fmt::format("{:.{}g}", number, digits);
}

}  // namespace rehearse
