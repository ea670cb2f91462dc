// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/monitor/label_maturity.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

// One line a way of reading the log.
Result<Frame> rate_lines(const Frame& days) {
  std::vector<double> day, value, low, high;
  std::vector<std::string> series;
  const auto add = [&](const char* column, const char* name, bool interval) {
    if (!days.find(column)) return;
    for (std::size_t row = 0; row < days.rows(); ++row) {
      day.push_back(days.find("day")->number(row)), series.emplace_back(name);
      value.push_back(days.find(column)->number(row));
      low.push_back(interval ? days.find("low")->number(row) : std::nan(""));
      high.push_back(interval ? days.find("high")->number(row) : std::nan(""));
    }
  };
  add("naive", "clicks so far over impressions", false);
  add("corrected", "corrected for what is on its way", true);
  add("true_rate", "truth (known: the site is simulated)", false);
  Frame::Builder b;
  b.add("day", std::move(day)).add("series", series).add("rate", std::move(value));
  b.add("low", std::move(low)).add("high", std::move(high));
  return std::move(b).build();
}

// The last `recent` days but for the youngest `skipped`: what a monitor of that window would go by.
Result<Frame> window_row(const Frame& days, double recent, double skipped) {
  double rows = 0, arrived = 0, effective = 0, truth = 0, age = 0;
  const std::size_t n = days.rows() - std::min(days.rows() - 1, static_cast<std::size_t>(skipped)),
                    first = n - std::min(n, static_cast<std::size_t>(recent));
  for (std::size_t row = first; row < n; ++row) {
    const auto at = [&](const char* name) { return days.find(name)->number(row); };
    age += at("rows") * at("age_days");
    rows += at("rows"), arrived += at("arrived"), effective += at("effective_rows");
    truth += at("rows") * (days.find("true_rate") ? at("true_rate") : NAN);
  }
  const auto interval = monitor::poisson_interval(arrived);
  Frame::Builder b;
  b.add("rows", std::vector{rows}).add("arrived", std::vector{arrived});
  b.add("effective_rows", std::vector{effective});
  b.add("share_heard", std::vector{effective / rows});
  b.add("naive_rate", std::vector{arrived / rows});
  b.add("corrected_rate", std::vector{effective > 0 ? arrived / effective : NAN});
  b.add("half_width",
        std::vector{arrived > 0 ? (interval.high - interval.low) / 2 / arrived : NAN});
  b.add("mean_age_days", std::vector{age / rows});
  b.add("true_rate", std::vector{truth / rows});
  b.add("naive_error", std::vector{arrived / truth - 1});
  b.add("corrected_error",
        std::vector{effective > 0 ? arrived / effective / (truth / rows) - 1 : NAN});
  return std::move(b).build();
}

Result<Outputs> run_monitor_labels(const StepCall& call, const StepContext&) {
  monitor::MaturityOptions o;
  o.now_day = call.number("day"), o.mature_days = call.number("mature_days");
  if (call.given("label")) o.label = call.text("label");
  auto made = monitor::label_maturity(call.input("log")->as_frame(), o);
  if (!made) return fail(made.error());
  auto lines = rate_lines(made->days),
       window = window_row(made->days, call.number("window_days"), call.number("skip_days"));
  if (!lines) return fail(lines.error());
  if (!window) return fail(window.error());
  return Outputs{plan::Artifact::of(made->days), plan::Artifact::of(*lines),
                 plan::Artifact::of(made->law), plan::Artifact::of(*window)};
}

const StepRegistration kMonitorLabels{{
    .name = "monitor.labels",
    .sentence = "How much of each day has been heard from at a midnight: effective rows, the rate "
                "read naively and corrected, with intervals.",
    .example = "monitor.labels { log, day = 14, as = \"days, rates, delay, window\" }",
    .inputs = {{.name = "log", .kind = Kind::frame, .sentence = "impressions with click_arrival"}},
    .outputs = {{.name = "days", .kind = Kind::frame, .sentence = "a row a day"},
                {.name = "rates", .kind = Kind::frame, .sentence = "the same as lines"},
                {.name = "delay", .kind = Kind::frame, .sentence = "share of clicks in by age"},
                {.name = "window", .kind = Kind::frame, .sentence = "the last days together"}},
    .parameters = {number_parameter("day", 14, 1, 3660, "the midnight before it is now", "days"),
                   number_parameter("mature_days", 5, 0.1, 365,
                                    "age from which a day counts as complete", "days"),
                   number_parameter("window_days", 1, 1, 365, "days of the window", "days"),
                   number_parameter("skip_days", 0, 0, 365,
                                    "youngest days that the window leaves out", "days"),
                   label_parameter()},
    .run = run_monitor_labels,
}};

}  // namespace
}  // namespace rehearse::steps
