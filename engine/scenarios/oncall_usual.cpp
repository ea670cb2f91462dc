// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/oncall_usual.hpp"

#include <algorithm>
#include <cmath>

#include "engine/scenarios/oncall.hpp"

namespace rehearse::scenarios {
namespace {

double to_scale(sim::Scale scale, double value) {
  if (scale == sim::Scale::log) return std::log(std::max(value, 1e-12));
  const double p = std::clamp(value, 1e-9, 1 - 1e-9);
  return std::log(p / (1 - p));
}

double from_scale(sim::Scale scale, double g) {
  return scale == sim::Scale::log ? std::exp(g) : 1 / (1 + std::exp(-g));
}

std::size_t hour_of_day(double hour) {
  return static_cast<std::size_t>(static_cast<long long>(hour) % 24);
}

std::size_t kind_of_day(double hour) {
  return static_cast<long long>(hour) / 24 % 7 >= 5 ? 1 : 0;  // the world begins on a Monday
}

}  // namespace

Result<HourlySeries> hourly(const Frame& table, const std::string& signal,
                            const std::string& segment) {
  auto hour = table.require("hour");
  auto place = table.require("segment");
  auto values = table.require(signal);
  if (!hour) return fail(hour.error());
  if (!place) return fail(place.error());
  if (!values) return fail(values.error());
  if (!(*hour)->numeric() || (*place)->numeric() || !(*values)->numeric())
    return fail(Code::bad_data, "`{}`: a table of simulate.operations is due", signal);
  HourlySeries series;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if ((*place)->text(row) != segment) continue;
    series.hour.push_back((*hour)->number(row));
    series.value.push_back((*values)->number(row));
  }
  if (series.hour.empty())
    return fail(Code::bad_data, "`{}`: the table has no rows of the segment `{}`", signal, segment);
  return series;
}

double usual_until(const HourlySeries& series) { return series.hour.back() + 1 - 4 * 24; }

Result<Usual> Usual::of(const HourlySeries& series, sim::Scale scale, double until) {
  Usual usual;
  usual.scale_ = scale;
  std::array<std::array<double, 24>, 2> sum{}, count{};
  std::array<double, 24> sum_any{}, count_any{};
  double weekend = 0, weekend_count = 0;
  const auto each = [&](auto&& body) {
    for (std::size_t i = 0; i < series.hour.size(); ++i)
      if (series.hour[i] < until && std::isfinite(series.value[i]))
        body(kind_of_day(series.hour[i]), hour_of_day(series.hour[i]),
             to_scale(scale, series.value[i]));
  };
  each([&](std::size_t kind, std::size_t hour, double g) {
    sum[kind][hour] += g, count[kind][hour] += 1;
    sum_any[hour] += g, count_any[hour] += 1;
  });
  // What a weekend adds is one number over all hours: four weekend days are few for 24.
  for (std::size_t hour = 0; hour < 24; ++hour) {
    if (count[0][hour] < 1)
      return fail(Code::bad_data, "two weekdays before the page are the least that is usual");
    if (count[1][hour] < 1) continue;
    weekend += sum[1][hour] / count[1][hour] - sum[0][hour] / count[0][hour];
    weekend_count += 1;
  }
  const double adds = weekend_count > 0 ? weekend / weekend_count : 0;
  for (std::size_t hour = 0; hour < 24; ++hour) {
    const double mean = (sum_any[hour] - adds * count[1][hour]) / count_any[hour];
    usual.mean_[0][hour] = mean, usual.mean_[1][hour] = mean + adds;
  }
  double squares = 0, n = 0;
  each([&](std::size_t kind, std::size_t hour, double g) {
    squares += (g - usual.mean_[kind][hour]) * (g - usual.mean_[kind][hour]), n += 1;
  });
  usual.spread_ = std::max(std::sqrt(squares / std::max(1.0, n - 25)), 1e-9);
  return usual;
}

double Usual::mean(double hour) const { return mean_[kind_of_day(hour)][hour_of_day(hour)]; }
double Usual::value(double hour) const { return from_scale(scale_, mean(hour)); }
double Usual::z(double hour, double value) const {
  return (to_scale(scale_, value) - mean(hour)) / spread_;
}
double Usual::low(double hour) const { return from_scale(scale_, mean(hour) - kBandZ * spread_); }
double Usual::high(double hour) const { return from_scale(scale_, mean(hour) + kBandZ * spread_); }

}  // namespace rehearse::scenarios
