// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs the functions of a drill file: `cases`, `compare`, `oracle` and `growth.input`, and reads
// its table. The file may come from a stranger, so it runs behind the same walls as a submission,
// in a process of its own that no submission shares.
//
// All randomness is `rand`, which the file's functions are handed: rand(lo, hi), rand.float(),
// rand.pick(list), rand.shuffle(list). The same seed gives the same cases on every machine.
#pragma once

#include <memory>

#include "drills/judge/worker/arena.hpp"
#include "drills/judge/worker/channel.hpp"
#include "drills/judge/worker/drill_random.hpp"
#include "engine/lua/state.hpp"

namespace rehearse::judge {

class DrillRunner final : public Runner {
 public:
  DrillRunner(wire::Hello hello, Channel& channel, Arena& arena);
  ~DrillRunner() override;
  wire::Loaded load() override;
  void serve(const Frame& frame) override;

 private:
  using Reply = Result<std::string>;  // the encoded value
  Reply definition();
  Reply cases(std::uint64_t seed);
  Reply growth_input(std::int64_t n, std::uint64_t seed);
  Reply oracle(wire::Reader& in);
  Reply compare(wire::Reader& in);
  Reply own_input(std::string_view text);
  Reply answer_request(const Frame& frame);

  // Runs `body` protected; what it leaves on top is encoded.
  Reply evaluate(const std::function<void(lua_State*)>& body);
  Result<void> protect(const std::function<void(lua_State*)>& body);
  void register_dsl(lua_State* L);
  void keep_functions(lua_State* L);
  void push_function(lua_State* L, const char* name);
  void push_case(lua_State* L, wire::Reader& in);
  static int take_case(lua_State* L);

  wire::Hello hello_;
  Channel& channel_;
  Arena& arena_;
  std::unique_ptr<lua::State> state_;
  DrillRandom random_;
  std::string found_;  // encoded cases, while `cases` runs
  std::uint32_t count_ = 0;
};

}  // namespace rehearse::judge
