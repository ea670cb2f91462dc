// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/oncall.hpp"

#include <algorithm>
#include <cmath>

#include "engine/scenarios/oncall_usual.hpp"

namespace rehearse::scenarios {
namespace {

struct SignalNow {
  std::string name, layer;
  double usual = 0, now = 0, z = 0;
  double change() const { return 100 * (now / usual - 1); }
};

Result<const sim::Signal*> known_signal(const std::string& name) {
  if (const sim::Signal* signal = sim::find_signal(name)) return signal;
  return fail(Code::invalid_argument, "`{}` is no signal of the operations world", name);
}

Result<SignalNow> level_of(const Frame& seen, const sim::Signal& signal,
                           const std::string& segment) {
  auto series = hourly(seen, signal.name, segment);
  if (!series) return fail(series.error());
  auto usual = Usual::of(*series, signal.scale, usual_until(*series));
  if (!usual) return fail(usual.error());
  const double hour = series->hour.back(), now = series->value.back();
  return SignalNow{signal.name, sim::layer_name(signal.layer), usual->value(hour), now,
                   usual->z(hour, now)};
}

// Three significant digits, a rate below a tenth as a percentage.
std::string with_unit(const sim::Signal& signal, double value) {
  if (signal.scale == sim::Scale::logit && signal.base < 0.1)
    return fmt::format("{:.3g}%", 100 * value);
  if (signal.scale == sim::Scale::logit) return fmt::format("{:.0f}%", 100 * value);
  const std::string unit = signal.unit;
  if (value >= 1000) return fmt::format("{:.0f} {}", std::round(value / 10) * 10, unit);
  return fmt::format("{:.3g}{}", value, unit == "ratio" || unit == "PSI" ? "" : " " + unit);
}

double rounded(double value, double step) { return std::round(value / step) * step; }

}  // namespace

Result<Frame> seen_until(const Frame& world, double at) {
  auto hour = world.require("hour");
  if (!hour) return fail(hour.error());
  std::vector<std::uint32_t> rows;
  for (std::size_t row = 0; row < world.rows(); ++row)
    if ((*hour)->number(row) < at) rows.push_back(static_cast<std::uint32_t>(row));
  if (rows.empty() || rows.size() == world.rows())
    return fail(Code::invalid_argument, "hour {:g} is not inside of the world", at);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < world.columns(); ++i)
    if (world.column(i).role() != Role::truth) names.push_back(world.column(i).name());
  auto open = world.select(names);
  if (!open) return open;
  return open->take(rows);
}

std::string clock_of(double hour) {
  static constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto minutes = static_cast<long long>(std::llround(hour * 60));
  return fmt::format("{} {:02}:{:02}", kDays[minutes / 1440 % 7], minutes / 60 % 24, minutes % 60);
}

Result<Frame> signal_levels(const Frame& seen, const std::string& segment) {
  std::vector<SignalNow> levels;
  for (const sim::Signal& signal : sim::operation_signals()) {
    auto level = level_of(seen, signal, segment);
    if (!level) return fail(level.error());
    levels.push_back(std::move(*level));
  }
  std::stable_sort(levels.begin(), levels.end(), [](const SignalNow& a, const SignalNow& b) {
    return std::abs(a.z) > std::abs(b.z);
  });
  std::vector<std::string> name, layer, usual, now;
  std::vector<double> change, z;
  for (const SignalNow& level : levels) {
    const sim::Signal& signal = *sim::find_signal(level.name);
    name.push_back(level.name), layer.push_back(level.layer);
    usual.push_back(with_unit(signal, level.usual)), now.push_back(with_unit(signal, level.now));
    change.push_back(rounded(level.change(), 0.1)), z.push_back(rounded(level.z, 0.1));
  }
  Frame::Builder builder;
  builder.add("signal", name).add("layer", layer).add("usual", usual).add("last hour", now);
  builder.add("change, %", std::move(change)).add("σ from usual", std::move(z));
  return std::move(builder).build();
}

Result<Frame> segment_levels(const Frame& seen, const std::string& signal) {
  auto known = known_signal(signal);
  if (!known) return fail(known.error());
  std::vector<std::string> segments = {"all"};
  for (const sim::OperationsSegment& segment : sim::operation_segments())
    segments.emplace_back(segment.name);
  std::vector<SignalNow> levels;
  for (const std::string& segment : segments) {
    auto level = level_of(seen, **known, segment);
    if (!level) return fail(level.error());
    level->name = segment;
    levels.push_back(std::move(*level));
  }
  std::stable_sort(levels.begin() + 1, levels.end(), [](const SignalNow& a, const SignalNow& b) {
    return std::abs(a.z) > std::abs(b.z);
  });
  std::vector<std::string> name, usual, now;
  std::vector<double> change, z;
  for (const SignalNow& level : levels) {
    name.push_back(level.name);
    usual.push_back(with_unit(**known, level.usual)), now.push_back(with_unit(**known, level.now));
    change.push_back(rounded(level.change(), 0.1)), z.push_back(rounded(level.z, 0.1));
  }
  Frame::Builder builder;
  builder.add("segment", name).add(signal + ", usual", usual).add("last hour", now);
  builder.add("change, %", std::move(change)).add("σ from usual", std::move(z));
  return std::move(builder).build();
}

