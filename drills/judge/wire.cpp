// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/wire.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace rehearse::judge::wire {

static_assert(std::endian::native == std::endian::little, "the wire is little-endian");

namespace {
constexpr int kDepth = 64;
}

void Writer::text(std::string_view x) {
  u32(static_cast<std::uint32_t>(x.size()));
  bytes_.append(x);
}

void Writer::value(const lua::Value& x) {
  if (x.is_nil()) return u8('N');
  if (const auto* b = x.boolean()) return u8(*b ? 'T' : 'F');
  if (const auto* i = x.integer()) return u8('I'), i64(*i);
  if (const auto* d = x.real()) return u8('D'), f64(*d);
  if (const auto* s = x.string()) return u8('S'), text(*s);
  const lua::Table& table = *x.table();
  u8('M');
  u32(static_cast<std::uint32_t>(table.array.size()));
  u32(static_cast<std::uint32_t>(table.fields.size()));
  for (const lua::Value& element : table.array) value(element);
  for (const lua::Field& field : table.fields) {
    value(field.key);
    value(field.value);
  }
}

void Writer::values(std::span<const lua::Value> list) {
  u32(static_cast<std::uint32_t>(list.size()));
  for (const lua::Value& element : list) value(element);
}

bool Reader::take(void* out, std::size_t size) {
  if (rest_.size() < size) {
    give_up();
    std::memset(out, 0, size);
    return false;
  }
  std::memcpy(out, rest_.data(), size);
  rest_.remove_prefix(size);
  return true;
}

std::uint8_t Reader::u8() {
  std::uint8_t x;
  take(&x, sizeof x);
  return x;
}

std::uint32_t Reader::u32() {
  std::uint32_t x;
  take(&x, sizeof x);
  return x;
}

std::uint64_t Reader::u64() {
  std::uint64_t x;
  take(&x, sizeof x);
  return x;
}

std::int64_t Reader::i64() { return static_cast<std::int64_t>(u64()); }

double Reader::f64() {
  double x;
  take(&x, sizeof x);
  return x;
}

std::uint32_t Reader::count(std::size_t least) {
  std::uint32_t n = u32();
  if (n > rest_.size() / least) give_up();
  return ok_ ? n : 0;
}

std::string_view Reader::text() {
  std::uint32_t size = count();
  std::string_view x = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return x;
}

lua::Value Reader::value(int depth) {
  if (values_left_ == 0 || --values_left_ == 0) give_up();
  switch (u8()) {
    case 'N': return {};
    case 'F': return lua::Value(false);
    case 'T': return lua::Value(true);
    case 'I': return lua::Value(i64());
    case 'D': return lua::Value(f64());
    case 'S': return lua::Value(text());
    case 'M': return table(depth);
    default: give_up(); return {};
  }
}

lua::Value Reader::table(int depth) {
  std::uint32_t elements = count(), pairs = count();
  if (!ok_ || depth >= kDepth ||
      std::uint64_t{elements} + 2 * std::uint64_t{pairs} > rest_.size()) {
    give_up();
    return {};
  }
  lua::Table result;
  result.array.reserve(std::min<std::size_t>(elements, values_left_));
  for (std::uint32_t i = 0; i < elements && ok_; ++i) result.array.push_back(value(depth + 1));
  for (std::uint32_t i = 0; i < pairs && ok_; ++i) {
    lua::Value key = value(depth + 1);
    result.fields.push_back({std::move(key), value(depth + 1)});
  }
  return lua::Value(std::move(result));
}

std::vector<lua::Value> Reader::values() {
  std::uint32_t n = count();
  std::vector<lua::Value> list;
  for (std::uint32_t i = 0; i < n && ok_; ++i) list.push_back(value());
  return list;
}

std::string Hello::encode() const {
  Writer w;
  w.text(runner);
  w.text(name);
  w.text(text);
  w.flag(is_class);
  w.text(entry);
  w.u64(memory_bytes);
  w.u64(kept_output);
  w.u64(output_limit);
  w.u32(walls);
  w.text(types);
  w.text(interpreter);
  w.text(programs);
  w.text(visible);
  w.text(mark);
  return std::move(w.bytes());
}

Hello Hello::decode(std::string_view payload, bool& ok) {
  Reader r(payload);
  Hello h;
  h.runner = r.text();
  h.name = r.text();
  h.text = r.text();
  h.is_class = r.flag();
  h.entry = r.text();
  h.memory_bytes = r.u64();
  h.kept_output = r.u64();
  h.output_limit = r.u64();
  h.walls = r.u32();
  h.types = r.text();
  h.interpreter = r.text();
  h.programs = r.text();
  h.visible = r.text();
  h.mark = r.text();
  ok = r.done();
  return h;
}

std::string Ready::encode() const {
  Writer w;
  w.u32(version);
  w.u32(walls);
  w.text(missing);
  return std::move(w.bytes());
}

Ready Ready::decode(std::string_view payload, bool& ok) {
  Reader r(payload);
  Ready x;
  x.version = r.u32();
  x.walls = r.u32();
  x.missing = r.text();
  ok = r.done();
  return x;
}

std::string Loaded::encode() const {
  Writer w;
  w.flag(ok);
  w.text(message);
  return std::move(w.bytes());
}

Loaded Loaded::decode(std::string_view payload, bool& ok) {
  Reader r(payload);
  Loaded x;
  x.ok = r.flag();
  x.message = r.text();
  ok = r.done();
  return x;
}

std::string Run::encode() const {
  Writer w;
  w.u64(random_seed);
  w.u8(static_cast<std::uint8_t>(metering));
  w.u64(instruction_cap);
  w.u64(sample_every);
  w.u64(reply_limit);
  w.values(args);
  w.u32(static_cast<std::uint32_t>(calls.size()));
  for (const Method& call : calls) {
    w.text(call.name);
    w.flag(call.returns);
    w.values(call.args);
  }
  return std::move(w.bytes());
}

std::string Unit::encode() const {
  Writer w;
  for (const std::string* part : {&file, &text, &product, &arguments}) w.text(*part);
  return std::move(w.bytes());
}

Unit Unit::decode(std::string_view payload, bool& ok) {
  Reader r(payload);
  Unit unit;
  for (std::string* part : {&unit.file, &unit.text, &unit.product, &unit.arguments})
    *part = r.text();
  ok = r.done();
  return unit;
}

std::string Answer::encode() const {
  Writer w;
  w.u8(static_cast<std::uint8_t>(status));
  for (std::uint64_t number :
       {cpu_ns, peak_bytes, refusals, instructions, live_bytes, output_bytes})
    w.u64(number);
  w.text(output);
  w.text(message);
  w.value(value);
  return std::move(w.bytes());
}

Answer Answer::decode(std::string_view payload, bool& ok, std::size_t most_values,
                      bool* too_many) {
  Reader r(payload);
  Answer a;
  std::uint8_t status = r.u8();
  if (status > static_cast<std::uint8_t>(Status::crashed)) r.give_up();
  a.status = static_cast<Status>(status);
  for (std::uint64_t* number :
       {&a.cpu_ns, &a.peak_bytes, &a.refusals, &a.instructions, &a.live_bytes, &a.output_bytes}) {
    *number = r.u64();
  }
  a.output = r.text();
  a.message = r.text();
  r.limit_values(most_values);
  a.value = r.value();
  if (too_many) *too_many = r.out_of_values();
  ok = r.done();
  return a;
}

}  // namespace rehearse::judge::wire
