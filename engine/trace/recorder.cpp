// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/recorder.hpp"

#include <fmt/ranges.h>

#include <cmath>
#include <sstream>

#include "engine/base/nearest.hpp"
#include "engine/plan/content_hash.hpp"

namespace rehearse::trace {
namespace {

using plan::ParameterType;
using plan::Value;

std::string last_part(const std::string& name) {
  const auto dot = name.rfind('.');
  return dot == std::string::npos ? name : name.substr(dot + 1);
}

// "past, hold, live" names three results at once.
std::vector<std::string> split_labels(const std::string& text) {
  std::vector<std::string> labels;
  std::istringstream list(text);
  for (std::string label; std::getline(list, label, ',');)
    labels.push_back(label.substr(std::min(label.size(), label.find_first_not_of(' '))));
  return labels;
}

std::string due_words(const plan::Parameter& p) {
  std::string due;
  switch (p.type) {
    case ParameterType::number: due = "a number"; break;
    case ParameterType::integer: due = "a whole number"; break;
    case ParameterType::boolean: due = "true or false"; break;
    case ParameterType::text: due = "a text"; break;
    case ParameterType::choice: return fmt::format("one of {}", fmt::join(p.choices, ", "));
    case ParameterType::numbers: due = "a list of numbers"; break;
    case ParameterType::texts: due = "a list of texts"; break;
    case ParameterType::subplan: return "a function";
  }
  if (p.low && p.high)
    due += fmt::format(" from {:g} to {:g}", *p.low, *p.high);
  else if (p.low)
    due += fmt::format(" from {:g}", *p.low);
  else if (p.high)
    due += fmt::format(" up to {:g}", *p.high);
  return due;
}

bool in_range(const plan::Parameter& p, double number) {
  return std::isfinite(number) && (!p.low || number >= *p.low) && (!p.high || number <= *p.high);
}

std::optional<double> as_number(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

std::optional<Value> fitted_number(const plan::Parameter& p, const Value& value) {
  const auto number = as_number(value);
  if (!number || !in_range(p, *number)) return std::nullopt;
  if (p.type == ParameterType::number) return Value(*number);
  if (*number != std::floor(*number) || std::abs(*number) > 9e15) return std::nullopt;
  return Value(static_cast<std::int64_t>(*number));
}

std::optional<Value> fitted_list(const plan::Parameter& p, const Value& value) {
  if (p.type == ParameterType::texts) {
    if (std::holds_alternative<std::vector<std::string>>(value)) return value;
    if (const auto* one = std::get_if<std::string>(&value))
      return Value(std::vector<std::string>{*one});
    return std::nullopt;
  }
  std::vector<double> numbers;
  if (const auto one = as_number(value))
    numbers.push_back(*one);
  else if (const auto* list = std::get_if<std::vector<double>>(&value))
    numbers = *list;
  else
    return std::nullopt;
  for (const double number : numbers)
    if (!in_range(p, number)) return std::nullopt;
  return Value(numbers);
}

std::optional<Value> fitted(const plan::Parameter& p, const Value& value) {
  switch (p.type) {
    case ParameterType::number:
    case ParameterType::integer: return fitted_number(p, value);
    case ParameterType::boolean:
      return std::holds_alternative<bool>(value) ? std::optional(value) : std::nullopt;
    case ParameterType::text:
      return std::holds_alternative<std::string>(value) ? std::optional(value) : std::nullopt;
    case ParameterType::choice: {
      const auto* text = std::get_if<std::string>(&value);
      return text && std::find(p.choices.begin(), p.choices.end(), *text) != p.choices.end()
                 ? std::optional(value)
                 : std::nullopt;
    }
    case ParameterType::numbers:
    case ParameterType::texts: return fitted_list(p, value);
    case ParameterType::subplan:
      return std::holds_alternative<std::shared_ptr<const plan::SubPlan>>(value)
                 ? std::optional(value)
                 : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Result<Value> fit_parameter(const plan::StepInfo& step, const plan::Parameter& p,
                            const Value& value) {
  if (auto fits = fitted(p, value)) return *fits;
  return fail(Code::invalid_argument, "{}: `{}` must be {} ({}), not {}", step.name, p.name,
              due_words(p), p.sentence, plan::to_text(value));
}

Result<Value> Recorder::add_knob(plan::Knob knob) {
  if (!scopes_.empty())
    return fail(Code::invalid_argument,
                "a knob cannot stand inside the function of a loop; put it before");
  for (const plan::Knob& other : plan_.knobs)
    if (other.name == knob.name)
      return fail(Code::invalid_argument, "two knobs are named `{}`; the other stands in line {}",
                  knob.name, other.at.line);
  knob.value = knob.initial;
  knob.chapter = chapter();
  if (const auto given = values_.find(knob.name); given != values_.end()) {
    const Value& wanted = given->second;
    const auto number = as_number(wanted);
    const bool is_number = knob.kind == plan::Knob::Kind::slider;
    // Written with all its digits, so that a slider's value arrives as it was.
    auto value = is_number && number ? plan::parse_knob(knob, fmt::format("{}", *number))
                                     : plan::parse_knob(knob, plan::to_text(wanted));
    if (!value) return value;
    knob.value = std::move(*value);
  }
  plan_.knobs.push_back(knob);
  return knob.value;
}

Result<void> Recorder::complete(plan::Node& node) const {
  const plan::StepInfo& step = *node.step;
  for (const plan::Parameter& p : step.parameters) {
    if (node.parameters.count(p.name)) continue;
    if (std::holds_alternative<std::monostate>(p.initial) && !p.optional)
      return fail(Code::invalid_argument, "{}: `{}` must be given: {} ({})", step.name, p.name,
                  due_words(p), p.sentence);
    node.parameters[p.name] = p.initial;
  }
  for (const plan::Port& port : step.inputs) {
    if (port.optional || (node.inputs.count(port.name) && !node.inputs.at(port.name).empty()))
      continue;
    return fail(Code::invalid_argument, "{}: the input {} is missing: {}{}", step.name,
                port.named ? "`" + port.name + " = …`" : "`" + port.name + "`", port.sentence,
                step.example.empty() ? "" : "; for example " + step.example);
  }
  return {};
}

Result<std::vector<Handle>> Recorder::add_node(plan::Node node, const std::string& label) {
  if (auto whole = complete(node); !whole) return fail(whole.error());
  node.chapter = chapter();
  if (node.step->list_output && node.step->output_count)
    node.output_count = node.step->output_count(plan::StepCall{{}, node.labels, node.parameters});
  else
    node.output_count = node.step->outputs.size();
  const auto hash_of = [this](const plan::Ref& ref) {
    return hashes()[static_cast<std::size_t>(ref.node)];
  };
  node.hash = plan::content_hash(node, hash_of, plan_.seed);
  hashes().push_back(node.hash);
  const int index = static_cast<int>(nodes().size());
  std::vector<Handle> handles;
  for (std::size_t i = 0; i < node.output_count; ++i) {
    const auto& ports = node.step->outputs;
    const plan::Kind kind =
        ports.empty() ? plan::Kind::frame : ports[std::min(i, ports.size() - 1)].kind;
    handles.push_back({{index, static_cast<int>(i)}, kind, scope()});
  }
  const std::string own = label.empty() ? last_part(node.step->name) : label;
  nodes().push_back(std::move(node));
  const std::vector<std::string> each = split_labels(own);
  for (std::size_t i = 0; i < handles.size(); ++i)
    set_label(handles[i], handles.size() == 1             ? own
                          : each.size() == handles.size() ? each[i]
                                                          : fmt::format("{} {}", own, i + 1));
  return handles;
}

std::string Recorder::label_of(const Handle& handle) const {
  const auto& labels = scopes_.empty() ? labels_ : scopes_.back().labels;
  const auto found = labels.find({handle.ref.node, handle.ref.output});
  return found == labels.end() ? "" : found->second;
}

void Recorder::set_label(const Handle& handle, const std::string& label) {
  (scopes_.empty() ? labels_ : scopes_.back().labels)[{handle.ref.node, handle.ref.output}] = label;
  if (scopes_.empty()) plan_.labels[label] = handle.ref;
}

Result<void> Recorder::check_scope(const Handle& handle) const {
  if (handle.scope == scope()) return {};
  return fail(Code::invalid_argument,
              "the function of a loop can only use what it is handed; this result was made {} it",
              handle.scope == 0 ? "outside" : "inside another or by an ended one than");
}

std::vector<Handle> Recorder::begin_loop(
    const std::vector<std::pair<std::string, plan::Kind>>& placeholders) {
  Scope scope;
  scope.id = ++last_scope_;
  std::vector<Handle> handles;
  for (const auto& [name, kind] : placeholders) {
    const int index = static_cast<int>(scope.nodes.size());
    scope.nodes.emplace_back();
    scope.hashes.push_back(Hasher().add("placeholder").add(name).add(index).digest());
    scope.placeholders.push_back(name);
    scope.labels[{index, 0}] = name;
    handles.push_back({{index, 0}, kind, scope.id});
  }
  scopes_.push_back(std::move(scope));
  return handles;
}

Result<std::shared_ptr<const plan::SubPlan>> Recorder::end_loop(
    const std::vector<Handle>& results) {
  Scope scope = std::move(scopes_.back());
  scopes_.pop_back();
  auto loop = std::make_shared<plan::SubPlan>();
  Hasher hasher;
  for (const std::uint64_t hash : scope.hashes) hasher.add(hash);
  for (const Handle& result : results) {
    if (result.scope != scope.id)
      return fail(Code::invalid_argument,
                  "the function of a loop must return something that it made or was handed");
    loop->results.push_back(result.ref);
    loop->labels.push_back(scope.labels[{result.ref.node, result.ref.output}]);
    hasher.add(result.ref.node).add(result.ref.output).add(loop->labels.back());
  }
  if (results.empty())
    return fail(Code::invalid_argument,
                "the function of a loop returns nothing; return what it made");
  loop->nodes = std::move(scope.nodes);
  loop->placeholders = std::move(scope.placeholders);
  loop->hash = hasher.digest();
  return std::shared_ptr<const plan::SubPlan>(std::move(loop));
}

std::vector<std::string> Recorder::unknown_knobs() const {
  std::vector<std::string> unknown;
  for (const auto& [name, value] : values_) {
    const auto known =
        std::any_of(plan_.knobs.begin(), plan_.knobs.end(),
                    [&name = name](const plan::Knob& knob) { return knob.name == name; });
    if (!known) unknown.push_back(name);
  }
  return unknown;
}

}  // namespace rehearse::trace
