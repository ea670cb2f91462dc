// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/interner.hpp"

#include <cassert>
#include <limits>
#include <utility>

#include "engine/base/hash.hpp"

namespace rehearse {
namespace {

std::uint64_t hash_of(std::string_view text) { return Hasher().add(text).digest(); }
std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

std::size_t Interner::place_of(std::string_view text, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.code < 0) return at;
    if (slot.tag == tag_of(hash) && texts_[static_cast<std::size_t>(slot.code)] == text) return at;
  }
}

std::int32_t Interner::code(std::string_view text) {
  if (2 * (texts_.size() + 1) > slots_.size()) grow();
  const std::uint64_t hash = hash_of(text);
  Slot& slot = slots_[place_of(text, hash)];
  if (slot.code < 0) {
    assert(texts_.size() < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()));
    slot = {tag_of(hash), static_cast<std::int32_t>(texts_.size())};
    texts_.emplace_back(text);
  }
  return slot.code;
}

std::int32_t Interner::find(std::string_view text) const {
  return slots_.empty() ? -1 : slots_[place_of(text, hash_of(text))].code;
}

void Interner::grow() {
  slots_.assign(slots_.empty() ? 16 : 2 * slots_.size(), Slot());
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t code = 0; code < texts_.size(); ++code) {
    const std::uint64_t hash = hash_of(texts_[code]);
    std::size_t at = hash & mask;
    while (slots_[at].code >= 0) at = (at + 1) & mask;
    slots_[at] = {tag_of(hash), static_cast<std::int32_t>(code)};
  }
}

std::vector<std::string> Interner::take() {
  slots_.clear();
  texts_.shrink_to_fit();
  return std::exchange(texts_, {});
}

}  // namespace rehearse
