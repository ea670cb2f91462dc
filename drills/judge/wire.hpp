// SPDX-License-Identifier: GPL-3.0-or-later
//
// Wire: how the judge and its worker talk. Both ends are ours, yet the judge reads the worker's
// bytes as if a submission had written them: every length is checked, nothing is trusted.
//
//   frame    u32 length of what follows, u8 kind, payload; little-endian
//   value    tag N nil, F false, T true, I i64, D f64, S u32 bytes, M u32 elements, u32 key-value
//            pairs (a table: keys 1…n, then the others)
//
// A conversation: the judge sends `hello`, the worker raises its walls and answers `ready`, then
// `loaded`; after that each `run` (or a request to a drill file) is answered by one frame, so that
// the worker never holds an input before its turn, and never an expected answer.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/lua/value.hpp"

namespace rehearse::judge::wire {

constexpr std::uint32_t kVersion = 4;
constexpr std::uint32_t kLargestFrame = 256u << 20;

enum class Kind : std::uint8_t {
  // judge -> worker
  hello = 1,     // Hello
  run,           // Run: one input for a submission
  definition,    // a drill file: its table, without functions
  cases,         // u64 seed: its cases
  growth_input,  // i64 n, u64 seed
  oracle,        // input
  compare,       // input, got, expected
  own_input,     // text: what stands between the braces of a case
  attempt,       // text: an escape to try (the worker's self-test)
  compile,       // Unit: for a compiler
  // worker -> judge
  ready = 64,  // Ready
  loaded,      // Loaded
  answer,      // Answer
  reply,       // to any other request: bool ok, then what was asked for or a message
};

class Writer {
 public:
  void u8(std::uint8_t x) { bytes_.push_back(static_cast<char>(x)); }
  void flag(bool x) { u8(x ? 1 : 0); }
  void u32(std::uint32_t x) { raw(&x, sizeof x); }
  void u64(std::uint64_t x) { raw(&x, sizeof x); }
  void i64(std::int64_t x) { raw(&x, sizeof x); }
  void f64(double x) { raw(&x, sizeof x); }
  void text(std::string_view x);
  void value(const lua::Value& x);
  void values(std::span<const lua::Value> list);

  const std::string& bytes() const { return bytes_; }
  std::string& bytes() { return bytes_; }
  std::size_t size() const { return bytes_.size(); }

 private:
  void raw(const void* data, std::size_t size) {
    bytes_.append(static_cast<const char*>(data), size);
  }
  std::string bytes_;
};

// Reads what Writer wrote. After the first overrun or bad tag everything reads as zero or empty and
// `ok` is false; check it once at the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t u8();
  bool flag() { return u8() != 0; }
  std::uint32_t u32();
  std::uint64_t u64();
  std::int64_t i64();
  double f64();
  std::string_view text();
  // Depth is limited to 64, and a count never exceeds what the rest could hold.
  lua::Value value(int depth = 0);
  std::vector<lua::Value> values();
  // A count of things of at least `least` bytes each.
  std::uint32_t count(std::size_t least = 1);

  bool ok() const { return ok_; }
  // From here on at most so many values are read; more give up, and that is remembered.
  void limit_values(std::size_t most) { values_left_ = most; }
  bool out_of_values() const { return values_left_ == 0; }
  bool done() const { return ok_ && rest_.empty(); }
  std::string_view rest() const { return rest_; }
  void give_up() { ok_ = false, rest_ = {}; }

 private:
  bool take(void* out, std::size_t size);
  lua::Value table(int depth);
  std::string_view rest_;
  std::size_t values_left_ = ~std::size_t{0};
  bool ok_ = true;
};

// Which walls the judge wants; the worker reports which it could raise.
enum Wall : std::uint32_t {
  kNamespaces = 1,
  kLandlock = 2,
  kSeccomp = 4,
  kRlimits = 8,
  kAllWalls = 15
};

struct Hello {
  std::string runner;  // "lua", "drill", "interpreter", "native" or "compiler"
  std::string name;    // of the program text, in messages
  std::string text;    // the program's text; of "native" the program itself
  bool is_class = false;
  std::string entry;  // function or class
  std::uint64_t memory_bytes = 64u << 20;
  std::uint64_t kept_output = 64u << 10;
  std::uint64_t output_limit = 1u << 20;
  std::uint32_t walls = kAllWalls;
  std::string types;        // of the parameters, where the runner needs them
  std::string interpreter;  // the program that the worker becomes,
  std::string programs;     // what else may be executed, such as its loader, a line each
  std::string visible;      // and the folders that it may read, a line each
  std::string mark;         // stands before each of its frames; the judge skips what lacks it

  std::string encode() const;
  static Hello decode(std::string_view payload, bool& ok);
};

struct Ready {
  std::uint32_t walls = 0;
  std::string missing;  // lines: "namespaces: …"
  std::uint32_t version = kVersion;

  std::string encode() const;
  static Ready decode(std::string_view payload, bool& ok);
};

struct Loaded {
  bool ok = false;
  std::string message;

  std::string encode() const;
  static Loaded decode(std::string_view payload, bool& ok);
};

// `clock`: the run will be timed and compared with others.
enum class Metering : std::uint8_t { off, instructions, memory, clock };

struct Method {
  std::string_view name;
  bool returns = false;  // a result is wanted
  std::span<const lua::Value> args;
};

// Looks at the input it was made from, which must outlive it.
struct Run {
  std::uint64_t random_seed = 0;
  Metering metering = Metering::off;
  std::uint64_t instruction_cap = 0;     // with instructions: give up beyond; 0: none
  std::uint64_t sample_every = 0;        // with memory: instructions between two samples
  std::uint64_t reply_limit = 4u << 20;  // bytes of the encoded answer
  std::span<const lua::Value> args;
  std::vector<Method> calls;

  std::string encode() const;
};

enum class Status : std::uint8_t {
  answered,
  error,       // the submission raised an error
  memory,      // an allocation failed and ended the run
  output,      // printed or returned more than the limit
  unreadable,  // returned something that is no value
  no_entry,    // the function or class is not there
  capped,      // more instructions than the cap
  crashed,     // a signal, of which the process could still tell; it ends
};

// One run of a compiler in a folder of its own, which keeps its files for the next.
struct Unit {
  std::string file, text;  // written there first
  std::string product;     // read from there afterwards
  std::string arguments;   // a line each; none: the file is only put there

  std::string encode() const;
  static Unit decode(std::string_view payload, bool& ok);
};

struct Answer {
  Status status = Status::answered;
  std::uint64_t cpu_ns = 0;
  std::uint64_t peak_bytes = 0;    // beyond interpreter and input
  std::uint64_t refusals = 0;      // allocations that stayed refused
  std::uint64_t instructions = 0;  // metering: with charges
  std::uint64_t live_bytes = 0;    // metering memory: peak of live bytes, or the largest block
  std::uint64_t output_bytes = 0;
  std::string output;
  std::string message;
  lua::Value value;

  std::string encode() const;
  // `too_many`: the value was left at so many parts.
  static Answer decode(std::string_view payload, bool& ok, std::size_t most_values = ~std::size_t{0},
                       bool* too_many = nullptr);
};

}  // namespace rehearse::judge::wire
