// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/alerts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace rehearse::monitor {
namespace {

constexpr double kMadToSd = 1.482602218505602;

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

// The rows of one segment and the slot of the week (hour of day, weekend) of each.
struct Hours {
  std::vector<std::size_t> rows, slot;
  double first = 0;
};

Result<Hours> hours_of(const Frame& signals, const BaselineOptions& o) {
  auto hour = signals.require("hour");
  if (!hour) return fail(hour.error());
  if (!(*hour)->numeric())
    return fail(Code::bad_data, "the column `hour` holds texts; an hour is a number");
  const Column *segment = signals.find("segment"), *weekday = signals.find("weekday");
  Hours hours;
  for (std::size_t row = 0; row < signals.rows(); ++row) {
    if (segment && segment->text(row) != o.segment) continue;
    const double at = (*hour)->number(row);
    if (!hours.rows.empty() && at != (*hour)->number(hours.rows.back()) + 1)
      return fail(Code::bad_data,
                  "row {}: hour {} does not follow {}; signals have one row an hour", row + 1, at,
                  (*hour)->number(hours.rows.back()));
    const bool weekend = weekday ? weekday->number(row) >= 5 : std::fmod(at, 168) >= 120;
    hours.rows.push_back(row);
    hours.slot.push_back(o.seasonal ? static_cast<std::size_t>(std::fmod(std::fabs(at), 24)) +
                                          (weekend ? 24 : 0)
                                    : 0);
  }
  if (hours.rows.empty())
    return fail(Code::bad_data, "the signals have no rows{}",
                segment ? " of the segment `" + o.segment + "`" : std::string());
  hours.first = (*hour)->number(hours.rows.front());
  if (hours.rows.size() <= static_cast<std::size_t>(o.days) * 24)
    return fail(Code::bad_data,
                "{} hours of signals and a baseline of {} days: nothing is left to watch",
                hours.rows.size(), o.days);
  return hours;
}

struct Deviation {
  std::vector<double> z, change;
};

Result<Deviation> deviation(const Column& column, const Hours& hours, std::size_t baseline) {
  std::vector<double> x;
  bool positive = true;
  for (const std::size_t row : hours.rows) {
    x.push_back(column.number(row));
    if (!std::isfinite(x.back()))
      return fail(Code::bad_data, "row {}: the signal `{}` has no finite value", row + 1,
                  column.name());
    positive = positive && x.back() > 0;
  }
  if (positive)
    for (double& value : x) value = std::log(value);
  std::vector<std::vector<double>> by_slot(48);
  for (std::size_t t = 0; t < baseline; ++t) by_slot[hours.slot[t]].push_back(x[t]);
  const double overall =
      median(std::vector<double>(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(baseline)));
  std::vector<double> usual(48, overall), residual;
  for (std::size_t s = 0; s < usual.size(); ++s)
    if (!by_slot[s].empty()) usual[s] = median(by_slot[s]);
  for (std::size_t t = 0; t < baseline; ++t)
    residual.push_back(std::fabs(x[t] - usual[hours.slot[t]]));
  const double sd = kMadToSd * median(residual);
  if (!(sd > 0))
    return fail(Code::bad_data,
                "the signal `{}` is constant in the baseline; a deviation needs a spread",
                column.name());
  Deviation d;
  for (std::size_t t = 0; t < x.size(); ++t) {
    const double away = x[t] - usual[hours.slot[t]];
    d.z.push_back(away / sd);
    d.change.push_back(positive ? std::expm1(away)
                                : away / std::max(std::fabs(usual[hours.slot[t]]), 1e-12));
  }
  return d;
}

Result<void> check(const AlertRule& rule, std::size_t signals) {
  const std::tuple<const char*, double, double, double> ranges[] = {
      {"threshold", rule.threshold, 1e-9, 1e9}, {"least_change", rule.least_change, 0, 10},
      {"sustain", rule.sustain, 1, 168},        {"within", rule.within, 1, 168},
      {"quiet", rule.quiet, 0, 1000},           {"repeat", rule.repeat, 0, 1000}};
  for (const auto& [name, value, low, high] : ranges)
    if (!(value >= low && value <= high))
      return fail(Code::invalid_argument, "{} lies between {:g} and {:g}, and {:g} does not", name,
                  low, high, value);
  if (rule.corroborate < 1 || static_cast<std::size_t>(rule.corroborate) > signals)
    return fail(Code::invalid_argument,
                "corroborate = {} of {} signals: it lies between 1 and their number",
                rule.corroborate, signals);
  return {};
}

std::vector<std::size_t> signals_of(const SignalDeviations& d, const AlertRule& rule) {
  if (!rule.signals.empty()) return rule.signals;
  std::vector<std::size_t> all(d.names().size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  return all;
}

// Whether the signal has been out of bounds for `sustain` hours, at each hour.
std::vector<std::uint8_t> spoken(const SignalDeviations& d, const AlertRule& rule,
                                 std::size_t signal) {
  std::vector<std::uint8_t> out(d.hours());
  int run = 0;
  for (std::size_t t = 0; t < out.size(); ++t) {
    const bool beyond = std::fabs(d.z(signal)[t]) >= rule.threshold &&
                        std::fabs(d.change(signal)[t]) >= rule.least_change;
    run = beyond ? run + 1 : 0;
    out[t] = run >= rule.sustain;
  }
  return out;
}

// Signals, or layers where they are given, that have spoken within `within` hours, at each hour.
std::vector<int> agreeing_at(const SignalDeviations& d, const AlertRule& rule,
                             const std::vector<std::size_t>& signals) {
  const std::size_t hours = d.hours();
  std::map<std::size_t, std::vector<std::uint8_t>> heard;
  for (const std::size_t signal : signals) {
    auto& of_layer = heard[rule.layer.empty() ? signal : rule.layer[signal]];
    of_layer.resize(hours);
    const auto speaks = spoken(d, rule, signal);
    std::size_t last = hours;  // the hour at which it last spoke; `hours`: not yet
    for (std::size_t t = 0; t < hours; ++t) {
      if (speaks[t]) last = t;
      of_layer[t] |= last < hours && t - last < static_cast<std::size_t>(rule.within);
    }
  }
  std::vector<int> agreeing(hours, 0);
  for (const auto& [layer, at] : heard)
    for (std::size_t t = 0; t < hours; ++t) agreeing[t] += at[t];
  return agreeing;
}

}  // namespace

Result<SignalDeviations> SignalDeviations::of(const Frame& signals,
                                              const std::vector<std::string>& watched,
                                              const BaselineOptions& options) {
  if (options.days < 1 || options.days > 400)
    return fail(Code::invalid_argument, "a baseline has 1 to 400 days, not {}", options.days);
  if (watched.empty()) return fail(Code::invalid_argument, "no signal to watch was named");
  auto hours = hours_of(signals, options);
  if (!hours) return fail(hours.error());
  SignalDeviations all;
  all.first_judged_ = static_cast<std::size_t>(options.days) * 24;
  all.first_hour_ = hours->first;
  for (const std::string& name : watched) {
    auto column = signals.require(name);
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::invalid_argument, "the column `{}` holds texts; a signal is a number",
                  name);
    auto one = deviation(**column, *hours, all.first_judged_);
    if (!one) return fail(one.error());
    all.names_.push_back(name);
    all.z_.push_back(std::move(one->z)), all.change_.push_back(std::move(one->change));
  }
  return all;
}

