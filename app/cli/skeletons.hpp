// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `rehearse new` writes: a small drill, design and card, each whole enough to pass `rehearse
// lint` as it stands and commented where it is to be changed. `ID`, `FUNCTION` and `TITLE` stand
// for what the caller fills in.
#pragma once

namespace rehearse::cli {

extern const char* const kDrillSkeleton;
extern const char* const kDesignSkeleton;
extern const char* const kCardSkeleton;

}  // namespace rehearse::cli
