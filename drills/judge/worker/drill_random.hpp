// SPDX-License-Identifier: GPL-3.0-or-later
//
// The random stream of drill files: splitmix64 (Steele, Lea, Flood 2014), whole numbers without
// bias by Lemire's method (2019). Small, and the same on every machine.
#pragma once

#include <cstdint>
#include <lua.hpp>

#include "engine/base/hash.hpp"

namespace rehearse::judge {

class DrillRandom {
 public:
  void seed(std::uint64_t seed, std::uint64_t stream) {
    state_ = mix64(seed + 0x9e3779b97f4a7c15ULL) ^ mix64(~stream);
  }
  std::uint64_t next() { return mix64(state_ += 0x9e3779b97f4a7c15ULL); }
  // Uniform in [0, n); n ≥ 1.
  std::uint64_t below(std::uint64_t n) {
    using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(next()) * n;
    if (static_cast<std::uint64_t>(product) < n) {
      std::uint64_t floor = (0 - n) % n;
      while (static_cast<std::uint64_t>(product) < floor) product = static_cast<Wide>(next()) * n;
    }
    return static_cast<std::uint64_t>(product >> 64);
  }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_ = 0;
};

// Pushes the table `rand` that draws from `random`, which must outlive the state.
void push_rand(lua_State* L, DrillRandom& random);

}  // namespace rehearse::judge
