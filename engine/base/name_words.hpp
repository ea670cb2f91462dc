// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names as a script writes them, as a sentence says them.
#pragma once

#include <string>

namespace rehearse {

// Underscores between letters or digits become blanks: "excess_log_loss is 0.04" says "excess log
// loss is 0.04". Other letters than ASCII's end a name.
std::string spaced_names(std::string text);

}  // namespace rehearse
