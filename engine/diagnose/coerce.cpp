// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/coerce.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "engine/base/frame.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse::diagnose {
namespace {

// Seconds since 1970 past this are milliseconds: the year 5138.
constexpr double kLastSecond = 1e11;
constexpr double kExactWhole = 9007199254740992.0;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<std::int64_t> whole_in(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool blank(std::string_view text) {
  return text.empty() || text == "null" || text == "NULL" || text == "None" || text == "NaN" ||
         text == "nan" || text == "N/A" || text == "n/a";
}

const char* to_boolean(Record& value, std::string_view text) {
  if (text == "true" || text == "True" || text == "1" || text == "yes")
    value = true;
  else if (text == "false" || text == "False" || text == "0" || text == "no")
    value = false;
  else
    return nullptr;
  return "text to boolean";
}

const char* from_text(Record& value, const FieldRule& rule) {
  const std::string whole = value.get<std::string>();
  const std::string_view text = trimmed(whole);
  if (rule.wants("null") && blank(text)) {
    value = nullptr;
    return "blank to null";
  }
  if (rule.wants("integer"))
    if (const auto number = whole_in(text)) {
      value = *number;
      return "text to number";
    }
  if (rule.wants("number"))
    if (const auto number = number_in(text)) {
      value = *number;
      return "text to number";
    }
  return rule.wants("boolean") ? to_boolean(value, text) : nullptr;
}

const char* from_number(Record& value, const FieldRule& rule) {
  const double number = value.get<double>();
  if (rule.format == "date-time" && number > 0 && number < 1e15) {
    const bool millis = number > kLastSecond;
    value = iso8601(Time{std::llround(number * (millis ? 1e3 : 1e6))});
    return millis ? "milliseconds to time" : "seconds to time";
  }
  if (rule.wants("boolean") && (number == 0 || number == 1)) {
    value = number == 1;
    return "number to boolean";
  }
  if (!rule.wants("string")) return nullptr;
  value = value.dump();
  return "number to text";
}

bool fits(const Record& value, const FieldRule& rule) {
  switch (value.type()) {
    case Record::value_t::null: return rule.wants("null");
    case Record::value_t::object: return rule.wants("object");
    case Record::value_t::array: return rule.wants("array");
    case Record::value_t::string: return rule.wants("string");
    case Record::value_t::boolean: return rule.wants("boolean");
    case Record::value_t::number_float: {
      const double number = value.get<double>();
      return rule.wants("number") || (rule.wants("integer") && number == std::floor(number));
    }
    default: return rule.wants("number") || rule.wants("integer");
  }
}

// "2026-06-15 08:30:00" to "2026-06-15T08:30:00Z", as the format asks.
const char* tidy_time(Record& value) {
  const std::string& text = value.get_ref<const std::string&>();
  if (text.size() < 10 || text[4] != '-') return nullptr;
  if (text.size() > 10 && text[10] == 'T' && text.back() == 'Z') return nullptr;
  const auto time = parse_time(trimmed(text));
  if (!time) return nullptr;
  value = iso8601(*time);
  return "time rewritten";
}

const char* cast(Record& value, const FieldRule& rule) {
  if (rule.types.empty() || value.is_structured()) return nullptr;
  if (fits(value, rule)) {
    // A whole number written as 3.0 is one.
    if (value.is_number_float() && rule.wants("integer") && !rule.wants("number") &&
        std::abs(value.get<double>()) < kExactWhole) {
      value = static_cast<std::int64_t>(value.get<double>());
      return "3.0 to 3";
    }
    return value.is_string() && rule.format == "date-time" ? tidy_time(value) : nullptr;
  }
  if (value.is_string()) return from_text(value, rule);
  return value.is_number() ? from_number(value, rule) : nullptr;
}

// Calls `visit` with each value that the path names; `[]` goes through the items of an array.
template <class Visit>
void each_value(Record& here, std::string_view path, const Visit& visit) {
  if (path.empty()) return visit(here);
  if (path.starts_with("[]")) {
    if (here.is_array())
      for (Record& item : here)
        each_value(item, path.substr(path.size() > 2 && path[2] == '.' ? 3 : 2), visit);
    return;
  }
  if (!here.is_object()) return;
  // A key may hold a point itself; the longest key that is there wins.
  for (std::size_t end = path.size(); end > 0; --end) {
    if (end < path.size() && path[end] != '.' && path[end] != '[') continue;
    const auto found = here.find(std::string(path.substr(0, end)));
    if (found == here.end()) continue;
    const std::size_t rest = end < path.size() && path[end] == '.' ? end + 1 : end;
    return each_value(*found, path.substr(rest), visit);
  }
}

std::pair<std::string, std::string> parent_and_key(const std::string& path) {
  const std::size_t point = path.rfind('.');
  if (point == std::string::npos) return {"", path};
  return {path.substr(0, point), path.substr(point + 1)};
}

}  // namespace

Result<Rename> parse_rename(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size())
    return fail(Code::invalid_argument,
                "`{}`: a renamed key is written old=new, as post.is_nsfw=post.nsfw",
                abbreviated(text));
  return Rename{std::string(trimmed(text.substr(0, equals))),
                std::string(trimmed(text.substr(equals + 1)))};
}

