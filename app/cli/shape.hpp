// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shape of the command line, read off the verbs' own declarations: what the shells complete and
// what the manual page lists. Nothing is written down twice, so nothing can be out of date.
#pragma once

#include <string>
#include <vector>

namespace rehearse::cli {

// A flag, or a word of the call.
struct FlagShape {
  std::vector<std::string> names;    // "--verbose", "-v"; of a word its name alone
  std::string kind;                  // what it takes: "DRILL", "TEXT"; empty: a switch
  std::vector<std::string> choices;  // of a value that must be one of these
  std::string sentence;
};

struct VerbShape {
  std::string name, sentence, example;
  std::vector<FlagShape> flags;  // without --json, --home and --help, which every verb has
  std::vector<FlagShape> words;
};

// In order of name, without the hidden ones.
std::vector<VerbShape> verb_shapes();

}  // namespace rehearse::cli
