// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history as a page to read, and the user's own cards below it in the card format, each in a
// fence of its own. Cards come back from the page as the bytes they were; the history is for eyes.
#pragma once

#include "app/practice/archive.hpp"

namespace rehearse::practice {

std::string to_markdown(const Archive& archive);
// The cards. Errors: there is none, a fence is not closed (with its line).
Result<std::vector<OwnFile>> cards_in_markdown(const std::string& text, const std::string& name);

}  // namespace rehearse::practice
