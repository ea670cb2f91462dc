// SPDX-License-Identifier: GPL-3.0-or-later
#include <list>
#include <mutex>
#include <set>
#include <unordered_map>

#include "engine/plan/executor.hpp"

namespace rehearse::plan {
namespace {

// Columns that are shared inside one entry count once; what entries share counts in each, so that
// dropping an entry never frees less than was counted.
std::size_t bytes_of(const Outputs& outputs) {
  std::size_t total = 0;
  std::set<const void*> seen;
  for (const ArtifactPtr& artifact : outputs) {
    if (artifact->kind() == Kind::model) {
      total += artifact->bytes();
      continue;
    }
    const Frame& frame = artifact->as_frame();
    for (std::size_t c = 0; c < frame.columns(); ++c)
      if (seen.insert(frame.column(c).storage_id()).second) total += frame.column(c).bytes();
  }
  return total;
}

}  // namespace

struct Cache::Impl {
  struct Entry {
    std::uint64_t hash = 0;
    std::shared_ptr<const Outputs> outputs;
    std::size_t bytes = 0;
  };
  std::size_t budget = 0, bytes = 0;
  std::list<Entry> recent;  // most recently used first
  std::unordered_map<std::uint64_t, std::list<Entry>::iterator> by_hash;
  mutable std::mutex mutex;
};

Cache::Cache(std::size_t budget_bytes) : impl_(std::make_unique<Impl>()) {
  impl_->budget = budget_bytes;
}
Cache::~Cache() = default;

std::shared_ptr<const Outputs> Cache::find(std::uint64_t hash) {
  const std::lock_guard lock(impl_->mutex);
  const auto found = impl_->by_hash.find(hash);
  if (found == impl_->by_hash.end()) return nullptr;
  impl_->recent.splice(impl_->recent.begin(), impl_->recent, found->second);
  return found->second->outputs;
}

void Cache::insert(std::uint64_t hash, std::shared_ptr<const Outputs> outputs) {
  const std::size_t size = bytes_of(*outputs);
  const std::lock_guard lock(impl_->mutex);
  // A result larger than the whole budget is not kept: it would push out everything else.
  if (impl_->by_hash.count(hash) || size > impl_->budget) return;
  impl_->recent.push_front({hash, std::move(outputs), size});
  impl_->by_hash[hash] = impl_->recent.begin();
  impl_->bytes += size;
  while (impl_->bytes > impl_->budget) {
    const Impl::Entry& last = impl_->recent.back();
    impl_->bytes -= last.bytes;
    impl_->by_hash.erase(last.hash);
    impl_->recent.pop_back();
  }
}

std::size_t Cache::bytes() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->bytes;
}

std::size_t Cache::entries() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->recent.size();
}

void Cache::clear() {
  const std::lock_guard lock(impl_->mutex);
  impl_->recent.clear();
  impl_->by_hash.clear();
  impl_->bytes = 0;
}

}  // namespace rehearse::plan
