// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many come how far: a row for each arm and stage of a funnel, with the conversion from the
// top and from the stage before, Wilson's interval (1927) of the first, and how many were to be
// expected by the truth where the table has it. Stages are counted as they stand: a log whose
// stages are not nested shows that here as a conversion above 1.
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/metrics/interval.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

const std::vector<std::string> kOnboardingStages = {"signed_up", "topics", "joined", "acted",
                                                    "activated"};
const std::map<std::string, std::string> kStageWords = {{"signed_up", "signed up"},
                                                        {"topics", "chose topics"},
                                                        {"joined", "joined a community"},
                                                        {"acted", "voted or commented"},
                                                        {"activated", "activated in 7 days"}};

struct FunnelRows {
  std::vector<std::string> stage, arm;
  std::vector<double> users, of_top, of_previous, low, high, truth;
};

struct ArmOfFunnel {
  std::string name;
  std::vector<std::uint32_t> rows;
};

std::vector<ArmOfFunnel> arms_of(const Frame& log, const Column* by) {
  if (!by) {
    ArmOfFunnel all{"all", {}};
    for (std::uint32_t row = 0; row < log.rows(); ++row) all.rows.push_back(row);
    return {std::move(all)};
  }
  std::map<std::string, std::vector<std::uint32_t>> rows;
  for (std::uint32_t row = 0; row < log.rows(); ++row)
    if (!by->missing(row)) rows[by->cell(row)].push_back(row);
  std::vector<ArmOfFunnel> arms;
  for (auto& [name, own] : rows) arms.push_back({name, std::move(own)});
  return arms;
}

void add_stage(FunnelRows& into, const ArmOfFunnel& arm, const Column& stage, const Column* truth,
               double& previous) {
  double reached = 0, known = 0, expected = 0;
  for (const std::uint32_t row : arm.rows) {
    const double value = stage.number(row);
    if (stage.missing(row) || std::isnan(value)) continue;
    known += 1, reached += value != 0;
    if (truth) expected += truth->number(row);
  }
  const auto words = kStageWords.find(stage.name());
  into.stage.push_back(words == kStageWords.end() ? stage.name() : words->second);
  into.arm.push_back(arm.name), into.users.push_back(reached);
  const bool any = known > 0;
  const metrics::Interval interval = any ? metrics::wilson_interval(reached, known)
                                         : metrics::Interval{std::nan(""), std::nan("")};
  into.of_top.push_back(any ? reached / known : std::nan(""));
  into.of_previous.push_back(previous > 0 ? reached / previous : std::nan(""));
  into.low.push_back(interval.low), into.high.push_back(interval.high);
  into.truth.push_back(truth && any ? expected : std::nan(""));
  previous = reached;
}

Result<Frame> funnel_table(const Frame& log, const std::vector<std::string>& stages,
                           const std::string& by, const std::string& top) {
  const Column* arm = nullptr;
  if (!by.empty()) {
    auto column = log.require(by);
    if (!column) return fail(column.error());
    arm = *column;
  }
  std::vector<const Column*> columns;
  for (const std::string& name : stages) {
    auto column = log.require(name);
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::invalid_argument,
                  "the column `{}` holds texts; a stage is 1 where it was reached and 0 where not",
                  name);
    columns.push_back(*column);
  }
  FunnelRows rows;
  for (const ArmOfFunnel& one : arms_of(log, arm)) {
    auto previous = static_cast<double>(one.rows.size());
    rows.stage.push_back(top), rows.arm.push_back(one.name), rows.users.push_back(previous);
    for (auto* share : {&rows.of_top, &rows.of_previous, &rows.low, &rows.high})
      share->push_back(1);
    rows.truth.push_back(previous);
    for (std::size_t k = 0; k < columns.size(); ++k)
      add_stage(rows, one, *columns[k], log.find(stages[k] + "_probability"), previous);
  }
  const auto known = [](const std::vector<double>& values) {
    std::vector<std::uint8_t> marks;
    for (const double value : values) marks.push_back(!std::isnan(value));
    return marks;
  };
  Frame::Builder b;
  b.add("stage", rows.stage).add("arm", rows.arm);
  b.add("users", std::vector<std::int64_t>(rows.users.begin(), rows.users.end()));
  for (auto [name, values] :
       {std::pair{"of_top", &rows.of_top}, std::pair{"of_previous", &rows.of_previous},
        std::pair{"low", &rows.low}, std::pair{"high", &rows.high}}) {
    auto marks = known(*values);
    b.add(name, std::move(*values)).missing(std::move(marks));
  }
  auto marks = known(rows.truth);
  b.add("truth", std::move(rows.truth), {.role = Role::truth, .truth_of = "users"})
      .missing(std::move(marks));
  return std::move(b).build();
}

Result<Outputs> run_measure_funnel(const StepCall& call, const StepContext&) {
  const Frame& log = call.input("log")->as_frame();
  std::vector<std::string> stages = call.texts("stages");
  if (stages.empty())
    for (const std::string& name : kOnboardingStages)
      if (log.find(name)) stages.push_back(name);
  if (stages.empty())
    return fail(Code::invalid_argument,
                "the table has none of the stages of onboarding; name its own: stages = {{ … }}");
  return one(funnel_table(log, stages, call.text("by"), call.text("top")));
}

const StepRegistration kMeasureFunnel{{
    .name = "measure.funnel",
    .sentence = "How many come how far, stage by stage and arm by arm.",
    .example = "measure.funnel { log, by = \"arm\" }",
    .inputs = {{.name = "log", .kind = Kind::frame, .sentence = "a row a user"}},
    .outputs = {{.name = "table", .kind = Kind::frame, .sentence = "a row an arm and stage"}},
    .parameters = {{.name = "stages",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{},
                    .sentence = "columns of 0 and 1, from the top down; none: those of onboarding"},
                   {.name = "by",
                    .type = ParameterType::text,
                    .initial = std::string("arm"),
                    .sentence = "the column that makes the arms; empty: all rows are one"},
                   {.name = "top",
                    .type = ParameterType::text,
                    .initial = std::string("landed"),
                    .sentence = "the name of the first stage, which every row has reached"}},
    .run = run_measure_funnel,
}};

}  // namespace
}  // namespace rehearse::steps
