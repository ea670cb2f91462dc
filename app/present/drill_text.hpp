// SPDX-License-Identifier: GPL-3.0-or-later
//
// A drill and its attempts in words: Markdown for the statement and for what is told after it was
// solved, and the cells of the table of attempts. Pure functions, without a window.
#pragma once

#include <QString>

#include "app/practice/attempts.hpp"
#include "drills/judge/grade.hpp"

namespace rehearse::present {

// The statement, the signature, the examples with their notes, the limits and what growth is asked.
QString statementMarkdown(const judge::Drill& drill);

// The explanation and the follow-up questions with answers: for after the drill was accepted.
QString debriefMarkdown(const judge::Drill& drill);

struct AttemptLine {
  QString when;     // "14:03" today, "3 Jun 14:03" earlier
  QString day;      // "14:03" today, "3 Jun" earlier
  QString verdict;  // "accepted", "wrong answer", "time limit (growth)"
  QString cases;    // "9 / 14"
  QString time;     // "6:02"
  QString text;     // what was submitted
  bool accepted = false;
};
AttemptLine attemptLine(const practice::Attempt& attempt);

// "Practice, paused from 0:30 to 0:40. 1 hint. 80 % sure." What the table has no column for.
QString attemptDetails(const practice::Attempt& attempt);
// "14:03, wrong answer, 9 / 14, after 6:02": the head of a side of a comparison.
QString attemptHead(const practice::Attempt& attempt);

// "6:02", "1:02:10"; a minus sign before negative times.
QString minutesText(qint64 seconds);

// The line of the submission that the first error names, from 1; 0 where none is named.
int errorLine(const judge::SubmissionReport& report);

}  // namespace rehearse::present
