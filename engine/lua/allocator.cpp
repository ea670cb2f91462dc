// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lua/allocator.hpp"

#include <algorithm>
#include <cstdlib>

namespace rehearse::lua {

void* Allocator::lua_alloc(void* self, void* block, std::size_t old_size, std::size_t new_size) {
  // For a new block Lua passes the kind of object as the old size.
  return static_cast<Allocator*>(self)->resize(block, block ? old_size : 0, new_size);
}

void* Allocator::resize(void* block, std::size_t old_size, std::size_t new_size) {
  if (new_size == 0) {
    if (block) {
      in_use_ -= old_size;
      release(block, old_size);
    }
    return nullptr;
  }
  // Lua assumes that shrinking cannot fail, so it is never refused by a limit.
  bool grows = new_size > old_size;
  bool allowed = !grows || within_limits(old_size, new_size);
  void* result = allowed ? grant(block, old_size, new_size) : nullptr;
  if (grows) settle_refusal(block, new_size, result != nullptr);
  if (!result) return nullptr;
  in_use_ = in_use_ - old_size + new_size;
  peak_ = std::max(peak_, in_use_);
  largest_ = std::max(largest_, new_size);
  if (grows) granted_ += new_size - old_size;
  return result;
}

bool Allocator::within_limits(std::size_t old_size, std::size_t new_size) const {
  if (granted_limit_reached()) return false;
  std::size_t others = in_use_ - old_size;
  return cap_ == 0 || (others <= cap_ && new_size <= cap_ - others);
}

// Before the outcome of this request is noted, an earlier refusal is settled: the same request was
// asked again, or the script had to live without.
void Allocator::settle_refusal(void* block, std::size_t new_size, bool granted) {
  bool again = refused_ && refused_block_ == block && refused_size_ == new_size;
  if (refused_ && !(again && granted)) ++failures_;
  refused_ = false;
  if (granted || again) return;
  refused_ = true;
  refused_block_ = block;
  refused_size_ = new_size;
}

void Allocator::reset_counters() {
  in_use_ = peak_ = largest_ = 0;
  granted_ = failures_ = 0;
  refused_ = false;
}

void* CappedAllocator::grant(void* block, std::size_t, std::size_t new_size) {
  return std::realloc(block, new_size);
}

void CappedAllocator::release(void* block, std::size_t) { std::free(block); }

}  // namespace rehearse::lua
