// SPDX-License-Identifier: GPL-3.0-or-later
//
// A metric that has an argument, over a range of it: precision over the threshold, lift over the
// share taken, ECE over the number of bins.
#include <cmath>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

std::vector<double> arguments_of(const StepCall& call) {
  const double low = call.number("from"), high = call.number("to");
  const auto points = static_cast<std::size_t>(call.integer("points"));
  const bool log = call.boolean("log");
  std::vector<double> all;
  for (std::size_t i = 0; i < points; ++i) {
    const double f = static_cast<double>(i) / static_cast<double>(points - 1);
    all.push_back(log ? low * std::pow(high / low, f) : low + f * (high - low));
  }
  return all;
}

Result<Outputs> run_measure_curve(const StepCall& call, const StepContext& context) {
  if (!(call.number("from") < call.number("to")))
    return fail(Code::invalid_argument, "a curve goes from a lower argument to a higher one");
  if (call.boolean("log") && !(call.number("from") > 0))
    return fail(Code::invalid_argument, "an argument on a logarithmic scale begins above 0");
  const auto& models = call.inputs.at("models");
  const auto metrics = call.texts("metrics");
  std::vector<std::string> series;
  std::vector<double> argument, value;
  for (std::size_t m = 0; m < models.size(); ++m) {
    auto rows = judge(*models[m]->scorer(), call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    for (const std::string& metric : metrics) {
      const std::string name = models.size() == 1 ? in_words(metric)
                               : metrics.size() == 1
                                   ? call.labels.at("models")[m]
                                   : call.labels.at("models")[m] + ": " + in_words(metric);
      for (const double at : arguments_of(call)) {
        if (!context.progress.report(static_cast<double>(m) / static_cast<double>(models.size())))
          return cancelled();
        auto measure = metric_of(fmt::format("{}@{}", metric, at), *rows);
        if (!measure) return fail(measure.error());
        series.push_back(name), argument.push_back(at), value.push_back(measure->value);
      }
    }
  }
  Frame::Builder builder;
  builder.add("argument", std::move(argument)).add("series", series).add("value", std::move(value));
  return one(std::move(builder).build());
}

const StepRegistration kMeasureCurve{{
    .name = "measure.curve",
    .sentence = "A metric over a range of its argument: a threshold, a share, a number of bins.",
    .example = "show.line { measure.curve { model, on = live, metrics = { \"precision\", "
               "\"recall\" }, from = 0, to = 0.2 }, y = \"value\", by = \"argument\" }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to measure",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "curve", .kind = Kind::frame}},
    .parameters = {{.name = "metrics",
                    .type = ParameterType::texts,
                    .sentence = "metrics that take an argument, without it"},
                   {.name = "from", .initial = 0.0, .sentence = "the least argument"},
                   {.name = "to", .initial = 1.0, .sentence = "the greatest argument"},
                   {.name = "points",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{51},
                    .low = 2,
                    .high = 1000,
                    .sentence = "arguments looked at"},
                   {.name = "log",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "spread them evenly in the logarithm"}},
    .run = run_measure_curve,
}};

}  // namespace
}  // namespace rehearse::steps
