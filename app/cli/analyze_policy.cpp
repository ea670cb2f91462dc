// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/policy.hpp"
#include "app/cli/analyze.hpp"
#include "app/cli/desktop.hpp"
#include "app/cli/table.hpp"

namespace rehearse::cli {
namespace {

struct AnalyzePolicyOptions {
  analysis::PolicyColumns columns;
  std::string file, policy, clip = "10", model = "action", report;
  ReadFlags reading;
};

Json json_of(const recommend::Estimate& estimate) {
  Json json = {{"estimate", number_or_null(estimate.value)},
               {"standard_error", number_or_null(estimate.standard_error)}};
  if (std::isnan(estimate.value))
    json["why"] = "no round of the log is one that the target policy would have shown";
  else if (std::isnan(estimate.standard_error))
    json["why"] = "one round has no standard error";
  return json;
}

Json json_of(const analysis::PolicyEstimates& e, const analysis::PolicyColumns& columns) {
  Json json = {{"rows", e.rows},
               {"on_policy", e.on_policy.value},
               {"effective_sample_size", e.effective_sample_size},
               {"mean_weight", e.weights.mean},
               {"greatest_weight", e.weights.greatest},
               {"clip", columns.clip},
               {"ips", json_of(e.ips)},
               {"snips", json_of(e.snips)},
               {"clipped_ips", json_of(e.clipped_ips)}};
  for (const auto& [name, estimate] : {std::pair{"dm", &e.dm}, std::pair{"dr", &e.dr}}) {
    json[name] = *estimate ? json_of(**estimate) : Json();
    if (!*estimate) json[std::string(name) + "_why"] = analysis::kNeedsPolicy;
  }
  if (e.never_logged) {
    json["never_logged"] = *e.never_logged;
    json["rows_with_another_target"] = e.other_target;
  }
  return json;
}

std::string text_of(const analysis::PolicyEstimates& e, const analysis::PolicyColumns& columns) {
  TextTable table{
      {"estimator", "value", "standard error", "95% interval"}, {}, {false, true, true, true}};
  const auto add = [&](const std::string& name, const recommend::Estimate& estimate) {
    const bool known = std::isfinite(estimate.standard_error);
    table.rows.push_back(
        {name, std::isnan(estimate.value) ? "undefined" : fmt::format("{:.6g}", estimate.value),
         known ? fmt::format("{:.3g}", estimate.standard_error) : "",
         known ? fmt::format("{:.4g} to {:.4g}", estimate.interval.low, estimate.interval.high)
               : ""});
  };
  add("the log's own policy", e.on_policy);
  add("IPS", e.ips), add("SNIPS", e.snips);
  add(fmt::format("IPS clipped at {:g}", columns.clip), e.clipped_ips);
  if (e.dm) add("direct method", *e.dm);
  if (e.dr) add("doubly robust", *e.dr);
  std::string text = to_text(table) + "\n" + wrapped(analysis::reading_of(e, columns));
  if (e.never_logged && *e.never_logged > 0)
    text +=
        wrapped(fmt::format("{:.2g}% of the policy falls on pairs of context and action that "
                            "the log never showed: nothing here knows what they would earn.",
                            100 * *e.never_logged));
  if (e.other_target > 0)
    text += wrapped(
        fmt::format("In {} rows --target is not what --policy says; IPS goes by the former, the "
                    "direct method by the latter.",
                    e.other_target));
  return text;
}

Result<void> complete(AnalyzePolicyOptions& o) {
  const auto clip = analysis::parsed_number(o.clip);
  if (!clip || !(*clip > 0))
    return fail(Code::invalid_argument, "--clip {}: a weight above 0 is due", o.clip);
  o.columns.clip = *clip;
  o.columns.model =
      o.model == "cell" ? recommend::RewardTable::By::cell : recommend::RewardTable::By::action;
  if (!o.policy.empty() && (o.columns.action.empty() || o.columns.context.empty()))
    return fail(Code::invalid_argument,
                "--policy also needs --action and --context, the columns of the log by which a "
                "round is found in it");
  return {};
}

int analyze_policy(Context& context, AnalyzePolicyOptions& o) {
  if (auto completed = complete(o); !completed) return context.report(completed.error());
  auto log = read_user_table(context, o.file, o.reading);
  if (!log) return context.report(log.error());
  std::optional<recommend::PolicyTable> policy;
  if (!o.policy.empty()) {
    auto table = read_user_table(context, o.policy, {});
    if (!table) return context.report(table.error());
    auto read = analysis::policy_of(o.policy, *table);
    if (!read) return context.report(read.error());
    policy = *std::move(read);
  }
  const auto made = analysis::estimate_policy(*log, policy ? &*policy : nullptr, o.columns);
  if (!made) return context.report({made.error().code, o.file + ": " + made.error().message});
  if (context.json)
    context.print(json_of(*made, o.columns));
  else
    context.print(text_of(*made, o.columns));
  if (o.report.empty()) return kDone;
  if (auto written = render(analysis::document_of(o.file, o.columns, *made), o.report); !written)
    return context.report(written.error());
  context.warn("wrote " + o.report);
  return kDone;
}

Action declare_analyze_policy(Arguments& app) {
  auto o = std::make_shared<AnalyzePolicyOptions>();
  app.add_option("file", o->file,
                 "the log, a row a round: CSV with a header or JSONL; - for standard input")
      .required();
  app.add_option("--propensity", o->columns.propensity,
                 "the column of the probability with which it was shown")
      .required();
  app.add_option("--reward", o->columns.reward, "the column of what came of it").required();
  app.add_option("--target", o->columns.target,
                 "the column of the probability with which the other policy would have shown it")
      .required();
  app.add_option("--action", o->columns.action, "the column of what was shown");
  app.add_option("--context", o->columns.context, "the column of whom it was shown to");
  app.add_option("--policy", o->policy,
                 "the other policy as a table, columns context, action, target: for the direct "
                 "method and the doubly robust one");
  app.add_option("--model", o->model, "their reward model: the mean by action, or by cell of both")
      .one_of({"action", "cell"})
      .shows_default();
  app.add_option("--clip", o->clip, "the greatest weight of clipped IPS").shows_default();
  app.add_option("--report", o->report, "write a report: .html or .pdf").ends_in({".html", ".pdf"});
  declare_read_flags(app, o->reading);
  return [o](Context& context) { return analyze_policy(context, *o); };
}

const VerbRegistration kPolicy{
    {"analyze policy", "what would another policy have earned, from the log of this one?",
     "rehearse analyze policy log.csv --propensity propensity --reward click --target target",
     declare_analyze_policy}};

}  // namespace
}  // namespace rehearse::cli
