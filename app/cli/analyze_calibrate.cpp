// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fits a calibration map on the first rows of the user's file and shows what it does to the rest.
#include <algorithm>
#include <cmath>
#include <fstream>

#include "app/cli/analyze.hpp"
#include "app/cli/analyze_columns.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"
#include "engine/base/view_data.hpp"
#include "engine/calibration/beta.hpp"
#include "engine/calibration/histogram.hpp"
#include "engine/calibration/isotonic.hpp"
#include "engine/calibration/platt.hpp"
#include "engine/calibration/temperature.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/metrics/report.hpp"

namespace rehearse::cli {
namespace {

using Numbers = std::span<const double>;

struct AnalyzeCalibrateOptions {
  std::string file, label, score, method, on = "score", out, plot, report;
  std::uint64_t fit_rows = 0;
  int bins = 10;
  bool logits = false;
  ReadFlags reading;
};

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

Result<Fitted> fit_method(const AnalyzeCalibrateOptions& o, Numbers scores, Numbers labels) {
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

struct Calibrated {
  std::vector<double> scores, labels, mapped;
  Fitted fitted;
  // Before is an error where scores are no probabilities; they may still be calibrated.
  Result<metrics::ProbabilityReport> before = fail(Code::internal, "not measured"), after = before;
};

Result<metrics::ProbabilityReport> measured_from(std::size_t first, const std::vector<double>& p,
                                                 const std::vector<double>& labels, int bins) {
  auto scored = metrics::Scored::of(Numbers(p).subspan(first), Numbers(labels).subspan(first));
  if (!scored) return fail(scored.error());
  return metrics::report(*scored, bins);
}

Result<Calibrated> calibrate_file(const Context& context, const AnalyzeCalibrateOptions& o) {
  auto table = read_user_table(context, o.file, o.reading);
  if (!table) return fail(table.error());
  auto scores = full_numbers(*table, o.score), labels = full_numbers(*table, o.label);
  if (!scores) return fail(scores.error());
  if (!labels) return fail(labels.error());
  if (o.fit_rows < 1 || o.fit_rows >= table->rows())
    return fail(Code::invalid_argument,
                "--fit-rows {}: of {} rows at least one is to fit on and one to measure on",
                o.fit_rows, table->rows());
  Calibrated c;
  c.scores = std::move(*scores), c.labels = std::move(*labels);
  if (o.logits)
    for (double& s : c.scores) s = std::isfinite(s) ? metrics::sigmoid(s) : s;
  const auto n = static_cast<std::size_t>(o.fit_rows);
  auto fitted = fit_method(o, Numbers(c.scores).first(n), Numbers(c.labels).first(n));
  if (!fitted) return fail(fitted.error());
  c.fitted = std::move(*fitted);
  for (std::size_t i = 0; i < c.scores.size(); ++i) {
    if (!std::isfinite(c.scores[i]))
      return fail(Code::bad_data, "row {}: the score is {}; every score must be a finite number",
                  i + 1, c.scores[i]);
    c.mapped.push_back((*c.fitted.map)(c.scores[i]));
  }
  c.before = measured_from(n, c.scores, c.labels, o.bins);
  c.after = measured_from(n, c.mapped, c.labels, o.bins);
  // A row counts from the first that is measured: say so in rows of the file.
  if (!c.after) return fail(c.after.error().code, "after row {}: {}", n, c.after.error().message);
  return c;
}

Json calibrate_json(const Calibrated& c) {
  Json json = {{"parameters", c.fitted.parameters}};
  if (c.before) {
    json["before"] = metrics::to_json(*c.before);
  } else {
    json["before"] = nullptr;
    json["before_why"] = c.before.error().message;
  }
  json["after"] = metrics::to_json(*c.after);
  return json;
}

std::string shown_measure(const metrics::Measure& m) {
  return m.defined() ? fmt::format("{:.6g}", m.value) : "undefined";
}

std::vector<std::string> column_of(const Result<metrics::ProbabilityReport>& r) {
  if (!r) return std::vector<std::string>(8, "-");
  return {fmt::format("{}", r->rows),          fmt::format("{:.6g}", r->mean_score),
          shown_measure(r->calibration_ratio), fmt::format("{:.6g}", r->log_loss),
          fmt::format("{:.6g}", r->brier),     fmt::format("{:.6g}", r->ece),
          fmt::format("{:.6g}", r->mce),       shown_measure(r->roc_auc)};
}

std::string calibrate_words(const Calibrated& c) {
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

std::string calibrate_text(const Calibrated& c) {
  TextTable parameters{{"parameter", "value"}, {}, {}};
  for (const auto& [name, value] : c.fitted.map->parameters())
    parameters.rows.push_back({name, fmt::format("{:.6g}", value)});
  TextTable table{{"metric", "before", "after"}, {}, {false, true, true}};
  const char* names[] = {"rows", "mean score", "calibration ratio", "log loss", "Brier", "ECE",
                         "MCE",  "ROC AUC"};
  const auto before = column_of(c.before), after = column_of(c.after);
  for (std::size_t i = 0; i < before.size(); ++i)
    table.rows.push_back({names[i], before[i], after[i]});
  return to_text(parameters) + "\n" + to_text(table) + "\n" + wrapped(calibrate_words(c));
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

Result<void> write_scores(const std::string& path, const Calibrated& c) {
  std::string text = "score,calibrated\n";
  for (std::size_t i = 0; i < c.scores.size(); ++i)
    fmt::format_to(std::back_inserter(text), "{},{}\n", c.scores[i], c.mapped[i]);
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush())
    return fail(Code::io, "--out {}: cannot be written; is the folder there?", path);
  return {};
}

int analyze_calibrate(Context& context, const AnalyzeCalibrateOptions& o) {
  const auto c = calibrate_file(context, o);
  if (!c) return context.report({c.error().code, o.file + ": " + c.error().message});
  if (context.json)
    context.print(calibrate_json(*c));
  else
    context.print(calibrate_text(*c));
  if (!o.out.empty()) {
    if (auto written = write_scores(o.out, *c); !written) return context.report(written.error());
    context.warn("wrote " + o.out);
  }
  Document document{"Calibration of " + o.file + " by " + o.method,
                    fmt::format("fitted on the first {} rows, measured on the other {}", o.fit_rows,
                                c->after->rows),
                    {}};
  document.blocks.push_back(Figure{"reliability", "Reliability before and after", "mean score",
                                   "observed rate", calibrate_words(*c), Json::object(),
                                   reliability_rows(*c)});
  document.blocks.push_back(Verbatim{calibrate_text(*c)});
  for (const std::string& path : {o.plot, o.report}) {
    if (path.empty()) continue;
    if (auto written = render(document, path); !written) return context.report(written.error());
    context.warn("wrote " + path);
  }
  return kDone;
}

Action declare_analyze_calibrate(Arguments& app) {
  auto o = std::make_shared<AnalyzeCalibrateOptions>();
  app.add_option("file", o->file, "CSV with a header or JSONL; - for standard input").required();
  app.add_option("--label", o->label, "the column of outcomes, 0 or 1").required();
  app.add_option("--score", o->score, "the column of scores").required();
  app.add_option("--method", o->method, "the kind of map")
      .one_of({"platt", "platt-raw", "isotonic", "temperature", "beta", "histogram"})
      .required();
  app.add_option("--on", o->on, "platt: fit on the score or on its logit")
      .one_of({"score", "logit"})
      .shows_default();
  app.add_option("--fit-rows", o->fit_rows, "rows from the top to fit on; the rest is measured")
      .required();
  app.add_option("--bins", o->bins, "bins of the reliability curve, and of histogram")
      .within(1, 1000)
      .shows_default();
  app.add_flag("--scores-are-logits", o->logits, "map scores through the sigmoid first");
  app.add_option("--out", o->out, "write score and calibrated score of every row: .csv");
  app.add_option("--plot", o->plot, "draw the reliability diagram: .png or .svg")
      .ends_in({".png", ".svg"});
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_calibrate(context, *o); };
}

const VerbRegistration kAnalyzeCalibrate{
    {"analyze calibrate", "fit a calibration map on your rows and see what it does to the rest",
     "rehearse analyze calibrate scores.csv --label label --score score --method platt --fit-rows "
     "5000",
     declare_analyze_calibrate}};

}  // namespace
}  // namespace rehearse::cli
