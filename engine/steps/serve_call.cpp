// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/serve_call.hpp"

#include <cmath>
#include <limits>

#include "engine/serving/closed_form.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

void add_figure(Frame::Builder& builder, const char* name, double value, const char* unit) {
  builder.add(name, std::vector<double>{value}, {.unit = unit})
      .missing({static_cast<std::uint8_t>(!std::isnan(value))});
}

Result<serving::Work> work_of(const Scorer& model) {
  serving::Work work;
  bool told = false;
  for (const auto& [name, value] : model.facts()) {
    const auto take = [&, n = std::string_view(name), v = value](const char* wanted,
                                                                 double& target) {
      if (n == wanted) target = v, told = true;
    };
    take("lookups", work.lookups), take("multiply_adds", work.multiply_adds);
    take("int8_multiply_adds", work.int8_multiply_adds), take("tree_nodes", work.tree_nodes);
  }
  if (!told)
    return fail(Code::invalid_argument,
                "`{}` does not tell what work it takes to score a row; give service_ms",
                model.describe());
  return work;
}

std::vector<plan::Parameter> queue_parameters(std::int64_t requests) {
  return {
      number_parameter("rate", 200, 1e-6, 1e6, "requests a second", "requests/s"),
      integer_parameter("servers", 1, 1, 1000, "servers behind the one line"),
      integer_parameter("candidates", 300, 1, 100000, "rows scored for each request"),
      {.name = "service_ms",
       .low = 0,
       .high = 1e6,
       .unit = "ms",
       .sentence = "mean time to serve a request, in place of the model's cost",
       .optional = true},
      choice_parameter("law", "deterministic", {"deterministic", "exponential", "lognormal"},
                       "how the time to serve a request varies"),
      number_parameter("cv", 1, 0, 10, "standard deviation over mean, of the lognormal law"),
      integer_parameter("batch", 1, 1, 1024, "requests served together at most"),
      number_parameter("batch_wait_ms", 0, 0, 1000, "how long the first waits for company", "ms"),
      number_parameter("overhead_ms", 0, 0, 1000, "time that each batch costs by itself", "ms"),
      number_parameter("cache_hit", 0, 0, 1, "share of requests whose features are cached"),
      number_parameter("hit_ms", 0, 0, 1e6, "time to fetch features from the cache", "ms"),
      number_parameter("miss_ms", 0, 0, 1e6,
                       "mean time to fetch features from the store (exponential)", "ms"),
      integer_parameter("requests", requests, 1, 5e6, "requests simulated")};
}

Result<serving::QueueOptions> queue_options(const StepCall& call, const StepContext& context,
                                            const Scorer* model) {
  serving::QueueOptions o;
  auto law = serving::parse_law(call.text("law"));
  if (!law) return fail(law.error());
  o.service = {*law, 0, call.number("cv")};
  if (call.given("service_ms")) {
    o.service.mean_ms = call.number("service_ms");
  } else {
    if (!model)
      return fail(Code::invalid_argument, "give a model, or service_ms: how long a request takes");
    auto work = work_of(*model);
    if (!work) return fail(work.error());
    o.service.mean_ms =
        1e-3 * serving::cost_us(*work) * static_cast<double>(call.integer("candidates"));
  }
  o.rate_per_s = call.number("rate");
  o.servers = static_cast<int>(call.integer("servers"));
  o.batch = static_cast<int>(call.integer("batch"));
  o.batch_wait_ms = call.number("batch_wait_ms");
  o.overhead_ms = call.number("overhead_ms");
  o.cache_hit = call.number("cache_hit");
  o.hit = {serving::LawKind::deterministic, call.number("hit_ms"), 0};
  o.miss = {serving::LawKind::exponential, call.number("miss_ms"), 1};
  o.requests = static_cast<std::size_t>(call.integer("requests"));
  o.seed = context.seed;
  return o;
}

double mean_by_formula(const serving::QueueOptions& o) {
  const double busy_ms = o.overhead_ms + o.service.mean_ms;
  const serving::QueueLoad load{o.rate_per_s, busy_ms * 1e-3, o.servers};
  Result<double> wait = fail(Code::unsupported, "no formula");
  if (o.batch == 1 && o.servers == 1) {
    const double cv = o.service.kind == serving::LawKind::deterministic ? 0
                      : o.service.kind == serving::LawKind::exponential ? 1
                                                                        : o.service.cv;
    wait = serving::wait_mg1(load, busy_ms > 0 ? cv * o.service.mean_ms / busy_ms : 0);
  } else if (o.batch == 1 && o.service.kind == serving::LawKind::exponential &&
             o.overhead_ms == 0) {
    wait = serving::wait_mmc(load);
  }
  if (!wait) return std::numeric_limits<double>::quiet_NaN();
  const double fetch = o.cache_hit * o.hit.mean_ms + (1 - o.cache_hit) * o.miss.mean_ms;
  return fetch + *wait * 1e3 + busy_ms;
}

QueueReport queue_report(const serving::QueueOptions& options,
                         std::span<const serving::Request> requests) {
  QueueReport report;
  report.utilization = serving::utilization(options);
  report.service_ms = options.service.mean_ms;
  report.formula_ms = mean_by_formula(options);
  if (report.utilization >= 1) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    report.mean_ms = report.wait_ms = report.batch = none;
    report.p50 = report.p95 = report.p99 = {
        none, none, none,
        fmt::format("the servers are asked for {:.2f} times what they can do: the line grows for "
                    "ever",
                    report.utilization)};
    return report;
  }
  std::vector<double> latency;
  for (const serving::Request& r : requests) {
    latency.push_back(r.latency_ms());
    report.mean_ms += latency.back() / static_cast<double>(requests.size());
    report.wait_ms += r.wait_ms() / static_cast<double>(requests.size());
    report.batch += r.batch / static_cast<double>(requests.size());
  }
  report.p50 = serving::percentile(latency, 0.5);
  report.p95 = serving::percentile(latency, 0.95);
  report.p99 = serving::percentile(latency, 0.99);
  return report;
}

}  // namespace rehearse::steps
