// SPDX-License-Identifier: GPL-3.0-or-later
//
// A verb of the command line. One file a verb: it registers itself with a name, a sentence, an
// example and a function that declares its flags and returns what to do.
//
//   const VerbRegistration kLanguages{{"languages", "the languages found on this machine",
//                                      "rehearse languages --json", declare_verb}};
//
// Exit codes: 0 done · 1 done, and something was refused · 2 the call or the input was wrong ·
// 3 a fault of ours. With --json stdout holds one JSON document and nothing else; progress and
// warnings go to stderr.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/cli/arguments.hpp"
#include "app/practice/home.hpp"
#include "engine/base/error.hpp"
#include "engine/base/json.hpp"

namespace rehearse::cli {

enum Exit : int { kDone = 0, kRefused = 1, kWrongCall = 2, kOurFault = 3 };

// What every verb is given: where things are, and how to speak.
struct Context {
  practice::Home home;
  bool json = false;
  bool colour = false;    // stdout is a terminal and NO_COLOR is not set
  bool progress = false;  // stderr is a terminal

  // To stdout. Texts may hold cells of a user's file: control bytes are shown, not sent.
  void print(const std::string& text) const;
  void print(const char* text) const { print(std::string(text)); }
  void print(const Json& document) const;           // one document
  void print_as_is(const std::string& text) const;  // a judge's report: escaped, in colour
  void warn(const std::string& text) const;         // stderr
  // Prints the message, returns the exit code that fits it (2 for input, 3 for ours).
  int report(const Error& error) const;
};

using Action = std::function<int(Context&)>;

struct Verb {
  std::string name;  // "grade", or "analyze calibration" for one below a group
  std::string sentence;
  std::string example;
  std::function<Action(Arguments&)> declare;
  bool hidden = false;  // not listed by --help: for the build and the package
};

struct VerbRegistration {
  explicit VerbRegistration(Verb verb);
};

const std::vector<Verb>& all_verbs();  // in order of name
// The sentence of a group of verbs ("analyze"), or "" where there is no such group.
std::string group_sentence(const std::string& group);

// Parses and runs; returns the exit code. `argv[0]` is not looked at.
int run(int argc, const char* const* argv);

}  // namespace rehearse::cli
