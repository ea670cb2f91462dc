// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/experiment.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzeExperimentOptions {
  std::string file, level = "0.95", plot, report;
  std::vector<std::string> covariates, weights;
  analysis::ExperimentOptions experiment;
  ReadFlags reading;
};

std::string number_of(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.5g}", value);
}

void add_contrast(std::vector<std::string>& row, const experiment::Contrast& c) {
  for (const double value :
       {c.control, c.treatment, c.absolute, c.ci_low, c.ci_high, c.relative, c.p})
    row.push_back(number_of(value));
}

std::string text_of(const analysis::Experiment& e, const analysis::ExperimentOptions& options) {
  TextTable arms{{"arm", "units", "observed", "mean", "sd"}, {}, {false, true, true, true, true}};
  for (std::size_t arm = 0; arm < e.samples.size(); ++arm)
    arms.rows.push_back({e.trial.arms.names[arm], fmt::format("{:g}", e.trial.assigned[arm]),
                         fmt::format("{:g}", e.trial.observed[arm]), number_of(e.samples[arm].mean),
                         number_of(std::sqrt(e.samples[arm].variance))});
  TextTable effects{{"arm", "method", "control", "treatment", "effect", "95% low", "95% high",
                     "relative", "p", "p Holm"},
                    {},
                    {false, false, true, true, true, true, true, true, true, true}};
  effects.header[5] = fmt::format("{:g}% low", options.level * 100);
  effects.header[6] = fmt::format("{:g}% high", options.level * 100);
  for (const analysis::ArmEffect& effect : e.effects)
    for (const auto* made : {&effect.plain, effect.cuped ? &*effect.cuped : nullptr}) {
      if (!made) continue;
      std::vector<std::string> row{effect.arm, made->method};
      add_contrast(row, made->contrast);
      row.push_back(made == &effect.plain ? number_of(effect.p_holm) : "");
      effects.rows.push_back(std::move(row));
    }
  std::string text = to_text(arms) +
                     fmt::format("\nsizes as planned? χ² {:.4g}, p {:.4g}{}\n\n", e.ratio.statistic,
                                 e.ratio.p, e.blocked() ? ": blocked" : "") +
                     to_text(effects);
  if (e.segments) {
    TextTable segments{{options.segment, "arm", "control", "treatment", "effect", "low", "high",
                        "relative", "p", "p Holm", "q BH"},
                       {},
                       {false, false, true, true, true, true, true, true, true, true, true}};
    for (const experiment::SegmentEffect& s : e.segments->effects) {
      std::vector<std::string> row{s.segment, s.arm};
      add_contrast(row, s.contrast);
      row.push_back(number_of(s.p_holm)), row.push_back(number_of(s.q_bh));
      segments.rows.push_back(std::move(row));
    }
    text += "\n" + to_text(segments);
    if (e.segments->degrees > 0)
      text +=
          fmt::format("do segments differ at all? Q {:.4g} on {} degrees, p {:.4g}\n",
                      e.segments->heterogeneity, e.segments->degrees, e.segments->heterogeneity_p);
  }
  return text + "\n" + wrapped(analysis::reading_of(e, options));
}

Result<void> complete(AnalyzeExperimentOptions& options) {
  const auto level = analysis::parsed_number(options.level);
  if (!level || !(*level > 0 && *level < 1))
    return fail(Code::invalid_argument, "--level {}: a number between 0 and 1 is due",
                options.level);
  options.experiment.level = *level;
  options.experiment.covariates = options.covariates;
  for (const std::string& text : options.weights) {
    const auto weight = analysis::parsed_number(text);
    if (!weight || !(*weight >= 0))
      return fail(Code::invalid_argument, "--weight {}: a number of at least 0 is due", text);
    options.experiment.weights.push_back(*weight);
  }
  return {};
}

int analyze_experiment(Context& context, AnalyzeExperimentOptions& options) {
  if (auto completed = complete(options); !completed) return context.report(completed.error());
  auto frame = read_user_table(context, options.file, options.reading);
  if (!frame) return context.report(frame.error());
  auto made = analysis::analyze_experiment(*frame, options.experiment);
  if (!made) return context.report({made.error().code, options.file + ": " + made.error().message});
  if (context.json)
    context.print(analysis::to_json(*made));
  else
    context.print(text_of(*made, options.experiment));
  for (const std::string& path : {options.plot, options.report}) {
    if (path.empty()) continue;
    if (auto written = render(analysis::document_of(options.file, options.experiment, *made), path);
        !written)
      return context.report(written.error());
    context.warn("wrote " + path);
  }
  return kDone;
}

Action declare_analyze_experiment(Arguments& app) {
  auto o = std::make_shared<AnalyzeExperimentOptions>();
  app.add_option("file", o->file, "CSV with a header or JSONL; - for standard input").required();
  app.add_option("--arm", o->experiment.arm, "the column of arms").required();
  app.add_option("--outcome", o->experiment.outcome, "the column of outcomes").required();
  app.add_option("--covariate", o->covariates,
                 "a column known before the assignment, for CUPED; may be given again")
      .one_value_each();
  app.add_option("--segment", o->experiment.segment,
                 "also compare within each value of this column");
  app.add_option("--kind", o->experiment.kind,
                 "what is compared; auto: proportions where every outcome is 0 or 1")
      .one_of({"auto", "proportion", "mean"})
      .shows_default();
  app.add_option("--control", o->experiment.control,
                 "the arm to compare with (else `control`, or the first by name)");
  app.add_option("--weight", o->weights,
                 "planned size of an arm, the control first, then by name; given once for each arm")
      .one_value_each();
  app.add_option("--missing", o->experiment.missing, "what a missing outcome means")
      .one_of({"refuse", "zero", "leave-out"})
      .shows_default();
  app.add_option("--level", o->level, "of the intervals").shows_default();
  app.add_option("--plot", o->plot, "draw what the data leave possible: .png or .svg")
      .ends_in({".png", ".svg"});
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_experiment(context, *o); };
}

const VerbRegistration kExperiment{
    {"analyze experiment", "did the treatment of your experiment do anything?",
     "rehearse analyze experiment log.csv --arm arm --outcome activated --segment platform",
     declare_analyze_experiment}};

}  // namespace
}  // namespace rehearse::cli
