// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many reach each stage, and which share of the stage before and of the first, with Wilson's
// 95% interval (1927), arms side by side. The table has a row a stage (and arm) with counts, as
// measure.funnel makes it of a log of users.
#include <algorithm>
#include <cmath>

#include "engine/metrics/interval.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kMostArms = 4, kMostStages = 12;

// One arm: how many reached each stage, and how many would by the truth (NaN: not known).
struct FunnelArm {
  std::string name;
  std::vector<double> count, truth;
};

struct Funnel {
  std::vector<std::string> stages;
  std::vector<FunnelArm> arms;

  std::size_t stage(const std::string& name) {
    const auto found = std::find(stages.begin(), stages.end(), name);
    if (found != stages.end()) return static_cast<std::size_t>(found - stages.begin());
    stages.push_back(name);
    for (FunnelArm& arm : arms) arm.count.push_back(0), arm.truth.push_back(std::nan(""));
    return stages.size() - 1;
  }
  FunnelArm& arm(const std::string& name) {
    for (FunnelArm& known : arms)
      if (known.name == name) return known;
    arms.push_back({name, std::vector<double>(stages.size(), 0),
                    std::vector<double>(stages.size(), std::nan(""))});
    return arms.back();
  }
};

Result<const Column*> funnel_numbers(const Frame& table, const std::string& name) {
  auto column = table.require(name);
  if (!column) return column;
  if (!(*column)->numeric())
    return fail(Code::invalid_argument, "the column `{}` holds texts; a funnel counts numbers",
                name);
  return column;
}

void add_to(double& sum, double value) {
  if (std::isfinite(value)) sum = (std::isfinite(sum) ? sum : 0) + value;
}

Result<Funnel> funnel_of_counts(const StepCall& call, const Frame& table, const Column* by) {
  auto stage = table.require(call.text("stage"));
  auto count = funnel_numbers(table, call.text("count"));
  if (!stage) return fail(stage.error());
  if (!count) return fail(count.error());
  const Column* truth = nullptr;
  if (call.given("truth")) {
    auto named = funnel_numbers(table, call.text("truth"));
    if (!named) return fail(named.error());
    truth = *named;
  }
  Funnel funnel;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double n = (*count)->number(row);
    if (n < 0)
      return fail(Code::invalid_argument, "`{}` is {} in row {}; a count is not below 0",
                  (*count)->name(), n, row);
    const std::size_t at = funnel.stage((*stage)->cell(row));
    FunnelArm& arm = funnel.arm(by ? by->cell(row) : "");
    add_to(arm.count[at], n);
    if (truth) add_to(arm.truth[at], truth->number(row));
  }
  return funnel;
}

// A share with its interval; all NaN where nobody could have reached it.
struct FunnelShare {
  double value = std::nan(""), low = std::nan(""), high = std::nan("");
};

FunnelShare share_of(double count, double of) {
  if (!(of > 0)) return {};
  if (count > of) return {count / of, std::nan(""), std::nan("")};
  const metrics::Interval interval = metrics::wilson_interval(count, of);
  return {count / of, interval.low, interval.high};
}

Result<Frame> funnel_rows(const Funnel& funnel) {
  std::vector<std::string> series, style, stage;
  std::vector<double> x, low, high, count, step, step_low, step_high;
  const auto add = [&](const FunnelArm& arm, std::size_t s, const char* how,
                       const std::vector<double>& counts, bool intervals) {
    const FunnelShare all = share_of(counts[s], counts[0]),
                      from = s > 0 ? share_of(counts[s], counts[s - 1]) : FunnelShare{};
    series.push_back(arm.name), style.emplace_back(how), stage.push_back(funnel.stages[s]);
    x.push_back(all.value), count.push_back(counts[s]), step.push_back(from.value);
    const bool drawn = intervals && s > 0;
    low.push_back(drawn ? all.low : std::nan("")), high.push_back(drawn ? all.high : std::nan(""));
    step_low.push_back(drawn ? from.low : std::nan(""));
    step_high.push_back(drawn ? from.high : std::nan(""));
  };
  for (std::size_t s = 0; s < funnel.stages.size(); ++s)
    for (const FunnelArm& arm : funnel.arms) {
      add(arm, s, view_data::kSeries, arm.count, true);
      // A truth that leaves the first stage out is a share of those who came.
      std::vector<double> truth = arm.truth;
      if (!std::isfinite(truth[0])) truth[0] = arm.count[0];
      if (std::isfinite(arm.truth[s])) add(arm, s, view_data::kTruth, truth, false);
    }
  Frame::Builder builder;
  builder.add("series", series).add("style", style).add("stage", stage);
  builder.add("x", std::move(x)).add("low", std::move(low)).add("high", std::move(high));
  builder.add("count", std::move(count)).add("step", std::move(step));
  builder.add("step_low", std::move(step_low)).add("step_high", std::move(step_high));
  return std::move(builder).build();
}

Result<Outputs> run_view_funnel(const StepCall& call, const StepContext&) {
  const Frame& table = call.input("table")->as_frame();
  const Column* by = nullptr;
  if (call.given("by")) {
    auto named = table.require(call.text("by"));
    if (!named) return fail(named.error());
    by = *named;
  }
  auto funnel = funnel_of_counts(call, table, by);
  if (!funnel) return fail(funnel.error());
  if (funnel->arms.size() > kMostArms)
    return fail(Code::invalid_argument, "`{}` has {} values; at most {} arms can be told apart",
                call.text("by"), funnel->arms.size(), kMostArms);
  if (funnel->stages.size() > kMostStages)
    return fail(Code::invalid_argument, "the table has {} stages; at most {} can be read",
                funnel->stages.size(), kMostStages);
  return one(funnel_rows(*funnel));
}

const StepRegistration kViewFunnel{{
    .name = "view.funnel",
    .sentence = "How many reach each stage, with the share of the stage before and of the first.",
    .example = "show.funnel { stages, stage = \"stage\", count = \"users\", by = \"arm\" }",
    .inputs = {{.name = "table", .kind = Kind::frame, .sentence = "counts by stage"}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = {{.name = "stage",
                    .type = ParameterType::text,
                    .initial = std::string("stage"),
                    .sentence = "the column that names the stage; the first is the top"},
                   {.name = "count",
                    .type = ParameterType::text,
                    .initial = std::string("users"),
                    .sentence = "the column that counts those who reached it; rows are added up"},
                   {.name = "by",
                    .type = ParameterType::text,
                    .sentence = "the column that names the arm, at most 4",
                    .optional = true},
                   {.name = "truth",
                    .type = ParameterType::text,
                    .sentence = "the column of true counts",
                    .optional = true}},
    .run = run_view_funnel,
}};

}  // namespace
}  // namespace rehearse::steps
