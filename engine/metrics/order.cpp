// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/order.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>

namespace rehearse::metrics {
namespace {

constexpr std::size_t kRadixFrom = 2048;  // below it the comparison sort wins
// Only the high bits go through the radix sort (sign, exponent and 21 bits of the fraction): what
// then still shares all of them is rare and sorted by comparison.
constexpr int kDigitBits = 11, kDigits = 3, kLowBits = 64 - kDigits * kDigitBits;
constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;

struct Keyed {
  std::uint64_t key = 0;
  std::uint32_t row = 0;
};

// Bits that order as the doubles do: the sign bit flipped, negative numbers inverted.
std::uint64_t ordered_bits(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 becomes 0
  return bits ^ (bits >> 63 ? ~std::uint64_t{0} : std::uint64_t{1} << 63);
}

std::size_t digit_of(std::uint64_t key, int digit) {
  return (key >> (kLowBits + digit * kDigitBits)) & (kBuckets - 1);
}

// Runs that share their high bits, each by its whole key; rows of equal keys keep their order.
void sort_low_bits(std::vector<Keyed>& items) {
  for (std::size_t begin = 0; begin < items.size();) {
    std::size_t end = begin + 1;
    bool sorted = true;
    while (end < items.size() && items[end].key >> kLowBits == items[begin].key >> kLowBits) {
      sorted = sorted && items[end - 1].key <= items[end].key;
      ++end;
    }
    if (!sorted)
      std::stable_sort(items.begin() + static_cast<std::ptrdiff_t>(begin),
                       items.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
    begin = end;
  }
}

std::vector<std::uint32_t> radix_order(std::span<const double> values) {
  std::vector<Keyed> from(values.size()), into(values.size());
  std::vector<std::array<std::uint32_t, kBuckets>> counts(kDigits);
  for (std::size_t i = 0; i < values.size(); ++i) {
    from[i] = {ordered_bits(values[i]), static_cast<std::uint32_t>(i)};
    for (int d = 0; d < kDigits; ++d)
      ++counts[static_cast<std::size_t>(d)][digit_of(from[i].key, d)];
  }
  for (int d = 0; d < kDigits; ++d) {
    auto& places = counts[static_cast<std::size_t>(d)];
    // A digit that all keys share moves nothing.
    if (places[digit_of(from[0].key, d)] == values.size()) continue;
    std::uint32_t before = 0;
    for (std::uint32_t& place : places) {
      const std::uint32_t here = place;
      place = before;
      before += here;
    }
    for (const Keyed& item : from) into[places[digit_of(item.key, d)]++] = item;
    from.swap(into);
  }
  sort_low_bits(from);
  std::vector<std::uint32_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = from[i].row;
  return order;
}

}  // namespace

std::vector<std::uint32_t> ascending_order(std::span<const double> values) {
  assert(values.size() <= 0xFFFFFFFF);
  assert(std::none_of(values.begin(), values.end(), [](double v) { return std::isnan(v); }));
  if (values.size() >= kRadixFrom) return radix_order(values);
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [values](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; });
  return order;
}

OrderedScores::OrderedScores(const Scored& data)
    : data_(data), ascending_(ascending_order(data.scores())) {
  ties_.reserve(data.size());
  for (auto row = ascending_.rbegin(); row != ascending_.rend(); ++row) {
    const double score = data.scores()[*row];
    if (ties_.empty() || ties_.back().score != score) ties_.push_back({score, 0, 0});
    (data.labels()[*row] == 1 ? ties_.back().positive : ties_.back().negative) += data.weight(*row);
  }
}

}  // namespace rehearse::metrics