Result<Frame> recent_signals(const Frame& seen, int hours,
                             const std::vector<std::string>& signals) {
  std::vector<std::string> name, layer, unit;
  std::vector<double> hour, value, low, high;
  for (const sim::Signal& signal : sim::operation_signals()) {
    if (!signals.empty() && std::find(signals.begin(), signals.end(), signal.name) == signals.end())
      continue;
    auto series = hourly(seen, signal.name, "all");
    if (!series) return fail(series.error());
    auto usual = Usual::of(*series, signal.scale, usual_until(*series));
    if (!usual) return fail(usual.error());
    const double now = series->hour.back() + 1;
    for (std::size_t i = 0; i < series->hour.size(); ++i) {
      if (series->hour[i] < now - hours) continue;
      name.emplace_back(signal.name), layer.emplace_back(sim::layer_name(signal.layer));
      unit.emplace_back(signal.unit);
      hour.push_back(series->hour[i] - now), value.push_back(series->value[i]);
      low.push_back(usual->low(series->hour[i])), high.push_back(usual->high(series->hour[i]));
    }
  }
  Frame::Builder builder;
  builder.add("hour", std::move(hour)).add("signal", name).add("layer", layer).add("unit", unit);
  builder.add("value", std::move(value));
  builder.add("low", std::move(low)).add("high", std::move(high));
  return std::move(builder).build();
}

Result<Frame> signal_strip(const Frame& seen, const std::string& signal, int hours) {
  auto known = known_signal(signal);
  if (!known) return fail(known.error());
  std::vector<std::string> series_name;
  std::vector<double> hour, value, low, high;
  std::vector<std::string> names = {"all"};
  for (const sim::OperationsSegment& segment : sim::operation_segments())
    names.emplace_back(segment.name);
  for (const std::string& name : names) {
    auto series = hourly(seen, signal, name);
    if (!series) return fail(series.error());
    auto usual = Usual::of(*series, (*known)->scale, usual_until(*series));
    if (!usual) return fail(usual.error());
    const double now = series->hour.back() + 1;
    for (std::size_t i = 0; i < series->hour.size(); ++i) {
      const double at = series->hour[i];
      if (at < now - hours) continue;
      series_name.push_back(name);
      hour.push_back(at - now), value.push_back(series->value[i]);
      low.push_back(name == "all" ? usual->low(at) : std::nan(""));
      high.push_back(name == "all" ? usual->high(at) : std::nan(""));
    }
  }
  const std::size_t rows = hour.size();
  Frame::Builder builder;
  builder.add("hour", std::move(hour)).add("signal", std::vector<std::string>(rows, signal));
  builder.add("unit", std::vector<std::string>(rows, (*known)->unit)).add("series", series_name);
  builder.add("value", std::move(value));
  builder.add("low", std::move(low)).add("high", std::move(high));
  return std::move(builder).build();
}

Result<Frame> first_signs(const Frame& seen, double begin) {
  struct Sign {
    std::string signal, layer;
    double after, z;
  };
  std::vector<Sign> signs;
  for (const sim::Signal& signal : sim::operation_signals()) {
    auto series = hourly(seen, signal.name, "all");
    if (!series) return fail(series.error());
    auto usual = Usual::of(*series, signal.scale, usual_until(*series));
    if (!usual) return fail(usual.error());
    const auto out = [&](std::size_t i) {
      const double z = usual->z(series->hour[i], series->value[i]);
      return std::abs(z) > kBandZ ? z : 0.0;
    };
    for (std::size_t i = 0; i < series->hour.size(); ++i) {
      if (series->hour[i] < begin || out(i) == 0) continue;
      const bool last = i + 1 == series->hour.size();
      if (!last && out(i) * out(i + 1) <= 0) continue;
      signs.push_back(
          {signal.name, sim::layer_name(signal.layer), series->hour[i] - begin, out(i)});
      break;
    }
  }
  std::stable_sort(signs.begin(), signs.end(), [](const Sign& a, const Sign& b) {
    return a.after != b.after ? a.after < b.after : std::abs(a.z) > std::abs(b.z);
  });
  if (signs.empty()) signs.push_back({"none", "", std::nan(""), std::nan("")});
  std::vector<std::string> name, layer;
  std::vector<double> after, z;
  for (const Sign& sign : signs) {
    name.push_back(sign.signal), layer.push_back(sign.layer);
    after.push_back(sign.after), z.push_back(rounded(sign.z, 0.1));
  }
  Frame::Builder builder;
  builder.add("signal", name).add("layer", layer);
  builder.add("hours after it began", std::move(after)).add("σ from usual", std::move(z));
  return std::move(builder).build();
}

}  // namespace rehearse::scenarios
