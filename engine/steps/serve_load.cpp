// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same queue at many rates: where the latency curve bends.
#include <algorithm>
#include <cmath>

#include "engine/steps/parameters.hpp"
#include "engine/steps/serve_call.hpp"

namespace rehearse::steps {
namespace {

struct LoadTable {
  std::vector<std::string> wanted, series;
  std::string name;
  std::vector<double> rate, utilization, ms;

  void add(const std::string& figure, const serving::QueueOptions& options, double value) {
    if (!std::isfinite(value) || std::find(wanted.begin(), wanted.end(), figure) == wanted.end())
      return;
    series.push_back(figure == "formula" ? "truth: mean by the formula" : name + figure);
    rate.push_back(options.rate_per_s);
    utilization.push_back(serving::utilization(options)), ms.push_back(value);
  }
};

Result<Outputs> run_serve_load(const StepCall& call, const StepContext& context) {
  const Scorer* model = call.has("model") ? call.input("model")->scorer().get() : nullptr;
  auto options = queue_options(call, context, model);
  if (!options) return fail(options.error());
  const double capacity = options->rate_per_s / serving::utilization(*options);
  if (!std::isfinite(capacity))
    return fail(Code::invalid_argument, "a request takes no time at all: there is no load to see");
  const auto points = static_cast<int>(call.integer("points"));
  LoadTable table;
  table.wanted = call.texts("figures");
  for (const std::string& figure : table.wanted)
    if (figure != "p50" && figure != "p95" && figure != "p99" && figure != "mean" &&
        figure != "formula")
      return fail(Code::invalid_argument,
                  "`{}` is no figure of a queue; there are p50, p95, p99, mean, formula", figure);
  if (call.given("name")) table.name = call.text("name") + ", ";
  for (int i = 0; i < points; ++i) {
    const double share = 0.1 + (call.number("highest") - 0.1) * i / std::max(1, points - 1);
    options->rate_per_s = capacity * share;
    auto requests = serving::simulate_queue(*options);
    if (!requests) return fail(requests.error());
    const QueueReport report = queue_report(*options, *requests);
    table.add("p99", *options, report.p99.value);
    table.add("p95", *options, report.p95.value);
    table.add("p50", *options, report.p50.value);
    table.add("mean", *options, report.mean_ms);
    table.add("formula", *options, report.formula_ms);
    if (!context.progress.report(static_cast<double>(i + 1) / points)) return cancelled();
  }
  Frame::Builder builder;
  builder.add("series", table.series);
  builder.add("rate", std::move(table.rate), {.unit = "requests/s"});
  builder.add("utilization", std::move(table.utilization));
  builder.add("latency_ms", std::move(table.ms), {.unit = "ms"});
  return one(std::move(builder).build());
}

std::vector<plan::Parameter> load_parameters() {
  std::vector<plan::Parameter> all = {
      integer_parameter("points", 12, 2, 100, "rates looked at"),
      number_parameter("highest", 0.95, 0.15, 0.99, "the highest, as a share of the capacity"),
      {.name = "figures",
       .type = ParameterType::texts,
       .initial = std::vector<std::string>{"p99", "p95", "p50", "mean", "formula"},
       .sentence = "what is told of each rate: p50, p95, p99, mean, formula"},
      {.name = "name",
       .type = ParameterType::text,
       .sentence = "what stands before each figure, where several queues share a plot",
       .optional = true}};
  for (plan::Parameter& parameter : queue_parameters(8000)) all.push_back(std::move(parameter));
  return all;
}

const StepRegistration kServeLoad{{
    .name = "serve.load",
    .sentence = "Latency against load: the same queue from a tenth of its capacity to nearly all.",
    .example = "show.line { serve.load { model, servers = 2 }, y = \"latency_ms\", by = \"rate\" }",
    .inputs = {{.name = "model",
                .kind = Kind::model,
                .sentence = "the model that is served",
                .optional = true}},
    .outputs = {{.name = "curve", .kind = Kind::frame}},
    .parameters = load_parameters(),
    .run = run_serve_load,
}};

}  // namespace
}  // namespace rehearse::steps
