// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/columns.hpp"

#include <sys/mman.h>

namespace rehearse::sim {
namespace {

constexpr std::size_t kPage = std::size_t{1} << 12, kHugePage = std::size_t{1} << 21;

// As resize, but the system is told first that all of it will be written: large pages where they
// pay, else all pages at once. A fault for every 4 KB costs more than what is written there. Advice
// only: where the system does not take it, nothing changes.
template <class T>
void grow(std::vector<T>& column, std::size_t n) {
  column.reserve(n);
  const std::size_t bytes = n * sizeof(T), page = bytes >= 2 * kHugePage ? kHugePage : kPage;
  const auto begin = reinterpret_cast<std::uintptr_t>(column.data());
  const std::uintptr_t first = (begin + page - 1) / page * page,
                       last = (begin + bytes) / page * page;
  if (last > first + 16 * kPage)
    madvise(reinterpret_cast<void*>(first), last - first,
            page == kHugePage ? MADV_HUGEPAGE : MADV_POPULATE_WRITE);
  column.resize(n);
}

}  // namespace

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
  for (auto* c : {&impression_id, &time, &arrival}) grow(*c, n);
  for (auto* c : {&session_id, &user_id, &post_id, &day, &activity, &tenure, &votes, &affinity,
                  &platform, &country, &community, &topic, &media})
    grow(*c, n);
  for (auto* c : {&age, &ranker}) grow(*c, n);
  for (auto* c : {&position, &hour, &random_slate, &click}) grow(*c, n);
  grow(probability, n);
  const ExtraSet& extras = o.columns;
  if (extras[Extra::surface]) grow(surface, n);
  if (extras[Extra::weekday]) grow(weekday, n);
  for (std::size_t e = 0; e < kExtras; ++e)
    if (extras.has[e] && e != static_cast<std::size_t>(Extra::surface) &&
        e != static_cast<std::size_t>(Extra::weekday))
      grow(numbers[e], n);
  const auto size = [n](bool asked, auto&... all) {
    if (asked) (grow(all, n), ...);
  };
  size(o.outcomes[Outcome::dwell_seconds], dwell, dwell_positive, dwell_expected);
  size(o.outcomes[Outcome::vote], vote, vote_probability);
  size(o.outcomes[Outcome::comments], comments, comments_expected);
  size(o.outcomes[Outcome::subscribe], subscribe, subscribe_probability);
  size(o.outcomes[Outcome::report], report, report_probability);
}

}  // namespace rehearse::sim
