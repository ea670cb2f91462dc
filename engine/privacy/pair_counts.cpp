// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privacy/pair_counts.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/privacy/mechanism.hpp"

namespace rehearse::privacy {

std::vector<Basket> capped_baskets(std::span<const Basket> baskets, std::size_t cap,
                                   std::uint64_t seed) {
  assert(cap >= 1);
  const StreamKey key = stream_key(seed, "privacy.cap");
  std::vector<Basket> capped;
  capped.reserve(baskets.size());
  for (std::size_t person = 0; person < baskets.size(); ++person) {
    Basket basket = baskets[person];
    if (basket.size() > cap) {
      Stream stream(key, 0, person);
      stream.shuffle(std::span(basket));
      basket.resize(cap);
      std::sort(basket.begin(), basket.end());
    }
    capped.push_back(std::move(basket));
  }
  return capped;
}

double cells_of_person(std::size_t cap) {
  const auto m = static_cast<double>(cap);
  return m + m * (m - 1) / 2;
}

PairTable count_pairs(std::span<const Basket> baskets, std::size_t items) {
  PairTable table(items);
  for (const Basket& basket : baskets)
    for (std::size_t i = 0; i < basket.size(); ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        assert(basket[i] < items);
        table.set(basket[i], basket[j], table.at(basket[i], basket[j]) + 1);
      }
  return table;
}

PairTable with_noise(const PairTable& exact, Noise noise, double scale, std::uint64_t seed,
                     std::uint64_t replicate) {
  PairTable table(exact.items());
  const StreamKey key = stream_key(seed, "privacy.noise");
  for (std::uint32_t a = 0; a < exact.items(); ++a) {
    Stream stream(key, replicate, a);
    for (std::uint32_t b = a; b < exact.items(); ++b)
      table.set(a, b,
                exact.at(a, b) + (noise == Noise::laplace ? draw_laplace(stream, scale)
                                                          : stream.normal(0, scale)));
  }
  return table;
}

PairTable held_back(const PairTable& table, double least) {
  PairTable kept(table.items());
  for (std::uint32_t a = 0; a < table.items(); ++a)
    for (std::uint32_t b = a; b < table.items(); ++b)
      if (table.at(a, b) >= least) kept.set(a, b, table.at(a, b));
  return kept;
}

PairTable counted_from_devices(std::span<const Basket> baskets, std::size_t items, std::size_t cap,
                               double epsilon, std::uint64_t seed) {
  assert(epsilon > 0 && cap >= 1);
  const double p = truth_probability(epsilon / (2 * static_cast<double>(cap))), q = 1 - p;
  const StreamKey key = stream_key(seed, "privacy.device");
  // Σ (b_i - q)(b_j - q) from whole numbers: how many told both, how many each.
  std::vector<std::uint32_t> both(items * items, 0), told;
  std::vector<std::uint8_t> had(items);
  for (std::size_t person = 0; person < baskets.size(); ++person) {
    std::fill(had.begin(), had.end(), 0);
    for (const std::uint32_t item : baskets[person]) had[item] = 1;
    Stream stream(key, 0, person);
    told.clear();
    for (std::uint32_t item = 0; item < items; ++item)
      if (stream.bernoulli(had[item] ? p : q)) told.push_back(item);
    for (const std::uint32_t a : told)
      for (const std::uint32_t b : told) ++both[a * items + b];
  }
  const auto people = static_cast<double>(baskets.size());
  PairTable table(items);
  const auto count = [&](std::uint32_t a, std::uint32_t b) {
    return static_cast<double>(both[a * items + b]);
  };
  for (std::uint32_t a = 0; a < items; ++a) {
    table.set(a, a, (count(a, a) - people * q) / (p - q));
    for (std::uint32_t b = a + 1; b < items; ++b)
      table.set(
          a, b,
          (count(a, b) - q * (count(a, a) + count(b, b)) + people * q * q) / ((p - q) * (p - q)));
  }
  return table;
}

}  // namespace rehearse::privacy
