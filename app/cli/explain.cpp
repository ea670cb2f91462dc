// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/designs_common.hpp"
#include "app/cli/table.hpp"
#include "engine/base/hash.hpp"
#include "engine/plan/figure.hpp"

namespace rehearse::cli {
namespace {

std::string call_text(const plan::Plan& plan, std::size_t index) {
  const plan::Node& node = plan.nodes[index];
  std::vector<std::string> parts;
  for (const auto& [port, refs] : node.inputs)
    for (const plan::Ref& ref : refs)
      parts.push_back(fmt::format("{}=#{}", port, ref.node + 1) +
                      (ref.output ? fmt::format(".{}", ref.output + 1) : ""));
  for (const auto& [name, value] : node.parameters)
    if (!std::holds_alternative<std::monostate>(value))
      parts.push_back(fmt::format("{}={}", name, plan::to_text(value)));
  return fmt::format("{}({})", node.step->name, fmt::join(parts, ", "));
}

Json plan_json(const plan::Plan& plan) {
  Json chapters = Json::array(), nodes = Json::array();
  for (const plan::Chapter& chapter : plan.chapters)
    chapters.push_back({{"title", chapter.title}, {"prose", chapter.prose}});
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const plan::Node& node = plan.nodes[i];
    Json inputs = Json::object(), parameters = Json::object();
    for (const auto& [port, refs] : node.inputs)
      for (const plan::Ref& ref : refs)
        inputs[port].push_back({{"node", ref.node}, {"output", ref.output}});
    for (const auto& [name, value] : node.parameters) parameters[name] = plan::to_json(value);
    nodes.push_back({{"step", node.step->name},
                     {"version", node.step->version},
                     {"hash", hex(node.hash)},
                     {"inputs", inputs},
                     {"parameters", parameters},
                     {"at", fmt::format("{}:{}", node.at.file, node.at.line)}});
  }
  return {{"design", plan.id},
          {"title", plan.title},
          {"asks", plan.asks},
          {"covers", plan.covers},
          {"seed", plan.seed},
          {"chapters", chapters},
          {"knobs", knobs_json(plan)},
          {"nodes", nodes},
          {"challenge", plan.challenge.empty() ? Json(nullptr) : Json(plan.challenge)}};
}

void print_chapter(const Context& context, const plan::Plan& plan, int chapter) {
  const plan::Chapter& text = plan.chapters[static_cast<std::size_t>(chapter)];
  if (!text.title.empty()) context.print(fmt::format("── {} ──", text.title));
  if (!text.prose.empty()) context.print(wrapped(text.prose));
  for (const plan::Knob& knob : plan.knobs) {
    if (knob.chapter != chapter) continue;
    const std::string range = knob.kind == plan::Knob::Kind::slider
                                  ? fmt::format(" ({:g} to {:g}{})", knob.low, knob.high,
                                                knob.log_scale ? ", log scale" : "")
                              : knob.kind == plan::Knob::Kind::choice
                                  ? fmt::format(" (one of {})", fmt::join(knob.choices, ", "))
                                  : " (on or off)";
    context.print(fmt::format("  knob  {} = {}{}", knob.name, plan::to_text(knob.value), range));
  }
  for (std::size_t i = 0; i < plan.nodes.size(); ++i)
    if (plan.nodes[i].chapter == chapter)
      context.print(
          fmt::format("  #{:<3} {}   line {}", i + 1, call_text(plan, i), plan.nodes[i].at.line));
  context.print("");
}

int explain(Context& context, const DesignOptions& options) {
  auto plan = trace_design(context, options);
  if (!plan) return context.report(plan.error());
  if (context.json) {
    context.print(plan_json(*plan));
    return kDone;
  }
  context.print(fmt::format("{}\n\n{}", plan->title, wrapped(plan->asks)));
  for (int chapter = 0; chapter < static_cast<int>(plan->chapters.size()); ++chapter)
    print_chapter(context, *plan, chapter);
  if (!plan->challenge.empty()) context.print("Challenge: " + plan->challenge);
  return kDone;
}

Action declare_explain(Arguments& app) {
  auto options = std::make_shared<DesignOptions>();
  declare_design_options(app, *options);
  return [options](Context& context) { return explain(context, *options); };
}

const VerbRegistration kExplain{{"explain",
                                 "the story and the graph of a design, without running it",
                                 "rehearse explain click-calibration", declare_explain}};

}  // namespace
}  // namespace rehearse::cli
