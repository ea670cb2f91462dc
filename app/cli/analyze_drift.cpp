// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/drift.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"
#include "engine/monitor/compare.hpp"

#include <fmt/ranges.h>

#include <cmath>

namespace rehearse::cli {
namespace {

struct AnalyzeDriftOptions {
  std::string reference, current, report;
  int bins = 10;
  bool fail_on_alert = false;
  ReadFlags reading;
};

std::string shown(double value) { return std::isnan(value) ? "-" : fmt::format("{:.4g}", value); }

std::string text_of(const monitor::DriftReport& report) {
  TextTable table{
      {"column", "type", "PSI", "floor 95%", "KS or V", "adj. p", "Wasserstein", "missing", ""},
      {},
      {false, false, true, true, true, true, true, true, false}};
  for (const auto& c : report.columns)
    table.rows.push_back(
        {c.name, c.type, shown(c.psi), shown(c.noise_floor.p95),
         shown(c.type == "numeric" ? c.ks : c.cramers_v), shown(c.adjusted_p), shown(c.wasserstein),
         fmt::format("{:.1f}% → {:.1f}%", c.missing_reference * 100, c.missing_current * 100),
         c.alert ? "drift" : ""});
  std::string text = to_text(table) + "\n" + wrapped(analysis::summary_of(report));
  TextTable moved{{"column", "levels", ""}, {}, {}};
  for (const auto& c : report.columns)
    for (const auto& [which, levels] :
         {std::pair{"new", &c.new_levels}, {"vanished", &c.vanished_levels}})
      if (levels->count > 0) moved.rows.push_back({c.name, which, analysis::shown(*levels)});
  return moved.rows.empty() ? text : text + "\n" + to_text(moved);
}

int analyze_drift(Context& context, const AnalyzeDriftOptions& options) {
  auto reference = read_user_table(context, options.reference, options.reading),
       current = read_user_table(context, options.current, options.reading);
  if (!reference) return context.report(reference.error());
  if (!current) return context.report(current.error());
  auto report = monitor::compare(*reference, *current, {options.bins, 0.05, 1});
  if (!report) return context.report(report.error());
  if (context.json)
    context.print(monitor::to_json(*report));
  else
    context.print(text_of(*report));
  if (!options.report.empty()) {
    if (auto written =
            render(analysis::document_of({options.reference, options.current, *reference, *current},
                                         *report),
                   options.report);
        !written)
      return context.report(written.error());
    context.warn("wrote " + options.report);
  }
  bool alert = false;
  for (const auto& column : report->columns) alert = alert || column.alert;
  return alert && options.fail_on_alert ? kRefused : kDone;
}

Action declare_analyze_drift(Arguments& app) {
  auto o = std::make_shared<AnalyzeDriftOptions>();
  app.add_option("reference", o->reference, "the table to compare with (CSV or JSONL)").required();
  app.add_option("current", o->current, "the table to compare").required();
  app.add_option("--bins", o->bins, "bins of PSI").within(2, 1000).shows_default();
  app.add_flag("--fail-on-alert", o->fail_on_alert, "exit 1 when a column has drifted");
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_drift(context, *o); };
}

const VerbRegistration kDrift{{"analyze drift", "which columns of your data have moved?",
                               "rehearse analyze drift reference.csv current.csv",
                               declare_analyze_drift}};

}  // namespace
}  // namespace rehearse::cli
