// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "drills/judge/cache.hpp"
#include "drills/judge/definition.hpp"
#include "drills/judge/drill.hpp"
#include "drills/judge/drill_process.hpp"
#include "engine/base/hash.hpp"

namespace rehearse::judge {
namespace {

constexpr std::size_t kLargestFile = 4u << 20;

std::string hex_digits(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

Result<Value> definition_of(const std::string& source, const std::string& name,
                            const Workshop& workshop) {
  std::string entry = hex_digits(fnv1a64(source)) + ".drill";
  if (auto kept = read_cache(workshop.cache_dir, entry, source)) {
    wire::Reader in(*kept);
    Value value = in.value();
    if (in.done()) return value;
  }
  auto named = with_worker(workshop);
  if (!named) return fail(named.error());
  auto process = DrillProcess::start(source, name, named->worker_path);
  if (!process) return fail(process.error());
  auto value = process->definition();
  if (!value) return value;
  wire::Writer out;
  out.value(*value);
  write_cache(workshop.cache_dir, entry, source, out.bytes());
  return value;
}

}  // namespace

Result<std::string> find_worker() {
  if (const char* named = std::getenv("REHEARSE_WORKER"); named && *named) {
    if (access(named, X_OK) == 0) return std::string(named);
    return fail(Code::not_found, "REHEARSE_WORKER names {}, which cannot be executed", named);
  }
  std::error_code error;
  std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  std::filesystem::path folder = self.parent_path();
  for (const char* place : {"rehearse-worker", "../libexec/rehearse/rehearse-worker",
                            "../lib/rehearse/rehearse-worker"}) {
    std::filesystem::path candidate = (folder / place).lexically_normal();
    if (access(candidate.c_str(), X_OK) == 0) return candidate.string();
  }
  return fail(Code::not_found,
              "rehearse-worker is not beside {} nor in ../libexec/rehearse; build it, or name it "
              "in REHEARSE_WORKER",
              self.string());
}

Result<Workshop> with_worker(const Workshop& workshop) {
  Workshop named = workshop;
  if (!named.worker_path.empty()) return named;
  auto found = find_worker();
  if (!found) return fail(found.error());
  named.worker_path = std::move(*found);
  return named;
}

Result<Drill> load_drill_text(std::string text, const std::string& name, const Workshop& workshop) {
  if (text.size() > kLargestFile)
    return fail(Code::limit, "{}: larger than {} MB", name, kLargestFile >> 20);
  auto value = definition_of(text, name, workshop);
  if (!value) return fail(value.error());
  auto drill = read_definition(*value, text, name);
  if (drill) drill->hash = hex_digits(fnv1a64(text));
  return drill;
}

Result<Drill> load_drill(const std::string& path, const Workshop& workshop) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return fail(Code::invalid_argument, "{}: a folder, not a drill file", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(Code::not_found, "{}: cannot be opened", path);
  std::ostringstream text;
  text << file.rdbuf();
  return load_drill_text(std::move(text).str(), path, workshop);
}

}  // namespace rehearse::judge
