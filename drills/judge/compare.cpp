// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/compare.hpp"

#include <algorithm>
#include <cmath>

namespace rehearse::judge {
namespace {

using Kind = Type::Kind;

constexpr std::size_t kShown = 80;

// A total order of values of one type, for sorting: NaN after every other float.
int order(const Value& a, const Value& b) {
  auto three_way = [](auto x, auto y) { return x < y ? -1 : y < x ? 1 : 0; };
  if (a.data.index() != b.data.index()) return three_way(a.data.index(), b.data.index());
  if (const auto* x = a.boolean()) return three_way(*x, *b.boolean());
  if (const auto* x = a.integer()) return three_way(*x, *b.integer());
  if (const auto* x = a.string()) return three_way(*x, *b.string());
  if (const auto* x = a.real()) {
    bool nan_a = std::isnan(*x), nan_b = std::isnan(*b.real());
    return nan_a || nan_b ? three_way(nan_a, nan_b) : three_way(*x, *b.real());
  }
  if (!a.table()) return 0;
  const Table &s = *a.table(), &t = *b.table();
  for (std::size_t i = 0; i < std::min(s.array.size(), t.array.size()); ++i) {
    if (int way = order(s.array[i], t.array[i])) return way;
  }
  if (int way = three_way(s.array.size(), t.array.size())) return way;
  for (std::size_t i = 0; i < std::min(s.fields.size(), t.fields.size()); ++i) {
    if (int way = order(s.fields[i].key, t.fields[i].key)) return way;
    if (int way = order(s.fields[i].value, t.fields[i].value)) return way;
  }
  return three_way(s.fields.size(), t.fields.size());
}

Value sorted(const Value& value, const Type& type) {
  const Table* table = value.table();
  if (!table) return value;
  Table result;
  auto part = [&](std::size_t i) { return i < type.parts.size() ? type.parts[i] : Type{}; };
  for (std::size_t i = 0; i < table->array.size(); ++i) {
    result.array.push_back(sorted(table->array[i], part(type.kind == Kind::tuple ? i : 0)));
  }
  for (const Field& field : table->fields)
    result.fields.push_back({field.key, sorted(field.value, part(1))});
  if (type.kind == Kind::list) {
    std::sort(result.array.begin(), result.array.end(),
              [](const Value& a, const Value& b) { return order(a, b) < 0; });
  }
  return Value(std::move(result));
}

bool close_enough(double expected, double got, double tolerance) {
  if (std::isnan(expected) || std::isnan(got)) return std::isnan(expected) && std::isnan(got);
  if (std::isinf(expected) || std::isinf(got)) return expected == got;
  return std::abs(expected - got) <= tolerance * std::max(1.0, std::abs(expected));
}

// Finds the first difference and names its place; `equal` alone is what usually runs.
class Comparer {
 public:
  explicit Comparer(double tolerance) : tolerance_(tolerance) {}

  bool equal(const Value& expected, const Value& got) const {
    if (expected.data.index() != got.data.index()) return false;
    if (const double* x = expected.real()) return close_enough(*x, *got.real(), tolerance_);
    const Table *want = expected.table(), *have = got.table();
    if (!want) return expected == got;
    auto same_field = [this](const Field& a, const Field& b) {
      return a.key == b.key && equal(a.value, b.value);
    };
    return std::equal(want->array.begin(), want->array.end(), have->array.begin(),
                      have->array.end(),
                      [this](const Value& a, const Value& b) { return equal(a, b); }) &&
           std::equal(want->fields.begin(), want->fields.end(), have->fields.begin(),
                      have->fields.end(), same_field);
  }

  // True when equal; else `difference` is set.
  bool same(const Value& expected, const Value& got, const Type& type, const std::string& place) {
    if (expected.data.index() != got.data.index()) return differ(expected, got, type, place);
    if (const double* x = expected.real()) {
      return close_enough(*x, *got.real(), tolerance_) || differ(expected, got, type, place);
    }
    if (expected.table()) return same_table(*expected.table(), *got.table(), type, place);
    return expected == got || differ(expected, got, type, place);
  }

  std::string difference;

 private:
  bool differ(const Value& expected, const Value& got, const Type& type, const std::string& place) {
    difference = fmt::format("{}{}{} instead of {}", place, place.empty() ? "" : ": ",
                             show(got, type, kShown), show(expected, type, kShown));
    return false;
  }

  bool same_table(const Table& expected, const Table& got, const Type& type,
                  const std::string& place) {
    const Type& inner = type.kind == Kind::optional ? type.parts[0] : type;
    auto part = [&](std::size_t i) { return i < inner.parts.size() ? inner.parts[i] : Type{}; };
    std::size_t shared = std::min(expected.array.size(), got.array.size());
    for (std::size_t i = 0; i < shared; ++i) {
      Type element = part(inner.kind == Kind::tuple ? i : 0);
      if (!same(expected.array[i], got.array[i], element, fmt::format("{}[{}]", place, i + 1)))
        return false;
    }
    if (expected.array.size() != got.array.size()) {
      difference = fmt::format("{}{}{} values instead of {}", place, place.empty() ? "" : ": ",
                               got.array.size(), expected.array.size());
      return false;
    }
    return same_fields(expected, got, inner, place);
  }

