// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/build.hpp"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "drills/judge/cache.hpp"
#include "drills/judge/process.hpp"
#include "engine/base/hash.hpp"

namespace rehearse::judge {
namespace {

constexpr Patience kBuild{60'000, 60'000};
constexpr const char* kProgramEnding = ".program";
constexpr std::size_t kMostPrograms = 256;  // half a gigabyte

// The folder that a compiler works in where the kernel gives it none in memory.
class WorkFolder {
 public:
  WorkFolder() {
    std::error_code error;
    std::string pattern = (std::filesystem::temp_directory_path(error) / "rehearse-XXXXXX").string();
    if (mkdtemp(pattern.data())) path_ = pattern;
  }
  ~WorkFolder() {
    std::error_code error;
    if (!path_.empty()) std::filesystem::remove_all(path_, error);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string lines(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& line : list) text += line + "\n";
  return text;
}

// Everything that decides what comes out.
std::string key_of(const Toolchain& toolchain, const BuildUnit* units, std::size_t count) {
  wire::Writer key;
  key.text(toolchain.driver + "\n" + toolchain.version + "\n" + lines(toolchain.flags));
  for (std::size_t i = 0; i < count; ++i) {
    for (const std::string* part : {&units[i].file, &units[i].text, &units[i].product})
      key.text(*part);
    key.text(lines(units[i].arguments));
  }
  return std::move(key.bytes());
}

std::string cache_name(const std::string& key) {
  return fmt::format("build-{:016x}{}", fnv1a64(key), kProgramEnding);
}

// Programs are megabytes, and a class brings hundreds: the cache keeps the newest.
void prune(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::pair<fs::file_time_type, fs::path>> kept;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != kProgramEnding) continue;
    const auto written = fs::last_write_time(at->path(), error);
    if (!error) kept.emplace_back(written, at->path());
  }
  if (kept.size() <= kMostPrograms) return;
  std::sort(kept.begin(), kept.end());
  for (std::size_t i = 0; i < kept.size() - kMostPrograms; ++i) fs::remove(kept[i].second, error);
}

// A compiler behind walls; started for the first unit that the cache does not hold.
class Compiler {
 public:
  Compiler(const Toolchain& toolchain, const Workshop& workshop, const BuildWatch& watch)
      : toolchain_(toolchain), workshop_(workshop), watch_(watch) {}

  // False: `built` says why.
  bool run(const BuildUnit& unit, std::string& product, Built& built) {
    if (!process_ && !start(built)) return false;
    wire::Unit request{unit.file, unit.text, unit.product, ""};
    if (!unit.arguments.empty())
      request.arguments = lines(toolchain_.flags) + lines(unit.arguments);
    auto reply = process_->ask(wire::Kind::compile, request.encode(), kBuild, watch_.stop);
    if (reply.heard == WorkerProcess::Heard::stopped) return built.stopped = true, false;
    if (reply.heard == WorkerProcess::Heard::wall)
      return built.refused = "compiling took too long", false;
    if (reply.heard != WorkerProcess::Heard::frame || reply.kind != wire::Kind::reply)
      return built.fault = "the compiler's process ended: " + process_->death(), false;
    wire::Reader in(reply.payload);
    const bool made = in.flag();
    std::string text(in.text());
    if (!in.done()) return built.fault = "the compiler's answer cannot be read", false;
    (made ? product : built.refused) = std::move(text);
    if (made && product.empty()) return built.refused = "the compiler made no program", false;
    return made;
  }

 private:
  bool start(Built& built) {
    if (watch_.began) watch_.began();
    auto started = WorkerProcess::start(workshop_.worker_path);
    if (!started) return built.fault = started.error().message, false;
    process_ = std::move(*started);
    wire::Hello hello;
    hello.runner = "compiler";
    hello.name = folder_.path();
    hello.interpreter = toolchain_.driver;
    hello.programs = lines(toolchain_.programs);
    hello.visible = lines(toolchain_.folders);
    hello.types = lines(toolchain_.tools);
    auto reply = process_->ask(wire::Kind::hello, hello.encode(), kBuild, watch_.stop);
    bool ok = reply.heard == WorkerProcess::Heard::frame && reply.kind == wire::Kind::ready;
    const wire::Ready ready = wire::Ready::decode(reply.payload, ok);
    if (ok && workshop_.whole_isolation && ready.walls != wire::kAllWalls)
      return built.fault = "full isolation was asked for, and the compiler lacks " + ready.missing,
             false;
    if (ok) {
      reply = process_->listen(kBuild, watch_.stop);
      ok = reply.heard == WorkerProcess::Heard::frame && reply.kind == wire::Kind::loaded;
    }
    if (reply.heard == WorkerProcess::Heard::stopped) return built.stopped = true, false;
    if (!ok) built.fault = "the compiler's process did not start: " + process_->death();
    return ok;
  }

  const Toolchain& toolchain_;
  const Workshop& workshop_;
  const BuildWatch& watch_;
  WorkFolder folder_;
  std::unique_ptr<WorkerProcess> process_;
};

}  // namespace

Built build_program(const Toolchain& toolchain, const std::vector<BuildUnit>& units,
                    const Workshop& workshop, const BuildWatch& watch) {
  Built built;
  const std::string key = key_of(toolchain, units.data(), units.size());
  if (auto kept = read_cache(workshop.cache_dir, cache_name(key), key)) {
    built.program = std::make_shared<const std::string>(std::move(*kept));
    return built;
  }
  Compiler compiler(toolchain, workshop, watch);
  std::string product;
  for (const BuildUnit& unit : units) {
    const std::string unit_key = unit.kept ? key_of(toolchain, &unit, 1) : "";
    if (unit.kept) {
      if (auto kept = read_cache(workshop.cache_dir, cache_name(unit_key), unit_key)) {
        if (!compiler.run({unit.product, std::move(*kept), unit.product, {}}, product, built))
          return built;
        continue;
      }
    }
    if (!compiler.run(unit, product, built)) return built;
    if (unit.kept) write_cache(workshop.cache_dir, cache_name(unit_key), unit_key, product);
  }
  write_cache(workshop.cache_dir, cache_name(key), key, product);
  if (!workshop.cache_dir.empty()) prune(workshop.cache_dir);
  built.program = std::make_shared<const std::string>(std::move(product));
  return built;
}

}  // namespace rehearse::judge
