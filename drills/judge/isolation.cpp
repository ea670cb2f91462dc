// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/isolation.hpp"

#include <sstream>

#include "drills/judge/process.hpp"

namespace rehearse::judge {

Result<Isolation> isolation_level(const Workshop& workshop) {
  auto named = with_worker(workshop);
  if (!named) return fail(named.error());
  const std::string& worker = named->worker_path;
  auto process = WorkerProcess::start(worker);
  if (!process) return fail(process.error());
  wire::Hello hello;
  hello.runner = "attempts";
  auto reply = (*process)->ask(wire::Kind::hello, hello.encode(), {});
  bool ok = reply.heard == WorkerProcess::Heard::frame && reply.kind == wire::Kind::ready;
  wire::Ready ready = wire::Ready::decode(reply.payload, ok);
  if (!ok)
    return fail(Code::internal, "the worker {} does not start: {}", worker, (*process)->death());
  if (ready.version != wire::kVersion)
    return fail(Code::internal, "the worker {} is of another version", worker);
  Isolation isolation;
  struct Name {
    std::uint32_t wall;
    const char* name;
  };
  for (Name one : {Name{wire::kNamespaces, "namespaces"}, Name{wire::kLandlock, "landlock"},
                   Name{wire::kSeccomp, "seccomp"}, Name{wire::kRlimits, "rlimits"}}) {
    if (ready.walls & one.wall) isolation.layers.push_back(one.name);
  }
  std::istringstream lines(ready.missing);
  for (std::string line; std::getline(lines, line);) isolation.missing.push_back(line);
  return isolation;
}

}  // namespace rehearse::judge
