// SPDX-License-Identifier: GPL-3.0-or-later
//
// Popularity cache: what share of requests finds its answer kept, when few things are asked for
// often and many seldom. Query texts, users and items follow such a law closely enough that a cache
// of a hundredth of them may answer half.
//
//   Zipf        p_i ∝ i^-s for i = 1 … n
//   LRU         the thing that was asked for longest ago makes room; what servers do
//   Che         1 - e^{-p_i T} is the chance that thing i is kept, where T solves
//               Σ_i (1 - e^{-p_i T}) = capacity; hit rate Σ_i p_i (1 - e^{-p_i T})
//               (Che, Tung, Wang 2002): an approximation of LRU good to a percent or so
//   best        the `capacity` most popular for ever: no cache does better on independent requests
//
// Requests are taken as independent. Real ones come in bursts, and there LRU does better than this.
#pragma once

#include <cstdint>
#include <list>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::serving {

// Probabilities, descending. Errors: no items or more than 10^7, an exponent outside [0, 10].
Result<std::vector<double>> zipf_popularity(std::size_t items, double exponent);

// Of probabilities that sum to one. 0 for no capacity, 1 where all fits. O(items) a step of Newton's
// method, of which some ten are taken.
double che_hit_rate(std::span<const double> popularity, std::size_t capacity);
// Popularity is descending (asserted for the first two). O(capacity).
double best_hit_rate(std::span<const double> popularity, std::size_t capacity);

class LruCache {
 public:
  explicit LruCache(std::size_t capacity) : capacity_(capacity) {}
  // Whether it was there; it is now, unless the capacity is 0. O(1).
  bool ask(std::uint64_t key);
  std::size_t size() const { return order_.size(); }

 private:
  std::size_t capacity_;
  std::list<std::uint64_t> order_;  // the last asked for first
  std::unordered_map<std::uint64_t, std::list<std::uint64_t>::iterator> places_;
};

}  // namespace rehearse::serving
