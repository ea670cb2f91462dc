// SPDX-License-Identifier: GPL-3.0-or-later
//
// The judge's version, for reports. Raise it when verdicts may change: a report names the judge
// that wrote it.
#pragma once

namespace rehearse::judge {

constexpr const char* kVersion = "0.1.0";

}  // namespace rehearse::judge
