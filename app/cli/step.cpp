// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/designs_common.hpp"
#include "app/cli/table.hpp"
#include "engine/base/document.hpp"

namespace rehearse::cli {
namespace {

struct StepOptions {
  DesignOptions design;
  std::string at;
  std::size_t row = 0;
};

// A node that can be stepped, by the label of its result or by the name of its step.
Result<int> node_at(const plan::Plan& plan, const std::string& at) {
  std::vector<std::string> known;
  const auto labelled = plan.labels.find(at);
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const plan::Node& node = plan.nodes[i];
    if (!node.step->trail) continue;
    const bool named = node.step->name == at || (labelled != plan.labels.end() &&
                                                 labelled->second.node == static_cast<int>(i));
    if (named) return static_cast<int>(i);
    std::string name = node.step->name;
    for (const auto& [label, ref] : plan.labels)
      if (ref.node == static_cast<int>(i)) name = label;
    known.push_back("`" + name + "`");
  }
  return fail(Code::not_found,
              "--at {}: nothing of that name can be stepped through; in `{}` these can: {}", at,
              plan.id, known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", ")));
}

int step(Context& context, const StepOptions& options) {
  auto plan = trace_design(context, options.design);
  if (!plan) return context.report(plan.error());
  auto index = node_at(*plan, options.at);
  if (!index) return context.report(index.error());
  auto run = run_design(context, *plan, options.design);
  if (!run) return context.report(run.error());
  const plan::Node& node = plan->nodes[static_cast<std::size_t>(*index)];
  plan::StepCall call{{}, node.labels, node.parameters};
  for (const auto& [port, refs] : node.inputs)
    for (const plan::Ref& ref : refs) call.inputs[port].push_back(run->at(ref));
  auto trail = node.step->trail(call, *run->outputs[static_cast<std::size_t>(*index)], options.row);
  if (!trail) return context.report(trail.error());
  if (context.json) {
    context.print(Json{{"design", plan->id},
                       {"step", node.step->name},
                       {"row", options.row},
                       {"trail", rehearse::to_json(*trail)}});
    return kDone;
  }
  context.print(
      fmt::format("{} on row {} ({})\n", node.step->name, options.row, node.step->sentence));
  context.print(to_text(*trail, 200));
  return kDone;
}

Action declare_step(Arguments& app) {
  auto options = std::make_shared<StepOptions>();
  declare_design_options(app, options->design);
  app.add_option("--at", options->at, "the label of a result, or the name of a step").required();
  app.add_option("--row", options->row, "the example: a row of the step's data, from 0").required();
  return [options](Context& context) { return step(context, *options); };
}

const VerbRegistration kStep{{"step", "follow one example through a step's arithmetic",
                              "rehearse step click-calibration --at train.ftrl --row 17",
                              declare_step}};

}  // namespace
}  // namespace rehearse::cli
