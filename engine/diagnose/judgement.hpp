// SPDX-License-Identifier: GPL-3.0-or-later
//
// A loader judged against the truth: which planted fault was set aside, which was repaired, and
// which went into the table and made it wrong. Only a simulated log can tell the last.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::diagnose {

// A loaded column and the truth column it should equal.
struct ValueCheck {
  std::string column, truth;
};
// "post.votes=true_votes". Error: written in another way.
Result<ValueCheck> parse_check(std::string_view text);

// `lines`: line, planted; `rows`: line, repairs, the loaded columns and the truth; `quarantine`:
// line. A row a fault in order of name, `none` first: fault, lines, quarantined, repaired, absent
// (a checked value is missing in the table), wrong (one differs from the truth by more than 1e-6
// of it). Errors: a column is not there.
Result<Frame> judge_loading(const Frame& lines, const Frame& rows, const Frame& quarantine,
                            const std::vector<ValueCheck>& checks);
// One row of what is wrong in total: good_lost (share of the lines without a fault that were set
// aside), wrong_rate and absent_rate (shares of the loaded rows), quarantine_rate.
Result<Frame> judgement_facts(const Frame& judgement, std::size_t loaded);

}  // namespace rehearse::diagnose
