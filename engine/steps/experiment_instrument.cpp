// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/instrument.hpp"

#include <cmath>

#include "engine/steps/experiment_common.hpp"

namespace rehearse::steps {
namespace {

// The true effect that each method is after: of offering (all units), of taking (compliers).
double mean_where(const Frame& log, const std::string& effect, const std::string& who) {
  const Column *column = log.find(effect), *chosen = who.empty() ? nullptr : log.find(who);
  if (!column || column->role() != Role::truth || !column->numeric()) return std::nan("");
  if (!who.empty() && (!chosen || !chosen->numeric())) return std::nan("");
  double sum = 0, count = 0;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    if (chosen && chosen->number(row) == 0) continue;
    if (const double v = column->number(row); !std::isnan(v)) sum += v, count += 1;
  }
  return count > 0 ? sum / count : std::nan("");
}

struct InstrumentRows {
  ContrastRows rows;
  std::vector<std::string> methods, notes;
  void add(const char* method, const experiment::Contrast& contrast, double truth,
           const std::string& note = {}) {
    methods.emplace_back(method), rows.add(contrast, truth);
    notes.push_back(note.empty() ? contrast.why : note);
  }
};

std::string strength_of(const experiment::Instrumented& made) {
  if (made.weak)
    return fmt::format("first stage F {:.3g}, below 10: weak, trust the Anderson-Rubin interval",
                       made.first_stage_f);
  return fmt::format("first stage F {:.4g}", made.first_stage_f);
}

Result<Outputs> run_experiment_instrument(const StepCall& call, const StepContext&) {
  const Frame& log = call.input("log")->as_frame();
  auto trial = experiment::Trial::of(log, trial_columns(call));
  if (!trial) return fail(trial.error());
  auto taken = log.require(call.text("taken"));
  if (!taken) return fail(taken.error());
  if (!(*taken)->numeric())
    return fail(Code::bad_data, "the column `{}` holds text; what was taken is 0 or 1",
                call.text("taken"));
  std::vector<std::uint8_t> assigned;
  std::vector<double> doses, outcome;
  for (const std::size_t row : trial->rows_of(1)) {
    assigned.push_back(trial->arms.of_row[row] == 1);
    doses.push_back((*taken)->number(row)), outcome.push_back(trial->outcome[row]);
  }
  auto made = experiment::instrumented({assigned, doses, outcome}, call.number("level"));
  if (!made) return fail(made.error());
  const double offering = trial->true_effect[1];
  const std::string& given = call.text("taking_effect");
  const double taking = mean_where(log, given.empty() ? trial->outcome_name + "_effect" : given,
                                   call.text("compliers"));
  experiment::Contrast anderson_rubin;
  anderson_rubin.absolute = made->compliers.absolute;
  if (made->anderson_rubin_bounded) {
    anderson_rubin.ci_low = made->anderson_rubin_low,
    anderson_rubin.ci_high = made->anderson_rubin_high;
  } else {
    anderson_rubin.ci_low = -INFINITY, anderson_rubin.ci_high = INFINITY;
  }
  const double compliers = call.text("compliers").empty() && given.empty() ? std::nan("") : taking;
  InstrumentRows table{ContrastRows(call.number("level")), {}, {}};
  table.add("intention to treat", made->intention, offering);
  table.add("per protocol", made->per_protocol, compliers);
  table.add("as treated", made->as_treated, compliers);
  table.add("instrument (compliers)", made->compliers, compliers, strength_of(*made));
  table.add("instrument, Anderson-Rubin", anderson_rubin, compliers,
            made->anderson_rubin_bounded ? "" : "the interval is not bounded");
  table.add("taking, by assignment", made->first_stage, std::nan(""));
  const std::size_t n = table.methods.size();
  Frame::Builder builder;
  builder.add("method", table.methods);
  table.rows.add_to(builder);
  builder.add("first_stage_f", std::vector<double>(n, made->first_stage_f))
      .add("weak", std::vector<double>(n, made->weak))
      .add("note", table.notes);
  return one(std::move(builder).build());
}

const StepRegistration kExperimentInstrument{{
    .name = "experiment.instrument",
    .sentence = "Where not everybody takes what was assigned: intention to treat, per protocol, as "
                "treated, and the effect on compliers with the assignment as the instrument.",
    .example = "experiment.instrument { log, outcome = \"activated\", taken = \"used\" }",
    .inputs = {log_port()},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = joined_parameters(
        trial_parameters(),
        {{.name = "taken",
          .type = ParameterType::text,
          .sentence = "the column of what was taken, 0 or 1"},
         text_parameter("compliers", "",
                        "the truth column of units that do as assigned, where it is known"),
         text_parameter("taking_effect", "",
                        "the truth column of the effect of taking; empty: that of the outcome"),
         level_parameter()}),
    .run = run_experiment_instrument,
}};

}  // namespace
}  // namespace rehearse::steps
