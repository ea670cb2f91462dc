// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/base/view_data.hpp"
#include "engine/scenarios/oncall.hpp"
#include "engine/scenarios/oncall_usual.hpp"

namespace rehearse::scenarios {
namespace {

constexpr double kRecoveredShare = 0.02;  // clicks lost, at most, once it is over
constexpr int kStepsAnHour = 12;

// Clicks an hour that the site truly has, late ones included.
struct TrueClicks {
  std::vector<double> hour, clicks;
};

Result<TrueClicks> true_clicks(const Frame& world) {
  auto sessions = hourly(world, "sessions", "all");
  auto rate = hourly(world, "true_ctr", "all");
  if (!sessions) return fail(sessions.error());
  if (!rate) return fail(rate.error());
  TrueClicks made;
  made.hour = sessions->hour;
  for (std::size_t i = 0; i < made.hour.size(); ++i)
    made.clicks.push_back(sessions->value[i] * kImpressionsPerSession * rate->value[i]);
  return made;
}

struct Damage {
  std::vector<double> hour, clean, lost;  // clicks
};

// How much of the incident is there at an hour, for damage that clicks do not show.
double presence(const sim::IncidentKind& kind, double since) {
  if (since < 0) return 0;
  double rise = 1;
  for (const sim::SignalEffect& effect : kind.effects)
    if (effect.rise_hours > 0)
      rise = std::min(rise,
                      std::clamp((since - effect.lag_hours + 0.5) / effect.rise_hours, 0.0, 1.0));
  return kind.decay_hours > 0 ? std::exp(-since / kind.decay_hours) : rise;
}

Result<Damage> damage_of(const Frame& broken, const Frame& clean, const Happening& happening) {
  auto with = true_clicks(broken);
  auto without = true_clicks(clean);
  auto kind = sim::find_kind(happening.kind);
  if (!with) return fail(with.error());
  if (!without) return fail(without.error());
  if (!kind) return fail(kind.error());
  if (with->hour != without->hour)
    return fail(Code::invalid_argument, "the two worlds are not of the same hours");
  Damage damage{with->hour, without->clicks, {}};
  for (std::size_t i = 0; i < damage.hour.size(); ++i) {
    double lost = damage.clean[i] - with->clicks[i];
    if (happening.hurts > 0)
      lost = happening.hurts * damage.clean[i] * presence(**kind, damage.hour[i] - happening.begin);
    if (happening.harmless || damage.hour[i] < happening.begin) lost = 0;
    damage.lost.push_back(lost);
  }
  return damage;
}

// Shares of one hour from `hour` on: of the damage that stays, and of clicks that the action costs.
struct HourUnder {
  double remains = 0, costs = 0;
};
HourUnder hour_under(const Response& response, double hour, double holds_h) {
  HourUnder under;
  for (int i = 0; i < kStepsAnHour; ++i) {
    const double since = hour + (i + 0.5) / kStepsAnHour - holds_h;
    const double progress = since < 0              ? 0
                            : response.heals_h > 0 ? std::min(1.0, since / response.heals_h)
                                                   : 1;
    under.remains += (1 + progress * (response.leaves - 1)) / kStepsAnHour;
    if (since >= 0 && (response.costs_h <= 0 || since < response.costs_h))
      under.costs += response.costs / kStepsAnHour;
  }
  return under;
}

std::string signed_percent(double now, double usual) {
  const double change = 100 * (now / usual - 1);
  return std::abs(change) < 10 ? fmt::format("{:+.1f}%", change) : fmt::format("{:+.0f}%", change);
}

std::string plain(const sim::Signal& signal, double value) {
  if (signal.scale == sim::Scale::logit) return fmt::format("{:.3g}%", 100 * value);
  const std::string unit = signal.unit;
  if (unit == "ms") return fmt::format("{:.0f} ms", value);
  if (unit == "minutes") return fmt::format("{:.0f} minutes", value);
  return value >= 1000 ? fmt::format("{:.0f}", std::round(value / 10) * 10)
                       : fmt::format("{:.3g}", value);
}

}  // namespace

Result<Frame> incident_facts(const Frame& broken, const Frame& clean, double at,
                             const Happening& happening) {
  auto seen = seen_until(broken, at);
  if (!seen) return seen;
  std::vector<std::string> name, text;
  const auto add = [&](std::string key, std::string value) {
    name.push_back(std::move(key)), text.push_back(std::move(value));
  };
  std::vector<std::string> segments = {"all"};
  for (const sim::OperationsSegment& segment : sim::operation_segments())
    segments.emplace_back(segment.name);
  for (const sim::Signal& signal : sim::operation_signals())
    for (const std::string& segment : segments) {
      auto series = hourly(*seen, signal.name, segment);
      if (!series) return fail(series.error());
      auto usual = Usual::of(*series, signal.scale, usual_until(*series));
      if (!usual) return fail(usual.error());
      const std::string end = segment == "all" ? "" : " " + segment;
      const double now = series->value.back(), expected = usual->value(series->hour.back());
      add(signal.name + end, plain(signal, now));
      add(std::string(signal.name) + " usual" + end, plain(signal, expected));
      add(std::string(signal.name) + " change" + end, signed_percent(now, expected));
    }
  auto damage = damage_of(broken, clean, happening);
  if (!damage) return fail(damage.error());
  double lost = 0, expected = 0;
  for (std::size_t i = 0; i < damage->hour.size(); ++i)
    if (damage->hour[i] >= happening.begin && damage->hour[i] < at)
      lost += damage->lost[i], expected += damage->clean[i];
  add("now", clock_of(at));
  add("next", clock_of(at + 1));
  add("began", clock_of(happening.begin));
  add("hours", fmt::format("{:.0f}", at - happening.begin));
  add("lost", fmt::format("{:.0f}", std::round(std::max(0.0, lost) / 10) * 10));
  add("lost share",
      fmt::format("{:.1f}%", expected > 0 ? std::max(0.0, 100 * lost / expected) : 0));
  Frame::Builder builder;
  builder.add("name", name).add("text", text);
  return std::move(builder).build();
}

Result<ActionResult> act(const Frame& broken, const Frame& clean, double at,
                         const Happening& happening, const Response& response) {
  auto damage = damage_of(broken, clean, happening);
  if (!damage) return fail(damage.error());
  if (!(response.until_hour > at) || response.until_hour > damage->hour.back() + 1)
    return fail(Code::invalid_argument,
                "an action is followed until hour {:g}, which is not in the world",
                response.until_hour);
  const double holds_h = at + (response.waited_min + response.minutes) / 60;
  double lost = 0, expected = 0, recovered = 0;
  std::vector<std::string> series;
  std::vector<double> x, kept;
  for (std::size_t i = 0; i < damage->hour.size(); ++i) {
    const double hour = damage->hour[i];
    if (hour < at - 12 || hour >= response.until_hour) continue;
    const HourUnder under = hour_under(response, hour, holds_h);
    const double gone = damage->lost[i] * (hour < at ? 1 : under.remains) +
                        damage->clean[i] * (hour < at ? 0 : under.costs);
    x.push_back(hour - at), kept.push_back(100 * (1 - gone / damage->clean[i]));
    if (hour < at) continue;
    lost += gone, expected += damage->clean[i];
    if (gone > kRecoveredShare * damage->clean[i]) recovered = hour + 1 - at;
  }
  ActionResult result;
  const bool never = recovered >= response.until_hour - at;
  Frame::Builder outcome;
  outcome.add("action", std::vector<std::string>{response.action});
  outcome.add("lost", std::vector<double>{lost}, {.role = Role::truth});
  outcome.add("expected", std::vector<double>{expected}, {.role = Role::truth});
  outcome.add("recovered_h", std::vector<double>{recovered}, {.role = Role::truth});
  outcome.missing({static_cast<std::uint8_t>(!never)});
  auto row = std::move(outcome).build();
  if (!row) return fail(row.error());
  result.outcome = std::move(*row);
  const std::size_t hours = x.size();
  series.assign(hours, response.action);
  series.insert(series.end(), hours, "truth: without the incident");
  const std::vector<double> hours_again = x;
  x.insert(x.end(), hours_again.begin(), hours_again.end());
  kept.insert(kept.end(), hours, 100.0);
  Frame::Builder path;
  path.add("hour", std::move(x)).add("kept", std::move(kept)).add("series", series);
  auto drawn = std::move(path).build();
  if (!drawn) return fail(drawn.error());
  result.path = std::move(*drawn);
  return result;
}

}  // namespace rehearse::scenarios
