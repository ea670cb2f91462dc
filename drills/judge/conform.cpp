// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values brought to the form of their type, and values shown to people and machines.
#include <algorithm>
#include <cmath>
#include <limits>

#include "drills/judge/escape.hpp"
#include "drills/judge/signature.hpp"

namespace rehearse::judge {
namespace {

using Kind = Type::Kind;

const char* article(const Value& value) {
  return value.integer() ? "an " : value.is_nil() ? "" : "a ";
}

tl::unexpected<Error> mismatch(const Value& value, const Type& type) {
  return fail(Code::bad_data, "{}{} where {} is due", article(value), value.type_name(),
              to_text(type));
}

// The error of a part, with its place before it.
tl::unexpected<Error> within(const std::string& place, const Error& inner) {
  const bool deeper = inner.message.starts_with('[') || inner.message.starts_with('.');
  return fail(inner.code, "{}{}{}", place, deeper ? "" : ": ", inner.message);
}

tl::unexpected<Error> within(std::size_t index, const Error& inner) {
  return within(fmt::format("[{}]", index + 1), inner);
}

Result<Value> conform_integer(const Value& value, const Type& type) {
  if (value.integer()) return value;
  const double* real = value.real();
  if (!real) return mismatch(value, type);
  // 2^63 is exact as a double, and the first that does not fit.
  bool fits = *real >= -0x1p63 && *real < 0x1p63 && std::floor(*real) == *real;
  if (!fits)
    return fail(Code::bad_data, "the float {} where int is due",
                show(value, Type{Kind::real, {}}, 40));
  return Value(static_cast<std::int64_t>(*real));
}

// The values of keys 1…n, wherever Lua happened to keep them.
Result<std::vector<const Value*>> elements_of(const Value& value, const Type& type) {
  const Table* table = value.table();
  if (!table) return mismatch(value, type);
  std::vector<const Value*> elements;
  elements.reserve(table->array.size() + table->fields.size());
  for (const Value& element : table->array) elements.push_back(&element);
  for (const Field& field : table->fields) {
    const std::int64_t* key = field.key.integer();
    if (!key || *key < 1) {
      return fail(Code::bad_data, "a table with the key {} where {} is due",
                  show(field.key, Type{field.key.string() ? Kind::string : Kind::real, {}}, 40),
                  to_text(type));
    }
    if (*key != static_cast<std::int64_t>(elements.size()) + 1) {
      return fail(Code::bad_data, "[{}]: nil where {} is due (a list has no holes)",
                  elements.size() + 1, to_text(type.parts[0]));
    }
    elements.push_back(&field.value);
  }
  return elements;
}

Result<Value> conform_list(const Value& value, const Type& type) {
  auto elements = elements_of(value, type);
  if (!elements) return fail(elements.error());
  Table result;
  result.array.reserve(elements->size());
  for (std::size_t i = 0; i < elements->size(); ++i) {
    auto element = conform(*(*elements)[i], type.parts[0]);
    if (!element) return within(i, element.error());
    result.array.push_back(std::move(*element));
  }
  return Value(std::move(result));
}

Result<Value> conform_tuple(const Value& value, const Type& type) {
  auto elements = elements_of(value, type);
  if (!elements) return fail(elements.error());
  if (elements->size() != type.parts.size()) {
    return fail(Code::bad_data, "{} values where {} is due", elements->size(), to_text(type));
  }
  Table result;
  for (std::size_t i = 0; i < elements->size(); ++i) {
    auto part = conform(*(*elements)[i], type.parts[i]);
    if (!part) return within(i, part.error());
    result.array.push_back(std::move(*part));
  }
  return Value(std::move(result));
}

bool key_before(const Field& a, const Field& b) {
  if (a.key.integer()) return *a.key.integer() < *b.key.integer();
  if (a.key.string()) return *a.key.string() < *b.key.string();
  return *a.key.boolean() < *b.key.boolean();
}

Result<Value> conform_map(const Value& value, const Type& type) {
  const Table* table = value.table();
  if (!table) return mismatch(value, type);
  Table result;
  auto add = [&](const Value& key, const Value& element) -> Result<Value> {
    auto good_key = conform(key, type.parts[0]);
    if (!good_key) return within("a key", good_key.error());
    auto good = conform(element, type.parts[1]);
    if (!good) return within(fmt::format("[{}]", show(*good_key, type.parts[0], 40)), good.error());
    result.fields.push_back({std::move(*good_key), std::move(*good)});
    return Value();
  };
  for (std::size_t i = 0; i < table->array.size(); ++i) {
    if (table->array[i].is_nil()) continue;  // a hole in the array part is an absent key
    if (auto added = add(Value(static_cast<std::int64_t>(i) + 1), table->array[i]); !added)
      return added;
  }
  for (const Field& field : table->fields) {
    if (auto added = add(field.key, field.value); !added) return added;
  }
  std::sort(result.fields.begin(), result.fields.end(), key_before);
  return Value(std::move(result));
}

}  // namespace

Result<Value> conform(const Value& value, const Type& type) {
  switch (type.kind) {
    case Kind::nothing: return Value();
    case Kind::integer: return conform_integer(value, type);
    case Kind::real: {
      double number = 0;
      if (!value.number(number)) return mismatch(value, type);
      return Value(number);
    }
    case Kind::boolean: return value.boolean() ? Result<Value>(value) : mismatch(value, type);
    case Kind::string: return value.string() ? Result<Value>(value) : mismatch(value, type);
    case Kind::optional:
      return value.is_nil() ? Result<Value>(value) : conform(value, type.parts[0]);
    case Kind::list: return conform_list(value, type);
    case Kind::tuple: return conform_tuple(value, type);
    case Kind::map: return conform_map(value, type);
  }
  return fail(Code::internal, "a type without a kind");
}

Result<std::vector<Value>> conform_arguments(const std::vector<Value>& given,
                                             const std::vector<Parameter>& parameters,
                                             std::string_view what) {
  bool optional_missing = false;
  for (std::size_t i = given.size(); i < parameters.size(); ++i) {
    optional_missing = optional_missing || parameters[i].type.kind != Kind::optional;
  }
  if (given.size() > parameters.size() || optional_missing) {
    return fail(Code::bad_data, "{}: {} arguments where {} are due", what, given.size(),
                parameters.size());
  }
  std::vector<Value> result;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    static const Value kNil;
    auto value = conform(i < given.size() ? given[i] : kNil, parameters[i].type);
    if (!value) {
      const std::string& message = value.error().message;
      return fail(Code::bad_data, "{}: `{}`{}{}", what, parameters[i].name,
                  message.starts_with('[') ? "" : ": ", message);
    }
    result.push_back(std::move(*value));
  }
  return result;
}

