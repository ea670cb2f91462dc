// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/trail.hpp"

#include <fmt/ranges.h>

namespace rehearse::plan {
namespace {

const Node& node_of(const Plan& plan, int node) {
  return plan.nodes[static_cast<std::size_t>(node)];
}

bool has_events(const Column& column) {
  if (column.role() != Role::label || !column.numeric()) return false;
  for (std::size_t row = 0; row < column.size(); ++row)
    if (!column.missing(row) && column.number(row) != 0 && column.number(row) != 1) return false;
  return true;
}

}  // namespace

std::vector<Steppable> steppable(const Plan& plan) {
  std::vector<Steppable> found;
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const Node& node = plan.nodes[i];
    if (!node.step->trail) continue;
    std::string name = node.step->name;
    for (const auto& [label, ref] : plan.labels)
      if (ref.node == static_cast<int>(i)) name = label;
    found.push_back({static_cast<int>(i), name, node.step->name});
  }
  return found;
}

Result<int> steppable_node(const Plan& plan, const std::string& at) {
  std::vector<std::string> known;
  for (const Steppable& step : steppable(plan)) {
    if (step.name == at || step.step == at) return step.node;
    known.push_back("`" + step.name + "`");
  }
  return fail(Code::not_found,
              "--at {}: nothing of that name can be stepped through; in `{}` these can: {}", at,
              plan.id, known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", ")));
}

const Frame* trail_rows(const Plan& plan, const Run& run, int node) {
  const Node& of = node_of(plan, node);
  for (const Port& port : of.step->inputs) {
    const auto refs = of.inputs.find(port.name);
    if (port.kind != Kind::frame || refs == of.inputs.end() || refs->second.empty()) continue;
    const ArtifactPtr rows = run.at(refs->second.front());
    return rows ? &rows->as_frame() : nullptr;
  }
  return nullptr;
}

Result<Frame> trail(const Plan& plan, const Run& run, int node, std::size_t row) {
  const Node& of = node_of(plan, node);
  const auto& outputs = run.outputs[static_cast<std::size_t>(node)];
  if (!outputs)
    return fail(Code::not_found, "{} was not run, since nothing that is shown needs it",
                of.step->name);
  const Frame* rows = trail_rows(plan, run, node);
  if (rows && row >= rows->rows())
    return fail(Code::invalid_argument,
                "row {} is beyond the data of {}, which has the rows 0 to {}", row, of.step->name,
                rows->rows() == 0 ? 0 : rows->rows() - 1);
  StepCall call{{}, of.labels, of.parameters};
  for (const auto& [port, refs] : of.inputs)
    for (const Ref& ref : refs) {
      const ArtifactPtr input = run.at(ref);
      if (!input)
        return fail(Code::not_found, "an input of {} is not part of this run", of.step->name);
      call.inputs[port].push_back(input);
    }
  return of.step->trail(call, *outputs, row);
}

const Column* trail_label(const Plan& plan, const Run& run, int node) {
  const Frame* rows = trail_rows(plan, run, node);
  if (!rows) return nullptr;
  const Node& of = node_of(plan, node);
  if (const auto given = of.parameters.find("label"); given != of.parameters.end())
    if (const auto* name = std::get_if<std::string>(&given->second)) {
      const Column* column = rows->find(*name);
      return column && has_events(*column) ? column : nullptr;
    }
  const Column* only = nullptr;
  for (std::size_t c = 0; c < rows->columns(); ++c) {
    if (!has_events(rows->column(c))) continue;
    if (only) return nullptr;
    only = &rows->column(c);
  }
  return only;
}

std::optional<std::size_t> next_row(const Frame& rows, const Column* label,
                                    std::optional<bool> wanted, std::size_t from, bool backwards) {
  const auto fits = [&](std::size_t row) {
    return !label || !wanted || (!label->missing(row) && (label->number(row) == 1) == *wanted);
  };
  if (backwards) {
    for (std::size_t row = std::min(from + 1, rows.rows()); row-- > 0;)
      if (fits(row)) return row;
    return {};
  }
  for (std::size_t row = from; row < rows.rows(); ++row)
    if (fits(row)) return row;
  return {};
}

}  // namespace rehearse::plan
