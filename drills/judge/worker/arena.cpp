// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/arena.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace rehearse::judge {
namespace {

constexpr std::uintptr_t kBase =
    0x200000000000;  // far from anything the kernel or a sanitizer uses
constexpr std::size_t kStep = 16;
constexpr std::size_t kSmall = 1024;

}  // namespace

Arena::Arena(std::size_t bytes) : Allocator(0) {
#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0
#endif
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* where = mmap(reinterpret_cast<void*>(kBase), bytes, PROT_READ | PROT_WRITE,
                     flags | MAP_FIXED_NOREPLACE, -1, 0);
  if (where == MAP_FAILED) where = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (where == MAP_FAILED) return;
  base_ = static_cast<char*>(where);
  reserved_ = bytes;
}

Arena::~Arena() {
  if (base_) munmap(base_, reserved_);
}

bool Arena::at_fixed_address() const { return reinterpret_cast<std::uintptr_t>(base_) == kBase; }

void Arena::reset() {
  used_ = 0;
  free_.fill(nullptr);
  reset_counters();
}

std::size_t Arena::class_of(std::size_t size) {
  if (size <= kSmall) return (size + kStep - 1) / kStep - 1;  // size > 0
  // Above 1 KB: 2^k·{5/4, 6/4, 7/4, 2}.
  auto width = static_cast<std::size_t>(std::bit_width(size - 1));  // 2^(width-1) < size <= 2^width
  std::size_t quarter = std::size_t{1} << (width - 3);
  std::size_t step = (size - 1 - (std::size_t{1} << (width - 1))) / quarter;
  return kSmall / kStep + (width - 11) * 4 + step;
}

std::size_t Arena::class_size(std::size_t index) {
  if (index < kSmall / kStep) return (index + 1) * kStep;
  index -= kSmall / kStep;
  std::size_t base = kSmall << (index / 4);
  return base + (index % 4 + 1) * (base / 4);
}

void* Arena::take(std::size_t index) {
  if (FreeBlock* block = free_[index]) {
    free_[index] = block->next;
    return block;
  }
  std::size_t size = class_size(index);
  if (size <= reserved_ - used_) {
    void* block = base_ + used_;
    used_ += size;
    return block;
  }
  for (std::size_t larger = index + 1; larger < kClasses; ++larger) {
    if (FreeBlock* block = free_[larger]) {
      free_[larger] = block->next;
      return block;
    }
  }
  return nullptr;
}

void* Arena::grant(void* block, std::size_t old_size, std::size_t new_size) {
  if (new_size > reserved_) return nullptr;
  std::size_t wanted = class_of(new_size);
  if (!block) return take(wanted);
  std::size_t held = class_of(old_size);
  if (held == wanted) return block;
  char* end = static_cast<char*>(block) + class_size(held);
  if (end == base_ + used_) {
    std::size_t start = static_cast<std::size_t>(static_cast<char*>(block) - base_);
    if (class_size(wanted) <= reserved_ - start) {
      used_ = start + class_size(wanted);
      return block;
    }
  }
  void* moved = take(wanted);
  // Lua counts on shrinking to succeed: a block that is too large still serves.
  if (!moved) return new_size <= old_size ? block : nullptr;
  std::memcpy(moved, block, std::min(old_size, new_size));
  release(block, old_size);
  return moved;
}

void Arena::release(void* block, std::size_t size) {
  std::size_t index = class_of(size);
  auto* freed = static_cast<FreeBlock*>(block);
  freed->next = free_[index];
  free_[index] = freed;
}

}  // namespace rehearse::judge
