// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is in a table, and what looks wrong? The document of a profile
// (engine/diagnose/profile.hpp): every column, and what is suspicious about any.
#pragma once

#include <string>

#include "engine/base/document.hpp"
#include "engine/diagnose/profile.hpp"

namespace rehearse::analysis {

// One sentence: whether anything looks wrong, and what to do about it.
std::string reading_of(const diagnose::Profile& profile);
Document document_of(const std::string& file, const diagnose::Profile& profile);

}  // namespace rehearse::analysis