Result<Rescale> parse_rescale(std::string_view text) {
  const std::size_t more = text.find('>'), by = text.find('/');
  const auto wrong =
      fail(Code::invalid_argument,
           "`{}`: a changed unit is written path>limit/divisor, as dwell_seconds>600/1000",
           abbreviated(text));
  if (more == std::string_view::npos || by == std::string_view::npos || by < more || more == 0)
    return wrong;
  const auto above = number_in(trimmed(text.substr(more + 1, by - more - 1)));
  const auto divisor = number_in(trimmed(text.substr(by + 1)));
  if (!above || !divisor || *divisor == 0) return wrong;
  return Rescale{std::string(trimmed(text.substr(0, more))), *above, *divisor};
}

std::size_t rename(Record& record, const Rename& rename, RepairCounts& counts) {
  const auto [from_parent, from_key] = parent_and_key(rename.from);
  const auto [to_parent, to_key] = parent_and_key(rename.to);
  Record value;
  bool found = false;
  each_value(record, from_parent, [&, key = from_key](Record& parent) {
    if (!parent.is_object() || !parent.contains(key)) return;
    value = parent.at(key);
    found = true;
  });
  if (!found) return 0;
  Record* target = &record;
  for (std::string_view rest = to_parent; !rest.empty();) {
    const std::size_t point = std::min(rest.find('.'), rest.size());
    Record& next = (*target)[std::string(rest.substr(0, point))];
    if (next.is_null()) next = Record::object();
    if (!next.is_object()) return 0;
    target = &next;
    rest.remove_prefix(std::min(point + 1, rest.size()));
  }
  if (!target->is_object() || target->contains(to_key)) return 0;
  (*target)[to_key] = std::move(value);
  each_value(record, from_parent, [key = from_key](Record& parent) { parent.erase(key); });
  ++counts[{rename.to, "renamed from " + rename.from}];
  return 1;
}

std::size_t rescale(Record& record, const Rescale& rescale, RepairCounts& counts) {
  std::size_t done = 0;
  each_value(record, rescale.path, [&](Record& value) {
    if (!value.is_number() || value.get<double>() <= rescale.above) return;
    value = value.get<double>() / rescale.by;
    ++counts[{rescale.path, fmt::format("divided by {:g}", rescale.by)}];
    ++done;
  });
  return done;
}

std::size_t coerce(Record& record, const JsonSchema& schema, RepairCounts& counts) {
  std::size_t done = 0;
  for (const FieldRule& rule : schema.fields())
    each_value(record, rule.path, [&](Record& value) {
      const char* kind = cast(value, rule);
      if (!kind) return;
      ++counts[{rule.path, kind}];
      ++done;
    });
  return done;
}

}  // namespace rehearse::diagnose
