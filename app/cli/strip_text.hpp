// SPDX-License-Identifier: GPL-3.0-or-later
//
// A timeline and a funnel as a person reads them in a terminal (view_text.hpp). A strip is a row of
// blocks over one time axis, with what was shaded and what rang below it; a funnel is a table of
// stages with counts, shares and intervals.
#pragma once

#include <string>

#include "engine/base/document.hpp"

namespace rehearse::cli {

std::string timeline_text(const Figure& figure);
std::string funnel_text(const Figure& figure);

}  // namespace rehearse::cli
