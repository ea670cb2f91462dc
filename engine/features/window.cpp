// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/window.hpp"

#include <algorithm>
#include <cmath>

#include "engine/features/columns.hpp"
#include "engine/features/history.hpp"
#include "engine/features/keys.hpp"
#include "engine/features/label_log.hpp"

namespace rehearse::features {
namespace {

constexpr double kHourMicros = 3.6e9;
constexpr std::size_t kMostLevels = 8;

std::int64_t micros(double hours) {
  return static_cast<std::int64_t>(std::llround(hours * kHourMicros));
}

// Several tables as one history of keys.
class Past {
 public:
  static Result<Past> of(std::span<const Frame> tables, const std::string& value,
                         const std::string& time, const std::string& arrival) {
    if (tables.empty()) return fail(Code::bad_data, "there are no tables");
    Past past;
    past.tables_ = tables;
    if (!value.empty()) {
      auto log = label_log(tables, value, time, arrival);
      if (!log) return fail(log.error());
      past.log_ = std::move(*log);
      return past;
    }
    for (const Frame& table : tables) {
      past.log_.begins.push_back(past.log_.time.size());
      auto moments = times_of(table, time);
      if (!moments) return fail(moments.error());
      past.log_.time.insert(past.log_.time.end(), moments->begin(), moments->end());
    }
    past.log_.begins.push_back(past.log_.time.size());
    past.log_.known.assign(past.log_.time.size(), kNeverKnown);
    past.log_.value.assign(past.log_.time.size(), 0.0);
    return past;
  }

  Result<History> known(const std::vector<std::string>& by, const HistoryOptions& options,
                        const Progress& progress) const {
    auto keys = Keys::of(tables_, by);
    if (!keys) return fail(keys.error());
    std::vector<std::int32_t> all;
    all.reserve(log_.time.size());
    for (std::size_t t = 0; t < tables_.size(); ++t)
      all.insert(all.end(), keys->table(t).begin(), keys->table(t).end());
    return known_before({log_.time, log_.known, log_.value, all, keys->count()}, options, progress);
  }

  // Each table with its part of the values; NaN is missing.
  Result<void> add(std::vector<Frame>& out, const std::string& name, const std::string& unit,
                   const std::vector<double>& values) const {
    for (std::size_t t = 0; t < out.size(); ++t) {
      const auto begin = values.begin() + static_cast<std::ptrdiff_t>(log_.begins[t]),
                 end = values.begin() + static_cast<std::ptrdiff_t>(log_.begins[t + 1]);
      std::vector<std::uint8_t> valid;
      if (std::any_of(begin, end, [](double value) { return std::isnan(value); }))
        for (auto it = begin; it != end; ++it) valid.push_back(!std::isnan(*it));
      auto with =
          out[t].with(made(name, std::vector<double>(begin, end),
                           ColumnInfo{.role = Role::feature, .unit = unit}, std::move(valid)));
      if (!with) return fail(with.error());
      out[t] = std::move(*with);
    }
    return {};
  }

  const LabelLog& log() const { return log_; }
  std::span<const std::size_t> begins() const { return log_.begins; }

