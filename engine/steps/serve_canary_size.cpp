// SPDX-License-Identifier: GPL-3.0-or-later
//
// How large a canary must be, and how long it takes, for changes of several sizes to show.
#include <cmath>

#include "engine/serving/canary_size.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

serving::CanaryQuestion canary_question(const StepCall& call, double change) {
  serving::CanaryQuestion q;
  q.before = call.number("before"), q.after = q.before + change;
  q.alpha = call.number("alpha"), q.power = call.number("power");
  q.share = call.number("share"), q.events_per_minute = call.number("rate");
  return q;
}

Result<Frame> canary_row(const serving::CanaryQuestion& q) {
  auto size = serving::canary_size(q);
  if (!size) return fail(size.error());
  Frame::Builder builder;
  builder.add("before", std::vector<double>{q.before}, {.unit = "%"});
  builder.add("after", std::vector<double>{q.after}, {.unit = "%"});
  builder.add("events", std::vector<std::int64_t>{size->events});
  builder.add("alarm_at", std::vector<std::int64_t>{size->threshold})
      .missing({static_cast<std::uint8_t>(size->exact)});
  builder.add("by_the_formula", std::vector<double>{std::ceil(size->normal_events)});
  builder.add("minutes", std::vector<double>{size->minutes}, {.unit = "min"});
  builder.add("how", std::vector<std::string>{size->exact ? "exact" : "normal approximation"});
  return std::move(builder).build();
}

// Half to four times the change, and the minutes that each takes.
Result<Frame> canary_curve(const StepCall& call) {
  const double change = call.number("change");
  std::vector<std::string> series;
  std::vector<double> changes, minutes, events;
  for (int i = 0; i < 13; ++i) {
    const double factor = std::pow(2.0, (i - 4) / 4.0);
    const auto q = canary_question(call, change * factor);
    if (!(q.after > 0 && q.after < 1)) continue;
    auto size = serving::canary_size(q);
    if (!size) return fail(size.error());
    for (const bool exact : {true, false}) {
      const double n = exact ? static_cast<double>(size->events) : size->normal_events;
      series.emplace_back(exact ? "exact where counts are small" : "normal formula");
      changes.push_back(std::abs(change) * factor), events.push_back(n);
      minutes.push_back(n / (q.share * q.events_per_minute));
    }
  }
  Frame::Builder builder;
  builder.add("series", series).add("change", std::move(changes));
  builder.add("minutes", std::move(minutes)).add("events", std::move(events));
  return std::move(builder).build();
}

Result<Outputs> run_serve_canary_size(const StepCall& call, const StepContext&) {
  return two(canary_row(canary_question(call, call.number("change"))), canary_curve(call));
}

const StepRegistration kServeCanarySize{{
    .name = "serve.canary_size",
    .sentence = "Events that a canary must see for a change of a rate to show, exact where counts "
                "are small, and the minutes until it has.",
    .example =
        "local size, curve = serve.canary_size { before = 0.004, change = 0.01, share = 0.01 }",
    .outputs = {{.name = "size", .kind = Kind::frame, .sentence = "one row of figures"},
                {.name = "curve",
                 .kind = Kind::frame,
                 .sentence = "series, change, minutes, events"}},
    .parameters = {number_parameter("before", 0.2, 1e-6, 0.999999, "the rate in service", "%"),
                   number_parameter("change", -0.02, -0.999, 0.999,
                                    "what must not go unnoticed, absolute", "%"),
                   number_parameter("share", 0.05, 1e-5, 0.999, "of the traffic in the canary",
                                    "%"),
                   number_parameter("rate", 600, 1e-3, 1e9, "events of all traffic", "/min"),
                   number_parameter("alpha", 0.05, 1e-9, 0.5, "false alarms, one-sided"),
                   number_parameter("power", 0.8, 0.05, 0.9999, "that it shows")},
    .run = run_serve_canary_size,
}};

}  // namespace
}  // namespace rehearse::steps
