// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which values were known at the time of each event? The point-in-time join of a user's two tables,
// and what a join without the condition of time would have spoiled.
#pragma once

#include <string>

#include "engine/base/document.hpp"
#include "engine/features/join.hpp"

namespace rehearse::analysis {

// One paragraph: how many events found a row, how many rows were late, from the future, tied.
std::string summary_of(const features::Joined& joined, const features::JoinOptions& options);

// `events` and `features` are the files' names.
Document document_of(const std::string& events, const std::string& features,
                     const features::Joined& joined, const features::JoinOptions& options);

}  // namespace rehearse::analysis
