// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stopping rules by name, each as what it comes down to: a bound of |Z| for each look. So rules of
// different schools stand in one table, and one integration prices them all (crossing.hpp).
//
//   fixed            one look, at the end
//   naive            p < α at any look: what a dashboard invites to
//   bonferroni       α / K at each look
//   pocock, obrien-fleming, ld-pocock, ld-obf    boundaries.hpp, spending.hpp
//   always-valid     the mixture test (always_valid.hpp), with no number of looks in it
//   bayesian         a posterior probability beyond 1 - α/2 (bayes_stop.hpp)
//
// Widths (of the mixture and of the prior) are in standard errors of the estimate at the end of the
// longest test.
#pragma once

#include "engine/experiment/boundaries.hpp"

namespace rehearse::experiment {

struct RuleOptions {
  double alpha = 0.05;
  double mixture = 0;  // of always-valid; 0: narrowest at the end
  double prior = 3;    // of bayesian
};

const std::vector<std::string>& stopping_rules();
// The words of a legend: "O'Brien-Fleming", "naive peeking".
std::string rule_in_words(const std::string& rule);

// Bounds for equally spaced looks. `spent` is the false positives up to each look.
// Errors: no such rule (those there are are listed); looks outside 1 … 200; alpha outside
// [1e-6, 0.5]; a width negative, or a prior of 0.
Result<Boundaries> stopping_rule(const std::string& rule, int looks, const RuleOptions& options);

}  // namespace rehearse::experiment
