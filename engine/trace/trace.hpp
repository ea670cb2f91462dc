// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tracing: runs a design's Lua script in a sandbox with given knob values and records what it
// declares as a plan::Plan. Well under a millisecond for a usual script, so that every move of a
// slider re-traces the whole script.
//
// A wrong call is an error with file, line, the parameter's name, its range and its sentence. A
// script cannot hang (instruction limit) or eat memory (capped allocator); see engine/lua.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/error.hpp"
#include "engine/plan/plan.hpp"

namespace rehearse::trace {

// `file` stands in messages; the design's id is its stem. An unknown knob name in `values`, or a
// value out of range, is an error that lists the knobs.
Result<plan::Plan> trace_script(std::string_view source, const std::string& file,
                                const plan::KnobValues& values = {},
                                std::optional<std::uint64_t> seed = {});

Result<plan::Plan> trace_file(const std::string& path, const plan::KnobValues& values = {},
                              std::optional<std::uint64_t> seed = {});

}  // namespace rehearse::trace
