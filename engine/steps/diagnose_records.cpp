// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/judgement.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_records(const StepCall& call, const StepContext&) {
  std::vector<diagnose::ValueCheck> checks;
  for (const std::string& text : call.texts("check")) {
    auto check = diagnose::parse_check(text);
    if (!check) return fail(check.error());
    checks.push_back(*std::move(check));
  }
  const Frame rows = call.input("rows")->as_frame();
  auto judgement = diagnose::judge_loading(call.input("lines")->as_frame(), rows,
                                           call.input("quarantine")->as_frame(), checks);
  if (!judgement) return fail(judgement.error());
  auto facts = diagnose::judgement_facts(*judgement, rows.rows());
  if (!facts) return fail(facts.error());
  return Outputs{plan::Artifact::of(*std::move(judgement)), plan::Artifact::of(*std::move(facts))};
}

const StepRegistration kDiagnoseRecords{{
    .name = "diagnose.records",
    .sentence = "A loader judged against planted faults: which were set aside, which repaired, "
                "which made the table wrong.",
    .example =
        "diagnose.records { lines, rows, quarantine, check = { \"post.votes=true_votes\" } }",
    .inputs = {{.name = "lines", .kind = Kind::frame, .sentence = "of simulate.records"},
               {.name = "rows", .kind = Kind::frame, .sentence = "of data.records"},
               {.name = "quarantine", .kind = Kind::frame, .sentence = "of data.records"}},
    .outputs = {{.name = "faults", .kind = Kind::frame, .sentence = "a row a fault"},
                {.name = "facts", .kind = Kind::frame, .sentence = "one row of shares"}},
    .parameters = {{.name = "check",
                    .type = ParameterType::texts,
                    .sentence = "loaded columns and the truth they should equal, column=truth"}},
    .run = run_diagnose_records,
}};

}  // namespace
}  // namespace rehearse::steps
