// SPDX-License-Identifier: GPL-3.0-or-later
//
// The walls that a worker raises around itself before it reads anything that a stranger wrote.
//
// Each wall stands alone and is skipped where the kernel does not give it; what held is reported
// to the judge, which says so to the user. The name spaces are made by the judge when it starts the
// worker (see process.cpp); here the empty root is made and entered.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rehearse::judge {

struct Walls {
  std::uint32_t up = 0;  // of wire::Wall
  std::string missing;   // one line per wall that was wanted and refused, with the reason
  std::string workplace = {};  // the folder to write in
};

// Which system calls the walls leave: those of the Lua runner, of an interpreter, of a program that
// needs no file, of a compiler and what it starts.
enum class Calls { lua, interpreter, native, compiler };

struct WallRequest {
  std::uint32_t wanted = 0;         // of wire::Wall
  bool in_namespaces = false;       // the judge made them
  std::uint64_t address_space = 0;  // bytes; for rlimits
  std::uint64_t cpu_seconds = 0;    // of the worker's whole life, behind the judge's own limits
  int channel = 3;                  // the one descriptor that stays in use
  // What another program needs to see of the machine, read-only; empty: nothing at all.
  std::vector<std::string> folders = {}, programs = {};
  Calls calls = Calls::lua;
  std::uint64_t file_bytes = 0;  // the largest file that may be written
  std::string workplace = {};    // a folder to write in, made in memory; empty: none
  std::string workplace_on_disk = {};  // where there is no root of its own to make it in
};

Walls raise_walls(const WallRequest& request);

// Tries one way out, named: open-passwd, write-tmp, list-root, socket, fork, exec, kill-parent,
// ptrace-parent, mount, io-uring, memfd-exec. Returns what happened in words; does not return when
// a wall ends the process. For the judge's own tests.
std::string attempt_escape(const std::string& name);

}  // namespace rehearse::judge
