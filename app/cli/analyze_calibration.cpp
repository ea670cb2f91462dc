// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <map>

#include "app/analysis/calibration.hpp"
#include "app/analysis/pieces.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzeCalibrationOptions {
  std::string file, label, score, segment, weight, binning = "width", plot, report;
  int bins = 10;
  bool logits = false, intervals = false;
  ReadFlags reading;
};

std::string text_of(const metrics::ProbabilityReport& r) {
  TextTable table{{"metric", "value"}, {}, {}};
  const std::pair<const char*, std::string> lines[] = {
      {"rows", fmt::format("{}", r.rows)},
      {"positives", fmt::format("{:g}", r.positives)},
      {"base rate", fmt::format("{:.6g}", r.base_rate)},
      {"mean score", fmt::format("{:.6g}", r.mean_score)},
      {"calibration ratio", analysis::shown(r.calibration_ratio)},
      {"log loss", fmt::format("{:.6g}", r.log_loss)},
      {"normalized entropy", analysis::shown(r.normalized_entropy)},
      {"Brier", fmt::format("{:.6g}", r.brier)},
      {"ROC AUC", analysis::shown(r.roc_auc)},
      {"average precision", analysis::shown(r.average_precision)},
      {"KS", analysis::shown(r.ks)},
      {"ECE", fmt::format("{:.6g}", r.ece)},
      {"MCE", fmt::format("{:.6g}", r.mce)}};
  for (const auto& [name, value] : lines) table.rows.push_back({name, value});
  TextTable bins{{"bin", "rows", "mean score", "observed"}, {}, {false, true, true, true}};
  for (const metrics::Bin& bin : r.bins)
    bins.rows.push_back({fmt::format("{:.4g} to {:.4g}", bin.lower, bin.upper),
                         fmt::format("{:g}", bin.weight), fmt::format("{:.5g}", bin.mean_score),
                         fmt::format("{:.5g}", bin.mean_label)});
  return to_text(table) + "\n" + to_text(bins) + "\n" + wrapped(analysis::reading_of(r));
}

std::string text_of(const std::map<std::string, metrics::ProbabilityReport>& segments,
                    const std::string& column) {
  TextTable table{{column, "rows", "base rate", "mean score", "ratio", "log loss", "ECE"},
                  {},
                  {false, true, true, true, true, true, true}};
  for (const auto& [name, r] : segments)
    table.rows.push_back(
        {name, fmt::format("{}", r.rows), fmt::format("{:.5g}", r.base_rate),
         fmt::format("{:.5g}", r.mean_score),
         r.calibration_ratio.defined() ? fmt::format("{:.4g}", r.calibration_ratio.value) : "-",
         fmt::format("{:.5g}", r.log_loss), fmt::format("{:.4g}", r.ece)});
  return to_text(table);
}

Json pair_of(const metrics::Interval& interval) { return {interval.low, interval.high}; }

// 95% intervals of what has one: the base rate and each bin's mean label (Wilson), AUC (DeLong).
Json intervals_of(const analysis::Calibration& result) {
  const metrics::ProbabilityReport& report = result.whole;
  Json json = {{"level", 0.95}, {"bins", Json::array()}};
  const double rows = static_cast<double>(report.rows);
  json["base_rate"] = pair_of(metrics::wilson_interval(report.base_rate * rows, rows));
  for (const metrics::Bin& bin : report.bins) json["bins"].push_back({bin.low, bin.high});
  json["roc_auc"] = nullptr;
  if (*result.auc)
    json["roc_auc"] = pair_of((*result.auc)->interval);
  else
    json["roc_auc_why"] = result.auc->error().message;
  return json;
}

Json json_of(const analysis::Calibration& result) {
  Json json = metrics::to_json(result.whole);
  if (result.auc) json["intervals"] = intervals_of(result);
  json["segments"] = Json::object();
  for (const auto& [name, report] : result.segments)
    json["segments"][name] = metrics::to_json(report);
  return json;
}

int analyze_calibration(Context& context, const AnalyzeCalibrationOptions& options) {
  auto frame = read_user_table(context, options.file, options.reading);
  if (!frame) return context.report(frame.error());
  const analysis::CalibrationOptions columns{
      options.label,  options.score,    options.segment,
      options.weight, options.bins,     *metrics::binning_named(options.binning),
      options.logits, options.intervals};
  auto result = analysis::measure_calibration(*frame, columns);
  if (!result)
    return context.report({result.error().code, options.file + ": " + result.error().message});
  if (context.json) {
    context.print(json_of(*result));
  } else {
    context.print(text_of(result->whole));
    if (!result->segments.empty()) context.print("\n" + text_of(result->segments, options.segment));
  }
  for (const std::string& path : {options.plot, options.report}) {
    if (path.empty()) continue;
    if (auto written = render(analysis::document_of(options.file, columns, *result), path);
        !written)
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
  app.add_flag("--intervals", o->intervals,
               "with --json: 95% intervals that take rows as independent");
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
