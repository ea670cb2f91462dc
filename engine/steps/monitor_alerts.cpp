// SPDX-License-Identifier: GPL-3.0-or-later
//
// An alert rule on months of signals with known incidents: what it pages for, what each signal
// alone would, and what was missed.
#include <fmt/ranges.h>

#include <cmath>

#include "engine/steps/alerting.hpp"

namespace rehearse::steps {
namespace {

constexpr double kHoursOfWeek = 168, kGraceHours = 6;

// One row a rule: what it costs and what it is worth.
class Worth {
 public:
  Worth(const monitor::SignalDeviations& deviations, const std::vector<monitor::Outage>& incidents)
      : d_(deviations), incidents_(incidents) {}

  monitor::PageVerdict add(const std::string& rule, const std::vector<std::size_t>& pages) {
    const auto verdict = monitor::judge_pages(pages, incidents_, kGraceHours);
    const double weeks = static_cast<double>(d_.hours() - d_.first_judged()) / kHoursOfWeek;
    rule_.push_back(rule), pages_.push_back(verdict.pages / weeks);
    useless_.push_back(verdict.useless / weeks), precision_.push_back(verdict.precision);
    recall_.push_back(verdict.recall), delay_.push_back(verdict.delay);
    caught_.push_back(verdict.caught), harmful_.push_back(verdict.harmful);
    return verdict;
  }
  Result<Frame> build() && {
    Frame::Builder b;
    b.add("rule", rule_).add("pages_a_week", std::move(pages_));
    b.add("useless_a_week", std::move(useless_)).add("precision", std::move(precision_));
    b.add("recall", std::move(recall_)).add("delay_hours", std::move(delay_));
    b.add("caught", std::move(caught_)).add("harmful", std::move(harmful_));
    return std::move(b).build();
  }

