// SPDX-License-Identifier: GPL-3.0-or-later
//
// Other programs than the worker itself: an interpreter or a compiled submission that it becomes,
// and a compiler that it starts. All of them behind the same walls.
#pragma once

#include <string>

#include "drills/judge/wire.hpp"
#include "drills/judge/worker/channel.hpp"

namespace rehearse::judge {

constexpr std::uint64_t kCpuSeconds = 600;  // of a worker's whole life

// The interpreter's harness reads what to run (`payload`, a Hello) from descriptor 4 and answers on
// the channel from then on.
[[noreturn]] void become_interpreter(const wire::Hello& hello, const std::string& payload,
                                     Channel& channel, bool in_namespaces);

// A program that holds harness and submission. What it prints goes into a file in memory behind
// descriptors 1 and 2, of limited size.
[[noreturn]] void become_submission(const wire::Hello& hello, Channel& channel, bool in_namespaces);

// Answers one Unit after the other: the product's bytes, or what the compiler said. `hello.name` is
// a folder to work in where none can be made in memory, `hello.types` names the compiler's tools.
[[noreturn]] void compile_units(const wire::Hello& hello, Channel& channel, bool in_namespaces);

}  // namespace rehearse::judge
