// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/meter.hpp"

#include <algorithm>

namespace rehearse::judge {
namespace {

constexpr std::uint64_t kBytesPerStep = 32;
// Counted one by one at first, where a constant cost must not drown in the hook's step; coarser
// later, where it would only be slow.
constexpr std::uint64_t kFineUntil = 50'000;
constexpr std::uint64_t kMiddleUntil = 2'000'000;

int step_at(std::uint64_t counted) {
  return counted < kFineUntil ? 1 : counted < kMiddleUntil ? 50 : 1000;
}

Meter* g_meter = nullptr;

}  // namespace

Meter::Meter(const wire::Run& run, lua::Allocator& allocator, std::function<void()> on_cap)
    : metering_(run.metering),
      cap_(run.instruction_cap),
      sample_every_(std::max<std::uint64_t>(run.sample_every, 1)),
      allocator_(allocator),
      on_cap_(std::move(on_cap)) {
  g_meter = this;
}

Meter::~Meter() { g_meter = nullptr; }

Meter* Meter::current() { return g_meter; }

void Meter::install(lua_State* L) {
  if (metering_ == wire::Metering::off) return;
  install_charges(L);
  lua_sethook(L, &Meter::hook, LUA_MASKCOUNT, 1);
}

void Meter::begin(lua_State* L) {
  if (metering_ == wire::Metering::off) return;
  lua_gc(L, LUA_GCCOLLECT);
  granted_at_start_ = allocator_.granted();
  in_use_at_start_ = allocator_.in_use();
  allocator_.reset_largest();
  counted_ = charged_ = live_ = 0;
  next_sample_ = sample_every_;
  running_ = true;
}

void Meter::finish(lua_State* L) {
  if (metering_ == wire::Metering::off || !running_) return;
  if (metering_ == wire::Metering::memory) sample(L);
  running_ = false;
  lua_sethook(L, nullptr, 0, 0);
}

std::uint64_t Meter::instructions() const {
  return counted_ + charged_ + (allocator_.granted() - granted_at_start_) / kBytesPerStep;
}

void Meter::hook(lua_State* L, lua_Debug*) {
  Meter* meter = g_meter;
  if (!meter || !meter->running_) return;
  int step = lua_gethookcount(L);
  meter->counted_ += static_cast<std::uint64_t>(step);
  int wanted = step_at(meter->counted_);
  if (wanted != step) lua_sethook(L, &Meter::hook, LUA_MASKCOUNT, wanted);
  meter->look(L);
}

void Meter::look(lua_State* L) {
  if (cap_ && instructions() > cap_) on_cap_();
  if (metering_ == wire::Metering::memory && counted_ >= next_sample_) {
    next_sample_ = counted_ + sample_every_;
    sample(L);
  }
}

void Meter::sample(lua_State* L) {
  // Collecting moves the count of granted bytes a little; in this pass nobody reads it.
  lua_gc(L, LUA_GCCOLLECT);
  std::size_t now = allocator_.in_use();
  std::uint64_t live = now > in_use_at_start_ ? now - in_use_at_start_ : 0;
  live_ = std::max({live_, live, static_cast<std::uint64_t>(allocator_.largest())});
}

}  // namespace rehearse::judge
