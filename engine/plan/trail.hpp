// SPDX-License-Identifier: GPL-3.0-or-later
//
// One example followed through a step's arithmetic (StepInfo::trail): which steps of a plan can be
// stepped through, over which rows, and the table that says how. Command line and window share it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/plan/executor.hpp"

namespace rehearse::plan {

// A node whose step shows its arithmetic.
struct Steppable {
  int node = -1;
  std::string name;  // the label of its result in the script, else its step's name
  std::string step;  // "train.ftrl"
};

// In order of the plan.
std::vector<Steppable> steppable(const Plan& plan);

// By the label of its result or by the name of its step (the first of that name). The error lists
// what can be stepped through.
Result<int> steppable_node(const Plan& plan, const std::string& at);

// The table whose rows are the examples: the node's first input that is a table. Null where the run
// did not reach the node or it has none.
const Frame* trail_rows(const Plan& plan, const Run& run, int node);

// The arithmetic of `row` of that table. Errors: the run did not reach the node, the row is beyond
// the table, what the step says.
Result<Frame> trail(const Plan& plan, const Run& run, int node, std::size_t row);

// The label of the examples: the step's own parameter `label`, else the only label column with
// values of 0 and 1 alone. Null where there is none.
const Column* trail_label(const Plan& plan, const Run& run, int node);

// The next row from `from` on (backwards: down from it) whose label is `wanted`; without a label or
// a wish any row. Empty where there is none on that side.
std::optional<std::size_t> next_row(const Frame& rows, const Column* label,
                                    std::optional<bool> wanted, std::size_t from,
                                    bool backwards = false);

}  // namespace rehearse::plan
