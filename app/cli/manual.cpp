// SPDX-License-Identifier: GPL-3.0-or-later
//
// The manual page rehearse(1), in roff, made from the declarations of the verbs. The package
// installs it; `rehearse manual | man -l -` shows it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/shape.hpp"
#include "app/cli/verb.hpp"
#include "app/cli/version.hpp"

namespace rehearse::cli {
namespace {

constexpr const char* kFront = R"(.SH NAME
rehearse \- practise for interviews in machine\-learning engineering
.SH SYNOPSIS
.B rehearse
[\fIVERB\fR] [\fIflags\fR]
.SH DESCRIPTION
Without a verb the window opens: timed coding drills that an offline judge checks and explains,
system designs that really run over a simulated site and whose knobs you move, and cards with spaced
repetition. The verbs do the same at the command line. Nothing uses a network.
.SH GLOBAL OPTIONS
.TP
.B \-\-help
What a verb does, with an example.
.TP
.B \-\-version
The version, and nothing else.
.TP
.BI \-\-home " DIR"
The data folder (default: REHEARSE_HOME, else the XDG folders).
.TP
.B \-\-json
Of every verb: one JSON document on stdout, nothing else there.
)";

constexpr const char* kBack = R"(.SH EXIT STATUS
.TP
.B 0
Done; for \fBgrade\fR, everything was accepted.
.TP
.B 1
Done, and something was refused.
.TP
.B 2
The call or the input was wrong; the message says what, where, and how to mend it.
.TP
.B 3
A fault of ours.
.SH ENVIRONMENT
.TP
.B REHEARSE_HOME
The data folder, where \-\-home does not name one.
.TP
.B REHEARSE_DATA
The folder of the product's own drills, designs and content (default: share/rehearse beside the
program).
.TP
.B REHEARSE_DRILLS
Another folder of drills.
.TP
.B NO_COLOR
No colour on a terminal.
.SH FILES
.TP
.I $XDG_DATA_HOME/rehearse/rehearse.db
Attempts, drafts and reviews. Beside it, \fIdrills\fR, \fIdesigns\fR and \fIcontent\fR hold your own.
.TP
.I $XDG_CACHE_HOME/rehearse
May be deleted at any time.
)";

// A line that begins with a dot or an apostrophe would be a request.
std::string roff(const std::string& text) {
  std::string out;
  bool begins = true;
  for (const char c : text) {
    if (begins && (c == '.' || c == '\'')) out += "\\&";
    begins = c == '\n';
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

std::string sentence(const std::string& words) {
  const bool ends = !words.empty() && (words.back() == '?' || words.back() == '.');
  return roff(words) + (ends ? "\n" : ".\n");
}

std::string value_of(const FlagShape& flag) {
  if (!flag.choices.empty()) return fmt::format("{}", fmt::join(flag.choices, "|"));
  return flag.kind;
}

std::string entry(const FlagShape& flag, bool word) {
  const std::string names = fmt::format("{}", fmt::join(flag.names, ", "));
  const std::string value = value_of(flag);
  std::string head = (word ? "\\fI" : "\\fB") + roff(names) + "\\fR";
  if (!value.empty() && value != "TEXT") head += " " + roff(value);
  return ".TP\n" + head + "\n" + sentence(flag.sentence);
}

std::string section(const VerbShape& verb) {
  std::string out = ".SS " + roff(verb.name) + "\n" + sentence(verb.sentence);
  for (const FlagShape& word : verb.words) out += entry(word, true);
  for (const FlagShape& flag : verb.flags) out += entry(flag, false);
  return out + ".PP\nExample:\n.PP\n.nf\n.RS\n" + roff(verb.example) + "\n.RE\n.fi\n";
}

int print_manual(Context& context) {
  std::string page =
      fmt::format(".TH REHEARSE 1 \"\" \"rehearse {}\" \"User commands\"\n", kVersion) + kFront +
      ".SH VERBS\n";
  for (const VerbShape& verb : verb_shapes()) page += section(verb);
  page += kBack;
  if (context.json)
    context.print(Json{{"roff", page}});
  else
    context.print_as_is(page);
  return kDone;
}

const VerbRegistration kManual{{"manual", "the manual page, in roff", "rehearse manual | man -l -",
                                [](Arguments&) { return Action(print_manual); }, true}};

}  // namespace
}  // namespace rehearse::cli
