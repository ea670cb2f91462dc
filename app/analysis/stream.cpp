// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/stream.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/pieces.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::analysis {
namespace {

constexpr std::size_t kMostPoints = 1500, kMostRings = 300, kMostAlarmRows = 100;

struct BaselineMoments {
  double mean = 0, deviation = 0;
};

Result<BaselineMoments> baseline_moments(std::span<const double> values, std::size_t n) {
  if (n < 2 || n > values.size())
    return fail(Code::invalid_argument,
                "a baseline of {} rows: the stream has {}, and 2 are needed", n, values.size());
  BaselineMoments moments;
  for (std::size_t i = 0; i < n; ++i) moments.mean += values[i] / static_cast<double>(n);
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i)
    squares += (values[i] - moments.mean) * (values[i] - moments.mean);
  moments.deviation = std::sqrt(squares / static_cast<double>(n - 1));
  if (!(moments.deviation > 0) || !std::isfinite(moments.deviation))
    return fail(Code::bad_data,
                "the first {} rows do not vary (or are not finite), so no shift can be measured in "
                "deviations; take a longer baseline",
                n);
  return moments;
}

// Level and deviation of the baseline, under what the caller has set.
std::map<std::string, std::string> with_baseline(const StreamRequest& request,
                                                 const BaselineMoments& moments) {
  std::map<std::string, std::string> set;
  if (request.detector == "cusum" || request.detector == "ewma")
    set = {{"mu", fmt::format("{}", moments.mean)},
           {"sigma", fmt::format("{}", moments.deviation)}};
  if (request.detector == "page-hinkley")
    set = {{"delta", fmt::format("{}", moments.deviation / 2)}};
  for (const auto& [name, value] : request.set) set[name] = value;
  return set;
}

// What stands for "nothing has changed": the baseline, else what the detector was told.
monitor::InControl in_control_of(const monitor::DetectorOptions& detector,
                                 const std::optional<BaselineMoments>& baseline) {
  monitor::InControl in_control;
  if (baseline) in_control.mu = baseline->mean, in_control.sigma = baseline->deviation;
  if (const auto* chart = std::get_if<monitor::CusumOptions>(&detector); chart && !baseline)
    in_control.mu = chart->mu, in_control.sigma = chart->sigma;
  if (const auto* chart = std::get_if<monitor::EwmaOptions>(&detector); chart && !baseline)
    in_control.mu = chart->mu, in_control.sigma = chart->sigma;
  return in_control;
}

bool has_control_chart(const monitor::DetectorOptions& detector) {
  return std::holds_alternative<monitor::CusumOptions>(detector) ||
         std::holds_alternative<monitor::EwmaOptions>(detector);
}

Result<void> choose_threshold(WatchedStream& stream, const StreamRequest& request, bool baseline,
                              const Progress& progress) {
  if (request.arl0 == 0) return {};
  if (!baseline && !has_control_chart(stream.detector))
    return fail(Code::invalid_argument,
                "{} learns its level from the stream: to choose its threshold from a run length, "
                "say how many first rows are in control (--baseline)",
                request.detector);
  if (request.set.count(monitor::threshold_name(stream.detector)))
    return fail(Code::invalid_argument,
                "either the run length or {} is given, not both: one follows from the other",
                monitor::threshold_name(stream.detector));
  auto chosen =
      monitor::threshold_for(stream.detector, request.arl0, stream.in_control, {}, progress);
  if (!chosen) return fail(chosen.error());
  stream.detector = *chosen;
  return {};
}

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

Result<Document> answer_stream(const Question& question) {
  auto values = stream_values(question.table, question.value("value"));
  if (!values) return fail(values.error());
  StreamRequest request{question.value("detector"), {}, 0, question.number("arl")};
  request.baseline = static_cast<std::size_t>(question.number("baseline"));
  auto watched = watch(*std::move(values), request, question.progress);
  if (!watched) return fail(watched.error());
  return document_of(question.file, *watched);
}

