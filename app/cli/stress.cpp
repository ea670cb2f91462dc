// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/stress.hpp"

#include <fmt/format.h>

#include "app/cli/drills_common.hpp"
#include "drills/judge/own_cases.hpp"

namespace rehearse::cli {
namespace {

struct StressFlags {
  std::string path, drill, language;
  int seconds = 10;
  std::uint64_t seed = 2;  // what `grade` does not see
};

// The difference becomes a case of the user's own, which `grade` judges from then on.
Result<std::string> keep(const Context& context, const judge::Library& library,
                         const judge::Drill& drill, const judge::Input& input) {
  const std::string path = judge::own_cases_path(own_cases_folder(context), drill);
  auto added = judge::add_own_case(drill, path, judge::input_as_line(input, drill.signature),
                                   library.workshop());
  if (!added) return fail(added.error());
  return path;
}

int tell(const Context& context, const judge::Library& library, const judge::Drill& drill,
         const judge::StressReport& report, std::uint64_t seed) {
  std::string kept;
  if (report.found && report.found->first_failure) {
    auto path = keep(context, library, drill, report.found->first_failure->input);
    if (!path) return context.report(path.error());
    kept = *path;
  }
  if (context.json) {
    Json json{{"inputs", report.inputs}, {"seconds", report.seconds}, {"found", nullptr}};
    if (report.found) {
      judge::Report whole;
      whole.add(*report.found, drill, seed);
      json["found"] = judge::report_json(whole)["submissions"][0];
      json["kept"] = kept;
    }
    context.print(json);
    return report.found ? kRefused : kDone;
  }
  if (!report.found) {
    context.print(fmt::format("{} different inputs in {:.1f} s, and every answer was right.",
                              report.inputs, report.seconds));
    return kDone;
  }
  judge::Report whole;
  whole.add(*report.found, drill, seed);
  context.print_as_is(
      judge::report_text(whole, {context.colour, false, false}) +
      fmt::format("Found after {} inputs in {:.1f} s. Kept as a case of your own in {}.",
                  report.inputs, report.seconds, kept));
  return kRefused;
}

int stress(Context& context, const StressFlags& flags) {
  auto library = open_drills(context);
  if (!library) return context.report(library.error());
  auto submission = read_submission(flags.path, flags.language);
  if (!submission) return context.report(submission.error());
  const std::string id =
      flags.drill.empty() ? judge::drill_id_of(flags.path, submission->text) : flags.drill;
  auto drill = library->load(id);
  if (!drill) return context.report(drill.error());
  judge::StressOptions options;
  options.grading.workshop = library->workshop();
  options.grading.seed = flags.seed;
  options.seconds = flags.seconds;
  if (context.progress)
    options.on_seed = [](const judge::StressReport& so_far) {
      fmt::print(stderr, "\r\x1b[K{} inputs, {:.0f} s", so_far.inputs, so_far.seconds);
    };
  auto report = judge::stress(*drill, *submission, options);
  if (context.progress) fmt::print(stderr, "\r\x1b[K");
  if (!report) return context.report(report.error());
  return tell(context, *library, *drill, *report, report->last_seed);
}

Action declare_stress(Arguments& app) {
  auto flags = std::make_shared<StressFlags>();
  app.add_option("path", flags->path, "the solution").required();
  app.add_option("--drill", flags->drill, "the drill's id, or a drill file").names_a("DRILL");
  app.add_option("--lang", flags->language, "the language, where the ending does not tell it")
      .names_a("LANGUAGE");
  app.add_option("--seconds", flags->seconds, "for how long to look")
      .within(1, 86400)
      .shows_default();
  app.add_option("--seed", flags->seed, "the first seed").shows_default();
  return [flags](Context& context) { return stress(context, *flags); };
}

const VerbRegistration kStress{{"stress", "hunt for an input that a solution answers wrongly",
                                "rehearse stress mine.py --drill fewest-rooms --seconds 30",
                                declare_stress}};

}  // namespace
}  // namespace rehearse::cli
