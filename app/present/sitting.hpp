// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sitting: where a drill stood that is being solved, written beside its draft so that a crash loses
// neither text nor clock. A sitting that was not ended is offered again at the next start: to go on
// with, or to skip for good.
//
// It lies in two settings: `solve.sitting`, the one under way, and `solve.unfinished`, the one that
// broke off. Ending, going on and skipping empty theirs.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "app/practice/attempts.hpp"

namespace rehearse::present {

class AppContext;

struct Sitting {
  QString drill, language;
  qint64 startedAt = 0;  // seconds since 1970, as the two below
  qint64 savedAt = 0;    // the draft
  qint64 aliveAt = 0;    // the last sign of life
  qint64 elapsedMs = 0;
  int secondsLeft = 0, hints = 0;
  std::vector<practice::Pause> pauses;
  QString mode = "practice";
};

void keepSitting(AppContext& context, const Sitting& sitting);
void endSitting(AppContext& context);
// At the start of a window: a sitting that no running window holds has broken off.
void noticeBrokenSitting(AppContext& context);

// The one that broke off, as long as its drill and its draft are there.
std::optional<Sitting> brokenSitting(AppContext& context);
// It is not offered again.
void forgetBrokenSitting(AppContext& context);

struct ResumeOffer {
  QString drill, title, sentence;
};
// "Go on where you were: Hit counter", "14:32 left, saved 3 s before the end".
std::optional<ResumeOffer> resumeOffer(AppContext& context);

}  // namespace rehearse::present
