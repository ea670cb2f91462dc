// SPDX-License-Identifier: GPL-3.0-or-later
//
// What else happens to an impression beside the click, and columns that are made only when asked
// for. Each outcome is a label with its expectation as a truth column.
//
// An impression that is looked at (probability e of its position) is clicked with probability a
// (its attraction), else stopped at with probability h = σ(0.5 taste - 0.3). Clicked or stopped at,
// it is engaged with, and only then anything further happens; t is the taste, q the post's quality:
//
//   dwell_seconds  zero unless engaged; then lognormal of σ = 1.1 around 40 e^(0.4 t) seconds after
//                  a click and 4 e^(0.2 t) without: zeros and a heavy tail (a hurdle model)
//                  truth: dwell_expected, dwell_positive (probability that it is above zero)
//   vote           1 with probability σ(0.7 q + 0.3 t - 2.4)          truth: vote_probability
//   comments       a count, gamma-Poisson (negative binomial) of mean m = exp(0.5 q + 0.4 t - 1)
//   and
//                  size 0.5: variance m + 2 m²                        truth: comments_expected
//   subscribe      1 with probability σ(0.6 t - 3.8)                  truth: subscribe_probability
//   report         1 with probability σ(-0.9 q - 4.6)                 truth: report_probability
//
// A truth's probability of engagement is e (a + (1 - a) h), before it is known whether the
// impression was clicked.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/random.hpp"

namespace rehearse::sim {

// A set of named things, asked for by name.
template <std::size_t N>
struct NameSet {
  std::array<bool, N> has{};
  bool any() const {
    for (const bool one : has)
      if (one) return true;
    return false;
  }
};

enum class Outcome { dwell_seconds, vote, comments, subscribe, report };
constexpr std::size_t kOutcomes = 5;
struct OutcomeSet : NameSet<kOutcomes> {
  bool operator[](Outcome o) const { return has[static_cast<std::size_t>(o)]; }
  static Result<OutcomeSet> of(const std::vector<std::string>& names);
};

// Columns that are made only when asked for (or that an effect brings along; see impressions.hpp).
enum class Extra {
  surface,
  weekday,
  user_age_days,
  community_age_days,
  recent_seen,
  examination,
  attraction,
  user_effect,
  community_effect,
  session_effect,
  season_effect,
  fatigue_effect,
  segment_offset,
  click_delay_hours
};
constexpr std::size_t kExtras = 14;
struct ExtraSet : NameSet<kExtras> {
  bool operator[](Extra e) const { return has[static_cast<std::size_t>(e)]; }
  void add(Extra e) { has[static_cast<std::size_t>(e)] = true; }
  static Result<ExtraSet> of(const std::vector<std::string>& names);
};
const char* extra_name(Extra extra);

// What the outcomes of one impression depend on.
struct Engagement {
  double examination = 0, attraction = 0, taste = 0, quality = 0;
  double stopped() const;  // P(stopped at | looked at, not clicked)
  double engaged() const;  // P(clicked or stopped at)
  // P(engaged | whether clicked).
  double engaged_given(bool clicked) const;
};
constexpr double kDwellSigma = 1.1, kCommentsSize = 0.5;
double dwell_median(double taste, bool clicked);  // seconds, of the engaged
double dwell_expected(const Engagement& e);
double vote_given_engaged(const Engagement& e);
double comments_given_engaged(const Engagement& e);
double subscribe_given_engaged(const Engagement& e);
double report_given_engaged(const Engagement& e);
// Negative binomial of this mean and size kCommentsSize.
int draw_comments(Stream& stream, double mean);

}  // namespace rehearse::sim
