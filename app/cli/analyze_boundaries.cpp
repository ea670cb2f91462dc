// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/analysis.hpp"
#include "app/analysis/boundaries.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"

#include <cmath>

namespace rehearse::cli {
namespace {

struct AnalyzeBoundariesOptions {
  int looks = 0;
  std::string alpha = "0.05", shape = "obrien-fleming", plot, report;
  std::vector<std::string> at;
};

Result<double> boundaries_number(const std::string& text, const char* flag) {
  const auto number = analysis::parsed_number(text);
  if (!number || !std::isfinite(*number))
    return fail(Code::invalid_argument, "{}: `{}` is not a number", flag, text);
  return *number;
}

Result<analysis::BoundaryPlan> plan_of(const AnalyzeBoundariesOptions& options) {
  auto alpha = boundaries_number(options.alpha, "--alpha");
  if (!alpha) return fail(alpha.error());
  std::vector<double> at;
  for (const std::string& text : options.at) {
    auto share = boundaries_number(text, "--at");
    if (!share) return fail(share.error());
    at.push_back(*share);
  }
  if (at.empty() && options.looks == 0)
    return fail(Code::invalid_argument, "give --looks K, or each look with --at SHARE");
  if (!at.empty() && options.looks != 0 && options.looks != static_cast<int>(at.size()))
    return fail(Code::invalid_argument, "--looks {} with {} times of --at", options.looks,
                at.size());
  return analysis::boundary_plan(options.shape, options.looks, *alpha, at);
}

std::string text_of(const analysis::BoundaryPlan& plan) {
  TextTable table{{"look", "information", "|z| to stop", "nominal alpha", "alpha spent"},
                  {},
                  {true, true, true, true, true}};
  const experiment::Boundaries& b = plan.bounds;
  for (std::size_t k = 0; k < b.z.size(); ++k)
    table.rows.push_back({fmt::format("{}", k + 1), fmt::format("{:.4g}", b.information[k]),
                          std::isfinite(b.z[k]) ? fmt::format("{:.4f}", b.z[k]) : "none",
                          fmt::format("{:.3g}", b.nominal_alpha[k]),
                          fmt::format("{:.3g}", b.spent[k])});
  return to_text(table) + "\n" + wrapped(analysis::reading_of(plan));
}

Json json_of(const analysis::BoundaryPlan& plan) {
  const experiment::Boundaries& b = plan.bounds;
  Json json = {{"shape", plan.shape},
               {"alpha", plan.alpha},
               {"z", Json::array()},
               {"nominal_alpha", b.nominal_alpha},
               {"information", b.information},
               {"spent", b.spent},
               {"sample_inflation", plan.inflation},
               {"expected_sample", plan.at_effect.expected_information},
               {"power", plan.at_effect.power}};
  bool infinite = false;
  for (const double z : b.z) json["z"].push_back(number_or_null(z)), infinite |= std::isinf(z);
  if (infinite)
    json["why"] = "a bound is null where the error to spend there is too small to be represented";
  return json;
}

int analyze_boundaries(Context& context, const AnalyzeBoundariesOptions& options) {
  auto plan = plan_of(options);
  if (!plan) return context.report(plan.error());
  if (context.json)
    context.print(json_of(*plan));
  else
    context.print(text_of(*plan));
  for (const std::string& path : {options.plot, options.report}) {
    if (path.empty()) continue;
    if (auto written = render(analysis::document_of(*plan), path); !written)
      return context.report(written.error());
    context.warn("wrote " + path);
  }
  return kDone;
}

Action declare_analyze_boundaries(Arguments& app) {
  auto o = std::make_shared<AnalyzeBoundariesOptions>();
  app.add_option("--looks", o->looks, "how often you will look, the end included").within(1, 200);
  app.add_option("--alpha", o->alpha, "two-sided error of all looks together").shows_default();
  app.add_option("--shape", o->shape, "how the bounds are spread")
      .one_of(experiment::shape_names())
      .shows_default();
  app.add_option("--at", o->at,
                 "a look at this share of the users, once for each (ld-pocock, ld-obf)")
      .one_value_each();
  app.add_option("--plot", o->plot, "draw the bounds: .png or .svg").ends_in({".png", ".svg"});
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  return [o](Context& context) { return analyze_boundaries(context, *o); };
}

const VerbRegistration kBoundaries{
    {"analyze boundaries", "when may an experiment stop early?",
     "rehearse analyze boundaries --looks 5 --shape obrien-fleming\n\n"
     "JSON: z:[…], nominal_alpha:[…], information:[…], spent:[…]; sample_inflation (the longest "
     "test against one look, same power), expected_sample and power for the effect that one look "
     "finds with power 0.8",
     declare_analyze_boundaries}};

}  // namespace
}  // namespace rehearse::cli
