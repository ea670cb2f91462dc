// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/calibrate.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/pieces.hpp"
#include "engine/base/view_data.hpp"
#include "engine/calibration/beta.hpp"
#include "engine/calibration/histogram.hpp"
#include "engine/calibration/isotonic.hpp"
#include "engine/calibration/platt.hpp"
#include "engine/calibration/temperature.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::analysis {
namespace {

using Numbers = std::span<const double>;

struct Fitted {
  calibration::MapPtr map;
  Json parameters = Json::object();
};

template <class Map>
Result<Fitted> plain_fit(Result<std::shared_ptr<const Map>> map) {
  if (!map) return fail(map.error());
  Fitted fitted{*map, Json::object()};
  for (const auto& [name, value] : (*map)->parameters()) fitted.parameters[name] = value;
  return fitted;
}

Result<Fitted> isotonic_fit(Numbers scores, Numbers labels) {
  auto map = calibration::fit_isotonic(scores, labels);
  if (!map) return fail(map.error());
  auto fitted = plain_fit(map);
  Json steps = Json::array();
  for (const auto& block : (*map)->blocks())
    steps.push_back({{"least_score", block.least_score}, {"value", block.value}});
  fitted->parameters["steps"] = std::move(steps);
  return fitted;
}

Result<Fitted> fit_method(const CalibrateOptions& o, Numbers scores, Numbers labels) {
  const auto input =
      o.on == "logit" ? calibration::PlattInput::logit : calibration::PlattInput::score;
  if (o.method == "platt") return plain_fit(calibration::fit_platt(scores, labels, {input, true}));
  if (o.method == "platt-raw")
    return plain_fit(calibration::fit_platt(scores, labels, {input, false}));
  if (o.method == "isotonic") return isotonic_fit(scores, labels);
  if (o.method == "temperature") return plain_fit(calibration::fit_temperature(scores, labels));
  if (o.method == "beta") return plain_fit(calibration::fit_beta(scores, labels));
  auto map = calibration::fit_histogram(scores, labels, o.bins);
  auto fitted = plain_fit(map);
  if (fitted) {
    Json values = Json::array();
    for (const double value : (*map)->values()) values.push_back(number_or_null(value));
    fitted->parameters["values"] = std::move(values);
  }
  return fitted;
}

Result<metrics::ProbabilityReport> measured_from(std::size_t first, const std::vector<double>& p,
                                                 const std::vector<double>& labels, int bins) {
  auto scored = metrics::Scored::of(Numbers(p).subspan(first), Numbers(labels).subspan(first));
  if (!scored) return fail(scored.error());
  return metrics::report(*scored, bins);
}

Frame reliability_rows(const Calibrated& c) {
  std::vector<std::string> series, style;
  std::vector<double> x, y, low, high, count, lower, upper;
  const auto add = [&](const char* name, const metrics::ProbabilityReport& report) {
    for (const metrics::Bin& bin : report.bins) {
      series.emplace_back(name), style.emplace_back(view_data::kSeries);
      x.push_back(bin.mean_score), y.push_back(bin.mean_label);
      low.push_back(bin.low), high.push_back(bin.high), count.push_back(bin.weight);
      lower.push_back(bin.lower), upper.push_back(bin.upper);
    }
  };
  if (c.before) add("before", *c.before);
  add("after", *c.after);
  Frame::Builder b;
  b.add("series", series).add("style", style).add("x", std::move(x)).add("y", std::move(y));
  b.add("low", std::move(low)).add("high", std::move(high)).add("count", std::move(count));
  b.add("lower", std::move(lower)).add("upper", std::move(upper));
  return std::move(b).build().value_or(Frame());
}

Banner calibrate_verdict(const Calibrated& c) {
  if (!c.before) return {Banner::Tone::neutral, "The scores were no probabilities.", reading_of(c)};
  const bool better = c.after->log_loss <= c.before->log_loss;
  return {better ? Banner::Tone::ok : Banner::Tone::bad,
          better ? "The map helps." : "The map does harm.", reading_of(c)};
}

std::vector<std::string> calibrate_next(const CalibrateOptions& o, const Calibrated& c) {
  std::vector<std::string> next;
  const double positives = c.after->positives;
  next.push_back(
      fmt::format("Fit on other rows, a week earlier or later. A map that is worth "
                  "serving does not depend on the {} rows it saw.",
                  o.fit_rows));
  if (o.method == "isotonic" && positives < 1000)
    next.push_back(
        fmt::format("{:.0f} positives are few for isotonic regression, which has a step "
                    "for every bend; compare with Platt's two numbers.",
                    positives));
  if (o.method.starts_with("platt"))
    next.emplace_back(
        "Two numbers can move and stretch a curve, not bend it. If the points after "
        "still wave about the diagonal, try beta or isotonic.");
  next.emplace_back(
      "A rising map keeps the order of scores, or ties some of them: ROC AUC hardly "
      "moves, and nothing here makes the ranking better.");
  return next;
}

Result<Document> answer_calibrate(const Question& question) {
  const CalibrateOptions options{question.value("label"),
                                 question.value("score"),
                                 question.value("method"),
                                 question.value("on"),
                                 static_cast<std::size_t>(question.number("fit-rows")),
                                 static_cast<int>(question.number("bins")),
                                 question.flag("scores-are-logits")};
  auto result = calibrate(question.table, options);
  if (!result) return fail(result.error());
  return document_of(question.file, options, *result);
}

const Registration kCalibrate{
    {.name = "calibrate",
     .asks = "Would a calibration map mend your scores?",
     .fields = {{.name = "label",
                 .sentence = "the column of outcomes, 0 or 1",
                 .guesses = {"label", "y", "target", "click", "clicked", "outcome", "y_true"},
                 .numeric = true},
                {.name = "score",
                 .sentence = "the column of scores",
                 .guesses = {"score", "p", "probability", "prediction", "predicted", "pred",
                             "y_score", "prob", "pctr", "scores"},
                 .numeric = true},
                {.name = "method",
                 .kind = Field::Kind::choice,
                 .sentence = "the kind of map",
                 .choices = {"platt", "platt-raw", "isotonic", "temperature", "beta", "histogram"},
                 .initial = "isotonic"},
                {.name = "fit-rows",
                 .kind = Field::Kind::number,
                 .sentence = "rows from the top to fit on; the rest is measured",
                 .share = 0.5,
                 .low = 1,
                 .high = 2e9},
                {.name = "on",
                 .kind = Field::Kind::choice,
                 .sentence = "platt: fit on the score or on its logit",
                 .choices = {"score", "logit"},
                 .initial = "score"},
                {.name = "bins",
                 .kind = Field::Kind::number,
                 .sentence = "bins of the curve, and of histogram",
                 .initial = "10",
                 .low = 1,
                 .high = 1000},
                {.name = "scores-are-logits",
                 .kind = Field::Kind::flag,
                 .sentence = "map scores through the sigmoid first",
                 .initial = "false"}},
     .answer = answer_calibrate}};

}  // namespace

