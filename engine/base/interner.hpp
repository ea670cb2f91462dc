// SPDX-License-Identifier: GPL-3.0-or-later
//
// Interner: texts to small numbers in order of first appearance, the builder of a dictionary
// column. Open addressing with linear probing at most half full; a lookup touches one or two
// cache lines. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rehearse {

class Interner {
 public:
  // The code of `text`, new or known. Amortized O(|text|). At most 2^31 - 1 texts (asserted).
  std::int32_t code(std::string_view text);
  // The code of `text`, -1 where it is new. O(|text|).
  std::int32_t find(std::string_view text) const;
  std::size_t size() const { return texts_.size(); }
  const std::vector<std::string>& texts() const { return texts_; }
  // The texts, exactly allocated; the interner is empty afterwards.
  std::vector<std::string> take();

 private:
  struct Slot {
    std::uint32_t tag = 0;   // high bits of the hash, to avoid most comparisons
    std::int32_t code = -1;  // -1: free
  };
  // The slot that holds the text, or the free one where it would stand. Slots must not be full.
  std::size_t place_of(std::string_view text, std::uint64_t hash) const;
  void grow();

  std::vector<std::string> texts_;
  std::vector<Slot> slots_;
};

}  // namespace rehearse