Result<std::vector<std::size_t>> pages_of(const SignalDeviations& deviations,
                                          const AlertRule& rule) {
  const auto signals = signals_of(deviations, rule);
  if (auto fine = check(rule, signals.size()); !fine) return fail(fine.error());
  if (!rule.layer.empty() && rule.layer.size() != deviations.names().size())
    return fail(Code::invalid_argument, "{} signals and {} layers", deviations.names().size(),
                rule.layer.size());
  const auto agreeing = agreeing_at(deviations, rule, signals);
  std::vector<std::size_t> pages;
  bool before = false;
  for (std::size_t t = deviations.first_judged(); t < agreeing.size(); ++t) {
    const bool firing = agreeing[t] >= rule.corroborate;
    const auto since =
        pages.empty() ? rule.quiet + rule.repeat : static_cast<int>(t - pages.back());
    const bool begins = !before && since >= rule.quiet,
               goes_on = before && rule.repeat > 0 && since >= rule.repeat;
    if (firing && (begins || goes_on)) pages.push_back(t);
    before = firing;
  }
  return pages;
}

std::vector<std::size_t> speaking(const SignalDeviations& deviations, const AlertRule& rule,
                                  std::size_t hour) {
  std::vector<std::size_t> found;
  for (const std::size_t signal : signals_of(deviations, rule)) {
    const auto speaks = spoken(deviations, rule, signal);
    const std::size_t from = hour + 1 >= static_cast<std::size_t>(rule.within)
                                 ? hour + 1 - static_cast<std::size_t>(rule.within)
                                 : 0;
    if (std::any_of(speaks.begin() + static_cast<std::ptrdiff_t>(from),
                    speaks.begin() + static_cast<std::ptrdiff_t>(hour) + 1,
                    [](std::uint8_t s) { return s != 0; }))
      found.push_back(signal);
  }
  return found;
}

Result<std::vector<Outage>> outages_from(const Frame& incidents, const SignalDeviations& deviations,
                                         const std::string& segment) {
  auto start = incidents.require("start_hour"), end = incidents.require("end_hour"),
       harmful = incidents.require("harmful");
  for (const auto& column : {start, end, harmful}) {
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::bad_data, "the column `{}` of the incidents holds texts",
                  (*column)->name());
  }
  const Column *words = incidents.find("words"), *kind = incidents.find("kind"),
               *where = incidents.find("segment");
  std::vector<Outage> all;
  for (std::size_t row = 0; row < incidents.rows(); ++row) {
    if (where && segment != "all" && where->text(row) != "all" && where->text(row) != segment)
      continue;
    const double begin = std::ceil((*start)->number(row) - deviations.first_hour()),
                 stop = std::ceil((*end)->number(row) - deviations.first_hour());
    if (!(stop > static_cast<double>(deviations.first_judged()))) continue;
    const Column* name = words ? words : kind;
    all.push_back({name ? std::string(name->text(row)) : "incident",
                   static_cast<std::size_t>(std::max(0.0, begin)), static_cast<std::size_t>(stop),
                   (*harmful)->number(row) == 1});
  }
  return all;
}

}  // namespace rehearse::monitor
