// SPDX-License-Identifier: GPL-3.0-or-later
//
// One serving queue: its report, and the requests that it answered.
#include "engine/steps/serve_call.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kShownRequests = 20000;

Result<Frame> report_frame(const QueueReport& r) {
  Frame::Builder builder;
  add_figure(builder, "p50_ms", r.p50.value, "ms");
  add_figure(builder, "p95_ms", r.p95.value, "ms");
  add_figure(builder, "p99_ms", r.p99.value, "ms");
  add_figure(builder, "p99_low_ms", r.p99.low, "ms");
  add_figure(builder, "p99_high_ms", r.p99.high, "ms");
  add_figure(builder, "mean_ms", r.mean_ms, "ms");
  add_figure(builder, "mean_by_formula_ms", r.formula_ms, "ms");
  add_figure(builder, "wait_ms", r.wait_ms, "ms");
  add_figure(builder, "service_ms", r.service_ms, "ms");
  add_figure(builder, "batch", r.batch, "");
  add_figure(builder, "utilization", r.utilization, "");
  builder.add("why", std::vector<std::string>{r.p99.why});
  return std::move(builder).build();
}

Result<Frame> request_frame(std::span<const serving::Request> requests) {
  std::vector<double> latency, fetch, wait, service;
  std::vector<std::int64_t> batch;
  std::vector<std::string> features;
  for (const serving::Request& r : requests.first(std::min(requests.size(), kShownRequests))) {
    latency.push_back(r.latency_ms()), fetch.push_back(r.fetch_ms()), wait.push_back(r.wait_ms());
    service.push_back(static_cast<double>(r.end - r.start) * 1e-6);
    batch.push_back(r.batch);
    features.push_back(r.hit ? "cached" : "fetched");
  }
  Frame::Builder builder;
  builder.add("latency_ms", std::move(latency), {.unit = "ms"});
  builder.add("fetch_ms", std::move(fetch), {.unit = "ms"});
  builder.add("wait_ms", std::move(wait), {.unit = "ms"});
  builder.add("busy_ms", std::move(service), {.unit = "ms"});
  builder.add("batch", std::move(batch)).add("features", features);
  return std::move(builder).build();
}

Result<Outputs> run_serve_queue(const StepCall& call, const StepContext& context) {
  const Scorer* model = call.has("model") ? call.input("model")->scorer().get() : nullptr;
  auto options = queue_options(call, context, model);
  if (!options) return fail(options.error());
  auto requests = serving::simulate_queue(*options, context.progress);
  if (!requests) return fail(requests.error());
  auto report = report_frame(queue_report(*options, *requests));
  if (!report) return fail(report.error());
  auto shown = request_frame(*requests);
  if (!shown) return fail(shown.error());
  return Outputs{plan::Artifact::of(std::move(*report)), plan::Artifact::of(std::move(*shown))};
}

const StepRegistration kServeQueue{{
    .name = "serve.queue",
    .sentence = "A serving queue, request by request: percentiles of the latency, and the requests "
                "themselves.",
    .example = "local report, requests = serve.queue { model, rate = 300, servers = 2 }",
    .inputs = {{.name = "model",
                .kind = Kind::model,
                .sentence = "the model that is served; its work gives the time of a request",
                .optional = true}},
    .outputs = {{.name = "report", .kind = Kind::frame, .sentence = "one row of figures"},
                {.name = "requests", .kind = Kind::frame, .sentence = "the first 20,000 answered"}},
    .parameters = queue_parameters(20000),
    .run = run_serve_queue,
}};

}  // namespace
}  // namespace rehearse::steps
