// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/analysis/analysis.hpp"
#include "app/analysis/power.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzePowerOptions {
  std::string baseline, mde, alpha = "0.05", power = "0.8", attrition = "0", form = "unpooled",
                             plot, report;
};

Result<analysis::PowerQuestion> question_of(const AnalyzePowerOptions& o) {
  analysis::PowerQuestion q;
  const std::tuple<const char*, const std::string*, double*> numbers[] = {
      {"baseline", &o.baseline, &q.baseline},
      {"mde", &o.mde, &q.mde},
      {"alpha", &o.alpha, &q.target.alpha},
      {"power", &o.power, &q.target.power},
      {"attrition", &o.attrition, &q.target.attrition}};
  for (const auto& [name, text, target] : numbers) {
    const auto value = analysis::parsed_number(*text);
    if (!value) return fail(Code::invalid_argument, "--{} {}: a number is due", name, *text);
    *target = *value;
  }
  auto form = experiment::size_form_of(o.form);
  if (!form) return fail(form.error());
  q.form = *form;
  return q;
}

int analyze_power(Context& context, const AnalyzePowerOptions& options) {
  auto question = question_of(options);
  if (!question) return context.report(question.error());
  auto size =
      experiment::sample_size(question->baseline, question->mde, question->target, question->form);
  if (!size) return context.report(size.error());
  if (size->total > 9e15)
    return context.report({Code::limit,
                           "more than 9e15 units are needed: the effect is too small "
                           "for any experiment"});
  if (context.json) {
    context.print(analysis::to_json(*question, *size));
  } else {
    TextTable table{{"", ""}, {}, {false, true}};
    table.rows = {{"units per arm", fmt::format("{:.0f}", size->per_arm)},
                  {"in both arms", fmt::format("{:.0f}", size->total)},
                  {"before rounding", fmt::format("{:.6f}", size->per_arm_exact)},
                  {"form", options.form}};
    context.print(to_text(table) + "\n" + wrapped(analysis::reading_of(*question, *size)));
  }
  for (const std::string& path : {options.plot, options.report}) {
    if (path.empty()) continue;
    if (auto written = render(analysis::document_of(*question, *size), path); !written)
      return context.report(written.error());
    context.warn("wrote " + path);
  }
  return kDone;
}

Action declare_analyze_power(Arguments& app) {
  auto o = std::make_shared<AnalyzePowerOptions>();
  app.add_option("--baseline", o->baseline, "the rate of the control, between 0 and 1").required();
  app.add_option("--mde", o->mde, "the least effect worth finding, an absolute difference")
      .required();
  app.add_option("--alpha", o->alpha, "two-sided false alarm rate").shows_default();
  app.add_option("--power", o->power, "probability of finding that effect").shows_default();
  app.add_option("--attrition", o->attrition, "share of units whose outcome is never seen")
      .shows_default();
  app.add_option("--form", o->form, "the formula: unpooled, pooled, continuity or arcsine")
      .shows_default();
  app.add_option("--plot", o->plot, "draw the cost of smaller effects: .png or .svg")
      .ends_in({".png", ".svg"});
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  return [o](Context& context) { return analyze_power(context, *o); };
}

const VerbRegistration kPower{{"analyze power", "how many units does an experiment need?",
                               "rehearse analyze power --baseline 0.2 --mde 0.01",
                               declare_analyze_power}};

}  // namespace
}  // namespace rehearse::cli
