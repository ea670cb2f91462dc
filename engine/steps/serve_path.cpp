// SPDX-License-Identifier: GPL-3.0-or-later
//
// The way of a request for a ranked list: looked up, or fetched and scored in stages, or too late.
#include <algorithm>
#include <cmath>

#include "engine/steps/path_call.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kShownAnswers = 20000;

// Absent where undefined.
void add_path_figure(Frame::Builder& builder, const char* name, double value, const char* unit) {
  builder.add(name, std::vector<double>{value}, {.unit = unit})
      .missing({static_cast<std::uint8_t>(value == value)});
}

Result<Frame> path_frame(const serving::RequestPathReport& r) {
  Frame::Builder b;
  add_path_figure(b, "p50_ms", r.p50.value, "ms");
  add_path_figure(b, "p95_ms", r.p95.value, "ms");
  add_path_figure(b, "p99_ms", r.p99.value, "ms");
  add_path_figure(b, "p99_low_ms", r.p99.low, "ms");
  add_path_figure(b, "p99_high_ms", r.p99.high, "ms");
  add_path_figure(b, "mean_ms", r.mean_ms, "ms");
  add_path_figure(b, "service_ms", r.service_ms, "ms");
  add_path_figure(b, "utilization", r.utilization, "");
  add_path_figure(b, "online", r.online, "");
  add_path_figure(b, "cached", r.cached, "");
  add_path_figure(b, "fallback", r.fallback, "");
  add_path_figure(b, "list_cores", r.list_cores, "");
  add_path_figure(b, "cost_per_month", r.cost_per_month, "");
  b.add("why", std::vector<std::string>{r.p99.why});
  return std::move(b).build();
}

Result<Frame> answer_frame(std::span<const serving::Answer> answers) {
  std::vector<double> latency;
  std::vector<std::string> way;
  for (const serving::Answer& a : answers.first(std::min(answers.size(), kShownAnswers)))
    latency.push_back(a.latency_ms), way.emplace_back(serving::answered_by_name(a.way));
  Frame::Builder b;
  b.add("latency_ms", std::move(latency), {.unit = "ms"}).add("list", way);
  return std::move(b).build();
}

Result<Outputs> run_serve_path(const StepCall& call, const StepContext& context) {
  auto options = path_options(call, context);
  if (!options) return fail(options.error());
  auto path = serving::simulate_request_path(*options, context.progress);
  if (!path) return fail(path.error());
  return two(path_frame(path->report), answer_frame(path->answers));
}

const StepRegistration kServePath{{
    .name = "serve.path",
    .sentence = "A request for a ranked list from its arrival to its answer: from the cache, by "
                "stages of scoring, or a fallback at the deadline; percentiles and cost.",
    .example = "local report, requests = serve.path { rows = { 2000, 100 }, us = { 0.5, 40 }, "
               "cached = 0.5, deadline_ms = 200 }",
    .outputs = {{.name = "report", .kind = Kind::frame, .sentence = "one row of figures"},
                {.name = "requests",
                 .kind = Kind::frame,
                 .sentence = "latency_ms and list (online, cached, fallback) of the first 20,000"}},
    .parameters = path_parameters(),
    .run = run_serve_path,
}};

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
      at.push_back(values[i]), ms.push_back(value), known.push_back(value == value);
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
