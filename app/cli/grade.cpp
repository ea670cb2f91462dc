// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/grade.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "app/cli/drills_common.hpp"
#include "drills/judge/isolation.hpp"
#include "drills/judge/languages.hpp"
#include "engine/base/read.hpp"

namespace rehearse::cli {
namespace {

namespace fs = std::filesystem;

struct GradeOptions {
  std::vector<std::string> paths;
  std::string drill, language, junit, shard, isolation;
  std::uint64_t seed = 1;
  int jobs = 0;
  bool tap = false, hide = false, verbose = false;
};

// Files as given; of a folder every file in a known language, in order of path.
Result<std::vector<std::string>> expand(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> inside;
    for (const auto& entry : fs::recursive_directory_iterator(
             path, fs::directory_options::skip_permission_denied, error))
      if (entry.is_regular_file(error) && judge::language_of_path(entry.path().string()))
        inside.push_back(entry.path().string());
    std::sort(inside.begin(), inside.end());
    if (inside.empty())
      return fail(Code::invalid_argument,
                  "{}: there is no solution in this folder (files ending in .lua, .py or .cpp)",
                  path);
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

// "2/4": the second of four shards, by position, so that shards differ by at most one file.
Result<std::vector<std::string>> take_shard(std::vector<std::string> files,
                                            const std::string& shard) {
  if (shard.empty()) return files;
  std::size_t index = 0, count = 0;
  char rest = 0;
  if (std::sscanf(shard.c_str(), "%zu/%zu%c", &index, &count, &rest) != 2 || index < 1 ||
      index > count)
    return fail(Code::invalid_argument, "--shard {}: write I/N with 1 <= I <= N, as in 2/4", shard);
  std::vector<std::string> mine;
  for (std::size_t i = index - 1; i < files.size(); i += count) mine.push_back(files[i]);
  return mine;
}

struct Work {
  std::map<std::string, judge::Drill> drills;
  std::vector<judge::GradeJob> jobs;
};

Result<Work> collect(const GradeOptions& options, const judge::Library& library) {
  auto files = expand(options.paths);
  if (!files) return fail(files.error());
  files = take_shard(std::move(*files), options.shard);
  if (!files) return fail(files.error());
  Work work;
  for (const std::string& path : *files) {
    auto submission = read_submission(path, options.language);
    if (!submission) return fail(submission.error());
    const std::string id =
        options.drill.empty() ? judge::drill_id_of(path, submission->text) : options.drill;
    if (!work.drills.count(id)) {
      auto drill = library.load(id);
      if (!drill && options.drill.empty())
        return fail(drill.error().code,
                    "{}: {}. Name the drill with --drill ID, or by a comment `rehearse: ID` in the "
                    "first five lines",
                    path, drill.error().message);
      if (!drill) return fail(drill.error());
      work.drills.emplace(id, std::move(*drill));
    }
    work.jobs.push_back({&work.drills.at(id), std::move(*submission)});
  }
  return work;
}

int write_reports(const Context& context, const GradeOptions& options,
                  const judge::Report& report) {
  const judge::WriteOptions how{context.colour && !context.json, options.hide, options.verbose};
  if (!options.junit.empty())
    if (auto written = write_file(options.junit, judge::report_junit(report, how)); !written)
      return context.report(written.error());
  if (context.json)
    context.print(judge::report_json(report, how));
  else if (options.tap)
    context.print_as_is(judge::report_tap(report, how));
  else
    context.print_as_is(judge::report_text(report, how));
  if (report.judge_failed()) return kOurFault;
  return report.accepted() == static_cast<int>(report.submissions.size()) ? kDone : kRefused;
}

int grade(Context& context, const GradeOptions& options) {
  auto library = open_drills(context);
  if (!library) return context.report(library.error());
  if (!options.isolation.empty()) {
    auto level = judge::isolation_level(library->workshop());
    if (!level) return context.report(level.error());
    if (!level->full())
      return context.report(
          {Code::unsupported,
           fmt::format("--require-isolation full: this machine does not give every layer ({})",
                       fmt::join(level->missing, "; "))});
  }
  auto work = collect(options, *library);
  if (!work) return context.report(work.error());
  judge::GradeOptions how;
  how.workshop = library->workshop();
  how.seed = options.seed;
  how.own_cases = own_cases_folder(context);
  how.require_isolation = !options.isolation.empty();
  const int jobs = options.jobs > 0
                       ? options.jobs
                       : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  auto results = judge::grade_all(work->jobs, how, jobs);
  judge::Report report;
  for (std::size_t i = 0; i < results.size(); ++i)
    report.add(std::move(results[i]), *work->jobs[i].drill, options.seed);
  return write_reports(context, options, report);
}

Action declare_grade(Arguments& app) {
  auto options = std::make_shared<GradeOptions>();
  app.add_option("paths", options->paths, "files, or folders of files").required();
  app.add_option("--drill", options->drill, "the drill's id, or a drill file").names_a("DRILL");
  app.add_option("--lang", options->language, "the language, where the ending does not tell it")
      .names_a("LANGUAGE");
  app.add_option("--seed", options->seed, "seed of the generated cases").shows_default();
  app.add_option("--jobs", options->jobs, "submissions judged at once (default: one a processor)")
      .within(1, 256);
  app.add_option("--junit", options->junit, "also write JUnit XML to this file");
  app.add_flag("--tap", options->tap, "print TAP");
  app.add_option("--shard", options->shard, "judge only part I of N, as in 2/4");
  app.add_flag("--hide", options->hide, "leave inputs and answers out of the report");
  app.add_flag("-v,--verbose", options->verbose, "show every case, not only the failed ones");
  app.add_option("--require-isolation", options->isolation,
                 "refuse to run with less than every layer")
      .one_of({"full"});
  return [options](Context& context) { return grade(context, *options); };
}

const VerbRegistration kGrade{{"grade", "judge solutions: files or folders",
                               "rehearse grade my_solution.lua --drill hits-in-window",
                               declare_grade}};

}  // namespace
}  // namespace rehearse::cli
