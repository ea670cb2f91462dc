// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>

#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"
#include "engine/base/view_data.hpp"
#include "engine/metrics/interval.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/metrics/report.hpp"

namespace rehearse::cli {
namespace {

constexpr std::size_t kMostSegments = 1000;

struct AnalyzeCalibrationOptions {
  std::string file, label, score, segment, weight, binning = "width", plot, report;
  int bins = 10;
  bool logits = false, intervals = false;
  ReadFlags reading;
};

struct Table {
  std::vector<double> scores, labels, weights;
  std::vector<std::string> segments;  // one a row, or empty
};

Result<std::vector<double>> numbers_of(const Frame& frame, const std::string& name) {
  auto column = frame.require(name);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::bad_data, "the column `{}` holds text; it must be numbers", name);
  for (std::size_t row = 0; row < (*column)->size(); ++row)
    if ((*column)->missing(row))
      return fail(Code::bad_data, "row {}: the column `{}` is empty; fill it or leave the row out",
                  row + 1, name);
  return (*column)->numbers();
}

Result<Table> read(const Context& context, const AnalyzeCalibrationOptions& options) {
  auto frame = read_user_table(context, options.file, options.reading);
  if (!frame) return fail(frame.error());
  Table table;
  auto scores = numbers_of(*frame, options.score), labels = numbers_of(*frame, options.label);
  if (!scores) return fail(scores.error());
  if (!labels) return fail(labels.error());
  table.scores = std::move(*scores), table.labels = std::move(*labels);
  if (options.logits)
    for (double& score : table.scores)
      score = std::isfinite(score) ? metrics::sigmoid(score) : score;
  if (!options.weight.empty()) {
    auto weights = numbers_of(*frame, options.weight);
    if (!weights) return fail(weights.error());
    table.weights = std::move(*weights);
  }
  if (options.segment.empty()) return table;
  auto column = frame->require(options.segment);
  if (!column) return fail(column.error());
  for (std::size_t row = 0; row < frame->rows(); ++row)
    table.segments.push_back((*column)->cell(row));
  return table;
}

Result<metrics::ProbabilityReport> measure(const Table& table,
                                           const AnalyzeCalibrationOptions& options) {
  auto scored = metrics::Scored::of(table.scores, table.labels, table.weights);
  if (!scored) return fail(scored.error());
  return metrics::report(*scored, options.bins, *metrics::binning_named(options.binning));
}

Result<std::map<std::string, metrics::ProbabilityReport>> by_segment(
    const Table& table, const AnalyzeCalibrationOptions& options) {
  std::map<std::string, Table> parts;
  for (std::size_t row = 0; row < table.segments.size(); ++row) {
    Table& part = parts[table.segments[row]];
    part.scores.push_back(table.scores[row]), part.labels.push_back(table.labels[row]);
    if (!table.weights.empty()) part.weights.push_back(table.weights[row]);
  }
  if (parts.size() > kMostSegments)
    return fail(Code::bad_data, "--segment {}: {} segments; more than {} is no segment but an id",
                options.segment, parts.size(), kMostSegments);
  std::map<std::string, metrics::ProbabilityReport> reports;
  for (const auto& [name, part] : parts) {
    auto report = measure(part, options);
    if (!report) return fail(report.error().code, "segment `{}`: {}", name, report.error().message);
    reports[name] = std::move(*report);
  }
  return reports;
}

Json pair_of(const metrics::Interval& interval) { return {interval.low, interval.high}; }

// 95% intervals of what has one: the base rate and each bin's mean label (Wilson), AUC (DeLong).
Json intervals_of(const Table& table, const metrics::ProbabilityReport& report) {
  Json json = {{"level", 0.95}, {"bins", Json::array()}};
  const double rows = static_cast<double>(report.rows);
  json["base_rate"] = pair_of(metrics::wilson_interval(report.base_rate * rows, rows));
  for (const metrics::Bin& bin : report.bins) json["bins"].push_back({bin.low, bin.high});
  json["roc_auc"] = nullptr;
  const auto scored = metrics::Scored::of(table.scores, table.labels, table.weights);
  const auto auc = scored ? metrics::auc_estimate(*scored)
                          : Result<metrics::Estimate>(fail(scored.error()));
  if (auc)
    json["roc_auc"] = pair_of(auc->interval);
  else
    json["roc_auc_why"] = auc.error().message;
  return json;
}

Frame bin_rows(const metrics::ProbabilityReport& report) {
  std::vector<std::string> series, style;
  std::vector<double> x, y, low, high, count, lower, upper;
  for (const metrics::Bin& bin : report.bins) {
    series.push_back("your scores"), style.push_back(view_data::kSeries);
    x.push_back(bin.mean_score), y.push_back(bin.mean_label), low.push_back(bin.low),
        high.push_back(bin.high);
    count.push_back(bin.weight), lower.push_back(bin.lower), upper.push_back(bin.upper);
  }
  Frame::Builder builder;
  builder.add("series", series)
      .add("style", style)
      .add("x", std::move(x))
      .add("y", std::move(y))
      .add("low", std::move(low))
      .add("high", std::move(high));
  builder.add("count", std::move(count))
      .add("lower", std::move(lower))
      .add("upper", std::move(upper));
  return std::move(builder).build().value_or(Frame());
}

// One sentence that a person can act on.
std::string reading_of(const metrics::ProbabilityReport& r) {
  if (!r.calibration_ratio.defined())
    return "There are no positive labels, so nothing can be said of calibration.";
  const double ratio = r.calibration_ratio.value;
  if (ratio > 1.1)
    return fmt::format(
        "The scores promise {:.2f} times the positives that came: look for downsampled negatives "
        "or a changed base rate.",
        ratio);
  if (ratio < 0.9)
    return fmt::format("The scores promise only {:.2f} of the positives that came.", ratio);
  return fmt::format(
      "On the whole the scores mean what they say (ratio {:.3f}); points away from the diagonal "
      "show where they do not.",
      ratio);
}

std::string shown(const metrics::Measure& m) {
  return m.defined() ? fmt::format("{:.6g}", m.value) : "undefined: " + m.why;
}

std::string text_of(const metrics::ProbabilityReport& r) {
  TextTable table{{"metric", "value"}, {}, {}};
  const std::pair<const char*, std::string> lines[] = {
      {"rows", fmt::format("{}", r.rows)},
      {"positives", fmt::format("{:g}", r.positives)},
      {"base rate", fmt::format("{:.6g}", r.base_rate)},
      {"mean score", fmt::format("{:.6g}", r.mean_score)},
      {"calibration ratio", shown(r.calibration_ratio)},
      {"log loss", fmt::format("{:.6g}", r.log_loss)},
      {"normalized entropy", shown(r.normalized_entropy)},
      {"Brier", fmt::format("{:.6g}", r.brier)},
      {"ROC AUC", shown(r.roc_auc)},
      {"average precision", shown(r.average_precision)},
      {"KS", shown(r.ks)},
      {"ECE", fmt::format("{:.6g}", r.ece)},
      {"MCE", fmt::format("{:.6g}", r.mce)}};
  for (const auto& [name, value] : lines) table.rows.push_back({name, value});
  TextTable bins{{"bin", "rows", "mean score", "observed"}, {}, {false, true, true, true}};
  for (const metrics::Bin& bin : r.bins)
    bins.rows.push_back({fmt::format("{:.4g} to {:.4g}", bin.lower, bin.upper),
                         fmt::format("{:g}", bin.weight), fmt::format("{:.5g}", bin.mean_score),
                         fmt::format("{:.5g}", bin.mean_label)});
  return to_text(table) + "\n" + to_text(bins) + "\n" + wrapped(reading_of(r));
}

Document document_of(const AnalyzeCalibrationOptions& options,
                     const metrics::ProbabilityReport& r) {
  Document document{
      "Calibration of " + options.file,
      fmt::format("{} rows, label {}, score {}", r.rows, options.label, options.score),
      {}};
  document.blocks.push_back(Figure{"reliability", "Reliability: " + options.score, "mean score",
                                   "observed rate", reading_of(r), Json::object(), bin_rows(r)});
  document.blocks.push_back(Verbatim{text_of(r)});
  return document;
}

int analyze_calibration(Context& context, const AnalyzeCalibrationOptions& options) {
  auto table = read(context, options);
  if (!table) return context.report(table.error());
  auto whole = measure(*table, options);
  if (!whole)
    return context.report({whole.error().code, options.file + ": " + whole.error().message});
  auto segments = by_segment(*table, options);
  if (!segments)
    return context.report({segments.error().code, options.file + ": " + segments.error().message});
  if (context.json) {
    Json json = metrics::to_json(*whole);
    if (options.intervals) json["intervals"] = intervals_of(*table, *whole);
    json["segments"] = Json::object();
    for (const auto& [name, report] : *segments) json["segments"][name] = metrics::to_json(report);
    context.print(json);
  } else {
    context.print(text_of(*whole));
    TextTable table_of{
        {options.segment, "rows", "base rate", "mean score", "ratio", "log loss", "ECE"},
        {},
        {false, true, true, true, true, true, true}};
    for (const auto& [name, r] : *segments)
      table_of.rows.push_back(
          {name, fmt::format("{}", r.rows), fmt::format("{:.5g}", r.base_rate),
           fmt::format("{:.5g}", r.mean_score),
           r.calibration_ratio.defined() ? fmt::format("{:.4g}", r.calibration_ratio.value) : "-",
           fmt::format("{:.5g}", r.log_loss), fmt::format("{:.4g}", r.ece)});
    if (!table_of.rows.empty()) context.print("\n" + to_text(table_of));
  }
  for (const std::string& path : {options.plot, options.report}) {
    if (path.empty()) continue;
    if (auto written = render(document_of(options, *whole), path); !written)
      return context.report(written.error());
    context.warn("wrote " + path);
  }
  return kDone;
}

Action declare_analyze_calibration(Arguments& app) {
  auto o = std::make_shared<AnalyzeCalibrationOptions>();
  app.add_option("file", o->file, "CSV with a header or JSONL; - for standard input").required();
  app.add_option("--label", o->label, "the column of outcomes, 0 or 1").required();
  app.add_option("--score", o->score, "the column of probabilities").required();
  app.add_option("--segment", o->segment, "also measure each value of this column");
  app.add_option("--weight", o->weight, "the column of row weights");
  app.add_option("--bins", o->bins, "bins of the reliability curve")
      .within(1, 1000)
      .shows_default();
  app.add_option("--binning", o->binning, "how they are cut")
      .one_of({"width", "mass", "quantile"})
      .shows_default();
  app.add_flag("--scores-are-logits", o->logits, "map scores through the sigmoid first");
  app.add_flag("--intervals", o->intervals, "with --json: 95% intervals that take rows as independent");
  app.add_option("--plot", o->plot, "draw the reliability diagram: .png or .svg")
      .ends_in({".png", ".svg"});
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_calibration(context, *o); };
}

const VerbRegistration kCalibration{
    {"analyze calibration", "do your model's scores mean what they say?",
     "rehearse analyze calibration scores.csv --label label --score score --plot reliability.png",
     declare_analyze_calibration}};

}  // namespace
}  // namespace rehearse::cli
