// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/calibration.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/pieces.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::analysis {
namespace {

using metrics::ProbabilityReport;

constexpr std::size_t kMostSegments = 1000;

struct ScoredRows {
  std::vector<double> scores, labels, weights;
};

Result<ScoredRows> rows_of(const Frame& frame, const CalibrationOptions& options) {
  ScoredRows rows;
  auto scores = numbers_of(frame, options.score), labels = numbers_of(frame, options.label);
  if (!scores) return fail(scores.error());
  if (!labels) return fail(labels.error());
  rows.scores = std::move(*scores), rows.labels = std::move(*labels);
  if (options.logits)
    for (double& score : rows.scores)
      score = std::isfinite(score) ? metrics::sigmoid(score) : score;
  if (options.weight.empty()) return rows;
  auto weights = numbers_of(frame, options.weight);
  if (!weights) return fail(weights.error());
  rows.weights = std::move(*weights);
  return rows;
}

Result<ProbabilityReport> measured(const ScoredRows& rows, const CalibrationOptions& options) {
  auto scored = metrics::Scored::of(rows.scores, rows.labels, rows.weights);
  if (!scored) return fail(scored.error());
  return metrics::report(*scored, options.bins, options.binning);
}

Result<std::map<std::string, ProbabilityReport>> by_segment(const Frame& frame,
                                                            const ScoredRows& rows,
                                                            const CalibrationOptions& options) {
  auto column = frame.require(options.segment);
  if (!column) return fail(column.error());
  std::map<std::string, ScoredRows> parts;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    ScoredRows& part = parts[(*column)->cell(row)];
    part.scores.push_back(rows.scores[row]), part.labels.push_back(rows.labels[row]);
    if (!rows.weights.empty()) part.weights.push_back(rows.weights[row]);
    if (parts.size() > kMostSegments)
      return fail(Code::bad_data, "segment `{}`: more than {} values are no segment but an id",
                  options.segment, kMostSegments);
  }
  std::map<std::string, ProbabilityReport> reports;
  for (const auto& [name, part] : parts) {
    auto report = measured(part, options);
    if (!report) return fail(report.error().code, "segment `{}`: {}", name, report.error().message);
    reports[name] = std::move(*report);
  }
  return reports;
}

Result<Document> answer_calibration(const Question& question) {
  const CalibrationOptions options{question.value("label"),
                                   question.value("score"),
                                   question.value("segment"),
                                   question.value("weight"),
                                   static_cast<int>(question.number("bins")),
                                   *metrics::binning_named(question.value("binning")),
                                   question.flag("scores-are-logits"),
                                   false};
  auto result = measure_calibration(question.table, options);
  if (!result) return fail(result.error());
  return document_of(question.file, options, *result);
}

const Registration kCalibration{
    {.name = "calibration",
     .asks = "Do your model's scores mean what they say?",
     .fields = {{.name = "label",
                 .sentence = "the column of outcomes, 0 or 1",
                 .guesses = {"label", "y", "target", "click", "clicked", "outcome", "y_true"},
                 .numeric = true},
                {.name = "score",
                 .sentence = "the column of probabilities",
                 .guesses = {"score", "p", "probability", "prediction", "predicted", "pred",
                             "y_score", "prob", "pctr", "scores"},
                 .numeric = true},
                {.name = "segment",
                 .sentence = "also measure each value of this column",
                 .optional = true,
                 .guesses = {"segment", "device", "platform", "country", "surface"}},
                {.name = "weight",
                 .sentence = "the column of row weights",
                 .optional = true,
                 .guesses = {"weight", "weights", "sample_weight"},
                 .numeric = true},
                {.name = "bins",
                 .kind = Field::Kind::number,
                 .sentence = "bins of the reliability curve",
                 .initial = "10",
                 .low = 1,
                 .high = 1000},
                {.name = "binning",
                 .kind = Field::Kind::choice,
                 .sentence = "how they are cut",
                 .choices = {"width", "mass", "quantile"},
                 .initial = "quantile"},
                {.name = "scores-are-logits",
                 .kind = Field::Kind::flag,
                 .sentence = "map scores through the sigmoid first",
                 .initial = "false"}},
     .answer = answer_calibration}};

}  // namespace

Result<Calibration> measure_calibration(const Frame& table, const CalibrationOptions& options) {
  auto rows = rows_of(table, options);
  if (!rows) return fail(rows.error());
  auto whole = measured(*rows, options);
  if (!whole) return fail(whole.error());
  Calibration all{.auc = {}, .whole = std::move(*whole), .segments = {}};
  if (options.intervals)
    all.auc = metrics::auc_estimate(
        *metrics::Scored::of(rows->scores, rows->labels, rows->weights));  // measured above
  if (options.segment.empty()) return all;
  auto segments = by_segment(table, *rows, options);
  if (!segments) return fail(segments.error());
  all.segments = std::move(*segments);
  return all;
}

}  // namespace rehearse::analysis
