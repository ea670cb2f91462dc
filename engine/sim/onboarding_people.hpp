// SPDX-License-Identifier: GPL-3.0-or-later
//
// Newcomers: who lands, what is known of them, and which arm they are dealt. Functions of (seed,
// replicate, user) alone; shared by the funnel (onboarding.hpp) and by daily activity
// (onboarding_activity.hpp), which therefore meet the same people.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"
#include "engine/sim/onboarding.hpp"

namespace rehearse::sim {

inline constexpr std::size_t kOnboardingPlatforms = 2, kOnboardingCountries = 8,
                             kOnboardingSources = 4, kOnboardingDevices = 3;
extern const std::array<const char*, kOnboardingPlatforms> kOnboardingPlatformNames;
extern const std::array<const char*, kOnboardingSources> kOnboardingSourceNames;
extern const std::array<const char*, kOnboardingDevices> kOnboardingDeviceNames;
inline constexpr std::int64_t kUsersPerReplicate = 10'000'000;
// Log-odds of activation (and of retention) per unit of engagement.
inline constexpr double kEngagementSlope = 0.9;

struct Newcomer {
  double engagement = 0, z = 0;
  double offset = 0;  // log-odds of platform, country, source, device and community
  std::int32_t community = 0;
  std::uint8_t platform = 0, country = 0, source = 0, device = 0;
  std::uint8_t treated = 0;
};

class Newcomers {
 public:
  explicit Newcomers(const OnboardingOptions& options);
  // Without the arm.
  Newcomer draw(std::size_t user) const;
  std::int64_t id(std::size_t user) const;
  // The unit's position in [0, 1): the hash that experiment.assign uses, of the user's id or of the
  // community's number.
  double position(std::size_t user, const Newcomer& who) const;
  // Deals everybody an arm.
  void deal(std::vector<Newcomer>& people) const;

  // The intercept for which the mean of σ(a + slope · engagement + offset) is `mean`, over the laws
  // of engagement and offset (Gauss-Hermite), not over this sample.
  double intercept(double mean, double slope) const;
  // Landing day of a user, and the moment in microseconds.
  int day(std::int64_t moment) const;
  std::int64_t moment(std::size_t user) const;

 private:
  double solve_intercept(double mean, double slope) const;
  void deal_in_blocks(std::vector<Newcomer>& people) const;
  const OnboardingOptions& o_;
  const StreamKey person_, traits_, moment_;
  SaltedPlaces places_;
  std::vector<double> community_effect_, landed_by_;  // cumulative share of landings by day
};

}  // namespace rehearse::sim
