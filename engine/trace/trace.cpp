// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/trace.hpp"

#include <fmt/ranges.h>

#include <filesystem>

#include "engine/base/read.hpp"
#include "engine/trace/dsl.hpp"

namespace rehearse::trace {
namespace {

// A usual script uses a few thousand instructions and a few hundred KB.
constexpr std::uint64_t kInstructions = 5'000'000;
constexpr std::size_t kMemory = std::size_t{32} << 20;
constexpr double kSeconds = 5;
constexpr std::size_t kLargestScript = 1 << 20;

Result<void> check_whole(const Recorder& recorder, const std::string& file,
                         const plan::Plan& plan) {
  if (!recorder.designed)
    return fail(Code::bad_data,
                "{}:1: a design starts with design \"Title\" {{ asks = …, seed = … }}", file);
  if (!recorder.pending_goals.empty())
    return fail(Code::bad_data,
                "{}:{}: a goal stands outside of a challenge; write challenge \"…\" {{ goal.… }}",
                file, recorder.pending_goals.front().at.line);
  const auto unknown = recorder.unknown_knobs();
  if (unknown.empty()) return {};
  std::vector<std::string> names;
  for (const plan::Knob& knob : plan.knobs) names.push_back("`" + knob.name + "`");
  return fail(Code::invalid_argument, "{} has no knob `{}`; its knobs are {}", plan.id,
              unknown.front(), names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")));
}

}  // namespace

Result<plan::Plan> trace_script(std::string_view source, const std::string& file,
                                const plan::KnobValues& values, std::optional<std::uint64_t> seed) {
  plan::Plan plan;
  plan.file = file;
  plan.id = std::filesystem::path(file).stem().string();
  plan.seed = seed.value_or(0);
  Recorder recorder(plan, values);
  recorder.seed_fixed = seed.has_value();
  lua::Limits limits;
  limits.memory_bytes = kMemory;
  limits.instructions = kInstructions;
  limits.seconds = kSeconds;
  auto state = lua::State::open(lua::Profile::design, limits);
  if (!state) return fail(state.error());
  if (auto ready = (*state)->guarded([&recorder](lua_State* L) { install_words(L, recorder); });
      !ready)
    return fail(ready.error());
  if (auto ran = (*state)->run(source, file); !ran) return fail(ran.error());
  if (auto whole = check_whole(recorder, file, plan); !whole) return fail(whole.error());
  return plan;
}

Result<plan::Plan> trace_file(const std::string& path, const plan::KnobValues& values,
                              std::optional<std::uint64_t> seed) {
  auto source = read_file(path, kLargestScript);
  if (!source) return fail(source.error());
  return trace_script(*source, path, values, seed);
}

}  // namespace rehearse::trace
