// SPDX-License-Identifier: GPL-3.0-or-later
//
// The site's onboarding, as an experiment sees it: newcomers land day by day, some sign up, choose
// topics, join a community, vote or comment for the first time, and count as activated when all of
// that came within seven days. A treatment changes some of these steps for those who are exposed to
// it, and because both of a user's potential outcomes are known (Neyman 1923, Rubin 1974) every
// estimate can stand beside the effect that it estimates.
//
//   engagement   e = ρ z + √(1 - ρ²) u;   prior_activity = round(exp(1.2 + 0.6 z)) is known before
//   control      p₀ = σ(a + 0.9 e + platform + country + source + device + community)
//   exposed      p₁ = p₀ + effect + [segment] segment_effect - latency_cost · added_ms / 100
//   peers        p  = p₀ or p₁, + spillover · (share of the user's peers who are exposed)
//   funnel       P(reaches stage k) = p^w_k,  w = 0.25, 0.45, 0.70, 0.90, 1: one uniform number
//                decides how deep a user comes, so that stages are nested and activation is p
//
// The intercept a makes the mean of p₀ over the population `activation`. Effects are in points
// (0.02 is two percentage points), so the true mean effect is `effect` but for users at the edges
// 0.002 and 0.98, where probabilities end; the truth columns hold what is left.
//
// Use it for anything that is randomized over users or communities. Not for what a user sees on
// each visit (impressions.hpp), nor for effects by day since exposure (onboarding_activity.hpp).
//
// The same user has the same draws in both arms, at every setting of an option, and on any number
// of threads: streams are keyed by (seed, process, replicate, user).
#pragma once

#include <array>
#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

// Steps of the funnel behind landing, in order.
enum class Stage { signed_up, topics, joined, acted, activated };
inline constexpr std::size_t kStages = 5;
// Column names: signed_up, topics, joined, acted, activated.
extern const std::array<const char*, kStages> kStageNames;
// P(stage k is reached) = p^weight where p is the activation probability.
inline constexpr std::array<double, kStages> kStageWeights = {0.25, 0.45, 0.70, 0.90, 1.0};

enum class Unit { user, community };
enum class Dealing {
  hash,    // each unit by itself: balanced on average
  blocked  // within platform × country × source in turn: balanced to one user. Users only
};
// Where the treated drop of an experiment's effect enters the funnel.
enum class Where { everywhere, signed_up, topics, joined, acted };
enum class Trait { none, platform, country, source, device };

// What may be asked for beside user_id, arm and activated.
enum class OnboardingColumn {
  time,
  day,
  platform,
  country,
  source,
  device,
  community,
  prior_activity,
  position,
  exposed,
  invited_by,
  stages,
  activation_day,
  sessions,
  three_sessions,
  messages,
  abuse,
  retained_28,
  latency_ms,
  online_feature
};
inline constexpr std::size_t kOnboardingColumns = 20;
extern const std::array<const char*, kOnboardingColumns> kOnboardingColumnNames;
using OnboardingColumns = std::bitset<kOnboardingColumns>;
Result<OnboardingColumns> parse_onboarding_columns(const std::vector<std::string>& names);
Result<Unit> parse_unit(std::string_view name);
Result<Dealing> parse_dealing(std::string_view name);
Result<Where> parse_where(std::string_view name);
Result<Trait> parse_trait(std::string_view name);

struct OnboardingOptions {
  int users = 5000;                // who land in all, [10, 5000000]
  int days = 14;                   // over which they land, [1, 366]
  int communities = 100;           // [2, 100000]
  double activation = 0.25;        // mean of p₀, [0.01, 0.9]
  double prior_correlation = 0.6;  // ρ, [0, 0.99]
  double segment_spread = 1;       // times the offsets of platform, country, source, device, [0, 5]
  double community_spread = 0.3;   // standard deviation in log-odds, [0, 3]

