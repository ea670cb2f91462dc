// SPDX-License-Identifier: GPL-3.0-or-later
//
// A metric with its bootstrap interval, resampled by rows and by whoever the rows belong to; and
// how often such intervals hold the truth.
#include "engine/steps/marshal.hpp"
#include "engine/steps/resampled.hpp"
#include "engine/validation/bootstrap.hpp"
#include "engine/validation/splits.hpp"

namespace rehearse::steps {

validation::Statistic resampled_metric(const Judged& rows, std::string metric) {
  return [&rows, metric = std::move(metric)](
             std::span<const std::uint32_t> picked) -> Result<metrics::Measure> {
    Judged part;
    part.probabilistic = rows.probabilistic;
    const auto gather = [&](const std::vector<double>& from, std::vector<double>& to) {
      to.reserve(from.empty() ? 0 : picked.size());
      if (!from.empty())
        for (const std::uint32_t row : picked) to.push_back(from[row]);
    };
    gather(rows.scores, part.scores), gather(rows.labels, part.labels);
    gather(rows.truth, part.truth);
    return metric_of(metric, part);
  };
}

namespace {

// One row for each way to resample.
Result<Outputs> intervals_frame(const validation::Interval& rows,
                                const validation::Interval& clusters, const std::string& by) {
  std::vector<std::string> what, why;
  std::vector<double> value, low, high, width, error, ratio;
  std::vector<std::int64_t> units;
  const double times = (clusters.high - clusters.low) / (rows.high - rows.low);
  for (const auto& [name, one] :
       {std::pair("rows, as if independent", &rows), std::pair(by.c_str(), &clusters)}) {
    what.emplace_back(name), why.push_back(one->why);
    value.push_back(one->value), low.push_back(one->low), high.push_back(one->high);
    width.push_back(one->high - one->low), error.push_back(one->standard_error);
    units.push_back(static_cast<std::int64_t>(one->units)), ratio.push_back(times);
  }
  Frame::Builder builder;
  builder.add("resampled", what)
      .add("units", std::move(units))
      .add("value", std::move(value))
      .add("low", std::move(low))
      .add("high", std::move(high))
      .add("width", std::move(width))
      .add("standard_error", std::move(error))
      .add("width_ratio", std::move(ratio));
  if (!rows.why.empty() || !clusters.why.empty()) builder.add("why", why);
  return one(std::move(builder).build());
}

Result<Outputs> run_validate_interval(const StepCall& call, const StepContext& context) {
  const Frame& on = call.input("on")->as_frame();
  auto judged = judge(*call.input("model")->scorer(), on);
  if (!judged) return fail(judged.error());
  auto clusters = validation::entity_keys(on, call.text("by"));
  if (!clusters) return fail(clusters.error());
  validation::BootstrapOptions options;
  options.replicates = static_cast<int>(call.integer("replicates"));
  options.level = call.number("level");
  options.seed = context.seed;
  const auto statistic = resampled_metric(*judged, call.text("metric"));
  auto rows = validation::bootstrap(on.rows(), {}, statistic, options, context.progress);
  if (!rows) return fail(rows.error());
  auto grouped = validation::bootstrap(on.rows(), *clusters, statistic, options, context.progress);
  if (!grouped) return fail(grouped.error());
  return intervals_frame(*rows, *grouped, "whole " + call.text("by"));
}

Result<Outputs> run_validate_coverage(const StepCall& call, const StepContext& context) {
  const Frame& on = call.input("on")->as_frame();
  auto judged = judge(*call.input("model")->scorer(), on);
  if (!judged) return fail(judged.error());
  auto clusters = validation::entity_keys(on, call.text("by"));
  if (!clusters) return fail(clusters.error());
  validation::CoverageOptions options;
  options.sample_clusters = static_cast<int>(call.integer("clusters"));
  options.samples = static_cast<int>(call.integer("samples"));
  options.bootstrap.replicates = static_cast<int>(call.integer("replicates"));
  options.bootstrap.level = call.number("level");
  options.bootstrap.seed = context.seed;
  auto result = validation::coverage(*clusters, resampled_metric(*judged, call.text("metric")),
                                     options, context.progress);
  if (!result) return fail(result.error());
  std::vector<std::string> resampled = {"rows, as if independent", "whole " + call.text("by")};
  const double level = call.number("level");
  Frame::Builder builder;
  builder.add("resampled", resampled)
      .add("held_the_truth", std::vector<double>{result->rows.share, result->clusters.share})
      .add("promised", std::vector<double>{level, level})
      .add("mean_width", std::vector<double>{result->rows.width, result->clusters.width})
      .add("samples", std::vector<std::int64_t>{result->rows.samples, result->clusters.samples})
      .add("truth", std::vector<double>{result->truth, result->truth})
      .add("rows_coverage", std::vector<double>{result->rows.share, result->rows.share})
      .add("clusters_coverage",
           std::vector<double>{result->clusters.share, result->clusters.share});
  return one(std::move(builder).build());
}

std::vector<plan::Port> interval_inputs() {
  return {{.name = "model", .kind = Kind::model, .sentence = "the model"},
          {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}};
}

std::vector<plan::Parameter> interval_parameters(std::int64_t replicates) {
  return {{.name = "metric", .type = ParameterType::text, .sentence = "the metric's name"},
          {.name = "by",
           .type = ParameterType::text,
           .initial = std::string("user_id"),
           .sentence = "the column that says whose a row is"},
          {.name = "replicates",
           .type = ParameterType::integer,
           .initial = replicates,
           .low = 20,
           .high = 10000,
           .sentence = "resamples an interval"},
          {.name = "level",
           .initial = 0.95,
           .low = 0.5,
           .high = 0.999,
           .sentence = "how often the interval promises to hold the truth"}};
}

const StepRegistration kValidateInterval{{
    .name = "validate.interval",
    .sentence = "A metric with its bootstrap interval, by rows and by clusters of rows.",
    .example = "validate.interval { model, on = live, metric = \"log_loss\", by = \"user_id\" }",
    .inputs = interval_inputs(),
    .outputs = {{.name = "intervals", .kind = Kind::frame, .sentence = "a row a way to resample"}},
    .parameters = interval_parameters(200),
    .run = run_validate_interval,
}};

const StepRegistration kValidateCoverage{{
    .name = "validate.coverage",
    .sentence = "How often bootstrap intervals of small samples hold the value of the whole table.",
    .example = "validate.coverage { model, on = live, metric = \"log_loss\", clusters = 80 }",
    .inputs = interval_inputs(),
    .outputs = {{.name = "coverage", .kind = Kind::frame, .sentence = "a row a way to resample"}},
    .parameters =
        [] {
          auto all = interval_parameters(100);
          all.push_back({.name = "clusters",
                         .type = ParameterType::integer,
                         .initial = std::int64_t{80},
                         .low = 10,
                         .high = 100000,
                         .sentence = "clusters a sample, at most a third of the table's"});
          all.push_back({.name = "samples",
                         .type = ParameterType::integer,
                         .initial = std::int64_t{100},
                         .low = 20,
                         .high = 10000,
                         .sentence = "samples drawn from the table"});
          return all;
        }(),
    .run = run_validate_coverage,
}};

}  // namespace
}  // namespace rehearse::steps
