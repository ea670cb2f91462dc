// SPDX-License-Identifier: GPL-3.0-or-later
//
// Burn-rate alerts on a stream of requests, and their closed form over burn rates.
#include <cmath>

#include "engine/monitor/slo.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

// Two rules that page and one that files a ticket; a burn rate of 0 switches a rule off.
std::vector<monitor::BurnRule> burn_rules(const StepCall& call) {
  std::vector<monitor::BurnRule> rules;
  const double share = call.number("short_share");
  for (const auto& [name, severity] :
       {std::pair{"fast", "page"}, {"slow", "page"}, {"ticket", "ticket"}}) {
    const double burn = call.number(std::string(name) + "_burn"),
                 minutes = 60 * call.number(std::string(name) + "_hours");
    if (burn > 0)
      rules.push_back({fmt::format("{}: {:g} over {:g} h", name, burn, minutes / 60), severity,
                       minutes, std::max(1.0, minutes * share), burn});
  }
  return rules;
}

std::vector<plan::Parameter> burn_parameters() {
  const char* hours = "hours";
  return {
      number_parameter("fast_burn", 14.4, 0, 1000,
                       "burn rate at which the fast rule pages; 0: no such rule"),
      number_parameter("fast_hours", 1, 0.02, 720, "its long window", hours),
      number_parameter("slow_burn", 6, 0, 1000,
                       "burn rate at which the slow rule pages; 0: no such rule"),
      number_parameter("slow_hours", 6, 0.02, 720, "its long window", hours),
      number_parameter("ticket_burn", 1, 0, 1000, "burn rate that files a ticket; 0: no such rule"),
      number_parameter("ticket_hours", 72, 0.02, 720, "its long window", hours),
      number_parameter("short_share", 1.0 / 12, 0.001, 1,
                       "the short window, as a share of the long one; 1: there is no short one"),
      number_parameter("period_days", 30, 1, 400, "the period of the budget", "days")};
}

Result<Outputs> run_monitor_slo(const StepCall& call, const StepContext& context) {
  monitor::SloOptions o;
  o.target = call.number("target"), o.period_days = call.number("period_days");
  o.bad = call.text("bad");
  o.quiet_minutes = call.number("quiet_minutes");
  o.rules = burn_rules(call);
  auto report = monitor::evaluate_slo(call.input("stream")->as_frame(), o, context.progress);
  if (!report) return fail(report.error());
  const std::size_t rules = report->rules.rows();
  return Outputs{plan::Artifact::of(report->rules), plan::Artifact::of(report->burns),
                 plan::Artifact::of(report->budget), plan::Artifact::of(report->pages),
                 plan::Artifact::of(report->rules.slice(rules - 1, rules))};
}

Result<Outputs> run_monitor_burn(const StepCall& call, const StepContext&) {
  std::vector<double> burn, minutes, budget;
  std::vector<std::string> series;
  const double period = call.number("period_days") * 1440;
  constexpr int kPoints = 60;
  const double low = std::log(0.5), high = std::log(1000.0);
  for (const monitor::BurnRule& rule : burn_rules(call))
    for (int i = 0; i <= kPoints; ++i) {
      const double b = std::exp(low + (high - low) * i / kPoints),
                   wait = monitor::minutes_to_page(rule, b);
      if (!std::isfinite(wait)) continue;
      burn.push_back(b), minutes.push_back(wait), series.push_back(rule.name);
      budget.push_back(monitor::budget_at_page(rule, period));
    }
  Frame::Builder builder;
  builder.add("burn", std::move(burn)).add("series", series);
  builder.add("minutes_to_page", std::move(minutes)).add("budget_spent", std::move(budget));
  return one(std::move(builder).build());
}

std::vector<plan::Parameter> slo_parameters() {
  auto all = burn_parameters();
  all.push_back(
      number_parameter("target", 0.999, 1e-6, 1 - 1e-9, "share of requests that is good"));
  all.push_back({.name = "bad",
                 .type = ParameterType::text,
                 .initial = std::string("errors"),
                 .sentence = "the column that counts bad requests: errors, slow or bad"});
  all.push_back(number_parameter("quiet_minutes", 60, 0, 1e5,
                                 "a rule that fires again within this does not page twice",
                                 "minutes"));
  return all;
}

const StepRegistration kMonitorSlo{{
    .name = "monitor.slo",
    .sentence =
        "Error budget and burn-rate alerts over long and short windows (Beyer et al. 2018), "
        "judged where outages are known.",
    .example =
        "monitor.slo { stream, target = 0.999, as = \"rules, burns, budget, pages, paged\" }",
    .inputs = {{.name = "stream", .kind = Kind::frame, .sentence = "one row a minute"}},
    .outputs = {{.name = "rules", .kind = Kind::frame, .sentence = "a row a rule, then any page"},
                {.name = "burns", .kind = Kind::frame, .sentence = "burn rates over time"},
                {.name = "budget", .kind = Kind::frame, .sentence = "what is left of it"},
                {.name = "pages", .kind = Kind::frame, .sentence = "a row a page"},
                {.name = "paged", .kind = Kind::frame, .sentence = "any page alone, for goals"}},
    .parameters = slo_parameters(),
    .run = run_monitor_slo,
}};

const StepRegistration kMonitorBurn{{
    .name = "monitor.burn",
    .sentence =
        "Minutes to a page and budget spent by then, at a constant burn rate, in closed form.",
    .example = "monitor.burn { fast_burn = 14.4, fast_hours = 1 }",
    .outputs = {{.name = "curve", .kind = Kind::frame}},
    .parameters = burn_parameters(),
    .run = run_monitor_burn,
}};

}  // namespace
}  // namespace rehearse::steps
