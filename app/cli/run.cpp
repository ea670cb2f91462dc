// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <filesystem>

#include "app/cli/designs_common.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"
#include "app/cli/view_text.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/read.hpp"
#include "engine/plan/figure.hpp"
#include "engine/plan/report.hpp"

namespace rehearse::cli {
namespace {

struct RunOptions {
  DesignOptions design;
  std::string csv, report;
};

std::string file_name(const plan::View& view, std::size_t number) {
  std::string name;
  for (const unsigned char c : view.title.substr(0, 48)) {
    if (std::isalnum(c))
      name += static_cast<char>(std::tolower(c));
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  return fmt::format("{:02}-{}.csv", number + 1, name);
}

Result<void> write_csv(const plan::Plan& plan, const plan::Run& run, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(Code::io, "{}: {}", folder, error.message());
  for (std::size_t i = 0; i < plan.views.size(); ++i) {
    const Figure figure = plan::figure_of(plan.views[i], run);
    if (auto written = write_file(folder + "/" + file_name(plan.views[i], i), to_csv(figure.data));
        !written)
      return written;
  }
  return {};
}

std::string shown_view(const plan::View& view, const plan::Run& run) {
  const Figure figure = plan::figure_of(view, run);
  std::string out = figure.title.empty() ? "" : figure.title + "\n";
  out += view_text(figure);
  if (!figure.see.empty()) out += wrapped("What to see: " + figure.see);
  return out;
}

void print_story(const Context& context, const plan::Plan& plan, const plan::Run& run) {
  context.print(fmt::format("{}\n\n{}", plan.title, wrapped(plan.asks)));
  for (int chapter = 0; chapter < static_cast<int>(plan.chapters.size()); ++chapter) {
    const plan::Chapter& text = plan.chapters[static_cast<std::size_t>(chapter)];
    if (!text.title.empty()) context.print(fmt::format("\n── {} ──", text.title));
    for (const plan::Knob& knob : plan.knobs)
      if (knob.chapter == chapter)
        context.print(fmt::format("  {} = {}", knob.name, plan::to_text(knob.value)));
    for (const plan::View& view : plan.views)
      if (view.chapter == chapter) context.print("\n" + shown_view(view, run));
  }
  if (!run.checks.empty()) context.print("\n── What was expected ──");
  for (const plan::Check& check : run.checks) context.print(check_line(check));
  if (!run.goals.empty()) context.print(fmt::format("\n── Challenge: {} ──", plan.challenge));
  for (const plan::Check& goal : run.goals) context.print(check_line(goal));
  context.print(
      fmt::format("\n{} of {} steps ran in {:.0f} ms, seed {}. `--csv DIR` writes every "
                  "row, `--report FILE.html` draws the plots.",
                  run.reran_count, run.node_count, run.elapsed_ms, plan.seed));
}

Json run_json(const plan::Plan& plan, const plan::Run& run) {
  Json views = Json::array();
  for (const plan::View& view : plan.views) {
    const Figure figure = plan::figure_of(view, run);
    const auto& node = plan.nodes[static_cast<std::size_t>(view.data.node)];
    views.push_back({{"kind", view.kind},
                     {"title", view.title},
                     {"chapter", plan.chapters[static_cast<std::size_t>(view.chapter)].title},
                     {"hash", hex(node.hash)},
                     {"columns", rehearse::to_json(figure.data)}});
  }
  return {{"design", plan.id},
          {"title", plan.title},
          {"seed", plan.seed},
          {"knobs", knobs_json(plan)},
          {"views", views},
          {"expectations", checks_json(run.checks)},
          {"challenge", plan.challenge.empty() ? Json(nullptr) : Json(plan.challenge)},
          {"goals", checks_json(run.goals)},
          {"steps", run.node_count},
          {"elapsed_ms", run.elapsed_ms}};
}

int run(Context& context, const RunOptions& options) {
  auto plan = trace_design(context, options.design);
  if (!plan) return context.report(plan.error());
  auto result = run_design(context, *plan, options.design);
  if (!result) return context.report(result.error());
  if (!options.csv.empty())
    if (auto written = write_csv(*plan, *result, options.csv); !written)
      return context.report(written.error());
  if (context.json)
    context.print(run_json(*plan, *result));
  else
    print_story(context, *plan, *result);
  if (!options.report.empty()) {
    if (auto written = render(plan::document_of(*plan, *result), options.report); !written)
      return context.report(written.error());
    context.warn("wrote " + options.report);
  }
  for (const plan::Check& check : result->checks)
    if (check.state == plan::Check::State::broken) return kRefused;
  return kDone;
}

Action declare_run(Arguments& app) {
  auto options = std::make_shared<RunOptions>();
  declare_design_options(app, options->design);
  app.add_option("--csv", options->csv, "write the data of every view into this folder");
  app.add_option("--report", options->report, "write a report: .html or .pdf")
      .ends_in({".html", ".pdf"});
  return [options](Context& context) { return run(context, *options); };
}

const VerbRegistration kRun{{"run", "run a design: its chapters, numbers and views as tables",
                             "rehearse run click-calibration --set \"negatives kept=0.05\"",
                             declare_run}};

}  // namespace
}  // namespace rehearse::cli
