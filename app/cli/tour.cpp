// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main job in half a minute, on any machine: a right and a wrong solution of one drill judged,
// a design run, one HTML report with verdicts and plots.
#include <fmt/format.h>

#include <filesystem>

#include "app/cli/designs_common.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/drills_common.hpp"
#include "drills/judge/grade.hpp"
#include "engine/plan/report.hpp"

namespace rehearse::cli {
namespace {

constexpr const char* kDrill = "hits-in-window";
constexpr const char* kDesign = "click-calibration";

Banner banner_of(const judge::SubmissionReport& report) {
  const std::string words = judge::verdict_words(report.verdict);
  std::string sentence =
      fmt::format("{} of {} cases right. {}", report.passed(), report.cases.size(), report.message);
  if (!report.pitfall.empty()) sentence += " Pitfall: " + report.pitfall + ".";
  return {report.accepted() ? Banner::Tone::ok : Banner::Tone::bad, words, sentence};
}

void add_submission(Document& document, const char* title, const judge::Submission& submission,
                    const judge::SubmissionReport& report) {
  document.blocks.push_back(Heading{3, title});
  document.blocks.push_back(Verbatim{submission.text});
  document.blocks.push_back(banner_of(report));
}

// The reference and the first wrong answer that the drill ships.
Result<judge::Report> judge_both(const Context& context, Document& document) {
  auto library = open_drills(context);
  if (!library) return fail(library.error());
  auto drill = library->load(kDrill);
  if (!drill) return fail(drill.error());
  if (drill->wrong.empty() || !drill->reference.count("lua"))
    return fail(Code::bad_data, "{} ships no Lua reference or no wrong answer", kDrill);
  judge::GradeOptions how;
  how.workshop = library->workshop();
  const judge::Submission right{"a right solution", "lua", drill->reference.at("lua")};
  const judge::Submission wrong{"a wrong solution: " + drill->wrong.front().name,
                                drill->wrong.front().language, drill->wrong.front().code};
  judge::Report report;
  document.blocks.push_back(Heading{2, "A drill: " + drill->title});
  document.blocks.push_back(Prose{drill->statement});
  for (const auto& [title, submission] :
       {std::pair{"A right solution", right}, std::pair{"A wrong one", wrong}}) {
    auto result = judge::grade(*drill, submission, how);
    add_submission(document, title, submission, result);
    report.add(std::move(result), *drill, how.seed);
  }
  return report;
}

int tour(Context& context, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return context.report(
        {Code::io, fmt::format("{}: {}; name another folder with --out", folder, error.message())});
  Document document{
      "A tour of Rehearse",
      "A drill judged twice, then a design run over a simulated site where the truth is known.",
      {}};
  if (!context.json) context.print("1. A drill, judged: a right solution and a wrong one\n");
  auto report = judge_both(context, document);
  if (!report) return context.report(report.error());
  if (!context.json)
    context.print_as_is(judge::report_text(*report, {context.colour, false, false}));
  DesignOptions options;
  options.design = kDesign;
  if (!context.json) context.print("\n2. A design, run: " + std::string(kDesign) + "\n");
  auto plan = trace_design(context, options);
  if (!plan) return context.report(plan.error());
  auto run = run_design(context, *plan, options);
  if (!run) return context.report(run.error());
  for (const plan::Check& check : run->checks)
    if (!context.json) context.print(check_line(check));
  document.blocks.push_back(Heading{2, "A design: " + plan->title});
  for (auto& block : plan::document_of(*plan, *run).blocks)
    document.blocks.push_back(std::move(block));
  const std::string path = folder + "/tour.html";
  auto written = render(document, path);
  if (!written) return context.report(written.error());
  if (context.json) {
    context.print(Json{{"report", path},
                       {"verdicts",
                        {judge::verdict_code(report->submissions[0].verdict),
                         judge::verdict_code(report->submissions[1].verdict)}},
                       {"expectations", checks_json(run->checks)}});
  } else {
    context.print(fmt::format(
        "\n3. The report with both verdicts and all plots: {}\n\nNext: `rehearse drill {}` for the "
        "statement and a starter, or `rehearse` on a machine with a display.",
        path, kDrill));
  }
  const bool as_it_should = report->submissions[0].accepted() && !report->submissions[1].accepted();
  return as_it_should ? kDone : kOurFault;
}

Action declare_tour(Arguments& app) {
  auto folder = std::make_shared<std::string>("rehearse-tour");
  app.add_option("--out", *folder, "the folder of the report").shows_default();
  return [folder](Context& context) { return tour(context, *folder); };
}

const VerbRegistration kTour{
    {"tour", "the main job in half a minute: a drill judged, a design run, one report",
     "rehearse tour --out tour", declare_tour}};

}  // namespace
}  // namespace rehearse::cli
