// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/drill_process.hpp"

#include "drills/judge/program.hpp"

namespace rehearse::judge {
namespace {

constexpr std::uint64_t kMemory = 768u << 20;
constexpr double kLoadMs = 5'000;
constexpr double kCasesMs = 20'000;
constexpr double kCallMs = 10'000;

Patience patience(double cpu_ms) { return {cpu_ms, 5 * cpu_ms + 10'000}; }

}  // namespace

Value as_drill_value(const Input& input, bool is_class) {
  Table args;
  args.array = input.args;
  if (!is_class) return Value(std::move(args));
  Table calls;
  for (const Call& call : input.calls) {
    Table one;
    one.array.push_back(Value(call.method));
    one.array.insert(one.array.end(), call.args.begin(), call.args.end());
    calls.array.push_back(Value(std::move(one)));
  }
  Table both;
  both.fields.push_back({Value("calls"), Value(std::move(calls))});
  both.fields.push_back({Value("new"), Value(std::move(args))});
  return Value(std::move(both));
}

DrillProcess::DrillProcess(std::string text, std::string name, std::string worker_path)
    : text_(std::move(text)), name_(std::move(name)), worker_path_(std::move(worker_path)) {}

Result<DrillProcess> DrillProcess::start(const std::string& text, const std::string& name,
                                         const std::string& worker_path) {
  DrillProcess process(text, name, worker_path);
  if (auto ready = process.ensure(); !ready) return fail(ready.error());
  return process;
}

Result<void> DrillProcess::ensure() {
  if (worker_) return {};
  auto started = WorkerProcess::start(worker_path_);
  if (!started) return fail(started.error());
  wire::Hello hello;
  hello.runner = "drill";
  hello.name = chunk_name(name_);
  hello.text = text_;
  hello.memory_bytes = kMemory;
  auto reply = (*started)->ask(wire::Kind::hello, hello.encode(), patience(kLoadMs));
  if (reply.heard == WorkerProcess::Heard::frame) reply = (*started)->listen(patience(kLoadMs));
  if (reply.heard == WorkerProcess::Heard::cpu || reply.heard == WorkerProcess::Heard::wall) {
    return fail(Code::limit, "{}: the file ran longer than {:.0f} s", name_, kLoadMs / 1000);
  }
  bool ok = reply.heard == WorkerProcess::Heard::frame && reply.kind == wire::Kind::loaded;
  wire::Loaded loaded = wire::Loaded::decode(reply.payload, ok);
  if (!ok) return fail(Code::internal, "{}: the worker ended: {}", name_, (*started)->death());
  if (!loaded.ok) return fail(Code::bad_data, "{}", loaded.message);
  worker_ = std::move(*started);
  return {};
}

Result<std::string> DrillProcess::request(wire::Kind kind, std::string_view payload,
                                          double cpu_ms) {
  if (auto ready = ensure(); !ready) return fail(ready.error());
  auto reply = worker_->ask(kind, payload, patience(cpu_ms));
  if (reply.heard == WorkerProcess::Heard::frame && reply.kind == wire::Kind::reply) {
    wire::Reader in(reply.payload);
    if (in.flag()) return std::string(in.rest());
    return fail(Code::bad_data, "{}", in.text());
  }
  std::string death =
      reply.heard == WorkerProcess::Heard::cpu || reply.heard == WorkerProcess::Heard::wall
          ? fmt::format("ran longer than {:.0f} s", cpu_ms / 1000)
          : worker_->death();
  worker_.reset();
  return fail(Code::limit, "{}: a function of the drill did not answer: {}", name_, death);
}

Result<Value> DrillProcess::value_of(wire::Kind kind, std::string_view payload, double cpu_ms) {
  auto bytes = request(kind, payload, cpu_ms);
  if (!bytes) return fail(bytes.error());
  wire::Reader in(*bytes);
  Value value = in.value();
  if (!in.done()) return fail(Code::internal, "{}: the worker's answer cannot be read", name_);
  return value;
}

Result<Value> DrillProcess::definition() { return value_of(wire::Kind::definition, {}, kCallMs); }

Result<std::vector<DrillProcess::RawCase>> DrillProcess::cases(std::uint64_t seed) {
  wire::Writer out;
  out.u64(seed);
  auto bytes = request(wire::Kind::cases, out.bytes(), kCasesMs);
  if (!bytes) return fail(bytes.error());
  wire::Reader in(*bytes);
  std::vector<RawCase> cases(in.count(9));
  for (RawCase& one : cases) {
    one.line = in.i64();
    one.table = in.value();
  }
  if (!in.done()) return fail(Code::internal, "{}: the worker's cases cannot be read", name_);
  return cases;
}

Result<Value> DrillProcess::growth_input(std::int64_t n, std::uint64_t seed) {
  wire::Writer out;
  out.i64(n);
  out.u64(seed);
  return value_of(wire::Kind::growth_input, out.bytes(), kCallMs);
}

Result<Value> DrillProcess::oracle(const Input& input, bool is_class) {
  wire::Writer out;
  out.value(as_drill_value(input, is_class));
  return value_of(wire::Kind::oracle, out.bytes(), kCallMs);
}

Result<bool> DrillProcess::compare(const Input& input, bool is_class, const Value& got,
                                   const Value& expected) {
  wire::Writer out;
  out.value(as_drill_value(input, is_class));
  out.value(got);
  out.value(expected);
  auto value = value_of(wire::Kind::compare, out.bytes(), kCallMs);
  if (!value) return fail(value.error());
  return value->boolean() && *value->boolean();
}

Result<Value> DrillProcess::own_input(const std::string& text) {
  wire::Writer out;
  out.text(text);
  return value_of(wire::Kind::own_input, out.bytes(), 1'000);
}

}  // namespace rehearse::judge
