// SPDX-License-Identifier: GPL-3.0-or-later
//
// check runs the expectations of designs, and prints one signature made of every number that the
// views of all of them show, rounded to six significant digits: a refactoring leaves it alone, a
// change of behaviour must explain itself.
#include <fmt/format.h>

#include "app/cli/designs_common.hpp"
#include "engine/base/hash.hpp"
#include "engine/plan/figure.hpp"
#include "engine/plan/report.hpp"

namespace rehearse::cli {
namespace {

void add_to_signature(Hasher& hasher, const plan::Plan& plan, const plan::Run& run) {
  hasher.add(plan.id);
  for (const plan::View& view : plan.views) {
    const Frame frame = plan::figure_of(view, run).data;
    for (std::size_t c = 0; c < frame.columns(); ++c) {
      const Column& column = frame.column(c);
      hasher.add(column.name());
      for (std::size_t row = 0; row < frame.rows(); ++row)
        hasher.add(column.numeric() ? fmt::format("{:.6g}", column.number(row))
                                    : std::string(column.text(row)));
    }
  }
}

struct Outcome {
  Json json = Json::array();
  std::size_t broken = 0, held = 0, idle = 0;
};

Result<void> check_one(const Context& context, const DesignOptions& options, Outcome& outcome,
                       Hasher& signature) {
  auto plan = trace_design(context, options);
  if (!plan) return fail(plan.error());
  auto run = run_design(context, *plan, options);
  if (!run) return fail(run.error());
  add_to_signature(signature, *plan, *run);
  if (!context.json) context.print(fmt::format("{}  ({:.0f} ms)", plan->id, run->elapsed_ms));
  for (const plan::Check& check : run->checks) {
    if (!context.json) context.print(check_line(check));
    if (check.state == plan::Check::State::held)
      ++outcome.held;
    else if (check.state == plan::Check::State::broken)
      ++outcome.broken;
    else
      ++outcome.idle;
  }
  outcome.json.push_back({{"design", plan->id},
                          {"expectations", checks_json(run->checks)},
                          {"elapsed_ms", run->elapsed_ms}});
  return {};
}

int check(Context& context, DesignOptions options, std::vector<std::string> ids) {
  const bool all = ids.empty();
  if (all) {
    auto library = open_designs(context);
    if (!library) return context.report(library.error());
    for (const trace::DesignEntry& design : library->designs()) ids.push_back(design.id);
  }
  Outcome outcome;
  Hasher signature;
  for (const std::string& id : ids) {
    options.design = id;
    if (auto done = check_one(context, options, outcome, signature); !done)
      return context.report(done.error());
  }
  const std::string digest = hex(signature.digest());
  if (context.json) {
    context.print(Json{{"designs", outcome.json},
                       {"held", outcome.held},
                       {"broken", outcome.broken},
                       {"not_checked", outcome.idle},
                       {"signature", digest}});
  } else {
    context.print(fmt::format("{} held, {} broken, {} not checked.{}", outcome.held, outcome.broken,
                              outcome.idle,
                              all ? fmt::format(" Signature of all designs: {}", digest) : ""));
  }
  return outcome.broken ? kRefused : kDone;
}

Action declare_check(Arguments& app) {
  auto options = std::make_shared<DesignOptions>();
  auto ids = std::make_shared<std::vector<std::string>>();
  app.add_option("designs", *ids, "ids or files (default: all designs)").names_a("DESIGN");
  app.add_option("--threads", options->threads,
                 "threads (default: one a processor); the numbers do not depend on it")
      .within(0, 256);
  return [options, ids](Context& context) { return check(context, *options, *ids); };
}

const VerbRegistration kCheck{{"check",
                               "run the expectations of designs; with no id, of all of them",
                               "rehearse check click-calibration", declare_check}};

}  // namespace
}  // namespace rehearse::cli
