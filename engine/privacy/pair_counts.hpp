// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts of pairs, as item-kNN learns from them: how many people have each thing, and how many have
// both of two. Released with noise, with small counts held back, or counted from answers that every
// device has randomized before it sent them.
//
// A person with at most m things is in m counts of things and m(m-1)/2 counts of pairs, each by 1:
//
//   Δ1 = m + m(m-1)/2      Δ2 = √Δ1
//
// so who has more is cut to m, at random. Noise goes on every cell, the empty ones too: which cells
// are empty is private as well. What is done to the noisy table afterwards costs nothing more.
//
// Holding back counts below k (k-anonymity, Sweeney 2002) is no privacy of this kind: whoever knows
// all others but one sees an exact count change by 1 as soon as it is at least k.
//
// Randomized on the device: of a basket of m things as a row of bits two people differ in at most
// 2m bits, so each bit is randomized with ε/2m; c̃ = Σ (b_i - q)(b_j - q) / (p - q)² over people is
// unbiased, with q = 1 - p.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/privacy/accounting.hpp"

namespace rehearse::privacy {

using Basket = std::vector<std::uint32_t>;  // a person's things, ascending, each once

// At most `cap` things of each person, drawn at random. Person i keeps the same things for the same
// seed, and those of a smaller cap are among those of a greater. cap ≥ 1 (asserted).
std::vector<Basket> capped_baskets(std::span<const Basket> baskets, std::size_t cap,
                                   std::uint64_t seed);

// Δ1 of a person with at most `cap` things; Δ2 is its root.
double cells_of_person(std::size_t cap);

// A symmetric table; its diagonal holds the counts of things.
class PairTable {
 public:
  explicit PairTable(std::size_t items) : items_(items), cells_(items * items, 0) {}
  std::size_t items() const { return items_; }
  double at(std::uint32_t a, std::uint32_t b) const { return cells_[a * items_ + b]; }
  void set(std::uint32_t a, std::uint32_t b, double value) {
    cells_[a * items_ + b] = cells_[b * items_ + a] = value;
  }
  std::span<const double> cells() const { return cells_; }  // row by row

 private:
  std::size_t items_;
  std::vector<double> cells_;
};

// O(Σ n² + items²). Codes are below `items` (asserted).
PairTable count_pairs(std::span<const Basket> baskets, std::size_t items);

// Independent noise on every cell on and above the diagonal.
PairTable with_noise(const PairTable& exact, Noise noise, double scale, std::uint64_t seed,
                     std::uint64_t replicate = 0);

// Cells below `least` become 0.
PairTable held_back(const PairTable& table, double least);

// The table as estimated from baskets whose every bit was randomized with ε/2cap.
// O(people · items²). ε > 0 (asserted).
PairTable counted_from_devices(std::span<const Basket> baskets, std::size_t items, std::size_t cap,
                               double epsilon, std::uint64_t seed);

}  // namespace rehearse::privacy
