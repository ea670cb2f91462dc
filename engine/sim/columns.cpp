// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/columns.hpp"

namespace rehearse::sim {

ExtraSet columns_of(const SiteOptions& o) {
  ExtraSet set = o.columns;
  const Effects& e = o.effects;
  if (e.seasonality > 0) set.add(Extra::weekday);
  if (e.fatigue > 0) set.add(Extra::recent_seen);
  if (e.new_users_per_day > 0) set.add(Extra::user_age_days);
  if (e.new_communities_per_day > 0) set.add(Extra::community_age_days);
  if (e.miscalibration > 0 && e.segment == Segment::surface) set.add(Extra::surface);
  return set;
}

void Columns::resize(std::size_t n, const SiteOptions& o) {
  for (auto* c : {&impression_id, &time, &arrival}) c->resize(n);
  for (auto* c : {&session_id, &user_id, &post_id, &day, &activity, &tenure, &votes, &affinity,
                  &platform, &country, &community, &topic, &media})
    c->resize(n);
  for (auto* c : {&age, &ranker}) c->resize(n);
  for (auto* c : {&position, &hour, &random_slate, &click}) c->resize(n);
  probability.resize(n);
  const ExtraSet& extras = o.columns;
  if (extras[Extra::surface]) surface.resize(n);
  if (extras[Extra::weekday]) weekday.resize(n);
  for (std::size_t e = 0; e < kExtras; ++e)
    if (extras.has[e] && e != static_cast<std::size_t>(Extra::surface) &&
        e != static_cast<std::size_t>(Extra::weekday))
      numbers[e].resize(n);
  const auto size = [n](bool asked, auto&... all) {
    if (asked) (all.resize(n), ...);
  };
  size(o.outcomes[Outcome::dwell_seconds], dwell, dwell_positive, dwell_expected);
  size(o.outcomes[Outcome::vote], vote, vote_probability);
  size(o.outcomes[Outcome::comments], comments, comments_expected);
  size(o.outcomes[Outcome::subscribe], subscribe, subscribe_probability);
  size(o.outcomes[Outcome::report], report, report_probability);
}

}  // namespace rehearse::sim
