// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/site.hpp"

#include <cmath>

namespace rehearse::sim {
namespace {

constexpr double kMostImpressions = 1e8;

Result<void> in_range(const char* name, double value, double low, double high) {
  if (value >= low && value <= high) return {};
  return fail(Code::invalid_argument, "the site's `{}` is {}; it lies from {} to {}", name, value,
              low, high);
}

Result<void> check_drift(const SiteOptions& o) {
  if (auto fine = in_range("drift day", o.drift.day, 0, 366); !fine) return fine;
  if (auto fine = in_range("drift strength", o.drift.strength, 0, 1); !fine) return fine;
  if (o.drift.kind != DriftKind::broken_feature) return {};
  const std::string& column = o.drift.column;
  for (const char* name :
       {"user_activity", "user_tenure_days", "post_age_hours", "post_votes", "affinity"})
    if (column == name) return {};
  return fail(Code::invalid_argument,
              "the column `{}` cannot break; these can: user_activity, user_tenure_days, "
              "post_age_hours, post_votes, affinity",
              column);
}

}  // namespace

const char* drift_name(DriftKind kind) {
  switch (kind) {
    case DriftKind::none: return "none";
    case DriftKind::audience: return "audience";
    case DriftKind::concept_shift: return "concept";
    case DriftKind::broken_feature: return "broken-feature";
  }
  return "";
}

Result<DriftKind> parse_drift(std::string_view name) {
  for (DriftKind kind :
       {DriftKind::none, DriftKind::audience, DriftKind::concept_shift, DriftKind::broken_feature})
    if (name == drift_name(kind)) return kind;
  return fail(Code::invalid_argument,
              "`{}` is no kind of drift; there are none, audience, concept and broken-feature",
              name);
}

const char* breakage_name(Breakage breakage) {
  switch (breakage) {
    case Breakage::null: return "null";
    case Breakage::scaled: return "scaled";
    case Breakage::stale: return "stale";
  }
  return "";
}

Result<Breakage> parse_breakage(std::string_view name) {
  for (Breakage breakage : {Breakage::null, Breakage::scaled, Breakage::stale})
    if (name == breakage_name(breakage)) return breakage;
  return fail(Code::invalid_argument,
              "`{}` is no way to break a feature; there are null, scaled and stale", name);
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
      {"click_delay_hours", o.click_delay_hours, 1e-3, 240}};
  for (const auto& [name, value, low, high] : ranges)
    if (auto fine = in_range(name, value, low, high); !fine) return fine;
  if (auto fine = check_drift(o); !fine) return fine;
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

double click_arrived_within(double hours, double click_delay_hours) {
  if (hours <= 0) return 0;
  const double scale = click_delay_hours / std::tgamma(1 + 1 / kClickDelayShape);
  return 1 - std::exp(-std::pow(hours / scale, kClickDelayShape));
}

}  // namespace rehearse::sim
