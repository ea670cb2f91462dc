// SPDX-License-Identifier: GPL-3.0-or-later
//
// Four ways for a client to tell that a release broke some devices: how soon each shows it, what it
// weighs, and what logging in full does to the tail.
#include <cmath>

#include "engine/monitor/telemetry.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

constexpr int kReleases = 100, kMostHours = 400;
constexpr double kMismatch = 0.002, kChecksumError = 1e-5;  // on good releases

struct Telemetry {
  monitor::Channel channel;
  double bytes;  // of a report
};

// The broken devices are a share of all; with slices each version and device is counted by itself,
// hence among its own requests alone.
std::vector<Telemetry> channels_of(const StepCall& call) {
  const double devices = call.number("devices"), logs = call.number("log_share"),
               loss = call.number("loss");
  const bool sliced = call.boolean("slices");
  const auto mixed = [&](double good, double bad) {
    return sliced ? bad : (1 - devices) * good + devices * bad;
  };
  const double traffic = sliced ? devices : 1;
  const double start = call.number("start_rate"), finish = call.number("finish_rate");
  return {
      {{"checksum of the inputs, every request", traffic, kChecksumError, mixed(kChecksumError, 1),
        0},
       call.number("checksum_bytes")},
      {{"full-context log, sampled", traffic * logs, kMismatch, mixed(kMismatch, 1), 1},
       call.number("log_bytes")},
      {{"video starts: a proxy, at once", traffic, start, mixed(start, start * (1 - loss)), 0}, 2},
      {{"finished videos: the label, a day later", traffic, finish,
        mixed(finish, finish * (1 - loss)), 24},
       2}};
}

Result<Outputs> run_monitor_telemetry(const StepCall& call, const StepContext& context) {
  const double requests = call.number("requests_per_hour"), z = call.number("sigma"),
               logs = call.number("log_share");
  const double p99 = monitor::p99_with_logging(call.number("p50_ms"), call.number("p99_ms"), logs,
                                               call.number("log_ms"));
  std::vector<std::string> name;
  std::vector<double> share, bytes, formula, simulated;
  double total = 0;
  for (const Telemetry& one : channels_of(call)) {
    auto hours = monitor::simulated_hours_to_see(one.channel, requests, z, kReleases, kMostHours,
                                                 context.seed);
    if (!hours) return fail(hours.error());
    const double told = one.bytes == call.number("log_bytes") ? logs : 1;
    name.push_back(one.channel.name), share.push_back(told);
    bytes.push_back(told * one.bytes), total += bytes.back();
    formula.push_back(monitor::hours_to_see(one.channel, requests, z));
    simulated.push_back(std::isinf(*hours) ? NAN : *hours);
  }
  Frame::Builder table, row;
  row.add("p99_ms", std::vector{p99}).add("bytes_per_request", std::vector{total});
  row.add("checksum_hours", std::vector{simulated[0]}).add("log_hours", std::vector{simulated[1]});
  row.add("proxy_hours", std::vector{simulated[2]}).add("label_hours", std::vector{simulated[3]});
  table.add("channel", name).add("share_of_requests", std::move(share));
  table.add("bytes_per_request", std::move(bytes)).add("hours_to_see", std::move(simulated));
  table.add("closed_form", std::move(formula));
  auto channels = std::move(table).build(), summary = std::move(row).build();
  if (!channels) return fail(channels.error());
  if (!summary) return fail(summary.error());
  std::vector<double> at, tail;
  constexpr int kPoints = 60;
  for (int i = 0; i <= kPoints; ++i) {
    at.push_back(0.0005 * std::pow(200.0, static_cast<double>(i) / kPoints));
    tail.push_back(monitor::p99_with_logging(call.number("p50_ms"), call.number("p99_ms"),
                                             at.back(), call.number("log_ms")));
  }
  Frame::Builder curve;
  curve.add("log_share", std::move(at)).add("p99_ms", std::move(tail));
  auto tails = std::move(curve).build();
  if (!tails) return fail(tails.error());
  return Outputs{plan::Artifact::of(*channels), plan::Artifact::of(*tails),
                 plan::Artifact::of(*summary)};
}

const StepRegistration kMonitorTelemetry{{
    .name = "monitor.telemetry",
    .sentence =
        "A release that broke a share of devices: how soon a checksum, a sampled log, a proxy "
        "and a late label show it, and what telling costs.",
    .example =
        "monitor.telemetry { devices = 0.02, log_share = 0.01, as = \"channels, tail, summary\" }",
    .outputs = {{.name = "channels", .kind = Kind::frame, .sentence = "a row a channel"},
                {.name = "tail", .kind = Kind::frame, .sentence = "p99 against the share logged"},
                {.name = "summary", .kind = Kind::frame, .sentence = "one row, for goals"}},
    .parameters =
        {number_parameter("devices", 0.02, 1e-5, 1, "share of devices that the release breaks"),
         number_parameter("log_share", 0.01, 0, 1, "share of requests logged in full"),
         number_parameter("requests_per_hour", 60000, 1, 1e9, "requests of all devices"),
         {.name = "slices",
          .type = ParameterType::boolean,
          .initial = false,
          .sentence = "count each version and kind of device by itself"},
         number_parameter("loss", 0.2, 0, 1,
                          "share of starts and finishes that broken devices lose"),
         number_parameter("start_rate", 0.6, 1e-4, 0.999, "videos started per request"),
         number_parameter("finish_rate", 0.25, 1e-4, 0.999, "videos finished per request"),
         number_parameter("sigma", 4, 1, 20, "deviation at which a channel speaks"),
         number_parameter("p50_ms", 55, 1, 1e4, "median on the device without logging", "ms"),
         number_parameter("p99_ms", 94, 1, 1e5, "99th percentile without logging", "ms"),
         number_parameter("log_ms", 60, 0, 1e4, "what logging in full adds to a request", "ms"),
         number_parameter("log_bytes", 40000, 1, 1e8, "bytes of a full-context log"),
         number_parameter("checksum_bytes", 8, 1, 1e6, "bytes of a checksum")},
    .run = run_monitor_telemetry,
}};

}  // namespace
}  // namespace rehearse::steps
