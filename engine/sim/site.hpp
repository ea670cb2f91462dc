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
// and the click arrives after a delay. The plain world ends there. Everything else that a real site
// shows is an effect that can be switched on (effects.hpp), further outcomes of an impression
// (outcomes.hpp), or a fault of the published columns (faults.hpp); `real_site()` has them all. The
// world never looks at the columns that it publishes: a broken column harms a model and leaves the
// clicks as they were.
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
#include "engine/sim/drift.hpp"
#include "engine/sim/effects.hpp"
#include "engine/sim/faults.hpp"
#include "engine/sim/outcomes.hpp"

namespace rehearse::sim {

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
  double random_slates = 0.0;  // share of sessions whose slate is in random order, [0, 1]
  ClickDelay delay;
  std::int64_t start_micros = kStart;  // midnight UTC of day 0
  Drift drift;
  Effects effects;
  Missing missing;
  Leaks leaks;
  OutcomeSet outcomes;  // beside the click
  ExtraSet columns;     // beside those that an effect brings along
  std::uint64_t seed = 1;
  std::uint64_t replicate = 0;  // < 2^32: an independent world of the same laws

  static constexpr std::int64_t kStart = 1780272000000000;  // 2026-06-01, a Monday
};

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

// Every effect at the strength that a large site shows.
SiteOptions real_site();

// Errors: an option out of its range, a drift that cannot be, more than 100 million impressions.
Result<void> validate(const SiteOptions& options);
// "the site's `users` is 3; it lies from 10 to 1000000".
Result<void> in_range(const char* name, double value, double low, double high);

// Probability that position 1, 2, … slate_size is looked at: 1, 2^-bias, 3^-bias, …
std::vector<double> examination_curve(int slate_size, double position_bias);

}  // namespace rehearse::sim
