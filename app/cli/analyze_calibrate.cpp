// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fits a calibration map on the first rows of the user's file and shows what it does to the rest.
#include <fstream>

#include "app/analysis/calibrate.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzeCalibrateOptions {
  std::string file, label, score, method, on = "score", out, plot, report;
  std::uint64_t fit_rows = 0;
  int bins = 10;
  bool logits = false;
  ReadFlags reading;
};

analysis::CalibrateOptions options_of(const AnalyzeCalibrateOptions& o) {
  return {o.label, o.score, o.method, o.on, static_cast<std::size_t>(o.fit_rows), o.bins, o.logits};
}

Json calibrate_json(const analysis::Calibrated& c) {
  Json json = {{"parameters", c.parameters}};
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

std::string calibrate_text(const analysis::Calibrated& c) {
  TextTable parameters{{"parameter", "value"}, {}, {}};
  for (const auto& [name, value] : c.map->parameters())
    parameters.rows.push_back({name, fmt::format("{:.6g}", value)});
  TextTable table{{"metric", "before", "after"}, {}, {false, true, true}};
  const char* names[] = {"rows", "mean score", "calibration ratio", "log loss", "Brier", "ECE",
                         "MCE",  "ROC AUC"};
  const auto before = column_of(c.before), after = column_of(c.after);
  for (std::size_t i = 0; i < before.size(); ++i)
    table.rows.push_back({names[i], before[i], after[i]});
  return to_text(parameters) + "\n" + to_text(table) + "\n" + wrapped(analysis::reading_of(c));
}

Result<void> write_scores(const std::string& path, const analysis::Calibrated& c) {
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
  auto table = read_user_table(context, o.file, o.reading);
  if (!table) return context.report(table.error());
  const auto c = analysis::calibrate(*table, options_of(o));
  if (!c) return context.report({c.error().code, o.file + ": " + c.error().message});
  if (context.json)
    context.print(calibrate_json(*c));
  else
    context.print(calibrate_text(*c));
  if (!o.out.empty()) {
    if (auto written = write_scores(o.out, *c); !written) return context.report(written.error());
    context.warn("wrote " + o.out);
  }
  const Document document = analysis::document_of(o.file, options_of(o), *c);
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
