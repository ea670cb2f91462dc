// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/domain.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace rehearse::judge {
namespace {

using Kind = Type::Kind;

// What can be held against another part: a number's value, a list's or string's length.
std::optional<double> measure(const Value& value) {
  double number = 0;
  if (value.number(number)) return number;
  if (const std::string* text = value.string()) return static_cast<double>(text->size());
  if (const Table* table = value.table())
    return static_cast<double>(table->array.size() + table->fields.size());
  return {};
}

std::size_t length(const Value& value) {
  return static_cast<std::size_t>(measure(value).value_or(0));
}

constexpr std::size_t kSearched = 2000;

struct ListTraits {
  bool ascending = true, strictly = true, distinct = true, rows_alike = true;
};

bool less(const Value& a, const Value& b) {
  if (a.string() && b.string()) return *a.string() < *b.string();
  if (a.table() && b.table() && !a.table()->array.empty() && !b.table()->array.empty()) {
    return less(a.table()->array[0], b.table()->array[0]);  // tuples by their first part
  }
  double x = 0, y = 0;
  return a.number(x) && b.number(y) && x < y;
}

ListTraits traits_of(const Table& table) {
  ListTraits traits;
  const auto& list = table.array;
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (less(list[i], list[i - 1])) traits.ascending = false;
    if (!less(list[i - 1], list[i])) traits.strictly = false;
    if (length(list[i]) != length(list[0])) traits.rows_alike = false;
  }
  // Long lists are not searched for repeats: the short ones show whether a drill allows them.
  if (!traits.strictly && list.size() <= kSearched && !list.empty() &&
      (list[0].integer() || list[0].string())) {
    auto before = [](const Value* a, const Value* b) { return less(*a, *b); };
    std::set<const Value*, decltype(before)> different(before);
    for (const Value& element : list) different.insert(&element);
    traits.distinct = different.size() == list.size();
  }
  return traits;
}

std::vector<Type> types_of(const std::vector<Parameter>& parameters) {
  std::vector<Type> types;
  for (const Parameter& parameter : parameters) types.push_back(parameter.type);
  return types;
}

}  // namespace

void Domain::learn_list(Shape& shape, const Value& value, const Type& type) {
  const Table& table = *value.table();
  ListTraits traits = traits_of(table);
  shape.ascending = shape.ascending && traits.ascending;
  shape.strictly = shape.strictly && traits.strictly;
  shape.distinct = shape.distinct && traits.distinct;
  shape.rows_alike = shape.rows_alike && traits.rows_alike;
  shape.seen_long = shape.seen_long || table.array.size() >= 3;
  for (const Value& element : table.array) learn_value(shape.parts[0], element, type.parts[0]);
}

bool Domain::allows_list(const Shape& shape, const Value& value, const Type& type) {
  const Table& table = *value.table();
  if (shape.seen_long) {
    ListTraits traits = traits_of(table);
    if ((shape.ascending && !traits.ascending) || (shape.strictly && !traits.strictly) ||
        (shape.distinct && !traits.distinct) || (shape.rows_alike && !traits.rows_alike)) {
      return false;
    }
  }
  return std::all_of(table.array.begin(), table.array.end(), [&](const Value& element) {
    return allows_value(shape.parts[0], element, type.parts[0]);
  });
}

void Domain::learn_tuple(Shape& shape, const std::vector<Value>& values,
                         const std::vector<Type>& types) {
  std::size_t count = types.size();
  if (shape.parts.size() != count) {
    shape.parts.resize(count);
    shape.at_most.assign(count, std::vector<char>(count, 1));
    shape.below = shape.at_most;
  }
  shape.seen = true;
  for (std::size_t i = 0; i < count && i < values.size(); ++i) {
    learn_value(shape.parts[i], values[i], types[i]);
    for (std::size_t j = 0; j < count && j < values.size(); ++j) {
      auto x = measure(values[i]), y = measure(values[j]);
      if (!x || !y || !(*x <= *y)) shape.at_most[i][j] = 0;
      if (!x || !y || !(*x < *y)) shape.below[i][j] = 0;
    }
  }
}

bool Domain::allows_tuple(const Shape& shape, const std::vector<Value>& values,
                          const std::vector<Type>& types) {
  if (!shape.seen || values.size() != types.size()) return false;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (!allows_value(shape.parts[i], values[i], types[i])) return false;
    for (std::size_t j = 0; j < types.size(); ++j) {
      auto x = measure(values[i]), y = measure(values[j]);
      if (i == j || !x || !y) continue;
      if ((shape.at_most[i][j] && !(*x <= *y)) || (shape.below[i][j] && !(*x < *y))) return false;
    }
  }
  return true;
}

void Domain::learn_value(Shape& shape, const Value& value, const Type& type) {
  if (value.is_nil()) return;
  if (type.kind == Kind::optional) return learn_value(shape, value, type.parts[0]);
  double number = 0;
  bool is_number = value.number(number);
  std::size_t size = length(value);
  if (shape.parts.empty()) shape.parts.resize(type.parts.size());
  if (!shape.seen) {
    shape.least = shape.most = number;
    shape.shortest = shape.longest = size;
    if (type.kind != Kind::tuple) shape.seen = true;
  }
  if (is_number) {
    shape.least = std::min(shape.least, number);
    shape.most = std::max(shape.most, number);
  } else {
    shape.shortest = std::min(shape.shortest, size);
    shape.longest = std::max(shape.longest, size);
  }
  if (const std::string* text = value.string()) {
    for (char c : *text) shape.bytes.set(static_cast<unsigned char>(c));
  }
  if (type.kind == Kind::list) learn_list(shape, value, type);
  if (type.kind == Kind::tuple) {
    if (shape.at_most.empty()) shape.parts.clear();
    learn_tuple(shape, value.table()->array, type.parts);
  }
}

bool Domain::allows_value(const Shape& shape, const Value& value, const Type& type) {
  if (value.is_nil()) return true;
  if (type.kind == Kind::optional) return allows_value(shape, value, type.parts[0]);
  if (!shape.seen) return false;
  double number = 0;
  if (value.number(number)) return number >= shape.least && number <= shape.most;
  if (type.kind == Kind::tuple) return allows_tuple(shape, value.table()->array, type.parts);
  if (value.boolean()) return true;
  if (length(value) < shape.shortest || length(value) > shape.longest) return false;
  if (const std::string* text = value.string()) {
    return std::all_of(text->begin(), text->end(),
                       [&](char c) { return shape.bytes.test(static_cast<unsigned char>(c)); });
  }
  return type.kind != Kind::list || allows_list(shape, value, type);
}

void Domain::learn(const Input& input) {
  learn_tuple(arguments_, input.args, types_of(signature_.function.parameters));
  for (const Call& call : input.calls) {
    if (const Callable* method = signature_.method(call.method)) {
      learn_tuple(methods_[call.method], call.args, types_of(method->parameters));
    }
  }
}

bool Domain::allows(const Input& input) const {
  if (!allows_tuple(arguments_, input.args, types_of(signature_.function.parameters))) return false;
  if (signature_.is_class && input.calls.size() < fewest_calls_) return false;
  return std::all_of(input.calls.begin(), input.calls.end(), [&](const Call& call) {
    const Callable* method = signature_.method(call.method);
    auto shape = methods_.find(call.method);
    return method && shape != methods_.end() &&
           allows_tuple(shape->second, call.args, types_of(method->parameters));
  });
}

}  // namespace rehearse::judge