 private:
  std::span<const Frame> tables_;
  LabelLog log_;
};

std::string key_name(const std::vector<std::string>& by) {
  std::string name;
  for (const std::string& column : by) name += (name.empty() ? "" : "_x_") + column;
  return name;
}

std::string length_name(double hours) { return hours == 0 ? "ever" : fmt::format("{:g}h", hours); }

bool wants(const WindowOptions& options, const char* measure) {
  return std::find(options.measures.begin(), options.measures.end(), measure) !=
         options.measures.end();
}

Result<void> check_windows(const WindowOptions& options) {
  for (const std::string& measure : options.measures)
    if (measure != "rows" && measure != "sum" && measure != "rate" && measure != "hours_since")
      return fail(Code::invalid_argument,
                  "`{}` is no measure of a window: rows, sum, rate, hours_since", measure);
  if (options.measures.empty() || options.hours.empty())
    return fail(Code::invalid_argument, "a window has a length and measures something");
  for (const double hours : options.hours)
    if (!(hours >= 0) || hours > 876000)
      return fail(Code::invalid_argument, "a window of {} hours; lengths are 0 (all) to 876000",
                  hours);
  if ((wants(options, "sum") || wants(options, "rate")) && options.of.empty())
    return fail(Code::invalid_argument, "a sum or a rate is of a column: say which (`of`)");
  return {};
}

std::vector<double> rates(const History& history, double smoothing) {
  std::vector<double> out(history.rows.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = m_estimate(history.sum[i], history.rows[i],
                        m_estimate(history.all_sum[i], history.all_rows[i], 0, 0), smoothing);
  return out;
}

std::vector<double> hours_since(const History& history, const std::vector<std::int64_t>& time) {
  std::vector<double> out(time.size(), std::nan(""));
  for (std::size_t i = 0; i < out.size(); ++i)
    if (history.last[i] != kNoRowBefore)
      out[i] = static_cast<double>(time[i] - history.last[i]) / kHourMicros;
  return out;
}

// What one finer level makes of the estimate so far, row by row.
void refine(std::vector<double>& estimate, std::vector<std::string>& level, const History& history,
            const std::string& name, const FallbackOptions& options) {
  for (std::size_t i = 0; i < estimate.size(); ++i) {
    const bool knows = history.rows[i] >= options.enough_rows && history.rows[i] > 0;
    if (knows) level[i] = name;
    if (options.shrink)
      estimate[i] = m_estimate(history.sum[i], history.rows[i], estimate[i], options.strength);
    else if (knows)
      estimate[i] = history.sum[i] / history.rows[i];
  }
}

}  // namespace

Result<std::vector<Frame>> windows(std::span<const Frame> tables, const WindowOptions& options,
                                   const Progress& progress) {
  if (auto fine = check_windows(options); !fine) return fail(fine.error());
  const bool valued = wants(options, "sum") || wants(options, "rate");
  auto past = Past::of(tables, valued ? options.of : "", options.time, options.arrival);
  if (!past) return fail(past.error());
  std::vector<Frame> out(tables.begin(), tables.end());
  const std::string key = key_name(options.by);
  for (std::size_t w = 0; w < options.hours.size(); ++w) {
    const std::string length = length_name(options.hours[w]);
    auto history =
        past->known(options.by, {micros(options.hours[w]), micros(options.wait_hours)}, progress);
    if (!history) return fail(history.error());
    Result<void> added;
    if (wants(options, "rows"))
      added = past->add(out, key + "_rows_" + length, "rows", history->rows);
    if (added && wants(options, "sum"))
      added = past->add(out, key + "_" + options.of + "_sum_" + length, options.of, history->sum);
    if (added && wants(options, "rate"))
      added = past->add(out, key + "_" + options.of + "_rate_" + length, "mean " + options.of,
                        rates(*history, options.smoothing));
    if (added && w == 0 && wants(options, "hours_since"))
      added =
          past->add(out, key + "_hours_since", "hours", hours_since(*history, past->log().time));
    if (!added) return fail(added.error());
  }
  return out;
}

Result<std::vector<Frame>> fallback(std::span<const Frame> tables, const FallbackOptions& options,
                                    const Progress& progress) {
  if (options.levels.empty() || options.levels.size() > kMostLevels || !(options.strength >= 0))
    return fail(Code::invalid_argument,
                "a fallback goes through one to {} levels, the finest first, with a strength not "
                "below 0",
                kMostLevels);
  auto past = Past::of(tables, options.label, options.time, options.arrival);
  if (!past) return fail(past.error());
  std::vector<double> estimate;
  std::vector<std::string> level(past->log().time.size(), "everybody");
  for (std::size_t l = options.levels.size(); l-- > 0;) {
    auto history = past->known({options.levels[l]}, {}, progress);
    if (!history) return fail(history.error());
    if (estimate.empty())
      for (std::size_t i = 0; i < level.size(); ++i)
        estimate.push_back(m_estimate(history->all_sum[i], history->all_rows[i], 0, 0));
    refine(estimate, level, *history, options.levels[l], options);
  }
  std::vector<Frame> out(tables.begin(), tables.end());
  if (auto added = past->add(out, options.name + "_rate", "mean " + options.label, estimate);
      !added)
    return fail(added.error());
  for (std::size_t t = 0; t < out.size(); ++t) {
    const auto begin = level.begin() + static_cast<std::ptrdiff_t>(past->begins()[t]),
               end = level.begin() + static_cast<std::ptrdiff_t>(past->begins()[t + 1]);
    auto with = out[t].with(made(options.name + "_level", std::vector<std::string>(begin, end),
                                 ColumnInfo{.role = Role::feature}));
    if (!with) return fail(with.error());
    out[t] = std::move(*with);
  }
  return out;
}

}  // namespace rehearse::features
