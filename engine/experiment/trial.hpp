// SPDX-License-Identifier: GPL-3.0-or-later
//
// Trial: a log of an experiment, read from a table once and checked: who was in which arm, what
// came of it, and what else was known. The table has one row a unit (or one row a unit and day), a
// column of arms, columns of outcomes and, where the site is simulated, columns of the true effect
// of every unit named `<outcome>_effect` with role truth (of several treatments
// `<outcome>_effect_<arm>`).
//
// `compare` runs one of the analyses of this room on two of its arms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"
#include "engine/experiment/contrast.hpp"

namespace rehearse::experiment {

// Arms by name: the control first, the others in order of name.
struct Arms {
  std::vector<std::string> names;
  std::vector<std::int32_t> of_row;  // index into names
  std::vector<double> counts;
  std::size_t index_of(std::string_view name) const;  // names.size() where there is none
};
// The control is the arm of that name; without one the arm called `control`, else the first in
// order of name. Errors: no such column, a row without an arm (its number), one arm only, more than
// 50 arms, no arm of the control's name (those there are).
Result<Arms> arms_of(const Frame& log, const std::string& column, const std::string& control = {});

enum class Missing { refuse, leave_out, zero };

struct TrialColumns {
  std::string arm = "arm", control = {};
  std::string outcome = {};                  // empty: the only column of role label
  std::vector<std::string> covariates = {};  // numbers; texts become one column a level
  std::string strata = {}, cluster = {}, denominator = {};
  Missing missing = Missing::refuse;  // what to do with a unit whose outcome is missing
};

struct Trial {
  Arms arms;
  std::string outcome_name;
  std::vector<double> outcome;             // NaN where missing and left out
  std::vector<double> assigned, observed;  // units by arm, with and without the missing ones
  bool binary = false;                     // every observed outcome is 0 or 1
  std::vector<std::string> covariate_names = {};
  std::vector<std::vector<double>> covariates = {};
  std::vector<std::int32_t> strata = {};
  std::vector<std::int64_t> clusters = {};
  std::vector<double> denominators = {};
  std::vector<double> true_effect = {};  // by arm, the mean over all units; NaN where unknown
  std::vector<std::vector<double>> unit_effect = {};  // by arm, of each row; empty where unknown

  // Errors: those of arms_of; a column is not there or holds texts; a value not finite, or missing
  // where that is refused (the row, and what to do); an arm without any outcome (its name).
  static Result<Trial> of(const Frame& log, const TrialColumns& columns);
  // Rows whose outcome is seen, of the control and of arm `treatment`, in order.
  std::vector<std::size_t> rows_of(std::size_t treatment) const;
};

enum class Kind { automatic, proportion, mean };
enum class Method {
  plain,
  cuped,
  regression,
  stratified,
  clustered,
  ratio,
  naive_ratio,
  permutation
};
const char* method_name(Method method);
Result<Method> method_of(const std::string& name);
// All names, as they are listed to users.
std::vector<std::string> method_names();

struct CompareOptions {
  Kind kind = Kind::automatic;
  Method method = Method::plain;
  double level = 0.95;
  std::uint64_t splits = 2000;  // of the permutation test
  std::uint64_t seed = 0;
};

struct Comparison {
  Contrast contrast;
  std::string method;                                // as it was done: "two proportions", …
  double variance_reduction = Contrast::kUndefined;  // of an adjustment
  double design_effect = Contrast::kUndefined;       // of clusters
  std::string warning;
};
// `treatment` is an index of arms, not 0 (asserted). Only the rows in `rows` are used; empty: all.
// Errors: kind proportion with an outcome that is not 0 or 1 (the row); a method whose column was
// not given; those of the method.
Result<Comparison> compare(const Trial& trial, std::size_t treatment, const CompareOptions& options,
                           std::span<const std::size_t> rows = {}, const Progress& progress = {});

}  // namespace rehearse::experiment
