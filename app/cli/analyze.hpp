// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the analyze verbs share: reading the user's table, bad rows refused or counted.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/cli/verb.hpp"
#include "engine/base/read.hpp"
#include "engine/metrics/report.hpp"

namespace rehearse::cli {

struct ReadFlags {
  bool skip_bad = false;
};

void declare_read_flags(Arguments& app, ReadFlags& flags);

// The metrics of reports on the same labels as a table, a column a report under its heading.
std::string metrics_table(
    const std::vector<std::pair<std::string, const metrics::ProbabilityReport*>>& reports);

// Says on stderr how many rows were skipped.
Result<Frame> read_user_table(const Context& context, const std::string& path,
                              const ReadFlags& flags, ReadOptions options = {});

}  // namespace rehearse::cli
