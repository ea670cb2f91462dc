// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/monitor/slices.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Frame> slice_table(const std::vector<monitor::Slice>& slices) {
  std::vector<std::string> name;
  std::vector<double> rows, expected, observed, ratio, gap, low, high, z, adjusted, shrunk, truth,
      verdict;
  for (const monitor::Slice& s : slices) {
    name.push_back(s.name), rows.push_back(static_cast<double>(s.rows));
    expected.push_back(s.expected), observed.push_back(s.observed);
    ratio.push_back(s.ratio), gap.push_back(s.gap), low.push_back(s.low), high.push_back(s.high);
    z.push_back(s.z), adjusted.push_back(s.adjusted_p), shrunk.push_back(s.shrunk_gap);
    truth.push_back(s.true_gap), verdict.push_back(s.significant);
  }
  Frame::Builder b;
  b.add("slice", name).add("rows", std::move(rows)).add("expected", std::move(expected));
  b.add("clicks", std::move(observed)).add("clicks_over_expected", std::move(ratio));
  b.add("gap", std::move(gap)).add("gap_low", std::move(low)).add("gap_high", std::move(high));
  b.add("z", std::move(z)).add("adjusted_p", std::move(adjusted));
  b.add("shrunk_gap", std::move(shrunk));
  b.add("true_gap", std::move(truth), {.role = Role::truth, .truth_of = "gap"});
  b.add("significant", std::move(verdict));
  return std::move(b).build();
}

// What a design may expect: how many stand out, and whether a named part is the first found.
Result<Frame> found_row(const monitor::SliceReport& report, const std::string& culprit) {
  double significant = 0;
  for (const monitor::Slice& s : report.peeled) significant += s.significant;
  const bool first = !report.peeled.empty() && report.peeled.front().name == culprit;
  Frame::Builder b;
  b.add("significant_slices", std::vector{significant});
  b.add("candidates", std::vector{static_cast<double>(report.candidates)});
  b.add("culprit_first", std::vector{culprit.empty() ? NAN : double(first)});
  b.add("worst_z", std::vector{report.peeled.empty() ? NAN : std::fabs(report.peeled.front().z)});
  b.add("worst_adjusted_p",
        std::vector{report.peeled.empty() ? NAN : report.peeled.front().adjusted_p});
  b.add("spread", std::vector{report.spread});
  return std::move(b).build();
}

Result<Outputs> run_monitor_slices(const StepCall& call, const StepContext& context) {
  const Frame& on = call.input("on")->as_frame();
  auto rows = judge(*call.input("model")->scorer(), on);
  if (!rows) return fail(rows.error());
  monitor::SliceOptions o;
  o.columns = call.texts("columns");
  o.depth = static_cast<int>(call.integer("depth"));
  o.least_rows = call.number("least_rows"), o.most = static_cast<int>(call.integer("most"));
  o.false_discovery_rate = call.number("false_discovery_rate");
  o.relative = call.boolean("relative");
  std::vector<std::int64_t> owner;
  if (const Column* user = on.find("user_id"); user && user->numeric())
    for (const double id : user->numbers())
      owner.push_back(std::isnan(id) ? -1 : static_cast<std::int64_t>(id));
  auto report =
      monitor::find_slices(on, rows->scores, rows->labels, rows->truth, owner, o, context.progress);
  if (!report) return fail(report.error());
  auto peeled = slice_table(report->peeled), listed = slice_table(report->by_size),
       found = found_row(*report, call.text("culprit"));
  for (const auto* part : {&peeled, &listed, &found})
    if (!*part) return fail(part->error());
  return Outputs{plan::Artifact::of(*peeled), plan::Artifact::of(*listed),
                 plan::Artifact::of(*found)};
}

const StepRegistration kMonitorSlices{{
    .name = "monitor.slices",
    .sentence =
        "The worst slices of a model, searched over levels and pairs of levels, with a test "
        "that pays for the search.",
    .example = "monitor.slices { model, on = live, columns = { \"platform\", \"media\" }, as = "
               "\"worst, listed, found\" }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "a calibrated model"},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "worst", .kind = Kind::frame, .sentence = "peeled, the worst first"},
                {.name = "listed", .kind = Kind::frame, .sentence = "the largest levels"},
                {.name = "found", .kind = Kind::frame, .sentence = "one row of counts, for goals"}},
    .parameters = {{.name = "columns",
                    .type = ParameterType::texts,
                    .sentence = "segment columns; numbers are cut into quarters"},
                   integer_parameter("depth", 2, 1, 2, "conditions of a slice at most"),
                   number_parameter("least_rows", 200, 1, 1e9, "rows that a slice needs"),
                   integer_parameter("most", 8, 1, 100, "slices found"),
                   number_parameter("false_discovery_rate", 0.05, 1e-6, 0.5,
                                    "share of the slices called significant that may be chance"),
                   {.name = "relative",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence =
                        "against the whole, so that an error of all rows is none of a slice"},
                   {.name = "culprit",
                    .type = ParameterType::text,
                    .initial = std::string(),
                    .sentence =
                        "a slice by its name, as `platform = ios, media = video`: is it first?"}},
    .run = run_monitor_slices,
}};

}  // namespace
}  // namespace rehearse::steps
