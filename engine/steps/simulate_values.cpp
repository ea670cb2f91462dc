// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/values.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_values(const StepCall& call, const StepContext& context) {
  sim::ValueOptions o;
  auto law = sim::parse_value_law(call.text("law"));
  if (!law) return fail(law.error());
  o.law = *law;
  o.rows = static_cast<int>(call.integer("rows"));
  o.features = static_cast<int>(call.integer("features"));
  o.groups = static_cast<int>(call.integer("groups"));
  o.days = static_cast<int>(call.integer("days"));
  o.noise = call.number("noise");
  o.group_spread = call.number("group_spread");
  o.day_spread = call.number("day_spread"), o.day_memory = call.number("day_memory");
  o.trend = call.number("trend");
  o.outlier_share = call.number("outlier_share"), o.outlier_size = call.number("outlier_size");
  o.quantiles = call.numbers("quantiles");
  o.seed = context.seed, o.replicate = context.replicate;
  return one(sim::simulate_values(o, context.progress));
}

plan::Parameter value_whole(const char* name, std::int64_t initial, double low, double high,
                            const char* sentence) {
  return {.name = name,
          .type = ParameterType::integer,
          .initial = initial,
          .low = low,
          .high = high,
          .sentence = sentence};
}

plan::Parameter value_real(const char* name, double initial, double low, double high,
                           const char* sentence) {
  return {.name = name, .initial = initial, .low = low, .high = high, .sentence = sentence};
}

const StepRegistration kSimulateValues{{
    .name = "simulate.values",
    .sentence = "Simulate y from x by a known law, with the true mean, median and quantiles.",
    .example = "simulate.values { law = \"heavy_tailed\", rows = 5000, outlier_share = 0.01 }",
    .outputs = {{.name = "table", .kind = Kind::frame, .sentence = "one row each, in time order"}},
    .parameters =
        {{.name = "law",
          .type = ParameterType::choice,
          .initial = std::string("linear"),
          .choices = {"linear", "curved", "heteroscedastic", "heavy_tailed", "zero_inflated",
                      "counts"},
          .sentence = "how y follows from x"},
         value_whole("rows", 5000, 10, 2e6, "rows of the table"),
         value_whole("features", 3, 1, 50, "columns x1, x2, …, each weaker than the one before"),
         value_whole("groups", 12, 1, 5000, "groups; the first has the most rows"),
         value_whole("days", 28, 1, 3660, "days over which the rows are spread"),
         value_real("noise", 1, 0, 5,
                    "spread about the mean; on the log scale for heavy tails; counts: their "
                    "overdispersion, 0 is Poisson"),
         value_real("group_spread", 0.5, 0, 5, "standard deviation of what groups share"),
         value_real("day_spread", 0, 0, 5, "standard deviation of what the rows of a day share"),
         value_real("day_memory", 0.8, 0, 0.999, "correlation of that with the day before"),
         value_real("trend", 0, -10, 10, "what is added from the first day to the last"),
         value_real("outlier_share", 0, 0, 0.5, "share of rows whose y was recorded far too high"),
         value_real("outlier_size", 10, 0, 1000, "by how much, in standard deviations of y"),
         {.name = "quantiles",
          .type = ParameterType::numbers,
          .initial = std::vector<double>{0.1, 0.9},
          .low = 0.001,
          .high = 0.999,
          .sentence = "true quantiles to keep, as y_q10 and so on"}},
    .run = run_simulate_values,
}};

}  // namespace
}  // namespace rehearse::steps