namespace {

// Writes until the limit is passed; `show` then cuts the middle.
class Shower {
 public:
  explicit Shower(std::size_t limit) : limit_(limit) {}

  void value(const Value& x, const Type& type) {
    if (text_.size() > limit_) return;
    if (x.is_nil()) return add("none");
    if (const auto* b = x.boolean()) return add(*b ? "true" : "false");
    if (const auto* i = x.integer()) return add(fmt::format("{}", *i));
    if (const auto* d = x.real()) return real(*d);
    if (const auto* s = x.string()) return string(*s);
    table(*x.table(), type);
  }

  std::string take() { return std::move(text_); }

 private:
  void add(std::string_view text) { text_ += text; }

  void real(double x) {
    if (std::isnan(x)) return add("nan");
    if (std::isinf(x)) return add(x > 0 ? "inf" : "-inf");
    std::string digits = fmt::format("{}", x);
    if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
    add(digits);
  }

  void string(const std::string& x) {
    add("\"");
    add(escape_for_terminal(x.substr(0, limit_ + 1), Quotes::escaped));
    add("\"");
  }

  void table(const Table& x, const Type& type) {
    static const Type kUnknown;
    auto part = [&](std::size_t i) -> const Type& {
      return i < type.parts.size() ? type.parts[i] : kUnknown;
    };
    bool tuple = type.kind == Kind::tuple, map = type.kind == Kind::map || !x.fields.empty();
    add(tuple ? "(" : map ? "{" : "[");
    bool first = true;
    for (std::size_t i = 0; i < x.array.size() && text_.size() <= limit_; ++i) {
      if (!first) add(", ");
      first = false;
      value(x.array[i], part(tuple ? i : 0));
    }
    for (std::size_t i = 0; i < x.fields.size() && text_.size() <= limit_; ++i) {
      if (!first) add(", ");
      first = false;
      value(x.fields[i].key, part(0));
      add(": ");
      value(x.fields[i].value, part(1));
    }
    add(tuple ? ")" : map ? "}" : "]");
  }

  std::string text_;
  std::size_t limit_;
};

}  // namespace

std::string show(const Value& value, const Type& type, std::size_t limit) {
  Shower shower(limit);
  shower.value(value, type);
  std::string text = shower.take();
  if (text.size() <= limit) return text;
  text.resize(limit);
  trim_partial_utf8(text);
  std::string size;
  if (const Table* table = value.table(); table && !table->array.empty()) {
    size = fmt::format(" ({} values in all)", table->array.size());
  } else if (const std::string* bytes = value.string()) {
    size = fmt::format(" ({} bytes in all)", bytes->size());
  }
  return text + " …" + size;
}

Json to_json(const Value& value, const Type& type) {
  if (value.is_nil()) return nullptr;
  if (const auto* b = value.boolean()) return *b;
  if (const auto* i = value.integer()) return *i;
  if (const auto* d = value.real()) {
    if (std::isnan(*d)) return "NaN";
    if (std::isinf(*d)) return *d > 0 ? "Infinity" : "-Infinity";
    return *d;
  }
  if (const auto* s = value.string()) return escape_invalid_utf8(*s);
  const Table& table = *value.table();
  auto part = [&](std::size_t i) { return i < type.parts.size() ? type.parts[i] : Type{}; };
  if (type.kind == Kind::optional) return to_json(value, type.parts[0]);
  if (type.kind != Kind::map && table.fields.empty()) {
    Json array = Json::array();
    for (std::size_t i = 0; i < table.array.size(); ++i) {
      array.push_back(to_json(table.array[i], part(type.kind == Kind::tuple ? i : 0)));
    }
    return array;
  }
  Json object = Json::object();
  for (const Field& field : table.fields) {
    std::string key = field.key.string() ? escape_invalid_utf8(*field.key.string())
                                         : show(field.key, part(0), 80);
    object[key] = to_json(field.value, part(1));
  }
  return object;
}

}  // namespace rehearse::judge
