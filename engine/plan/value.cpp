// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

#include "engine/base/nearest.hpp"
#include "engine/plan/content_hash.hpp"
#include "engine/plan/plan.hpp"

namespace rehearse::plan {
namespace {

bool whole(std::string_view text, double& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(number);
}

// "5%" is 0.05 for a knob that shows percent.
Result<Value> parse_slider(const Knob& knob, std::string_view text) {
  double number = 0;
  const bool percent = !text.empty() && text.back() == '%';
  if (!whole(percent ? text.substr(0, text.size() - 1) : text, number))
    return fail(Code::invalid_argument, "knob `{}`: `{}` is not a number", knob.name, text);
  if (percent) number /= 100;
  if (number < knob.low || number > knob.high)
    return fail(Code::invalid_argument, "knob `{}`: {} is outside its range, {} to {}", knob.name,
                text, knob.low, knob.high);
  if (!std::holds_alternative<std::int64_t>(knob.initial)) return Value(number);
  if (number != std::floor(number))
    return fail(Code::invalid_argument, "knob `{}`: {} is not a whole number", knob.name, text);
  return Value(static_cast<std::int64_t>(number));
}

}  // namespace

std::string to_text(const Value& value) {
  return std::visit(
      [](const auto& v) -> std::string {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::monostate>)
          return "none";
        else if constexpr (std::is_same_v<T, bool>)
          return v ? "true" : "false";
        else if constexpr (std::is_same_v<T, std::string>)
          return v;
        else if constexpr (std::is_same_v<T, double>)
          return fmt::format("{:g}", v);
        else if constexpr (std::is_same_v<T, std::int64_t>)
          return fmt::format("{}", v);
        else if constexpr (std::is_same_v<T, std::shared_ptr<const SubPlan>>)
          return fmt::format("a loop of {} steps", v->nodes.size() - v->placeholders.size());
        else
          return fmt::format("{{{}}}", fmt::join(v, ", "));
      },
      value);
}

Result<Value> parse_knob(const Knob& knob, std::string_view text) {
  switch (knob.kind) {
    case Knob::Kind::slider: return parse_slider(knob, text);
    case Knob::Kind::choice:
      for (const std::string& choice : knob.choices)
        if (choice == text) return Value(choice);
      return fail(Code::invalid_argument, "knob `{}`: `{}` is not one of {}{}", knob.name, text,
                  fmt::join(knob.choices, ", "), did_you_mean(text, knob.choices));
    case Knob::Kind::toggle:
      for (const char* yes : {"true", "on", "yes", "1"})
        if (text == yes) return Value(true);
      for (const char* no : {"false", "off", "no", "0"})
        if (text == no) return Value(false);
      return fail(Code::invalid_argument, "knob `{}`: `{}` is neither on nor off", knob.name, text);
  }
  return fail(Code::internal, "a knob of no kind");
}

void add_to(Hasher& hasher, const Value& value) {
  hasher.add(static_cast<std::uint64_t>(value.index()));
  std::visit(
      [&hasher](const auto& v) {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
        } else if constexpr (std::is_same_v<T, std::shared_ptr<const SubPlan>>) {
          hasher.add(v->hash);
        } else if constexpr (std::is_same_v<T, std::vector<double>> ||
                             std::is_same_v<T, std::vector<std::string>>) {
          hasher.add(static_cast<std::uint64_t>(v.size()));
          for (const auto& one : v) hasher.add(one);
        } else {
          hasher.add(v);
        }
      },
      value);
}

std::uint64_t content_hash(const Node& node,
                           const std::function<std::uint64_t(const Ref&)>& hash_of,
                           std::uint64_t seed) {
  Hasher hasher;
  hasher.add(node.step->name).add(node.step->version).add(seed);
  for (const auto& [name, value] : node.parameters) {
    hasher.add(name);
    add_to(hasher, value);
  }
  for (const auto& [port, refs] : node.inputs) {
    hasher.add(port).add(static_cast<std::uint64_t>(refs.size()));
    for (const Ref& ref : refs) hasher.add(hash_of(ref)).add(ref.output);
  }
  for (const auto& [port, labels] : node.labels)
    for (const std::string& label : labels) hasher.add(port).add(label);
  return hasher.digest();
}

}  // namespace rehearse::plan
