// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/distributions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_imbalance(const StepCall& call, const StepContext&) {
  auto labels = labels_of(call.input("rows")->as_frame(), label_given(call));
  if (!labels) return fail(labels.error());
  return one(diagnose::imbalance_table(*labels));
}

const StepRegistration kDiagnoseImbalance{{
    .name = "diagnose.imbalance",
    .sentence =
        "How unequal the classes of a 0/1 label are, and what a model that learned nothing scores.",
    .example = "diagnose.imbalance { log }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {label_parameter()},
    .run = run_diagnose_imbalance,
}};

}  // namespace
}  // namespace rehearse::steps
