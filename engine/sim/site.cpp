// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/site.hpp"

#include <cmath>

namespace rehearse::sim {
namespace {

constexpr double kMostImpressions = 1e8;

}  // namespace

Result<void> in_range(const char* name, double value, double low, double high) {
  if (value >= low && value <= high) return {};
  return fail(Code::invalid_argument, "the site's `{}` is {}; it lies from {} to {}", name, value,
              low, high);
}

SiteOptions real_site() {
  SiteOptions site;
  site.delay.law = DelayLaw::mixture;
  site.effects.session_correlation = 0.10;
  site.effects.user_spread = 0.5, site.effects.community_spread = 0.4;
  site.effects.seasonality = 1, site.effects.fatigue = 0.15;
  site.effects.new_users_per_day = 0.01, site.effects.new_communities_per_day = 0.005;
  site.effects.miscalibration = 0.25;
  return site;
}

Result<void> validate(const SiteOptions& o) {
  const std::tuple<const char*, double, double, double> ranges[] = {
      {"users", o.users, 10, 1000000},
      {"communities", o.communities, 2, 2000},
      {"posts_per_day", o.posts_per_day, 20, 20000},
      {"days", o.days, 1, 366},
      {"base_ctr", o.base_ctr, 0.0005, 0.3},
      {"position_bias", o.position_bias, 0, 2},
      {"slate_size", o.slate_size, 1, 12},
      {"sessions_per_day", o.sessions_per_day, 0.01, 2},
      {"ranker_noise", o.ranker_noise, 0, 10},
      {"random_slates", o.random_slates, 0, 1},
      {"click_delay_hours", o.delay.hours, 1e-3, 240},
      {"share_slow", o.delay.share_slow, 0, 1},
      {"slow_hours", o.delay.slow_hours, 1e-3, 2000},
      {"leak_strength", o.leaks.strength, 0, 1}};
  for (const auto& [name, value, low, high] : ranges)
    if (auto fine = in_range(name, value, low, high); !fine) return fine;
  if (auto fine = validate(o.drift); !fine) return fine;
  if (auto fine = validate(o.effects); !fine) return fine;
  if (auto fine = validate(o.missing); !fine) return fine;
  const double rows = static_cast<double>(o.users) * o.days * o.sessions_per_day * o.slate_size;
  if (rows > kMostImpressions)
    return fail(
        Code::limit,
        "this site would log about {:.0f} million impressions; a hundred million is the most",
        rows / 1e6);
  double examined = 0;
  for (const double e : examination_curve(o.slate_size, o.position_bias))
    examined += e / o.slate_size;
  if (o.base_ctr >= 0.95 * examined)
    return fail(Code::invalid_argument,
                "a base_ctr of {} cannot be reached: with this position bias only {:.3f} of the "
                "positions are looked at",
                o.base_ctr, examined);
  return {};
}

std::vector<double> examination_curve(int slate_size, double position_bias) {
  std::vector<double> curve;
  for (int k = 1; k <= slate_size; ++k) curve.push_back(std::pow(k, -position_bias));
  return curve;
}

}  // namespace rehearse::sim