  double share = 0.5;               // of units in treatment, [0, 1]
  std::string salt = "onboarding";  // not empty
  Unit unit = Unit::user;
  Dealing dealing = Dealing::hash;

  double effect = 0.02;  // points of activation, [-0.5, 0.5]
  Where where = Where::everywhere;
  // Users more (or fewer) at that stage who go no further, in points, [-0.5, 0.5] each.
  double signed_up_effect = 0, topics_effect = 0, joined_effect = 0;
  Trait segment = Trait::none;
  std::string segment_level;                        // a level of that trait
  double segment_effect = 0;                        // further points for its users, [-0.5, 0.5]
  double sessions_effect = 0, messages_effect = 0;  // relative, [-0.9, 5]
  double abuse_rate = 0.01;                         // reports a message, mean, [0, 0.2]
  double abuse_effect = 0;                          // added to it, [-0.2, 0.2]
  double retention = 0.15;                          // mean of retained_28 in control, [0.01, 0.9]
  double retention_effect = 0;                      // points, [-0.5, 0.5]
  double added_ms = 0;                              // latency, [0, 5000]
  double latency_cost = 0;  // points of activation per 100 ms; ×1.5 on slow, ×0.5 on fast devices,
                            // [0, 0.2]

  double compliance = 1;       // of an average user in treatment: exposed at all, [0, 1]
  double compliance_tilt = 0;  // log-odds per unit of engagement, [-3, 3]
  double contamination = 0;    // share of those who see it although they are in control, [0, 1]

  double attrition = 0;         // share of outcomes that are missing, [0, 0.9]
  double attrition_effect = 0;  // added in treatment, [-0.9, 0.9]
  double attrition_tilt = 0;    // > 0: the less engaged are lost, [-3, 3]

  double spillover = 0;  // points at full exposure of the peers, [-0.5, 0.5]
  double leak = 0;       // share of a user's peers outside the community, [0, 1]
  double invites = 0;    // share who came by invitation: their peer is who invited them, [0, 1]

  double lost_treatment = 0, lost_control = 0;  // share of an arm's log lines, least engaged first,
                                                // [0, 0.5]
  double parity_fault =
      0;  // share for whom the online feature is 0 and the treatment useless, [0, 1]

  OnboardingColumns columns = OnboardingColumns().set();
  bool truth = true;                             // the truth columns
  std::int64_t start_micros = 1780272000000000;  // 2026-06-01, a Monday
  std::uint64_t seed = 1, replicate = 0;         // replicate < 2^32
};

// Errors: an option out of its range (its name and range), a segment without such a level, blocks
// of communities.
Result<void> validate(const OnboardingOptions& options);

// A row a user, in order of landing:
//   user_id int64 id (replicate · 10^7 + index), arm text (control, treatment),
//   time, day int32, platform, country (sensitive), source, device, community: features,
//   prior_activity int32 feature, position double (the hash in [0, 1)), exposed boolean,
//   invited_by int64 (missing: nobody),
//   signed_up, topics, joined, acted, activated: boolean labels, activation_day float (missing
//   where not activated), sessions, messages, abuse int32 labels, three_sessions, retained_28
//   boolean labels, latency_ms float label, feature_offline and feature_online float features.
// Truth, for each outcome y asked for: y_effect, what launching to everybody changes against
// nobody; y_probability for the booleans, in the world as it was. Under interference also
// activated_direct_effect (of one user's own exposure), without full compliance complier and
// activated_exposure_effect (of being exposed, for anybody; y_effect is then that of assignment).
// Lost log lines are rows that are not there. With attrition the labels from `activated` on are
// missing in part (never the earlier stages).
// O(users); blocked dealing O(users log users). Errors: those of validate, cancelled.
Result<Frame> simulate_onboarding(const OnboardingOptions& options, const Progress& progress = {},
                                  unsigned threads = 1);

}  // namespace rehearse::sim
