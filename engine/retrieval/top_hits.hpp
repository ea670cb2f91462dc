// SPDX-License-Identifier: GPL-3.0-or-later
//
// The k best of a stream of hits: a heap whose front is the worst kept. O(log k) a hit that enters,
// O(1) one that does not.
#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "engine/retrieval/bm25.hpp"

namespace rehearse::retrieval {

class TopHits {
 public:
  explicit TopHits(std::size_t k) : k_(k) {}

  // The score that a later document must exceed: below all scores until k are kept.
  double threshold() const {
    return full() && !hits_.empty() ? hits_.front().score
                                    : -std::numeric_limits<double>::infinity();
  }
  bool full() const { return hits_.size() >= k_; }

  void offer(const Hit& hit) {
    if (k_ == 0) return;
    if (full()) {
      if (!before(hit, hits_.front())) return;
      std::pop_heap(hits_.begin(), hits_.end(), before);
      hits_.back() = hit;
    } else {
      hits_.push_back(hit);
    }
    std::push_heap(hits_.begin(), hits_.end(), before);
  }

  std::vector<Hit> take() && {
    std::sort_heap(hits_.begin(), hits_.end(), before);
    return std::move(hits_);
  }

 private:
  std::size_t k_;
  std::vector<Hit> hits_;
};

}  // namespace rehearse::retrieval
