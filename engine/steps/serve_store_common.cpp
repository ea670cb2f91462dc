// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/serve_store_common.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> store_parameters() {
  return {columns_parameter("the features that are served from the store"),
          {.name = "entity",
           .type = ParameterType::texts,
           .sentence = "the columns that make the key, such as user_id"},
          {.name = "refresh_hours",
           .initial = 24.0,
           .low = 0,
           .high = 8760,
           .unit = "hours",
           .sentence = "time between two copies of the offline values; 0: each is written as it "
                       "comes"},
          {.name = "delay_minutes",
           .initial = 30.0,
           .low = 0,
           .high = 100000,
           .unit = "minutes",
           .sentence = "from the copy (or the value) to when it can be read"},
          {.name = "ttl_hours",
           .initial = 72.0,
           .low = 0,
           .high = 1e6,
           .unit = "hours",
           .sentence = "age from which a value is no longer served"},
          {.name = "cache_minutes",
           .initial = 0.0,
           .low = 0,
           .high = 100000,
           .unit = "minutes",
           .sentence = "how long a server keeps what it read; 0: no cache"},
          {.name = "lost_share",
           .initial = 0.0,
           .low = 0,
           .high = 1,
           .sentence = "share of reads that fail although the value is there"},
          {.name = "read_ms",
           .initial = 3.0,
           .low = 0,
           .high = 10000,
           .unit = "ms",
           .sentence = "median time of a read from the store"},
          {.name = "slow_share",
           .initial = 0.01,
           .low = 0,
           .high = 1,
           .sentence = "share of reads that meet a pause"},
          {.name = "slow_ms",
           .initial = 30.0,
           .low = 0,
           .high = 100000,
           .unit = "ms",
           .sentence = "mean of the pause"},
          {.name = "deadline_ms",
           .initial = 50.0,
           .low = 0,
           .high = 100000,
           .unit = "ms",
           .sentence = "when a read is given up and the fallback served"},
          {.name = "fallback",
           .type = ParameterType::choice,
           .initial = std::string("missing"),
           .choices = {"missing", "zero", "mean"},
           .sentence = "what is served when there is no value: an empty cell, 0, or the mean of "
                       "the first table"},
          {.name = "time",
           .type = ParameterType::text,
           .initial = std::string("time"),
           .sentence = "the column with each row's time"}};
}

Result<features::StoreOptions> store_options(const StepCall& call, std::uint64_t seed) {
  features::StoreOptions options;
  options.columns = call.texts("columns");
  options.entity = call.texts("entity");
  options.refresh_hours = call.number("refresh_hours");
  options.delay_minutes = call.number("delay_minutes");
  options.ttl_hours = call.number("ttl_hours");
  options.cache_minutes = call.number("cache_minutes");
  options.lost_share = call.number("lost_share");
  options.read_ms = call.number("read_ms");
  options.slow_share = call.number("slow_share");
  options.slow_ms = call.number("slow_ms");
  options.deadline_ms = call.number("deadline_ms");
  auto fallback = features::parse_store_fallback(call.text("fallback"));
  if (!fallback) return fail(fallback.error());
  options.fallback = *fallback;
  options.time = call.text("time");
  options.seed = seed;
  return options;
}

}  // namespace rehearse::steps