  bool same_fields(const Table& expected, const Table& got, const Type& type,
                   const std::string& place) {
    if (type.kind != Kind::map) return expected.fields.size() == got.fields.size();
    // Both are sorted by key.
    std::size_t i = 0;
    for (; i < expected.fields.size() && i < got.fields.size(); ++i) {
      const Field &want = expected.fields[i], &have = got.fields[i];
      int way = order(want.key, have.key);
      if (way != 0) return key_differs(way < 0 ? want : have, way < 0, type, place);
      std::string key = fmt::format("{}[{}]", place, show(want.key, type.parts[0], kShown));
      if (!same(want.value, have.value, type.parts[1], key)) return false;
    }
    if (i < expected.fields.size()) return key_differs(expected.fields[i], true, type, place);
    if (i < got.fields.size()) return key_differs(got.fields[i], false, type, place);
    return true;
  }

  bool key_differs(const Field& field, bool missing, const Type& type, const std::string& place) {
    difference = fmt::format("{}{}the key {} {}", place, place.empty() ? "" : ": ",
                             show(field.key, type.parts[0], kShown),
                             missing ? "is missing" : "does not belong there");
    return false;
  }

  double tolerance_;
};

// For lists whose order is open: one value that is missing, or one too many.
std::string multiset_difference(const Value& expected, const Value& got, const Type& type) {
  if (type.kind != Kind::list || !expected.table() || !got.table()) return "";
  auto before = [](const Value& a, const Value& b) { return order(a, b) < 0; };
  const auto &want = expected.table()->array, &have = got.table()->array;
  std::vector<Value> missing, extra;
  std::set_difference(want.begin(), want.end(), have.begin(), have.end(),
                      std::back_inserter(missing), before);
  std::set_difference(have.begin(), have.end(), want.begin(), want.end(), std::back_inserter(extra),
                      before);
  std::string text;
  if (!missing.empty()) text = show(missing.front(), type.parts[0], kShown) + " is missing";
  if (!extra.empty())
    text += (text.empty() ? "" : "; ") + show(extra.front(), type.parts[0], kShown) +
            " does not belong there";
  return text;
}

std::string call_text(const Signature& signature, const Call& call) {
  const Callable* method = signature.method(call.method);
  std::string args;
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    args += (i ? ", " : "") + show(call.args[i], method ? method->parameters[i].type : Type{}, 40);
  }
  return call.method + "(" + args + ")";
}

}  // namespace

Comparison compare_values(const Compare& compare, const Type& type, const Value& expected,
                          const Value& got) {
  Comparer comparer(compare.how == Compare::How::tolerance ? compare.tolerance : 0);
  Comparison result;
  if (compare.how != Compare::How::unordered) {
    result.equal = comparer.equal(expected, got);
    if (result.equal) return result;
    comparer.same(expected, got, type, "");
    result.difference = comparer.difference;
    return result;
  }
  Value want = sorted(expected, type), have = sorted(got, type);
  result.equal = comparer.same(want, have, type, "");
  if (result.equal) return result;
  result.difference = multiset_difference(want, have, type);
  if (result.difference.empty()) result.difference = comparer.difference;
  return result;
}

Result<Comparison> compare_answers(const Drill& drill, const Input& input, const Value& expected,
                                   const Value& got, DrillProcess* functions) {
  const Signature& signature = drill.signature;
  if (drill.compare.how == Compare::How::function) {
    if (!functions) return fail(Code::internal, "a drill's own comparison without its process");
    auto equal = functions->compare(input, signature.is_class, got, expected);
    if (!equal) return fail(equal.error());
    return Comparison{*equal, *equal ? "" : "the drill does not take this answer", 0};
  }
  if (!signature.is_class)
    return compare_values(drill.compare, signature.function.result, expected, got);
  bool whole = expected.table() && got.table() &&
               expected.table()->array.size() == input.calls.size() &&
               got.table()->array.size() == input.calls.size();
  if (!whole) return Comparison{false, "not one result per call", 0};
  for (std::size_t i = 0; i < input.calls.size(); ++i) {
    const Callable* method = signature.method(input.calls[i].method);
    if (!method) continue;
    Comparison one = compare_values(drill.compare, method->result, expected.table()->array[i],
                                    got.table()->array[i]);
    if (one.equal) continue;
    one.call = i + 1;
    one.difference =
        fmt::format("call {}, {}: {}", i + 1, call_text(signature, input.calls[i]), one.difference);
    return one;
  }
  return Comparison{true, "", 0};
}

}  // namespace rehearse::judge
