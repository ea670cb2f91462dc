// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of a drill's or a design's script, read from its text alone: nothing is run, so a
// script that is broken can be found as well as a sound one. Part of search.hpp.
#pragma once

#include <string>
#include <string_view>

namespace rehearse::practice {

struct ScriptText {
  std::string title;
  // Of a drill its statement; of a design what it asks, its chapters, and what its views show.
  // Hints and explanations are left out: a search gives no answer away.
  std::string prose;
};

ScriptText text_of_script(std::string_view lua);

}  // namespace rehearse::practice