const Registration kStream{
    {.name = "stream",
     .asks = "Has the level of a signal moved, and when?",
     .fields = {{.name = "value",
                 .sentence = "the column of observations, in order of time",
                 .guesses = {"value", "rate", "x", "y", "ctr", "error", "loss"},
                 .numeric = true},
                {.name = "detector",
                 .kind = Field::Kind::choice,
                 .sentence = "how it is watched",
                 .choices = {"cusum", "ewma", "page-hinkley", "ddm", "adwin"},
                 .initial = "cusum"},
                {.name = "baseline",
                 .kind = Field::Kind::number,
                 .sentence = "first rows that were in order",
                 .share = 0.2,
                 .low = 2,
                 .high = 1e9},
                {.name = "arl",
                 .kind = Field::Kind::number,
                 .sentence = "observations to a false alarm that you accept",
                 .initial = "1000",
                 .low = 2,
                 .high = 1e6}},
     .answer = answer_stream}};

}  // namespace

Result<StreamValues> stream_values(const Frame& table, const std::string& column,
                                   std::size_t* skipped) {
  std::string name = column;
  if (name.empty()) {
    std::vector<std::string> numeric;
    for (std::size_t c = 0; c < table.columns(); ++c)
      if (table.column(c).numeric()) numeric.push_back(table.column(c).name());
    if (numeric.empty()) return fail(Code::bad_data, "there is no column of numbers");
    if (numeric.size() > 1)
      return fail(Code::invalid_argument, "which column? Name one with --value: {}",
                  fmt::join(numeric, ", "));
    name = numeric.front();
  }
  if (!skipped) {
    auto values = numbers_of(table, name);
    if (!values) return fail(values.error());
    return StreamValues{name, *std::move(values)};
  }
  auto found = table.require(name);
  if (!found) return fail(found.error());
  if (!(*found)->numeric())
    return fail(Code::bad_data, "the column `{}` holds text; it must be numbers", name);
  StreamValues kept{name, (*found)->numbers()};
  *skipped = std::erase_if(kept.values, [](double v) { return std::isnan(v); });
  return kept;
}

Result<WatchedStream> watch(StreamValues stream, const StreamRequest& request,
                            const Progress& progress) {
  WatchedStream watched;
  watched.column = std::move(stream.column), watched.values = std::move(stream.values);
  std::optional<BaselineMoments> baseline;
  auto set = request.set;
  if (request.baseline > 0) {
    auto moments = baseline_moments(watched.values, request.baseline);
    if (!moments) return fail(moments.error());
    baseline = *moments, set = with_baseline(request, *moments);
  }
  auto detector = monitor::detector_options(request.detector, set);
  if (!detector) return fail(detector.error());
  watched.detector = *detector;
  watched.in_control = in_control_of(watched.detector, baseline);
  if (auto chosen = choose_threshold(watched, request, baseline.has_value(), progress); !chosen)
    return fail(chosen.error());
  auto report = monitor::watch_stream(watched.values, watched.detector, {}, progress);
  if (!report) return fail(report.error());
  watched.report = *std::move(report);
  if (!baseline && !has_control_chart(watched.detector)) return watched;
  monitor::RunLengthOptions simulation;
  simulation.replicates = 100;
  simulation.quiet_before = has_control_chart(watched.detector) ? 0 : 200;
  if (auto run = monitor::run_length(watched.detector, 0, watched.in_control, simulation, progress))
    watched.in_control_run = *run;
  if (auto delay =
          monitor::run_length(watched.detector, 1, watched.in_control, simulation, progress))
    watched.delay = *delay;
  return watched;
}

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

Json to_json(const WatchedStream& stream) {
  Json json{{"alarms", stream.report.alarms}};
  if (std::holds_alternative<monitor::DdmOptions>(stream.detector)) {
    json["warnings"] = stream.report.warnings;
  } else {
    json["directions"] = Json::array();
    for (const auto direction : stream.report.directions)
      json["directions"].push_back(monitor::direction_name(direction));
  }
  json["rows"] = stream.values.size();
  json["detector"] = monitor::name_of(stream.detector);
  for (const auto& [name, value] : monitor::parameters_of(stream.detector)) {
    const auto number = parsed_number(value);
    json["parameters"][name] = number ? Json(*number) : Json(value);
  }
  for (const auto& [key, run] :
       {std::pair{"in_control_run_length", &stream.in_control_run}, {"delay", &stream.delay}}) {
    if (!*run) {
      json[key] = nullptr;
      continue;
    }
    json[key] = {{"mean", (*run)->mean},
                 {"standard_error", (*run)->standard_error},
                 {"at_least", (*run)->at_least}};
  }
  if (!stream.in_control_run)
    json["why"] =
        "the detector learns its level from the stream; --baseline says what is in control";
  return json;
}

}  // namespace rehearse::analysis
