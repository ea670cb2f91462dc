// SPDX-License-Identifier: GPL-3.0-or-later
//
// One experiment while it runs: the statistic, the bounds of a rule, and the day it decides. Of a
// table of users with their arm, outcome and day; without one, of a simulated experiment.
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/experiment/always_valid.hpp"
#include "engine/steps/peeking_call.hpp"

namespace rehearse::steps {
namespace {

struct ArmCounts {
  double users = 0, converted = 0;
};

// Which value of the arm's column is the control: that of parameter `control`, or the first level.
Result<std::string> control_level(const StepCall& call, const Column& arm) {
  if (call.given("control")) return call.text("control");
  std::vector<std::string> levels;
  for (std::size_t row = 0; row < arm.size() && levels.size() < 3; ++row) {
    const std::string level = arm.cell(row);
    if (std::find(levels.begin(), levels.end(), level) == levels.end()) levels.push_back(level);
  }
  if (levels.size() != 2)
    return fail(Code::bad_data, "the column `{}` has {} values; a test compares two arms",
                arm.name(), levels.size() < 2 ? "fewer than two" : "more than two");
  for (const char* usual : {"control", "A", "0", "false"})
    if (std::find(levels.begin(), levels.end(), usual) != levels.end()) return std::string(usual);
  return std::min(levels[0], levels[1]);
}

using CountsByDay = std::map<double, std::array<ArmCounts, 2>>;

Result<CountsByDay> counts_by_day(const StepCall& call) {
  const Frame& rows = call.input("rows")->as_frame();
  auto arm = rows.require(call.text("arm")), outcome = rows.require(call.text("outcome"));
  auto day = rows.require(call.text("day"));
  for (const auto* column : {&arm, &outcome, &day})
    if (!*column) return fail(column->error());
  if (!(*outcome)->numeric() || !(*day)->numeric())
    return fail(Code::invalid_argument, "the columns `{}` and `{}` must be numbers",
                (*outcome)->name(), (*day)->name());
  auto control = control_level(call, **arm);
  if (!control) return fail(control.error());
  CountsByDay counts;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const double value = (*outcome)->number(row), at = (*day)->number(row);
    if ((*arm)->missing(row) || std::isnan(value) || std::isnan(at)) continue;
    if (value != 0 && value != 1)
      return fail(Code::bad_data, "row {}: the outcome `{}` is {}; it must be 0 or 1", row + 1,
                  (*outcome)->name(), value);
    ArmCounts& cell = counts[std::floor(at)][(*arm)->cell(row) == *control ? 0 : 1];
    cell.users += 1, cell.converted += value;
  }
  if (counts.empty()) return fail(Code::bad_data, "no row has an arm, an outcome and a day");
  return counts;
}

// The pooled z test after each of `looks` equal parts of the days.
Result<experiment::Watched> watched_table(const StepCall& call, int looks) {
  auto counts = counts_by_day(call);
  if (!counts) return fail(counts.error());
  const double first = counts->begin()->first, days = counts->rbegin()->first - first + 1;
  experiment::Watched history;
  std::array<ArmCounts, 2> sum;
  auto next = counts->begin();
  for (int k = 1; k <= looks; ++k) {
    const double until = first + days * k / looks;
    for (; next != counts->end() && next->first < until - 1e-9; ++next)
      for (std::size_t a = 0; a < 2; ++a)
        sum[a].users += next->second[a].users, sum[a].converted += next->second[a].converted;
    if (sum[0].users == 0 || sum[1].users == 0)
      return fail(Code::bad_data, "at look {} an arm has no users yet; look less often", k);
    const double pooled = (sum[0].converted + sum[1].converted) / (sum[0].users + sum[1].users);
    const double variance = pooled * (1 - pooled) * (1 / sum[0].users + 1 / sum[1].users);
    const double estimate = sum[1].converted / sum[1].users - sum[0].converted / sum[0].users;
    history.day.push_back(until - first), history.estimate.push_back(estimate);
    history.variance.push_back(variance);
    history.z.push_back(variance > 0 ? estimate / std::sqrt(variance) : 0);
  }
  return history;
}

struct SequentialTable {
  std::vector<std::string> series;
  std::vector<double> day, z;
  void add(const std::string& name, double at, double value) {
    if (std::isfinite(value)) series.push_back(name), day.push_back(at), z.push_back(value);
  }
};

Result<Outputs> run_experiment_sequential(const StepCall& call, const StepContext& context) {
  auto options = peeking_options(call, context);
  if (!options) return fail(options.error());
  auto history =
      call.has("rows")
          ? watched_table(call, options->looks)
          : experiment::watch_once(*options, static_cast<std::uint64_t>(call.integer("replicate")));
  if (!history) return fail(history.error());
  SequentialTable lines;
  for (std::size_t k = 0; k < history->z.size(); ++k)
    lines.add("z of the experiment", history->day[k], history->z[k]);
  std::vector<std::string> rules, verdict;
  std::vector<double> decided, estimate;
  std::vector<std::uint8_t> stopped;
  for (const std::string& name : call.texts("rules")) {
    auto bounds = experiment::stopping_rule(name, options->looks, options->rule);
    if (!bounds) return fail(bounds.error());
    std::size_t at = bounds->z.size();
    for (std::size_t k = bounds->z.size(); k-- > 0;) {
      if (std::abs(history->z[k]) >= bounds->z[k]) at = k;
    }
    for (std::size_t k = 0; k < bounds->z.size(); ++k)
      lines.add("bound: " + experiment::rule_in_words(name), history->day[k], bounds->z[k]);
    const bool ends_early = at < bounds->z.size();
    const std::size_t last = ends_early ? at : bounds->z.size() - 1;
    rules.push_back(experiment::rule_in_words(name)), stopped.push_back(ends_early);
    verdict.emplace_back(!ends_early            ? "no difference shown"
                         : history->z[last] > 0 ? "treatment better"
                                                : "treatment worse");
    decided.push_back(history->day[last]), estimate.push_back(history->estimate[last]);
  }
  Frame::Builder curve, summary;
  curve.add("series", lines.series).add("day", std::move(lines.day)).add("z", std::move(lines.z));
  summary.add("rule", rules).add("verdict", verdict).add("day", std::move(decided));
  summary.add("estimate", std::move(estimate)).add_boolean("called", std::move(stopped));
  return two(std::move(curve).build(), std::move(summary).build());
}

std::vector<plan::Parameter> sequential_parameters() {
  std::vector<plan::Parameter> all = peeking_parameters();
  for (plan::Parameter& parameter : rule_parameters({"naive", "obrien-fleming"}))
    all.push_back(std::move(parameter));
  all.push_back(integer_parameter("replicate", 0, 0, 1e6,
                                  "which of the simulated experiments, where no table is given"));
  const auto column = [](const char* name, const char* initial, const char* sentence) {
    return plan::Parameter{.name = name,
                           .type = ParameterType::text,
                           .initial = std::string(initial),
                           .sentence = sentence};
  };
  all.push_back(column("arm", "arm", "the column of arms, of two values"));
  all.push_back(column("outcome", "activated", "the column of outcomes, 0 or 1"));
  all.push_back(column("day", "day", "the column of days on which users came in"));
  all.push_back({.name = "control",
                 .type = ParameterType::text,
                 .sentence = "the value of the control's arm, where it is not called control",
                 .optional = true});
  return all;
}

const StepRegistration kExperimentSequential{{
    .name = "experiment.sequential",
    .sentence = "One experiment while it runs: z at each look beside the bounds of stopping rules, "
                "and the day each decides.",
    .example = "local lines, verdicts = experiment.sequential { users, looks = 10 }",
    .inputs = {{.name = "rows",
                .kind = Kind::frame,
                .sentence = "one row a user; without it an experiment is simulated",
                .optional = true}},
    .outputs = {{.name = "lines", .kind = Kind::frame, .sentence = "series, day, z"},
                {.name = "verdicts",
                 .kind = Kind::frame,
                 .sentence = "rule, verdict, day, estimate, called"}},
    .parameters = sequential_parameters(),
    .run = run_experiment_sequential,
}};

}  // namespace
}  // namespace rehearse::steps
