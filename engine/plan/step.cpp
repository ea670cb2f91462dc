// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/step.hpp"

#include <fmt/ranges.h>

#include <cassert>
#include <cstdio>
#include <cstdlib>

#include "engine/base/nearest.hpp"

namespace rehearse::plan {
namespace {

const char* type_words(ParameterType type) {
  switch (type) {
    case ParameterType::number: return "number";
    case ParameterType::integer: return "whole number";
    case ParameterType::boolean: return "true or false";
    case ParameterType::text: return "text";
    case ParameterType::choice: return "choice";
    case ParameterType::numbers: return "list of numbers";
    case ParameterType::texts: return "list of texts";
    case ParameterType::subplan: return "function";
  }
  return "";
}

template <class T>
const T& held(const std::map<std::string, Value>& parameters, const std::string& name) {
  const auto found = parameters.find(name);
  assert(found != parameters.end() && std::holds_alternative<T>(found->second));
  return std::get<T>(found->second);
}

}  // namespace

double StepCall::number(const std::string& name) const {
  const auto found = parameters.find(name);
  assert(found != parameters.end());
  if (const auto* whole = std::get_if<std::int64_t>(&found->second))
    return static_cast<double>(*whole);
  return held<double>(parameters, name);
}

std::int64_t StepCall::integer(const std::string& name) const {
  return held<std::int64_t>(parameters, name);
}
bool StepCall::boolean(const std::string& name) const { return held<bool>(parameters, name); }
const std::string& StepCall::text(const std::string& name) const {
  return held<std::string>(parameters, name);
}
std::vector<double> StepCall::numbers(const std::string& name) const {
  return held<std::vector<double>>(parameters, name);
}
std::vector<std::string> StepCall::texts(const std::string& name) const {
  return held<std::vector<std::string>>(parameters, name);
}
std::shared_ptr<const SubPlan> StepCall::subplan(const std::string& name) const {
  return held<std::shared_ptr<const SubPlan>>(parameters, name);
}

bool StepCall::given(const std::string& name) const {
  const auto found = parameters.find(name);
  return found != parameters.end() && !std::holds_alternative<std::monostate>(found->second);
}

namespace {

std::string help_line(const Port& port) {
  const char* many = port.variadic ? ", one or more" : port.optional ? ", optional" : "";
  return fmt::format("  {}{} ({}{}): {}\n", port.named ? port.name + " = " : "",
                     port.named ? "handle" : port.name, kind_name(port.kind), many, port.sentence);
}

std::string help_line(const Parameter& p) {
  std::string range;
  if (p.low || p.high)
    range = fmt::format(", {:g} to {:g}", p.low.value_or(-1e300), p.high.value_or(1e300));
  if (!p.choices.empty()) range = fmt::format(", one of {}", fmt::join(p.choices, ", "));
  const bool given = !std::holds_alternative<std::monostate>(p.initial);
  const std::string initial = given        ? "default " + to_text(p.initial)
                              : p.optional ? "optional"
                                           : "must be given";
  return fmt::format("  {} ({}{}{}; {}): {}\n", p.name, type_words(p.type), range,
                     p.unit.empty() ? "" : ", " + p.unit, initial, p.sentence);
}

}  // namespace

std::string StepInfo::help() const {
  std::string text = fmt::format("{}: {}\n", name, sentence);
  if (!example.empty()) text += fmt::format("  example: {}\n", example);
  for (const Port& port : inputs) text += help_line(port);
  for (const Parameter& parameter : parameters) text += help_line(parameter);
  return text;
}

Registry& Registry::instance() {
  static Registry registry;
  return registry;
}

Result<void> Registry::add(StepInfo info) {
  const std::string name = info.name;
  if (!steps_.emplace(name, std::move(info)).second)
    return fail(Code::internal, "two steps are named `{}`", name);
  return {};
}

const StepInfo* Registry::find(std::string_view name) const {
  const auto found = steps_.find(name);
  return found == steps_.end() ? nullptr : &found->second;
}

std::vector<const StepInfo*> Registry::all() const {
  std::vector<const StepInfo*> steps;
  for (const auto& [name, info] : steps_) steps.push_back(&info);
  return steps;
}

std::string Registry::nearest(std::string_view name) const {
  std::vector<std::string> names;
  for (const auto& [known, info] : steps_) names.push_back(known);
  return nearest_name(name, names);
}

StepRegistration::StepRegistration(StepInfo info) {
  if (auto added = Registry::instance().add(std::move(info)); !added) {
    // Two files claim one name: a fault of the build, found before main.
    std::fprintf(stderr, "rehearse: %s\n", added.error().message.c_str());
    std::abort();
  }
}

}  // namespace rehearse::plan
