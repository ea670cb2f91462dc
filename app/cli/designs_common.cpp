// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/designs_common.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <mutex>

#include "app/cli/interrupt.hpp"
#include "engine/plan/figure.hpp"
#include "engine/plan/report.hpp"
#include "engine/plan/source.hpp"
#include "engine/trace/trace.hpp"

namespace rehearse::cli {
namespace {

Result<std::pair<std::string, std::string>> split_pair(const std::string& text, const char* flag) {
  const auto equal = text.find('=');
  if (equal == std::string::npos || equal == 0)
    return fail(Code::invalid_argument,
                "{} \"{}\": write name=value, as in {} \"negatives kept=0.05\"", flag, text, flag);
  return std::pair{text.substr(0, equal), text.substr(equal + 1)};
}

Result<std::optional<std::uint64_t>> parse_seed(const std::string& text) {
  if (text.empty()) return std::optional<std::uint64_t>();
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size())
    return fail(Code::invalid_argument, "--seed {}: a seed is a whole number from 0", text);
  return std::optional<std::uint64_t>(seed);
}

const plan::Knob* knob_named(const plan::Plan& plan, const std::string& name) {
  for (const plan::Knob& knob : plan.knobs)
    if (knob.name == name) return &knob;
  return nullptr;
}

Result<plan::KnobValues> parse_knobs(const plan::Plan& plan, const std::vector<std::string>& set) {
  plan::KnobValues values;
  for (const std::string& text : set) {
    auto pair = split_pair(text, "--set");
    if (!pair) return fail(pair.error());
    const plan::Knob* knob = knob_named(plan, pair->first);
    if (!knob) {
      std::vector<std::string> names;
      for (const plan::Knob& known : plan.knobs) names.push_back("`" + known.name + "`");
      return fail(Code::invalid_argument, "--set: `{}` has no knob `{}`; its knobs are {}", plan.id,
                  pair->first, fmt::join(names, ", "));
    }
    if (values.count(knob->name))
      return fail(Code::invalid_argument, "--set: the knob `{}` is set twice; give it one value",
                  knob->name);
    auto value = plan::parse_knob(*knob, pair->second);
    if (!value) return fail(value.error());
    values[knob->name] = std::move(*value);
  }
  return values;
}

Result<std::map<std::string, Frame>> read_inputs(const plan::Plan& plan,
                                                 const std::vector<std::string>& inputs) {
  std::map<std::string, Frame> frames;
  for (const std::string& text : inputs) {
    auto pair = split_pair(text, "--input");
    if (!pair) return fail(pair.error());
    std::vector<std::string> names;
    for (const plan::Source& source : plan.sources) names.push_back(source.name);
    if (std::find(names.begin(), names.end(), pair->first) == names.end())
      return fail(Code::invalid_argument, "--input: `{}` has no source `{}`; {}", plan.id,
                  pair->first,
                  names.empty() ? std::string("it runs on the simulated site alone")
                                : fmt::format("its sources are: {}", fmt::join(names, ", ")));
    if (frames.count(pair->first))
      return fail(Code::invalid_argument, "--input: `{}` is given twice; give it one file",
                  pair->first);
    auto table = plan::read_replacement(pair->second);
    if (!table) return fail(table.error());
    frames[pair->first] = *std::move(table);
  }
  return frames;
}

}  // namespace

void declare_design_options(Arguments& app, DesignOptions& options) {
  app.add_option("design", options.design, "a design's id, or a file").required().names_a("DESIGN");
  app.add_option("--set", options.set, "a knob's value, as \"negatives kept=0.05\"")
      .one_value_each();
  app.add_option("--input", options.inputs, "your own data for a source, as impressions=FILE")
      .one_value_each();
  app.add_option("--seed", options.seed, "another seed than the design's own");
  app.add_option("--threads", options.threads,
                 "threads (default: one a processor); the numbers do not depend on it")
      .within(0, 256);
}

Result<trace::DesignLibrary> open_designs(const Context& context) {
  return trace::DesignLibrary::open(
      {(std::filesystem::path(context.home.builtin) / "designs").string(),
       context.home.user_designs});
}

Result<plan::Plan> trace_design(const Context& context, const DesignOptions& options) {
  auto library = open_designs(context);
  if (!library) return fail(library.error());
  auto path = library->path_of(options.design);
  if (!path) return fail(path.error());
  auto seed = parse_seed(options.seed);
  if (!seed) return fail(seed.error());
  auto plan = trace::trace_file(*path, {}, *seed);
  if (!plan || options.set.empty()) return plan;
  auto values = parse_knobs(*plan, options.set);
  if (!values) return fail(values.error());
  return trace::trace_file(*path, *values, *seed);
}

Result<plan::Run> run_design(const Context& context, const plan::Plan& plan,
                             const DesignOptions& options) {
  plan::RunOptions how;
  how.threads = options.threads;
  auto inputs = read_inputs(plan, options.inputs);
  if (!inputs) return fail(inputs.error());
  how.inputs = std::move(*inputs);
  const Interrupt interrupt;
  how.stop = interrupt.token();
  std::mutex one_line;
  if (context.progress)
    how.on_progress = [&one_line](const plan::NodeEvent& event) {
      const std::lock_guard lock(one_line);
      fmt::print(stderr, "\r\x1b[K{:3.0f}%  {}", event.overall * 100, event.step);
    };
  plan::Cache cache;
  auto run = plan::execute(plan, cache, how);
  if (context.progress) fmt::print(stderr, "\r\x1b[K");
  return run;
}

Result<std::map<std::string, Frame>> read_inputs(const Context& context,
                                                 const DesignOptions& options) {
  auto plan = trace_design(context, options);
  if (!plan) return fail(plan.error());
  return read_inputs(*plan, options.inputs);
}

Json knobs_json(const plan::Plan& plan) {
  Json knobs = Json::object();
  for (const plan::Knob& knob : plan.knobs) knobs[knob.name] = plan::to_json(knob.value);
  return knobs;
}

Json checks_json(const std::vector<plan::Check>& checks) {
  Json all = Json::array();
  for (const plan::Check& check : checks)
    all.push_back(
        {{"state", plan::state_words(check.state)},
         {"metric", check.expectation.metric},
         {"value", number_or_null(check.value)},
         {"sentence", check.sentence},
         {"because", check.expectation.because},
         {"at", fmt::format("{}:{}", check.expectation.at.file, check.expectation.at.line)}});
  return all;
}

std::string check_line(const plan::Check& check) {
  std::string line = fmt::format("  {:<9} {}", plan::state_words(check.state), check.sentence);
  if (check.state == plan::Check::State::broken && !check.expectation.because.empty())
    line += fmt::format(" (because {})", check.expectation.because);
  return line;
}

}  // namespace rehearse::cli
