// SPDX-License-Identifier: GPL-3.0-or-later
//
// A home as it is after twelve evenings: drills solved better and better, a probability stated
// before each, cards met, changed, forgotten and set aside, a draft, an interview ahead.
#pragma once

#include <QDate>
#include <algorithm>
#include <cmath>

#include "app/practice/decks.hpp"
#include "app/present/app_context.hpp"
#include "app/present/first_steps.hpp"
#include "tests/app/qt_home.hpp"

namespace rehearse::test {

inline constexpr std::int64_t kDay = 86400;

inline void useDrills(present::AppContext& context) {
  const std::int64_t now = practice::system_seconds();
  constexpr int kSubmissions = 42;
  const auto& drills = context.drills().entries();
  for (int i = 0; i < kSubmissions; ++i) {
    const auto& drill = drills[static_cast<std::size_t>(i * 29) % drills.size()];
    // A golden-ratio sequence stands for chance: the same on every day.
    const double chance = std::fmod(i * 0.618034, 1.0), skill = 0.35 + 0.45 * i / kSubmissions;
    practice::Attempt attempt;
    attempt.drill = drill.id;
    attempt.language = i % 3 == 0 ? "python" : i % 3 == 1 ? "cpp" : "lua";
    attempt.text = "-- " + drill.id + "\n";
    attempt.submitted_at = now - 12 * kDay + i * 12 * kDay / kSubmissions;
    attempt.elapsed_s = 300 + (i * 173) % 1500;
    attempt.started_at = attempt.submitted_at - attempt.elapsed_s;
    attempt.total = 14;
    attempt.verdict = chance < skill ? "AC" : i % 4 ? "WA" : "TLE";
    attempt.passed = chance < skill ? 14 : (i * 5) % 13;
    attempt.stated = std::min(0.95, 0.5 + 0.1 * (i % 6));
    REQUIRE(practice::add_attempt(context.database(), attempt));
  }
  REQUIRE(practice::save_draft(context.database(), "hits-in-window", "cpp",
                               {"class HitCounter {\n};\n", 0, now - 3600}));
}

// Two cards met long ago, one of them in an older revision and often forgotten, one suspended.
inline void useCards(present::AppContext& context) {
  const std::int64_t now = practice::system_seconds(), long_ago = now - 90 * kDay;
  practice::Card changed = *context.cards().find("log-loss");
  changed.revision = 0;
  for (int i = 0; i < practice::kLeechAt; ++i)
    REQUIRE(practice::record_review(context.database(), changed, practice::Rating::forgot,
                                    long_ago + i, 9));
  REQUIRE(practice::record_review(context.database(), *context.cards().find("brier-and-ece"),
                                  practice::Rating::easy, long_ago, 9));
  practice::Shelf shelf;
  shelf.suspended = {"platt-or-isotonic"};
  REQUIRE(practice::save_shelf(context.database(), shelf));
  int met = 0;
  for (const practice::Card& card : context.cards().cards()) {
    if (++met % 3 || met > 90) continue;
    REQUIRE(practice::record_review(context.database(), card,
                                    met % 4 ? practice::Rating::recalled : practice::Rating::forgot,
                                    now - kDay - met * 7000, 12));
  }
}

inline void useHome(present::AppContext& context) {
  useDrills(context);
  useCards(context);
  present::noteKnobMoved(context);
  context.setSetting("interview_date", QDate::currentDate().addDays(6).toString(Qt::ISODate));
}

}  // namespace rehearse::test