 private:
  const monitor::SignalDeviations& d_;
  const std::vector<monitor::Outage>& incidents_;
  std::vector<std::string> rule_;
  std::vector<double> pages_, useless_, precision_, recall_, delay_, caught_, harmful_;
};

Result<Frame> page_list(const monitor::SignalDeviations& d, const monitor::AlertRule& rule,
                        const std::vector<std::size_t>& pages,
                        const std::vector<monitor::Outage>& incidents) {
  std::vector<double> hour, day;
  std::vector<std::string> verdict, incident, speaking;
  for (const std::size_t page : pages) {
    hour.push_back(d.first_hour() + static_cast<double>(page)), day.push_back(hour.back() / 24);
    const monitor::Outage* about = monitor::outage_at(incidents, page, kGraceHours);
    verdict.emplace_back(!about ? "nothing" : about->harmful ? "an incident" : "harmless");
    incident.push_back(about ? about->name : "");
    std::vector<std::string> names;
    for (const std::size_t i : monitor::speaking(d, rule, page))
      names.push_back(fmt::format("{} {:+.1f}", d.names()[i], d.z(i)[page]));
    speaking.push_back(fmt::format("{}", fmt::join(names, ", ")));
  }
  Frame::Builder b;
  b.add("hour", std::move(hour)).add("day", std::move(day)).add("verdict", verdict);
  b.add("incident", incident).add("signals", speaking);
  return std::move(b).build();
}

// Every incident after the baseline, and when the rule saw it.
Result<Frame> incident_list(const monitor::SignalDeviations& d,
                            const std::vector<monitor::Outage>& incidents,
                            const std::vector<std::size_t>& pages) {
  std::vector<std::string> name, outcome;
  std::vector<double> start, lasts, delay;
  for (const monitor::Outage& one : incidents) {
    name.push_back(one.name), start.push_back(d.first_hour() + static_cast<double>(one.begin));
    lasts.push_back(static_cast<double>(one.end - one.begin)), delay.push_back(std::nan(""));
    for (const std::size_t page : pages)
      if (std::isnan(delay.back()) && monitor::outage_at(incidents, page, kGraceHours) == &one)
        delay.back() = static_cast<double>(page) - static_cast<double>(one.begin);
    const bool paged = !std::isnan(delay.back());
    outcome.emplace_back(one.harmful ? (paged ? "caught" : "missed")
                                     : (paged ? "woken for nothing" : "rightly silent"));
  }
  Frame::Builder b;
  b.add("incident", name).add("outcome", outcome).add("start_hour", std::move(start));
  b.add("lasts_hours", std::move(lasts)).add("delay_hours", std::move(delay));
  return std::move(b).build();
}

Result<Outputs> run_monitor_alerts(const StepCall& call, const StepContext&) {
  auto d = deviations_given(call);
  if (!d) return fail(d.error());
  auto incidents =
      monitor::outages_from(call.input("incidents")->as_frame(), *d, call.text("segment"));
  if (!incidents) return fail(incidents.error());
  const monitor::AlertRule joint = rule_given(call);
  auto pages = monitor::pages_of(*d, joint);
  if (!pages) return fail(pages.error());
  Worth alone(*d, *incidents), together(*d, *incidents);
  const std::string name = fmt::format("{} of {} {} agree", joint.corroborate, d->names().size(),
                                       joint.layer.empty() ? "signals" : "signals' layers");
  together.add(name, *pages), alone.add(name, *pages);
  for (std::size_t i = 0; i < d->names().size(); ++i) {
    monitor::AlertRule single = joint;
    single.signals = {i}, single.corroborate = 1, single.layer.clear();
    auto own = monitor::pages_of(*d, single);
    if (!own) return fail(own.error());
    alone.add(d->names()[i] + " alone", *own);
  }
  auto rules = std::move(alone).build(), whole = std::move(together).build(),
       list = page_list(*d, joint, *pages, *incidents),
       seen = incident_list(*d, *incidents, *pages);
  for (const auto* part : {&rules, &whole, &list, &seen})
    if (!*part) return fail(part->error());
  return Outputs{plan::Artifact::of(*rules), plan::Artifact::of(*list), plan::Artifact::of(*seen),
                 plan::Artifact::of(*whole)};
}

// Thresholds from loud to quiet, for one, two and three signals that must agree.
Result<Outputs> run_monitor_alert_curve(const StepCall& call, const StepContext& context) {
  auto d = deviations_given(call);
  if (!d) return fail(d.error());
  auto incidents =
      monitor::outages_from(call.input("incidents")->as_frame(), *d, call.text("segment"));
  if (!incidents) return fail(incidents.error());
  const double weeks = static_cast<double>(d->hours() - d->first_judged()) / kHoursOfWeek;
  std::vector<double> sigma, pages_a_week, useless, precision, recall, delay;
  std::vector<std::string> series;
  monitor::AlertRule rule = rule_given(call);
  for (const int agree : {1, 2, 3}) {
    if (static_cast<std::size_t>(agree) > d->names().size()) break;
    for (double at = 2; at <= 10; at += 0.5) {
      rule.threshold = at, rule.corroborate = agree;
      auto pages = monitor::pages_of(*d, rule);
      if (!pages) return fail(pages.error());
      const auto verdict = monitor::judge_pages(*pages, *incidents, kGraceHours);
      sigma.push_back(at), pages_a_week.push_back(verdict.pages / weeks);
      useless.push_back(verdict.useless / weeks), precision.push_back(verdict.precision);
      recall.push_back(verdict.recall), delay.push_back(verdict.delay);
      series.push_back(agree == 1 ? "any one signal" : fmt::format("{} signals agree", agree));
    }
    if (!context.progress.report(agree / 3.0)) return cancelled();
  }
  Frame::Builder b;
  b.add("sigma", std::move(sigma)).add("series", series);
  b.add("pages_a_week", std::move(pages_a_week)).add("useless_a_week", std::move(useless));
  b.add("precision", std::move(precision)).add("recall", std::move(recall));
  b.add("delay_hours", std::move(delay));
  return one(std::move(b).build());
}

Result<Outputs> run_monitor_deviations(const StepCall& call, const StepContext&) {
  auto d = deviations_given(call);
  if (!d) return fail(d.error());
  std::vector<double> hour, day, z, change;
  std::vector<std::string> series;
  for (std::size_t i = 0; i < d->names().size(); ++i)
    for (std::size_t t = 0; t < d->hours(); ++t) {
      hour.push_back(d->first_hour() + static_cast<double>(t)), day.push_back(hour.back() / 24);
      series.push_back(d->names()[i]), z.push_back(d->z(i)[t]), change.push_back(d->change(i)[t]);
    }
  const ColumnInfo hours{.role = Role::none, .privacy = Privacy::open, .unit = "hours"};
  Frame::Builder b;
  b.add("hour", std::move(hour), hours).add("day", std::move(day)).add("series", series);
  b.add("z", std::move(z)).add("change", std::move(change));
  return one(std::move(b).build());
}

std::vector<plan::Port> watched_ports() {
  return {{.name = "signals", .kind = Kind::frame, .sentence = "one row an hour (and segment)"},
          {.name = "incidents", .kind = Kind::frame, .sentence = "what really happened"}};
}

const StepRegistration kMonitorAlerts{{
    .name = "monitor.alerts",
    .sentence = "An alert rule on months of signals with known incidents: pages a week, precision, "
                "recall, delay, jointly and by each signal alone.",
    .example =
        "monitor.alerts { signals, incidents, watch = { \"ctr\", \"error_rate\" }, as = \"rules, "
        "pages, seen, joint\" }",
    .inputs = watched_ports(),
    .outputs =
        {{.name = "rules", .kind = Kind::frame, .sentence = "jointly, then each signal alone"},
         {.name = "pages", .kind = Kind::frame, .sentence = "a row a page of the joint rule"},
         {.name = "seen", .kind = Kind::frame, .sentence = "a row an incident"},
         {.name = "joint", .kind = Kind::frame, .sentence = "the joint rule, for goals"}},
    .parameters = alert_rule_parameters(),
    .run = run_monitor_alerts,
}};

const StepRegistration kMonitorAlertCurve{{
    .name = "monitor.alert_curve",
    .sentence = "The same rule over all thresholds, where one, two or three signals must agree.",
    .example = "monitor.alert_curve { signals, incidents, watch = { \"ctr\", \"error_rate\" } }",
    .inputs = watched_ports(),
    .outputs = {{.name = "curve", .kind = Kind::frame}},
    .parameters = alert_rule_parameters(),
    .run = run_monitor_alert_curve,
}};

const StepRegistration kMonitorDeviations{{
    .name = "monitor.deviations",
    .sentence = "Signals in standard deviations from what is usual at that hour.",
    .example = "monitor.deviations { signals, watch = { \"ctr\", \"error_rate\" } }",
    .inputs = {{.name = "signals",
                .kind = Kind::frame,
                .sentence = "one row an hour (and segment)"}},
    .outputs = {{.name = "deviations", .kind = Kind::frame}},
    .parameters = baseline_parameters(),
    .run = run_monitor_deviations,
}};

}  // namespace
}  // namespace rehearse::steps
