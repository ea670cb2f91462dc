// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics segment by segment: a model that is right on the whole may be wrong in each part.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/calibration/segments.hpp"
#include "engine/metrics/interval.hpp"
#include "engine/steps/calibrating.hpp"

namespace rehearse::steps {
namespace {

Judged part_of(const Judged& rows, std::span<const std::uint32_t> wanted) {
  Judged part;
  part.probabilistic = rows.probabilistic;
  const auto pick = [wanted](const std::vector<double>& from, std::vector<double>& into) {
    if (from.empty()) return;
    into.reserve(wanted.size());
    for (const std::uint32_t row : wanted) into.push_back(from[row]);
  };
  pick(rows.scores, part.scores), pick(rows.labels, part.labels);
  pick(rows.truth, part.truth), pick(rows.truth_median, part.truth_median);
  return part;
}

double mean_or_missing(const std::vector<double>& values) {
  return values.empty() ? std::nan("")
                        : std::accumulate(values.begin(), values.end(), 0.0) /
                              static_cast<double>(values.size());
}

class SegmentTable {
 public:
  explicit SegmentTable(std::vector<std::string> metrics) : metrics_(std::move(metrics)) {
    columns_ = {{"rows", {}},       {"mean_label", {}},      {"label_low", {}},
                {"label_high", {}}, {"mean_prediction", {}}, {"true_mean", {}}};
    for (const std::string& metric : metrics_) columns_.emplace_back(metric, std::vector<double>{});
  }

  Result<void> add(const std::string& segment, const std::string& model, const Scorer& scorer,
                   const Judged& part) {
    segment_.push_back(segment), model_.push_back(model);
    const double n = static_cast<double>(part.labels.size()), mean = mean_or_missing(part.labels);
    const metrics::Interval interval = part.probabilistic
                                           ? metrics::wilson_interval(mean * n, n)
                                           : metrics::mean_estimate(part.labels).interval;
    std::size_t at = 0;
    for (const double value : {n, mean, interval.low, interval.high, mean_or_missing(part.scores),
                               mean_or_missing(part.truth)})
      columns_[at++].second.push_back(value);
    for (const std::string& metric : metrics_) {
      auto value = figure_of(scorer, metric, &part);
      if (!value)
        return fail(value.error().code, "segment `{}`: {}", segment, value.error().message);
      columns_[at++].second.push_back(value->value);
    }
    return {};
  }

  Result<Frame> build(bool several_models) && {
    Frame::Builder builder;
    builder.add("segment", segment_);
    if (several_models) builder.add("model", model_);
    for (auto& [name, values] : columns_) {
      std::vector<std::uint8_t> there;
      for (const double value : values) there.push_back(std::isfinite(value) ? 1 : 0);
      const bool none = std::find(there.begin(), there.end(), 1) == there.end();
      if (none && name == "true_mean") continue;
      builder.add(name, std::move(values), {.unit = unit_of_metric(name)})
          .missing(std::move(there));
    }
    return std::move(builder).build();
  }

 private:
  std::vector<std::string> metrics_, segment_, model_;
  std::vector<std::pair<std::string, std::vector<double>>> columns_;
};

// Segments by falling number of rows, each with its rows.
std::vector<std::pair<std::string, std::vector<std::uint32_t>>> rows_by_segment(
    const calibration::Segments& segments) {
  std::vector<std::pair<std::string, std::vector<std::uint32_t>>> parts;
  for (const std::string& name : segments.names) parts.emplace_back(name, 0);
  for (std::size_t row = 0; row < segments.codes.size(); ++row)
    parts[segments.codes[row]].second.push_back(static_cast<std::uint32_t>(row));
  std::sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
    return a.second.size() != b.second.size() ? a.second.size() > b.second.size()
                                              : a.first < b.first;
  });
  return parts;
}

Result<Outputs> run_measure_segments(const StepCall& call, const StepContext&) {
  const Frame& on = call.input("on")->as_frame();
  const auto segments = calibration::segments_of(on, call.texts("by"));
  if (!segments) return fail(segments.error());
  const auto parts = rows_by_segment(*segments);
  const auto most = std::min(parts.size(), static_cast<std::size_t>(call.integer("most")));
  const auto& models = call.inputs.at("models");
  SegmentTable table(call.texts("metrics"));
  std::vector<Judged> judged;
  for (const auto& model : models) {
    auto rows = judge(*model->scorer(), on);
    if (!rows) return fail(rows.error());
    judged.push_back(std::move(*rows));
  }
  for (std::size_t s = 0; s < most; ++s)
    for (std::size_t m = 0; m < models.size(); ++m)
      if (auto added = table.add(parts[s].first, call.labels.at("models")[m], *models[m]->scorer(),
                                 part_of(judged[m], parts[s].second));
          !added)
        return fail(added.error());
  return one(std::move(table).build(models.size() > 1));
}

const StepRegistration kMeasureSegments{{
    .name = "measure.segments",
    .sentence = "Metrics of models in each segment, the largest first, with the interval of the "
                "observed mean and the true one.",
    .example = "measure.segments { model, on = live, by = \"platform\", metrics = { "
               "\"calibration_ratio\", \"ece\" } }",
    .inputs = {{.name = "models",
                .kind = Kind::model,
                .sentence = "the models to measure",
                .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {segment_parameter(),
                   {.name = "metrics", .type = ParameterType::texts, .sentence = "metrics by name"},
                   {.name = "most",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{50},
                    .low = 1,
                    .high = 1000,
                    .sentence = "segments shown, the largest first"}},
    .run = run_measure_segments,
}};

}  // namespace
}  // namespace rehearse::steps
