// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/profile.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

// A profile is of what a real log has.
Result<Frame> without_truth(const Frame& rows) {
  std::vector<std::string> names;
  for (std::size_t c = 0; c < rows.columns(); ++c)
    if (rows.column(c).role() != Role::truth) names.push_back(rows.column(c).name());
  return rows.select(names);
}

Result<Outputs> run_diagnose_profile(const StepCall& call, const StepContext& context) {
  diagnose::ProfileOptions options;
  if (call.given("label")) options.label = call.text("label");
  auto rows = without_truth(call.input("rows")->as_frame());
  if (!rows) return fail(rows.error());
  auto profile = diagnose::profile(*rows, options, context.progress);
  if (!profile) return fail(profile.error());
  return Outputs{plan::Artifact::of(diagnose::to_frame(*profile)),
                 plan::Artifact::of(diagnose::suspicion_table(*profile))};
}

const StepRegistration kDiagnoseProfile{{
    .name = "diagnose.profile",
    .sentence =
        "What to know of a table before the first model: gaps, cardinality, moments, suspicions.",
    .example = "diagnose.profile { rows, label = \"click\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "columns", .kind = Kind::frame, .sentence = "a row a column"},
                {.name = "suspicions", .kind = Kind::frame, .sentence = "column, kind, why"}},
    .parameters = {label_parameter()},
    .run = run_diagnose_profile,
}};

}  // namespace
}  // namespace rehearse::steps
