// SPDX-License-Identifier: GPL-3.0-or-later
//
// A view of a run as a Figure, for the window, the command line's report and exports alike.
#pragma once

#include "engine/base/document.hpp"
#include "engine/plan/executor.hpp"

namespace rehearse::plan {

// An empty table with the title where the run did not reach the view.
Figure figure_of(const View& view, const Run& run);

Json to_json(const Value& value);

}  // namespace rehearse::plan
