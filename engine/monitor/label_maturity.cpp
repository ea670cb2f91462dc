// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/label_maturity.hpp"

#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>

#include "engine/metrics/reliability.hpp"

namespace rehearse::monitor {
namespace {

constexpr double kMicrosAnHour = 3.6e9;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Log {
  const Column *time, *day, *label, *arrival, *truth;
};

Result<Log> log_of(const Frame& frame, const MaturityOptions& o) {
  auto time = frame.require("time"), day = frame.require("day"), label = frame.require(o.label),
       arrival = frame.require(o.arrival);
  for (const auto& column : {time, day, label, arrival}) {
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::bad_data, "the column `{}` holds texts", (*column)->name());
  }
  const Column* truth = frame.find(o.label + "_probability");
  return Log{*time, *day, *label, *arrival, truth};
}

struct Day {
  double rows = 0, arrived = 0, heard = 0, in_the_end = 0, truth = 0;
};

// Midnight before `now_day`: the first day's midnight is that of its first row.
double midnight(const Log& log, double now_day) {
  const double first = log.time->number(0) / kMicrosAnHour;
  const double start = std::floor(first / 24) * 24 - 24 * log.day->number(0);
  return start + 24 * now_day;
}

Result<DelayLaw> law_of(const Log& log, double now, double mature_hours) {
  std::vector<double> delays;
  for (std::size_t row = 0; row < log.time->size(); ++row) {
    const double made = log.time->number(row) / kMicrosAnHour;
    if (now - made < mature_hours || log.label->number(row) != 1 || log.arrival->missing(row))
      continue;
    const double delay = log.arrival->number(row) / kMicrosAnHour - made;
    if (made + delay <= now) delays.push_back(delay);
  }
  if (delays.empty())
    return fail(Code::bad_data,
                "no click of a row {:g} days old: the delay cannot be known; lower mature_days or "
                "look later",
                mature_hours / 24);
  return DelayLaw::of(std::move(delays));
}

Result<Frame> day_table(const std::map<double, Day>& days, double now_day, bool with_truth) {
  std::vector<double> day, age, rows, arrived, share, effective, naive, corrected, low, high, width,
      final_rate, true_rate, true_share;
  for (const auto& [at, d] : days) {
    const PoissonInterval interval = poisson_interval(d.arrived);
    const auto rate = [&](double clicks) { return d.heard > 0 ? clicks / d.heard : kUnknown; };
    day.push_back(at), age.push_back(now_day - at - 0.5), rows.push_back(d.rows);
    arrived.push_back(d.arrived), share.push_back(d.heard / d.rows), effective.push_back(d.heard);
    naive.push_back(d.arrived / d.rows), corrected.push_back(rate(d.arrived));
    low.push_back(rate(interval.low)), high.push_back(rate(interval.high));
    width.push_back(d.arrived > 0 ? (interval.high - interval.low) / 2 / d.arrived : kUnknown);
    final_rate.push_back(d.in_the_end / d.rows), true_rate.push_back(d.truth / d.rows);
    true_share.push_back(d.in_the_end > 0 ? d.arrived / d.in_the_end : kUnknown);
  }
  Frame::Builder b;
  b.add("day", std::move(day)).add("age_days", std::move(age)).add("rows", std::move(rows));
  b.add("arrived", std::move(arrived)).add("share", std::move(share));
  b.add("effective_rows", std::move(effective)).add("naive", std::move(naive));
  b.add("corrected", std::move(corrected)).add("low", std::move(low)).add("high", std::move(high));
  b.add("half_width", std::move(width));
  const auto known = [](const char* of) { return ColumnInfo{.role = Role::truth, .truth_of = of}; };
  b.add("final_rate", std::move(final_rate), known("final_rate"));
  if (with_truth) b.add("true_rate", std::move(true_rate), known("true_rate"));
  b.add("true_share", std::move(true_share), known("true_share"));
  return std::move(b).build();
}

Result<Frame> law_table(const DelayLaw& law) {
  std::vector<double> age, share;
  const double last = std::max(1.0, law.quantile(0.999));
  for (int k = 0; k <= 100; ++k)
    age.push_back(last * k / 100), share.push_back(law.arrived_within(age.back()));
  Frame::Builder b;
  b.add("age_hours", std::move(age),
        {.role = Role::none, .privacy = Privacy::open, .unit = "hours"});
  b.add("share", std::move(share));
  return std::move(b).build();
}

}  // namespace

Result<DelayLaw> DelayLaw::of(std::vector<double> delays_hours) {
  if (delays_hours.empty()) return fail(Code::bad_data, "no delays: their law cannot be known");
  for (const double delay : delays_hours)
    if (!(delay >= 0) || !std::isfinite(delay))
      return fail(Code::bad_data, "a delay of {:g} hours: a click arrives after its impression",
                  delay);
  std::sort(delays_hours.begin(), delays_hours.end());
  DelayLaw law;
  law.delays_ = std::move(delays_hours);
  return law;
}

double DelayLaw::arrived_within(double age_hours) const {
  return static_cast<double>(std::upper_bound(delays_.begin(), delays_.end(), age_hours) -
                             delays_.begin()) /
         static_cast<double>(delays_.size());
}

double DelayLaw::quantile(double q) const { return metrics::quantile_sorted(delays_, q); }

PoissonInterval poisson_interval(double count, double level) {
  assert(count >= 0 && level > 0 && level < 1);
  const double tail = (1 - level) / 2;
  PoissonInterval interval;
  if (count > 0) interval.low = quantile(boost::math::gamma_distribution<>(count), tail);
  interval.high = quantile(boost::math::gamma_distribution<>(count + 1), 1 - tail);
  return interval;
}

Result<Maturity> label_maturity(const Frame& frame, const MaturityOptions& o) {
  if (!(o.mature_days > 0))
    return fail(Code::invalid_argument, "mature_days is above 0, not {:g}", o.mature_days);
  auto log = log_of(frame, o);
  if (!log) return fail(log.error());
  if (frame.rows() == 0) return fail(Code::bad_data, "the log has no rows");
  const double now = midnight(*log, o.now_day);
  auto law = law_of(*log, now, o.mature_days * 24);
  if (!law) return fail(law.error());
  std::map<double, Day> days;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const double made = log->time->number(row) / kMicrosAnHour;
    if (made >= now) continue;
    Day& day = days[log->day->number(row)];
    const bool click = log->label->number(row) == 1;
    day.rows += 1, day.in_the_end += click;
    day.arrived +=
        click && (log->arrival->missing(row) || log->arrival->number(row) / kMicrosAnHour <= now);
    day.heard += law->arrived_within(now - made);
    if (log->truth) day.truth += log->truth->number(row);
  }
  if (days.empty()) return fail(Code::bad_data, "the log has no rows before day {:g}", o.now_day);
  auto table = day_table(days, o.now_day, log->truth != nullptr);
  if (!table) return fail(table.error());
  auto drawn = law_table(*law);
  if (!drawn) return fail(drawn.error());
  return Maturity{std::move(*table), std::move(*drawn), law->clicks()};
}

}  // namespace rehearse::monitor
