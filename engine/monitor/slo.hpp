// SPDX-License-Identifier: GPL-3.0-or-later
//
// Service level objectives: an indicator (good requests over all), a target, the budget of bad
// requests that it leaves, and alerts on how fast the budget burns. Use burn rates where bad
// requests can be counted; for signals without a count of good and bad see alerts.hpp.
//
//   burn rate of a window   b = (bad / requests) / (1 - target)      1 spends exactly the budget
//   a rule fires at t when  b(long window) ≥ θ and b(short window) ≥ θ
//
// The long window makes it sure, the short one lets it end soon after the burn does (Beyer et al.,
// The Site Reliability Workbook, 2018, chapter 5). At a constant burn b that begins from none:
//
//   time to page            long · θ / b    where b ≥ θ, else never
//   budget spent by then    long · θ / period, whatever b is
//   silence after the end   short · (1 - θ / b), while the long window still is above θ
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::monitor {

struct BurnRule {
  std::string name, severity;                   // severity: page or ticket
  double long_minutes = 60, short_minutes = 5;  // short ≤ long; both at least 1
  double burn = 14.4;                           // θ
};
// The three of the workbook: 14.4 over 1 h and 5 min, 6 over 6 h and 30 min (pages), 1 over 3 days
// and 6 h (a ticket).
std::vector<BurnRule> workbook_rules();

// Infinite where it never pages. burn ≥ 0 (asserted).
double minutes_to_page(const BurnRule& rule, double burn);
// Share of a period's budget that is gone when the rule fires.
double budget_at_page(const BurnRule& rule, double period_minutes);
// From the end of a burn long enough to fire until the rule falls silent; 0 where it never fired.
double minutes_to_silence(const BurnRule& rule, double burn);

struct SloOptions {
  double target = 0.999;       // (0, 1)
  double period_days = 30;     // of the budget, (0, 400]
  std::string bad = "errors";  // the column of bad requests
  double quiet_minutes = 60;   // a rule that fires again within this, or within a third
                               // of its long window, pages nobody twice
  double grace_minutes = 60;   // a page this long after an outage, or as long as the
                               // rule's long window, still speaks of it
  std::vector<BurnRule> rules = workbook_rules();
};

struct SloReport {
  // A row a minute: minute, day, series (the rule), burn_long, burn_short, firing.
  // Only every `kSloStep`-th minute, and those where a rule begins to fire.
  Frame burns;
  // A row a minute thinned likewise: minute, day, budget_left (1 at the start, may fall below 0).
  Frame budget;
  // A row a rule: rule, severity, long_minutes, short_minutes, burn, pages, useless_pages,
  // pages_a_week, precision, recall (of outages that are harmful), delay_minutes (mean, of those
  // caught), budget_spent (by the first page of an outage, mean share of the period's). The last
  // row, `any page`, is all rules of severity page together. Without a column `outage` the judged
  // columns are missing.
  Frame rules;
  // A row a page: minute, day, rule, severity, verdict (words), outage.
  Frame pages;
};
constexpr std::size_t kSloStep = 15;

// `stream`: one row a minute in order, with `minute`, `requests` and the column of bad ones;
// `outage` (text, missing where there is none) and `harmful` are used where they are there.
// A minute without requests burns nothing. A rule is silent until its long window is full.
// O(minutes · rules). Errors: no such column, no rows, a minute that does not follow the one before
// (the row is named), a negative count or more bad than requests, an option out of its range.
Result<SloReport> evaluate_slo(const Frame& stream, const SloOptions& options = {},
                               const Progress& progress = {});

}  // namespace rehearse::monitor
