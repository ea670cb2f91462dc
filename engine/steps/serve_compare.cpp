// SPDX-License-Identifier: GPL-3.0-or-later
//
// Models side by side as they would be served: what they lose, weigh, cost and how late they
// answer.
#include <cmath>

#include "engine/steps/serve_call.hpp"

namespace rehearse::steps {
namespace {

struct ServedTable {
  std::vector<std::string> model;
  std::vector<double> excess, kilobytes, microseconds, utilization, p50, p99;

  Result<Frame> build() && {
    const auto there = [](const std::vector<double>& values) {
      std::vector<std::uint8_t> marks;
      for (const double v : values) marks.push_back(static_cast<std::uint8_t>(!std::isnan(v)));
      return marks;
    };
    Frame::Builder builder;
    builder.add("model", model);
    const auto add = [&](const char* name, std::vector<double>& values, const char* unit) {
      auto marks = there(values);
      builder.add(name, std::move(values), {.unit = unit}).missing(std::move(marks));
    };
    add("excess_log_loss", excess, "%"), add("kilobytes", kilobytes, "kB");
    add("us_per_row", microseconds, "µs"), add("utilization", utilization, "");
    add("p50_ms", p50, "ms"), add("p99_ms", p99, "ms");
    return std::move(builder).build();
  }
};

double fact_or_nan(const Scorer& model, std::string_view wanted) {
  for (const auto& [name, value] : model.facts())
    if (name == wanted) return value;
  return std::nan("");
}

Result<Outputs> run_serve_compare(const StepCall& call, const StepContext& context) {
  ServedTable table;
  const auto& models = call.inputs.at("models");
  for (std::size_t i = 0; i < models.size(); ++i) {
    const Scorer& model = *models[i]->scorer();
    auto rows = judge(model, call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    auto excess = metric_of("excess_log_loss", *rows);
    if (!excess) return fail(excess.error());
    auto options = queue_options(call, context, &model);
    if (!options) return fail(options.error());
    auto requests = serving::simulate_queue(*options, context.progress);
    if (!requests) return fail(requests.error());
    const QueueReport report = queue_report(*options, *requests);
    table.model.push_back(call.labels.at("models")[i]);
    table.excess.push_back(excess->value);
    table.kilobytes.push_back(fact_or_nan(model, "served_bytes") / 1000);
    table.microseconds.push_back(1e3 * options->service.mean_ms /
                                 static_cast<double>(call.integer("candidates")));
    table.utilization.push_back(report.utilization);
    table.p50.push_back(report.p50.value), table.p99.push_back(report.p99.value);
  }
  return one(std::move(table).build());
}

const StepRegistration kServeCompare{{
    .name = "serve.compare",
    .sentence = "Models as they would be served: excess log loss, size, cost of a row, latency.",
    .example = "serve.compare { logistic, trees, network, on = live, rate = 300 }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to compare",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = queue_parameters(20000),
    .run = run_serve_compare,
}};

}  // namespace
}  // namespace rehearse::steps
