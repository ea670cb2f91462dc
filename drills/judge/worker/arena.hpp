// SPDX-License-Identifier: GPL-3.0-or-later
//
// Arena: the memory of a submission's Lua state, at one fixed address and dropped as a whole.
//
// The same program asks for the same blocks in the same order, so with a fixed start it gets the
// same addresses on every run, and `pairs` over tables keyed by objects repeats. Dropping the arena
// ends a state without running its finalizers.
//
// Blocks come in size classes (16-byte steps to 1 KB, then four per doubling) with a free list
// each, behind a bump pointer. Freed blocks serve their own class, or a smaller one when the arena
// is full. The last block grows in place, which is what a growing table mostly is.
#pragma once

#include <array>
#include <cstddef>

#include "engine/lua/allocator.hpp"

namespace rehearse::judge {

class Arena final : public lua::Allocator {
 public:
  // Reserves `bytes` of address space (touched pages alone cost memory). `valid()` is false when
  // the kernel refuses. Elsewhere than at the fixed address things work, and order may differ.
  explicit Arena(std::size_t bytes);
  ~Arena() override;
  bool valid() const { return base_ != nullptr; }
  bool at_fixed_address() const;

  // Forgets every block and all counts; the cap stays.
  void reset();

 protected:
  void* grant(void* block, std::size_t old_size, std::size_t new_size) override;
  void release(void* block, std::size_t size) override;

 private:
  static constexpr std::size_t kClasses = 64 + 4 * 40;
  struct FreeBlock {
    FreeBlock* next;
  };
  static std::size_t class_of(std::size_t size);
  static std::size_t class_size(std::size_t index);
  void* take(std::size_t index);

  char* base_ = nullptr;
  std::size_t reserved_ = 0;
  std::size_t used_ = 0;
  std::array<FreeBlock*, kClasses> free_{};
};

}  // namespace rehearse::judge
