// SPDX-License-Identifier: GPL-3.0-or-later
//
// The community site: what its simulated world is made of, and how it may change.
//
// Users (latent interests, activity, platform, country, tenure) belong to nothing but themselves;
// communities have a topic and a size; posts a topic, a quality, an age, a media type and an
// author. A user opens sessions through the day, each shows one ranked slate, and each position of
// the slate is one impression. Whether it is clicked follows the position-based model (Craswell,
// Zoeter, Taylor, Ramsey 2008; Richardson, Dominowska, Ragno 2007):
//
//   click_probability = examination(position) · σ(intercept + taste of this user for this post),
//   examination(k) = k^-position_bias
//
// and the click arrives after a delay with a Weibull law. The world never looks at the columns that
// it publishes: a broken column harms a model and leaves the clicks as they were.
//
// Streams are keyed by what varies (see random.hpp), so that two sites which differ in one option
// share every draw that the option does not touch: the same users and slates, and for each
// impression the same uniform number, clicked where it is below the probability. A higher base_ctr
// therefore keeps every click and adds some.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/frame.hpp"

namespace rehearse::sim {

enum class DriftKind {
  none,
  audience,       // other people arrive; the rule of clicking stays
  concept_shift,  // the same people click on other things; the inputs stay
  broken_feature  // one published column goes wrong; world and clicks stay
};
// "none", "audience", "concept", "broken-feature".
const char* drift_name(DriftKind kind);
Result<DriftKind> parse_drift(std::string_view name);

enum class Breakage {
  null,    // the column is missing
  scaled,  // multiplied by 1000: a unit was mistaken
  stale    // computed as of the moment of the break: the clock of its pipeline stands still
};
// "null", "scaled", "stale".
const char* breakage_name(Breakage breakage);
Result<Breakage> parse_breakage(std::string_view name);

// From `day` (its first impression) on; days before are the same to the byte as without drift.
struct Drift {
  DriftKind kind = DriftKind::none;
  int day = 17;           // [0, days]
  double strength = 0.7;  // [0, 1]. audience: share of sessions that are newcomers'; concept: how
                          // far tastes move to the new ones; broken feature: share of rows affected
  // broken feature only. null: any feature. scaled and stale: a feature that is a count, an age or
  // a tenure; stale: one that moves with time (not affinity).
  std::string column = "user_tenure_days";
  Breakage breakage = Breakage::scaled;
};

struct SiteOptions {
  int users = 5000;         // [10, 1000000]
  int communities = 60;     // [2, 2000]
  int posts_per_day = 400;  // [20, 20000]
  int days = 28;            // [1, 366]
  // Mean click probability of the first week (of the days before an audience or concept drift, if
  // it begins sooner): the intercept is solved for it, on at most 60,000 evenly spaced impressions.
  // [0.0005, 0.3], and reachable: below the mean examination of a slate.
  double base_ctr = 0.03;
  double position_bias = 0.6;  // exponent of the examination curve, [0, 2]; 0: all are looked at
  int slate_size = 6;          // impressions a session, [1, 12]
  double sessions_per_day = 0.25;  // of a user, mean, [0.01, 2]
  // The logging ranker's noise beside its signal (standard deviation, about 0.6), [0, 10].
  double ranker_noise = 0.7;
  double random_slates = 0.0;          // share of sessions whose slate is in random order, [0, 1]
  double click_delay_hours = 6;        // mean, (0, 240]; Weibull of shape kClickDelayShape
  std::int64_t start_micros = kStart;  // midnight UTC of day 0
  Drift drift;
  std::uint64_t seed = 1;
  std::uint64_t replicate = 0;  // < 2^32: an independent world of the same laws

  static constexpr std::int64_t kStart = 1780272000000000;  // 2026-06-01, a Monday
};

constexpr double kClickDelayShape = 0.6;
constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

// Errors: an option out of its range, a drift that cannot be, more than 100 million impressions.
Result<void> validate(const SiteOptions& options);

// Probability that position 1, 2, … slate_size is looked at: 1, 2^-bias, 3^-bias, …
std::vector<double> examination_curve(int slate_size, double position_bias);

// P(delay ≤ hours) of a click's arrival.
double click_arrived_within(double hours, double click_delay_hours);

}  // namespace rehearse::sim
