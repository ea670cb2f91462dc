// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps features.* share: several tables in, as many out. An encoder is fitted on the
// first and applied to all, so that the live week is encoded from the training weeks only:
//
//   local past2, live2 = features.missing { past, live, filling = "median", as = "past2, live2" }
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/features/time_scope.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

// The port `rows`, for one table or more.
plan::Port tables_port();
// For `.output_count`: as many as there are tables.
std::size_t as_many_as_tables(const StepCall& call);
std::vector<Frame> tables_of(const StepCall& call);
// The sentence of a step, with what it may look at when it encodes a row.
std::string with_scope(const char* sentence, features::TimeScope scope);
// Every table through `encode`.
Result<Outputs> each_of(const std::vector<Frame>& tables,
                        const std::function<Result<Frame>(const Frame&)>& encode);
Result<Outputs> all_of(Result<std::vector<Frame>> tables);

plan::Parameter columns_parameter(const std::string& sentence, bool optional = false);
// `label = …`, or the only label of the first table. Errors: none, or several.
Result<std::string> label_name(const StepCall& call);
// `arrival = …`; where it is not given `<label>_arrival`, if the first table has it, else nothing.
std::string arrival_name(const StepCall& call, const std::string& label);
plan::Parameter arrival_parameter();

}  // namespace rehearse::steps
