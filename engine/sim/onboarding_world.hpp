// SPDX-License-Identifier: GPL-3.0-or-later
//
// The onboarding log while it is being made: who is there, who is exposed, what share of whose
// peers is, and then every outcome under both assignments. A vector a column; what nobody asked for
// stays empty. `publish_onboarding` makes the table of it.
#pragma once

#include "engine/sim/onboarding_people.hpp"

namespace rehearse::sim {

// Activation's limits: no user is lost or won for certain.
inline constexpr double kLeastActivation = 0.002, kMostActivation = 0.98;

// What is true of one outcome: its probability in the world as it was, and the effect.
struct OutcomeTruth {
  std::vector<double> probability, effect;
};

struct OnboardingTable {
  std::vector<Newcomer> people;
  std::vector<std::uint8_t> exposed, if_treated, if_control;  // exposure: now, by assignment
  std::vector<std::int64_t> time, invited_by;                 // -1: nobody
  std::vector<double> position;
  std::array<std::vector<std::uint8_t>, kStages> reached;
  std::array<OutcomeTruth, kStages> stage_truth;
  std::vector<double> direct_effect, exposure_effect;
  std::vector<float> activation_day, latency_ms, feature_offline, feature_online;
  std::vector<std::int32_t> prior_activity, sessions, messages, abuse;
  std::vector<std::uint8_t> three_sessions, retained_28, observed, logged;
  OutcomeTruth sessions_truth, three_sessions_truth, messages_truth, abuse_truth, retained_truth,
      latency_truth;
};

// P(stage k is reached) for activation probability `p`, of which `base` would be there without the
// treatment; `where` says which stage's doing the rest is.
std::array<double, kStages> funnel_of(double base, double p, Where where);

Result<OnboardingTable> make_onboarding(const OnboardingOptions& options, const Progress& progress,
                                        unsigned threads);
Result<Frame> publish_onboarding(OnboardingTable&& table, const OnboardingOptions& options);

}  // namespace rehearse::sim
