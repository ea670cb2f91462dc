// SPDX-License-Identifier: GPL-3.0-or-later
//
// The path of a request with one setting varied over the same requests.
#include <algorithm>
#include <cmath>

#include "engine/steps/path_call.hpp"

namespace rehearse::steps {
namespace {

// The setting that a sweep varies.
Result<void> vary_path(serving::RequestPathOptions& o, const std::string& what, double value) {
  if (what == "rate") o.rate_per_s = value;
  if (what == "cached") o.cached = value;
  if (what == "last_rows") o.stages.back().rows = value;
  if (what == "servers") {
    if (value != std::floor(value))
      return fail(Code::invalid_argument, "{:g} servers; give a whole number", value);
    o.servers = static_cast<int>(std::min(value, 1e6));
  }
  return {};
}

Result<Outputs> run_serve_path_sweep(const StepCall& call, const StepContext& context) {
  auto options = path_options(call, context);
  if (!options) return fail(options.error());
  const std::string what = call.text("vary");
  const std::vector<double> values = call.numbers("values");
  std::vector<std::string> series;
  std::vector<double> at, ms, fallback, cost;
  std::vector<std::uint8_t> known;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!context.progress.report(static_cast<double>(i) / static_cast<double>(values.size())))
      return cancelled();
    if (auto fine = vary_path(*options, what, values[i]); !fine) return fail(fine.error());
    auto path = serving::simulate_request_path(*options);
    if (!path) return fail(path.error());
    const serving::RequestPathReport& r = path->report;
    for (const auto& [name, value] : {std::pair{"p50", r.p50.value}, std::pair{"p99", r.p99.value},
                                      std::pair{"mean", r.mean_ms}}) {
      series.emplace_back(call.text("name").empty() ? name : call.text("name") + " " + name);
      at.push_back(values[i]), ms.push_back(value), known.push_back(!std::isnan(value));
      fallback.push_back(r.fallback), cost.push_back(r.cost_per_month);
    }
  }
  Frame::Builder b;
  b.add("series", series).add(what, std::move(at));
  b.add("latency_ms", std::move(ms), {.unit = "ms"}).missing(std::move(known));
  b.add("fallback", std::move(fallback)).add("cost_per_month", std::move(cost));
  return one(std::move(b).build());
}

const StepRegistration kServePathSweep{{
    .name = "serve.path_sweep",
    .sentence = "The path of a request with one setting varied: percentiles of the latency, the "
                "share of fallbacks, the cost. The same requests come for every value.",
    .example = "serve.path_sweep { rows = { 2000, 100 }, us = { 0.5, 40 }, vary = \"rate\", values "
               "= { 50, 100, 200 } }",
    .outputs = {{.name = "table",
                 .kind = Kind::frame,
                 .sentence = "series (p50, p99, mean), the setting, latency_ms, fallback, "
                             "cost_per_month"}},
    .parameters = joined_parameters(
        {choice_parameter("vary", "rate", {"rate", "cached", "last_rows", "servers"},
                          "the setting that takes each of the values"),
         {.name = "values",
          .type = ParameterType::numbers,
          .low = 0,
          .high = 1e7,
          .sentence = "its values"},
         text_parameter("name", "", "a word in front of the series' names")},
        path_parameters()),
    .run = run_serve_path_sweep,
}};

}  // namespace
}  // namespace rehearse::steps
