// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/record.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "engine/base/utf8.hpp"

namespace rehearse::diagnose {
namespace {

// Builds the value while it is read, and stops at the first thing that the limits forbid.
class RecordReader : public nlohmann::json_sax<Record> {
 public:
  explicit RecordReader(const RecordLimits& limits) : limits_(limits) {}

  bool null() override { return put(Record()); }
  bool boolean(bool value) override { return put(Record(value)); }
  bool number_integer(number_integer_t value) override { return put(Record(value)); }
  bool number_unsigned(number_unsigned_t value) override { return put(Record(value)); }
  bool number_float(number_float_t value, const string_t&) override { return put(Record(value)); }
  bool string(string_t& value) override { return put(Record(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override {
    names_.emplace_back();
    return open(Record::object());
  }
  bool start_array(std::size_t) override { return open(Record::array()); }
  bool end_object() override {
    names_.pop_back();
    open_.pop_back();
    return true;
  }
  bool end_array() override {
    open_.pop_back();
    return true;
  }
  bool key(string_t& name) override {
    if (++keys_ > limits_.keys)
      return wrong("limit", fmt::format("the record has more than {} keys", limits_.keys),
                   "keys that are ids belong into an array of objects with an `id`");
    if (!names_.back().insert(name).second)
      return wrong("duplicate key", fmt::format("the key `{}` stands twice", abbreviated(name)),
                   "which of the two is meant only its writer knows: mend the client");
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception& error) override {
    position_ = position;
    out_of_range_ = error.id >= 400 && error.id < 500;
    return false;
  }

  const Fault& fault() const { return fault_; }
  std::size_t position() const { return position_; }
  bool out_of_range() const { return out_of_range_; }
  Record take() { return std::move(root_); }

 private:
  Record* place(Record value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Record& parent = *open_.back();
    if (parent.is_object()) return &(parent[key_] = std::move(value));
    parent.push_back(std::move(value));
    return &parent.back();
  }

  bool put(Record value) {
    if (!open_.empty() && open_.back()->is_array() && ++items_ > limits_.items)
      return wrong("limit", fmt::format("the arrays hold more than {} items", limits_.items),
                   "log a count, or one line an item");
    place(std::move(value));
    return true;
  }

  bool open(Record value) {
    if (open_.size() >= limits_.depth)
      return wrong("limit", fmt::format("nested deeper than {} levels", limits_.depth),
                   "look for a writer that wraps its own output again");
    if (!open_.empty() && open_.back()->is_array() && ++items_ > limits_.items)
      return wrong("limit", fmt::format("the arrays hold more than {} items", limits_.items),
                   "log a count, or one line an item");
    open_.push_back(place(std::move(value)));
    return true;
  }

  bool wrong(std::string kind, std::string reason, std::string mend) {
    fault_ = {"", std::move(kind), std::move(reason), std::move(mend)};
    return false;
  }

  const RecordLimits& limits_;
  Record root_;
  std::vector<Record*> open_;  // a parent is not touched while its child is open
  std::vector<std::unordered_set<std::string>> names_;
  std::string key_;
  std::size_t keys_ = 0, items_ = 0, position_ = 0;
  bool out_of_range_ = false;
  Fault fault_;
};

Fault syntax_fault(std::string_view line, const RecordReader& reader) {
  if (reader.out_of_range())
    return {"", "syntax", "a number is larger than any double", "write null, or mend the counter"};
  // At the end of the text the reader has counted one character more than there are.
  const std::size_t at = std::min(reader.position(), line.size());
  if (reader.position() > line.size())
    return {"", "truncated",
            fmt::format("the record stops in its middle, after {} characters", line.size()),
            "its writer was killed or a buffer was cut: read the file again when it is complete"};
  const std::string_view here = line.substr(at > 0 ? at - 1 : 0, 12);
  std::string mend = "write it as JSON does (RFC 8259)";
  if (here.starts_with('N') || here.starts_with('I') || here.starts_with("-I"))
    mend = "JSON has no NaN or infinity: write null";
  if (here.starts_with('\'')) mend = "texts and keys stand in double quotes";
  if (here.starts_with('}') || here.starts_with(']')) mend = "look for a comma too many before it";
  return {"", "syntax",
          fmt::format("no JSON from character {} on: {}", std::max<std::size_t>(at, 1),
                      abbreviated(here, 12)),
          mend};
}

}  // namespace

tl::expected<Record, Fault> parse_record(std::string_view line, const RecordLimits& limits) {
  const auto refuse = [](std::string kind, std::string reason, std::string mend) {
    return tl::unexpected(Fault{"", std::move(kind), std::move(reason), std::move(mend)});
  };
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
    line.remove_suffix(1);
  if (line.empty()) return refuse("syntax", "the line is empty", "leave the line out");
  if (line.size() > limits.bytes)
    return refuse("limit",
                  fmt::format("the record has {} bytes; {} are allowed", line.size(), limits.bytes),
                  "log what is needed, and large bodies elsewhere");
  if (const std::size_t bad = invalid_utf8_at(line); bad != std::string_view::npos)
    return refuse("encoding", fmt::format("byte {} is not UTF-8", bad + 1),
                  "convert the file, for example with iconv -f latin1 -t utf8");
  if (const std::size_t nul = line.find('\0'); nul != std::string_view::npos)
    return refuse("encoding", fmt::format("byte {} is a NUL", nul + 1),
                  "look for UTF-16, or for a file that was written in part");
  RecordReader reader(limits);
  if (Record::sax_parse(line.begin(), line.end(), &reader)) return reader.take();
  if (!reader.fault().reason.empty()) return tl::unexpected(reader.fault());
  return tl::unexpected(syntax_fault(line, reader));
}

std::string kind_of(const Record& value) {
  switch (value.type()) {
    case Record::value_t::null: return "null";
    case Record::value_t::object: return "an object";
    case Record::value_t::array: return "an array";
    case Record::value_t::string: return "a text";
    case Record::value_t::boolean: return "true or false";
    case Record::value_t::number_integer:
    case Record::value_t::number_unsigned: return "a whole number";
    default: return "a number";
  }
}

}  // namespace rehearse::diagnose
