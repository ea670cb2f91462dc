// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "app/analysis/pieces.hpp"
#include "app/analysis/stream.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::analysis {
namespace {

constexpr std::size_t kMostPoints = 1500, kMostRings = 300, kMostAlarmRows = 100;

std::string sides_of(const WatchedStream& stream) {
  std::size_t up = 0;
  for (const auto direction : stream.report.directions) up += direction == monitor::Direction::up;
  return fmt::format("{} up, {} down", up, stream.report.directions.size() - up);
}

std::string run_in_words(const monitor::RunLength& run) {
  if (run.at_least || run.mean >= 1e12) return fmt::format("more than {:.3g}", run.mean);
  return run.exact() ? fmt::format("{:.4g}", run.mean)
                     : fmt::format("{:.3g} ± {:.2g}", run.mean, run.standard_error);
}

// Means of equal stretches, with the alarms as rings.
Frame values_picture(const WatchedStream& stream) {
  std::vector<std::string> series, style, label;
  std::vector<double> x, y;
  const auto add = [&](const char* how, double at, double value, const std::string& words = {}) {
    series.emplace_back(stream.column), style.emplace_back(how), label.push_back(words);
    x.push_back(at), y.push_back(value);
  };
  const std::size_t n = stream.values.size(), stretch = (n + kMostPoints - 1) / kMostPoints;
  std::vector<double> means;
  for (std::size_t begin = 0; begin < n; begin += stretch) {
    const std::size_t end = std::min(n, begin + stretch);
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += stream.values[i];
    means.push_back(sum / static_cast<double>(end - begin));
    add(view_data::kSeries, static_cast<double>(begin) + static_cast<double>(stretch - 1) / 2,
        means.back());
  }
  const std::size_t rings = std::min(kMostRings, stream.report.alarms.size());
  for (std::size_t i = 0; i < rings; ++i)
    add(view_data::kAlarm, static_cast<double>(stream.report.alarms[i]),
        means[stream.report.alarms[i] / stretch], i == 0 ? "first alarm" : "");
  if (stretch > 1)
    add(view_data::kNote, 0, 0,
        fmt::format("each point is the mean of {} observations, of {} in all", stretch, n));
  if (rings < stream.report.alarms.size())
    add(view_data::kNote, 0, 0,
        fmt::format("the first {} of {} alarms are drawn", rings, stream.report.alarms.size()));
  Frame::Builder builder;
  builder.add("series", series).add("style", style).add("x", std::move(x)).add("y", std::move(y));
  builder.add("label", label);
  return std::move(builder).build().value_or(Frame());
}

Frame alarm_table(const WatchedStream& stream) {
  std::vector<std::int64_t> index;
  std::vector<std::string> direction;
  for (std::size_t i = 0; i < std::min(kMostAlarmRows, stream.report.alarms.size()); ++i) {
    index.push_back(static_cast<std::int64_t>(stream.report.alarms[i]));
    direction.emplace_back(monitor::direction_name(stream.report.directions[i]));
  }
  Frame::Builder builder;
  builder.add("observation", std::move(index)).add("direction", direction);
  return std::move(builder).build().value_or(Frame());
}

std::vector<std::string> meaning_of(const WatchedStream& stream) {
  std::vector<std::string> all = {
      "Observations are counted from **0**, and the detector restarts after each alarm, so a shift "
      "that lasts is reported again and again by a detector with a fixed level."};
  if (stream.in_control_run)
    all.push_back(fmt::format(
        "**In control** this threshold gives one false alarm in {} observations on average, and "
        "after a shift of one deviation an alarm comes after {}. That holds for independent "
        "observations of normal size; a daily rhythm or a trend gives many more false alarms.",
        run_in_words(*stream.in_control_run),
        stream.delay ? run_in_words(*stream.delay) : std::string("a time that is not known")));
  if (has_control_chart(stream.detector))
    all.emplace_back(
        "Level and deviation are fixed. Take them from a stretch that was in order, and not from "
        "the stretch under suspicion.");
  return all;
}

}  // namespace

std::string summary_of(const WatchedStream& stream) {
  const std::size_t alarms = stream.report.alarms.size();
  std::string text =
      alarms == 0 ? fmt::format("No alarm in {} observations.", stream.values.size())
                  : fmt::format("{} alarm{} in {} observations ({}), the first at observation {}.",
                                alarms, alarms == 1 ? "" : "s", stream.values.size(),
                                sides_of(stream), stream.report.alarms.front());
  if (stream.in_control_run && !stream.in_control_run->at_least)
    text += fmt::format(" With nothing wrong one would expect {:.2g}.",
                        static_cast<double>(stream.values.size()) / stream.in_control_run->mean);
  return text;
}

Document document_of(const std::string& file, const WatchedStream& stream) {
  const bool quiet = stream.report.alarms.empty();
  Document document{"Stream: " + file,
                    fmt::format("{} observations of {}, watched by {}", stream.values.size(),
                                stream.column, monitor::name_of(stream.detector)),
                    {}};
  document.blocks.push_back(Banner{quiet ? Banner::Tone::ok : Banner::Tone::bad,
                                   quiet ? "Quiet." : "Something moved.", summary_of(stream)});
  KeyNumbers numbers;
  numbers.add("alarms", static_cast<double>(stream.report.alarms.size()));
  if (stream.in_control_run)
    numbers.add("mean run in control", stream.in_control_run->mean, {}, "observations");
  if (stream.delay)
    numbers.add("mean delay after one deviation", stream.delay->mean, {}, "observations");
  document.blocks.push_back(
      numbers.figure("What was found, and what it costs",
                     "a threshold is a price in false alarms and a delay: choose it from them"));
  document.blocks.push_back(Figure{"line", stream.column, "observation", stream.column,
                                   "each ring is an alarm; the change is older than its alarm",
                                   Json::object(), values_picture(stream)});
  if (!quiet)
    document.blocks.push_back(Figure{"table", "Alarms", "", "",
                                     "the first one is news; those after it are often its echo",
                                     Json::object(), alarm_table(stream)});
  std::string parameters;
  for (const auto& [name, value] : monitor::parameters_of(stream.detector))
    parameters += fmt::format("{} = {}\n", name, value);
  document.blocks.push_back(Heading{2, "Parameters"});
  document.blocks.push_back(Verbatim{parameters});
  append_list(document, "What the numbers mean", meaning_of(stream));
  return document;
}

}  // namespace rehearse::analysis
