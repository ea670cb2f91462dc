// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "app/analysis/profile.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

constexpr std::size_t kMostColumnsShown = 200;

struct AnalyzeProfileOptions {
  std::string file, label, report;
  ReadFlags reading;
};

std::string profile_number(double value) {
  return std::isnan(value) ? "" : fmt::format("{:.4g}", value);
}

std::string profile_text(const diagnose::Profile& profile) {
  TextTable table{
      {"column", "type", "missing", "distinct", "mean", "sd", "min", "median", "max", "commonest"},
      {},
      {false, false, true, true, true, true, true, true, true, false}};
  for (const auto& p : profile.columns) {
    if (table.rows.size() == kMostColumnsShown) break;
    const bool text = p.type == "dictionary";
    table.rows.push_back(
        {p.name, text ? "text" : p.type,
         p.rows ? fmt::format("{:.1f}%",
                              100.0 * static_cast<double>(p.missing) / static_cast<double>(p.rows))
                : "",
         fmt::format("{}", p.distinct), profile_number(p.mean), profile_number(p.deviation),
         profile_number(p.least), p.quantiles.empty() ? "" : profile_number(p.quantiles[3]),
         profile_number(p.greatest),
         p.levels.empty() ? ""
                          : fmt::format("{} ({})", p.levels.front().name, p.levels.front().count)});
  }
  std::string text =
      fmt::format("{} rows, {} columns\n\n", profile.rows, profile.columns.size()) + to_text(table);
  if (profile.columns.size() > kMostColumnsShown)
    text += fmt::format("… and {} columns more; --json has them all\n",
                        profile.columns.size() - kMostColumnsShown);
  if (!profile.suspicions.empty()) {
    TextTable suspicions{{"column", "suspicion", "why"}, {}, {}};
    for (const auto& s : profile.suspicions) {
      if (suspicions.rows.size() == kMostColumnsShown) break;
      suspicions.rows.push_back({s.column, s.kind, s.why});
    }
    text += "\n" + to_text(suspicions);
  }
  return text + "\n" + wrapped(analysis::reading_of(profile));
}

int analyze_profile(Context& context, const AnalyzeProfileOptions& options) {
  auto table = read_user_table(context, options.file, options.reading);
  if (!table) return context.report(table.error());
  auto profile = diagnose::profile(*table, {options.label});
  if (!profile)
    return context.report({profile.error().code, options.file + ": " + profile.error().message});
  if (context.json)
    context.print(diagnose::to_json(*profile));
  else
    context.print(profile_text(*profile));
  if (!options.report.empty()) {
    if (auto written = render(analysis::document_of(options.file, *profile), options.report);
        !written)
      return context.report(written.error());
    context.warn("wrote " + options.report);
  }
  return kDone;
}

Action declare_analyze_profile(Arguments& app) {
  auto o = std::make_shared<AnalyzeProfileOptions>();
  app.add_option("file", o->file, "CSV with a header or JSONL; - for standard input").required();
  app.add_option("--label", o->label,
                 "a column of 0 and 1: adds each number's AUC alone, and suspects leaks");
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_profile(context, *o); };
}

const VerbRegistration kProfile{
    {"analyze profile", "what is in your table, and what looks wrong?",
     "rehearse analyze profile events.csv --label click\n\n"
     "JSON: rows, columns:{name:{type, role, missing, missing_rate, cardinality, mean, sd, "
     "skewness, "
     "kurtosis, min, max, quantiles:{0.01…0.99}, zeros, negative, not_finite, entropy_bits, "
     "top:[{value, count}], imbalance_ratio, auc}}, suspicions:[{column, kind, why}]",
     declare_analyze_profile}};

}  // namespace
}  // namespace rehearse::cli
