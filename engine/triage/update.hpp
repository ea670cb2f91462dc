// SPDX-License-Identifier: GPL-3.0-or-later
//
// Review of an incident update by simple rules that are shown to its writer. An update must hold
// five things, in any order and in the writer's own words:
//
//   impact       a number, in a sentence that names what people lose (clicks, sessions, users,
//                latency …), or says that nobody is affected
//   known        what is established: "confirmed", "we know", "caused by", "because" …
//   unknown      what is not: "not yet known", "still checking", "do not know" …
//   next step    what is being done: "we are …", "we will …", "next step" …
//   next update  when the next one comes, with a number: "next update at 14:30", "in 30 minutes"
//
// The rules look for words in English text; they cannot tell whether the words are true, which is
// why the model update stands beside the review. O(length).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rehearse::triage {

struct UpdateCheck {
  std::string name;
  bool held = false;
  std::string rule;   // what is looked for
  std::string found;  // the sentence that holds it
};

struct UpdateReview {
  std::vector<UpdateCheck> checks;  // always the five above, in that order
  std::string advice;               // on length and the opening line; no points. May be empty.
  double share() const;             // of the checks that hold
};

// Any text, also an empty one.
UpdateReview review_update(std::string_view text);

}  // namespace rehearse::triage
