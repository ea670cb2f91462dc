// SPDX-License-Identifier: GPL-3.0-or-later
//
// When a day of a log begins, for steps that ask what was known at that moment.
#pragma once

#include "engine/base/frame.hpp"

namespace rehearse::steps {

// The midnight (UTC) at which day `day` begins, by the first row's `time` and `day`.
// Errors: no rows, no such columns, `time` is no time.
Result<Time> start_of_day(const Frame& rows, double day);

}  // namespace rehearse::steps
