// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/stream.hpp"

#include <fmt/ranges.h>

#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/pieces.hpp"

namespace rehearse::analysis {
namespace {

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

bool has_control_chart(const monitor::DetectorOptions& detector) {
  return std::holds_alternative<monitor::CusumOptions>(detector) ||
         std::holds_alternative<monitor::EwmaOptions>(detector);
}

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
  // Where a run length cannot be told, the alarms still can.
  if (auto run = monitor::run_length(watched.detector, 0, watched.in_control, simulation, progress))
    watched.in_control_run = *run;
  if (auto delay =
          monitor::run_length(watched.detector, 1, watched.in_control, simulation, progress))
    watched.delay = *delay;
  if (progress.stop_requested()) return cancelled();
  return watched;
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
