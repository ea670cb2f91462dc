// SPDX-License-Identifier: GPL-3.0-or-later
//
// The way of a request for a ranked list: looked up, or fetched and scored in stages, or too late.
#include <algorithm>

#include "engine/steps/path_call.hpp"
#include "engine/steps/serve_call.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kShownAnswers = 20000;

Result<Frame> path_frame(const serving::RequestPathReport& r) {
  Frame::Builder b;
  add_figure(b, "p50_ms", r.p50.value, "ms");
  add_figure(b, "p95_ms", r.p95.value, "ms");
  add_figure(b, "p99_ms", r.p99.value, "ms");
  add_figure(b, "p99_low_ms", r.p99.low, "ms");
  add_figure(b, "p99_high_ms", r.p99.high, "ms");
  add_figure(b, "mean_ms", r.mean_ms, "ms");
  add_figure(b, "service_ms", r.service_ms, "ms");
  add_figure(b, "utilization", r.utilization, "");
  add_figure(b, "online", r.online, "");
  add_figure(b, "cached", r.cached, "");
  add_figure(b, "fallback", r.fallback, "");
  add_figure(b, "list_cores", r.list_cores, "");
  add_figure(b, "cost_per_month", r.cost_per_month, "");
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

}  // namespace
}  // namespace rehearse::steps
