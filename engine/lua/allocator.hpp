// SPDX-License-Identifier: GPL-3.0-or-later
//
// Allocators for a Lua state: they count bytes in use, the peak, and the bytes ever handed out, and
// refuse what would pass the cap.
//
// A refused request is not yet a failure: Lua collects garbage and asks again for the same block
// and size, and may then get it. `failures` counts the requests that stayed refused (string buffers
// of the library never ask again, so it is enough that the next request is another one).
#pragma once

#include <cstddef>
#include <cstdint>

namespace rehearse::lua {

class Allocator {
 public:
  explicit Allocator(std::size_t cap) : cap_(cap) {}
  virtual ~Allocator() = default;
  Allocator(const Allocator&) = delete;
  Allocator& operator=(const Allocator&) = delete;

  // The contract of lua_Alloc.
  void* resize(void* block, std::size_t old_size, std::size_t new_size);
  static void* lua_alloc(void* self, void* block, std::size_t old_size, std::size_t new_size);

  std::size_t cap() const { return cap_; }
  void set_cap(std::size_t cap) { cap_ = cap; }
  std::size_t in_use() const { return in_use_; }
  std::size_t peak() const { return peak_; }
  void reset_peak() { peak_ = in_use_; }
  // Largest single block asked for and granted since `reset_largest`.
  std::size_t largest() const { return largest_; }
  void reset_largest() { largest_ = 0; }
  // Bytes ever granted: a measure of copying. A block that grows counts its growth.
  std::uint64_t granted() const { return granted_; }
  // Requests are refused once `granted` passes this; 0: no limit.
  void set_granted_limit(std::uint64_t limit) { granted_limit_ = limit; }
  bool granted_limit_reached() const { return granted_limit_ && granted_ > granted_limit_; }
  std::uint64_t failures() const { return failures_ + (refused_ ? 1 : 0); }

 protected:
  // Memory alone: no counting, no cap. `new_size` > 0; nullptr when there is none.
  virtual void* grant(void* block, std::size_t old_size, std::size_t new_size) = 0;
  virtual void release(void* block, std::size_t size) = 0;
  void reset_counters();

 private:
  bool within_limits(std::size_t old_size, std::size_t new_size) const;
  void settle_refusal(void* block, std::size_t new_size, bool granted);

  std::size_t cap_;
  std::size_t in_use_ = 0;
  std::size_t peak_ = 0;
  std::size_t largest_ = 0;
  std::uint64_t granted_ = 0;
  std::uint64_t granted_limit_ = 0;
  std::uint64_t failures_ = 0;
  bool refused_ = false;
  void* refused_block_ = nullptr;
  std::size_t refused_size_ = 0;
};

// Over malloc.
class CappedAllocator final : public Allocator {
 public:
  using Allocator::Allocator;

 protected:
  void* grant(void* block, std::size_t old_size, std::size_t new_size) override;
  void release(void* block, std::size_t size) override;
};

}  // namespace rehearse::lua
