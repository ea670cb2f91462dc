// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a real site adds to the plain world's clicks, each an effect of its own, each off at 0. All
// but the delay act on the log-odds of the attraction (the click probability of an impression that
// is looked at):
//
//   logit attraction = intercept + taste + user + community + session + season - fatigue + segment
//
//   user, community, session  normal, drawn once for each: users differ beyond what the log tells,
//                             communities differ beyond their topic, the clicks of one sitting go
//                             together
//   season                    an evening peak by the hour of the user's clock, more on weekends;
//                             traffic has fewer sessions on weekends
//   fatigue                   `fatigue` · ln(1 + n), where n counts the user's earlier impressions
//   of
//                             the community, each halved every three days
//   segment                   an offset that falls evenly from +m to -m over a segment's levels: a
//                             model that is not given the segment is wrong in each of them
//
// Users and communities may also enter while the log runs (cold start), and clicks may arrive by a
// mixture of two exponential laws: most within hours, some days later.
//
// Use them one at a time to see what each does to a model; together they are a site.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/random.hpp"

namespace rehearse::sim {

enum class DelayLaw {
  weibull,  // shape 0.6, mean `hours`
  mixture   // exponential of mean `hours`; a share of the clicks of mean `slow_hours`
};
Result<DelayLaw> parse_delay_law(std::string_view name);

struct ClickDelay {
  DelayLaw law = DelayLaw::weibull;
  double hours = 6;         // mean (of the fast clicks), (0, 240]
  double share_slow = 0.2;  // mixture: [0, 1]; 0 is the plain exponential law
  double slow_hours = 48;   // mixture: mean of the slow ones, (0, 2000]
  static constexpr double kWeibullShape = 0.6;

  // P(delay ≤ hours).
  double arrived_within(double after_hours) const;
  double draw(Stream& stream) const;  // hours
};

enum class Segment { platform, country, surface };
Result<Segment> parse_segment(std::string_view name);

struct Effects {
  // Share of the variance of a click's latent score that its session explains (intraclass
  // correlation of the logistic model: σ² / (σ² + π²/3)), [0, 0.9].
  double session_correlation = 0;
  double user_spread = 0, community_spread = 0;  // standard deviations in log-odds, [0, 3]
  double seasonality = 0;                        // 1: as on a real site, [0, 3]
  double fatigue = 0;                            // log-odds, [0, 2]
  // Entering a day, as a share of those there at the start, [0, 0.5].
  double new_users_per_day = 0, new_communities_per_day = 0;
  double miscalibration = 0;  // log-odds of the first level of the segment, [0, 3]
  Segment segment = Segment::surface;

  double session_sd() const;
};
Result<void> validate(const Effects& effects);

// Log-odds at an hour [0, 24) of the user's clock and a weekday (0: Monday), at seasonality 1.
double season_effect(int hour, int weekday);
// Sessions on that weekday over the week's mean: 1.06 from Monday to Friday, 0.85 on weekends at
// seasonality 1.
double weekday_traffic(int weekday, double seasonality);
// Monday is 0. Of day `day` after midnight `start_micros`.
int weekday_of(std::int64_t start_micros, int day);
// Offset of `level` in [0, levels), levels ≥ 2: evenly from +strength to -strength.
double segment_offset(int level, int levels, double strength);

// Hours in which a remembered impression counts half.
constexpr double kFatigueHalfLifeHours = 72;

}  // namespace rehearse::sim
