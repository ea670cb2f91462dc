// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is wrong with the table from the first day on: values that are missing, columns that know
// the outcome. The world and its clicks stay as they were. (A feature that breaks on a day:
// drift.hpp.)
//
// Missing values follow one of the three mechanisms of Rubin (1976), at the same overall rate, with
// P(missing) = σ(a + 1.5 z), a solved for the rate, z standardised:
//   mcar  z = 0: at random
//   mar   z = ln(1 + user_activity), or ln(1 + user_tenure_days) where activity itself is missing:
//         it depends on what can be seen, so it can be modelled away
//   mnar  z = ln(1 + the value itself): it depends on what cannot be seen
// The true values stay beside it in a truth column `<column>_true`.
//
// A leak is a column of role feature that a model will love and production will not have:
//   after_outcome  open_seconds: how long the post was open, hence after the click
//   id             record_id: rows are numbered in time order, clicked ones in a range of their own
// With probability `strength` a row's leak follows its click; else it follows a coin of the mean
// click rate. The column alone then has an area under the ROC curve of (1 + strength) / 2.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::sim {

enum class Mechanism { none, mcar, mar, mnar };
Result<Mechanism> parse_mechanism(std::string_view name);

struct Missing {
  Mechanism mechanism = Mechanism::none;
  double rate = 0.2;                // [0, 0.9]
  std::string column = "affinity";  // a number that can break (drift.hpp)
  static constexpr double kSlope = 1.5;
};
Result<void> validate(const Missing& missing);

struct Leaks {
  bool after_outcome = false, id = false;
  double strength = 0.9;  // [0, 1]
  // From "after_outcome", "id". Errors: another name.
  static Result<Leaks> of(const std::vector<std::string>& names, double strength);
};

// P(missing) of each row for a mechanism's driver z: ln(1 + `driver`) standardised. A driver that
// does not vary says nothing, hence the rate for every row.
std::vector<float> missing_probability(const std::vector<float>& driver, double rate);

}  // namespace rehearse::sim
