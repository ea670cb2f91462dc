// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/random.hpp"

#include <cassert>
#include <limits>

#include "engine/base/hash.hpp"

namespace rehearse {

StreamKey stream_key(std::uint64_t seed, std::string_view process) {
  return {Hasher().add(seed).add(process).digest()};
}

std::uint64_t Stream::below(std::uint64_t n) {
  assert(n >= 1);
  unsigned __int128 product = static_cast<unsigned __int128>(next_u64()) * n;
  if (static_cast<std::uint64_t>(product) < n) {
    const std::uint64_t threshold = -n % n;
    while (static_cast<std::uint64_t>(product) < threshold)
      product = static_cast<unsigned __int128>(next_u64()) * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

std::int64_t Stream::between(std::int64_t low, std::int64_t high) {
  assert(low <= high);
  const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  const std::uint64_t step =
      width == std::numeric_limits<std::uint64_t>::max() ? next_u64() : below(width + 1);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + step);
}

std::size_t Stream::categorical(std::span<const double> weights) {
  double total = 0;
  std::size_t last_positive = weights.size();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    total += weights[i];
    if (weights[i] > 0) last_positive = i;
  }
  assert(total > 0 && last_positive < weights.size());
  double left = uniform() * total;
  for (std::size_t i = 0; i < last_positive; ++i) {
    if (left < weights[i]) return i;
    left -= weights[i];
  }
  return last_positive;  // also where rounding used up the total
}

AliasTable::AliasTable(std::span<const double> weights)
    : threshold_(weights.size(), 1.0), alias_(weights.size()) {
  double total = 0;
  for (double weight : weights) total += weight;
  assert(total > 0 && weights.size() <= std::numeric_limits<std::uint32_t>::max());

  std::vector<double> scaled(weights.size());
  std::vector<std::uint32_t> small, large;
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    scaled[i] = weights[i] * static_cast<double>(weights.size()) / total;
    alias_[i] = i;
    (scaled[i] < 1.0 ? small : large).push_back(i);
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t needy = small.back(), donor = large.back();
    small.pop_back();
    threshold_[needy] = scaled[needy];
    alias_[needy] = donor;
    scaled[donor] = (scaled[donor] + scaled[needy]) - 1.0;
    if (scaled[donor] < 1.0) {
      large.pop_back();
      small.push_back(donor);
    }
  }
  // Left over by rounding alone: their share is 1, unless their weight is truly zero.
  for (std::uint32_t i : small)
    if (weights[i] == 0) threshold_[i] = 0;
}

std::size_t AliasTable::draw(Stream& stream) const {
  const auto slot = static_cast<std::size_t>(stream.below(threshold_.size()));
  return stream.uniform() < threshold_[slot] ? slot : alias_[slot];
}

}  // namespace rehearse
