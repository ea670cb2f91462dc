// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/designs_common.hpp"
#include "app/cli/table.hpp"
#include "engine/base/document.hpp"
#include "engine/plan/trail.hpp"

namespace rehearse::cli {
namespace {

struct StepOptions {
  DesignOptions design;
  std::string at;
  std::size_t row = 0;
};

int step(Context& context, const StepOptions& options) {
  auto plan = trace_design(context, options.design);
  if (!plan) return context.report(plan.error());
  auto node = plan::steppable_node(*plan, options.at);
  if (!node) return context.report(node.error());
  auto run = run_design(context, *plan, options.design);
  if (!run) return context.report(run.error());
  auto trail = plan::trail(*plan, *run, *node, options.row);
  if (!trail) return context.report(trail.error());
  const plan::StepInfo& info = *plan->nodes[static_cast<std::size_t>(*node)].step;
  if (context.json) {
    context.print(Json{{"design", plan->id},
                       {"step", info.name},
                       {"row", options.row},
                       {"trail", rehearse::to_json(*trail)}});
    return kDone;
  }
  context.print(fmt::format("{} on row {} ({})\n", info.name, options.row, info.sentence));
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