Result<Calibrated> calibrate(const Frame& table, const CalibrateOptions& o) {
  auto scores = numbers_of(table, o.score), labels = numbers_of(table, o.label);
  if (!scores) return fail(scores.error());
  if (!labels) return fail(labels.error());
  if (o.fit_rows < 1 || o.fit_rows >= table.rows())
    return fail(Code::invalid_argument,
                "fit-rows {}: of {} rows at least one is to fit on and one to measure on",
                o.fit_rows, table.rows());
  Calibrated c;
  c.scores = std::move(*scores), c.labels = std::move(*labels);
  if (o.logits)
    for (double& s : c.scores) s = std::isfinite(s) ? metrics::sigmoid(s) : s;
  const auto n = o.fit_rows;
  auto fitted = fit_method(o, Numbers(c.scores).first(n), Numbers(c.labels).first(n));
  if (!fitted) return fail(fitted.error());
  c.map = fitted->map, c.parameters = std::move(fitted->parameters);
  for (std::size_t i = 0; i < c.scores.size(); ++i) {
    if (!std::isfinite(c.scores[i]))
      return fail(Code::bad_data, "row {}: the score is {}; every score must be a finite number",
                  i + 1, c.scores[i]);
    c.mapped.push_back((*c.map)(c.scores[i]));
  }
  c.before = measured_from(n, c.scores, c.labels, o.bins);
  c.after = measured_from(n, c.mapped, c.labels, o.bins);
  // A row counts from the first that is measured: say so in rows of the file.
  if (!c.after) return fail(c.after.error().code, "after row {}: {}", n, c.after.error().message);
  return c;
}

std::string reading_of(const Calibrated& c) {
  if (!c.before)
    return "The scores as they are cannot be measured as probabilities: " +
           c.before.error().message + ".";
  const double gained = c.before->log_loss - c.after->log_loss;
  if (gained < 0)
    return "On rows that the map did not see, log loss rose: the rows it was fitted on are too few "
           "or unlike the rest. Prefer a method with fewer numbers, or fit on more rows.";
  return fmt::format(
      "On rows that the map did not see, log loss fell by {:.3g} ({:.2g}%). A gain of this size is "
      "worth serving only if it is larger than its change from week to week.",
      gained, 100 * gained / c.before->log_loss);
}

Document document_of(const std::string& file, const CalibrateOptions& o, const Calibrated& c) {
  Document document{"Calibration of " + file + " by " + o.method,
                    fmt::format("fitted on the first {} rows, measured on the other {}", o.fit_rows,
                                c.after->rows),
                    {}};
  document.blocks.push_back(calibrate_verdict(c));
  document.blocks.push_back(Figure{"reliability", "Reliability before and after", "mean score",
                                   "observed rate",
                                   "after the map the points lie on the diagonal, on rows that it "
                                   "did not see",
                                   Json::object(), reliability_rows(c)});
  const auto numbers = [](const metrics::ProbabilityReport& r, const char* title) {
    return KeyNumbers()
        .add("calibration ratio", r.calibration_ratio)
        .add("log loss", r.log_loss)
        .add("Brier", r.brier)
        .add("ECE", r.ece)
        .add("ROC AUC", r.roc_auc)
        .figure(title, "");
  };
  if (c.before) document.blocks.push_back(numbers(*c.before, "Before"));
  document.blocks.push_back(numbers(*c.after, "After"));
  KeyNumbers parameters;
  for (const auto& [name, value] : c.map->parameters()) parameters.add(name, value);
  document.blocks.push_back(parameters.figure("The map's numbers", ""));
  append_list(document, "What to look at next", calibrate_next(o, c));
  return document;
}

}  // namespace rehearse::analysis
