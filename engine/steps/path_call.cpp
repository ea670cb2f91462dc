// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/path_call.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> path_parameters() {
  return {
      {.name = "rows",
       .type = ParameterType::numbers,
       .low = 0,
       .high = 1e7,
       .sentence = "rows that each stage scores for a request, the first stage first"},
      {.name = "us",
       .type = ParameterType::numbers,
       .low = 0,
       .high = 1e6,
       .unit = "µs",
       .sentence = "what a row costs in each stage"},
      number_parameter("rate", 200, 1e-6, 1e6, "requests a second", "requests/s"),
      integer_parameter("servers", 8, 1, 1000, "cores behind the one line"),
      number_parameter("overhead_ms", 1, 0, 1000, "time of each request beside its rows", "ms"),
      number_parameter("cv", 0.2, 0, 10, "spread of scoring times, sd over mean (lognormal)"),
      number_parameter("fetch_ms", 4, 0, 1e6, "mean time to fetch features (exponential)", "ms"),
      number_parameter("cached", 0, 0, 1, "share of requests that find a list made beforehand"),
      number_parameter("lookup_ms", 2, 0, 1e6, "mean time to look it up (exponential)", "ms"),
      number_parameter("deadline_ms", 0, 0, 1e6, "after which a fallback list is shown; 0: never",
                       "ms"),
      number_parameter("users", 1e6, 0, 1e10, "users whose lists are made beforehand"),
      number_parameter("refresh_hours", 12, 1e-3, 8760, "how often a list is made anew", "hours"),
      number_parameter("price", 30, 0, 1e6, "what a core costs in a month"),
      integer_parameter("requests", 20000, 100, 2e6, "requests simulated")};
}

Result<serving::RequestPathOptions> path_options(const StepCall& call, const StepContext& context) {
  serving::RequestPathOptions o;
  const std::vector<double> rows = call.numbers("rows"), us = call.numbers("us");
  if (rows.size() != us.size() || rows.empty())
    return fail(Code::invalid_argument,
                "{} numbers of rows and {} prices of a row; each stage has one of both",
                rows.size(), us.size());
  for (std::size_t i = 0; i < rows.size(); ++i) o.stages.push_back({rows[i], us[i]});
  o.rate_per_s = call.number("rate");
  o.servers = static_cast<int>(call.integer("servers"));
  o.overhead_ms = call.number("overhead_ms"), o.cv = call.number("cv");
  o.fetch_ms = call.number("fetch_ms"), o.cached = call.number("cached");
  o.lookup_ms = call.number("lookup_ms"), o.deadline_ms = call.number("deadline_ms");
  o.users = call.number("users"), o.refresh_hours = call.number("refresh_hours");
  o.price_per_core_month = call.number("price");
  o.requests = static_cast<std::size_t>(call.integer("requests"));
  o.seed = context.seed, o.replicate = context.replicate;
  return o;
}

}  // namespace rehearse::steps
