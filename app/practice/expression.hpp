// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small arithmetic language for the `compute` line of numeric questions, so that the linter can
// recompute an answer with the engine: numbers, + - * / ^, parentheses, lists [a, b], and calls of
// named functions. `downsample_correct(0.2, 0.1)`, `log_loss([0.9, 0.2], [1, 0])`.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::practice {

// An argument: a number is a list of one.
using Argument = std::vector<double>;
using Function = std::function<Result<double>(const std::vector<Argument>&)>;
using Functions = std::map<std::string, Function, std::less<>>;

// exp, log, log2, sqrt, sigmoid, logit, floor, min, max.
Functions arithmetic_functions();

// Errors: what was due at which character, an unknown function (they are listed), a wrong number of
// arguments, a result that is not finite.
Result<double> evaluate(std::string_view expression, const Functions& functions);

}  // namespace rehearse::practice
