// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which columns of a table have moved against another? The document of a comparison
// (engine/monitor/compare.hpp): all columns, and for those that moved furthest both distributions
// over each other.
#pragma once

#include <string>

#include "engine/base/document.hpp"
#include "engine/monitor/compare.hpp"

namespace rehearse::analysis {

// One sentence: how many columns moved.
std::string summary_of(const monitor::DriftReport& report);

// "207: `a`, `b`, `c` and 204 more", or "none": the most frequent first, long ones cut.
std::string shown(const monitor::Levels& levels);

struct DriftTables {
  std::string reference_file, current_file;
  Frame reference, current;
};
Document document_of(const DriftTables& tables, const monitor::DriftReport& report);

}  // namespace rehearse::analysis
