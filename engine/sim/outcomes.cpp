// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/outcomes.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace rehearse::sim {
namespace {

constexpr std::array<const char*, kOutcomes> kOutcomeNames = {"dwell_seconds", "vote", "comments",
                                                              "subscribe", "report"};
constexpr std::array<const char*, kExtras> kExtraNames = {
    "surface",       "weekday",        "user_age_days",  "community_age_days", "recent_seen",
    "examination",   "attraction",     "user_effect",    "community_effect",   "session_effect",
    "season_effect", "fatigue_effect", "segment_offset", "click_delay_hours"};

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

template <class Set, std::size_t N>
Result<Set> set_of(const std::vector<std::string>& asked, const char* what,
                   const std::array<const char*, N>& names) {
  Set set;
  for (const std::string& name : asked) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      return fail(Code::invalid_argument, "`{}` is no {} of the site; there are {}", name, what,
                  fmt::join(names, ", "));
    set.has[static_cast<std::size_t>(found - names.begin())] = true;
  }
  return set;
}

}  // namespace

Result<OutcomeSet> OutcomeSet::of(const std::vector<std::string>& names) {
  return set_of<OutcomeSet>(names, "outcome", kOutcomeNames);
}

Result<ExtraSet> ExtraSet::of(const std::vector<std::string>& names) {
  return set_of<ExtraSet>(names, "further column", kExtraNames);
}

const char* extra_name(Extra extra) { return kExtraNames[static_cast<std::size_t>(extra)]; }

double Engagement::stopped() const { return logistic(0.5 * taste - 0.3); }

double Engagement::engaged() const {
  return examination * (attraction + (1 - attraction) * stopped());
}

double Engagement::engaged_given(bool clicked) const {
  if (clicked) return 1;
  const double not_clicked = 1 - examination * attraction;
  return examination * (1 - attraction) * stopped() / not_clicked;
}

double dwell_median(double taste, bool clicked) {
  return clicked ? 40 * std::exp(0.4 * taste) : 4 * std::exp(0.2 * taste);
}

double dwell_expected(const Engagement& e) {
  const double mean_over_median = std::exp(kDwellSigma * kDwellSigma / 2);
  return e.examination * mean_over_median *
         (e.attraction * dwell_median(e.taste, true) +
          (1 - e.attraction) * e.stopped() * dwell_median(e.taste, false));
}

double vote_given_engaged(const Engagement& e) {
  return logistic(0.7 * e.quality + 0.3 * e.taste - 2.4);
}

double comments_given_engaged(const Engagement& e) {
  return std::exp(0.5 * e.quality + 0.4 * e.taste - 1);
}

double subscribe_given_engaged(const Engagement& e) { return logistic(0.6 * e.taste - 3.8); }

double report_given_engaged(const Engagement& e) { return logistic(-0.9 * e.quality - 4.6); }

int draw_comments(Stream& stream, double mean) {
  const double rate = mean * stream.gamma(kCommentsSize, 1 / kCommentsSize);
  return static_cast<int>(stream.poisson(std::min(rate, 1e6)));
}

}  // namespace rehearse::sim
