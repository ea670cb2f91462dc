// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of experiments share: the parameters that name columns of the log and their
// reading, and the columns in which a contrast stands in a table.
#pragma once

#include "engine/experiment/trial.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

plan::Parameter level_parameter();
// arm, control, outcome, missing.
std::vector<plan::Parameter> trial_parameters();
// Reads what trial_parameters declare; columns that a step does not declare stay empty.
experiment::TrialColumns trial_columns(const StepCall& call);
plan::Port log_port();

// Rows of contrasts. Columns: control, treatment, effect, standard_error, ci_low, ci_high, p,
// relative, relative_low, relative_high, significant (1 where p < 1 - level), true_effect (role
// truth), covers_truth, wrong_sign.
class ContrastRows {
 public:
  explicit ContrastRows(double level) : level_(level) {}
  void add(const experiment::Contrast& contrast, double true_effect);
  void add_to(Frame::Builder& builder) const;

 private:
  double level_;
  std::vector<experiment::Contrast> contrasts_;
  std::vector<double> truth_;
};

}  // namespace rehearse::steps
