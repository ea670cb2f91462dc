// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/onboarding.hpp"

#include <algorithm>

#include "engine/base/nearest.hpp"
#include "engine/sim/onboarding_people.hpp"
#include "engine/sim/population.hpp"

namespace rehearse::sim {

const std::array<const char*, kStages> kStageNames = {"signed_up", "topics", "joined", "acted",
                                                      "activated"};
const std::array<const char*, kOnboardingColumns> kOnboardingColumnNames = {
    "time",       "day",       "platform",       "country",    "source",
    "device",     "community", "prior_activity", "position",   "exposed",
    "invited_by", "stages",    "activation_day", "sessions",   "three_sessions",
    "messages",   "abuse",     "retained_28",    "latency_ms", "online_feature"};

namespace {

constexpr std::array<const char*, 2> kUnitNames = {"user", "community"};
constexpr std::array<const char*, 2> kDealingNames = {"hash", "blocked"};
constexpr std::array<const char*, 5> kWhereNames = {"everywhere", "signed_up", "topics", "joined",
                                                    "acted"};
constexpr std::array<const char*, 5> kTraitNames = {"none", "platform", "country", "source",
                                                    "device"};

template <class Enum, std::size_t N>
Result<Enum> parse_name(const std::array<const char*, N>& names, std::string_view name,
                        const char* what) {
  for (std::size_t i = 0; i < N; ++i)
    if (name == names[i]) return static_cast<Enum>(i);
  return fail(Code::invalid_argument, "`{}` is no {}; there are {}", name, what,
              fmt::join(names, ", "));
}

std::vector<std::string> levels_of(Trait trait) {
  const auto list = [](const auto& names) {
    return std::vector<std::string>(names.begin(), names.end());
  };
  switch (trait) {
    case Trait::platform: return list(kOnboardingPlatformNames);
    case Trait::country: return list(kCountryNames);
    case Trait::source: return list(kOnboardingSourceNames);
    case Trait::device: return list(kOnboardingDeviceNames);
    case Trait::none: break;
  }
  return {};
}

struct Range {
  const char* name;
  double value, low, high;
};

std::vector<Range> ranges_of(const OnboardingOptions& o) {
  return {{"users", static_cast<double>(o.users), 10, 5e6},
          {"days", static_cast<double>(o.days), 1, 366},
          {"communities", static_cast<double>(o.communities), 2, 1e5},
          {"activation", o.activation, 0.01, 0.9},
          {"prior_correlation", o.prior_correlation, 0, 0.99},
          {"segment_spread", o.segment_spread, 0, 5},
          {"community_spread", o.community_spread, 0, 3},
          {"share", o.share, 0, 1},
          {"effect", o.effect, -0.5, 0.5},
          {"signed_up_effect", o.signed_up_effect, -0.5, 0.5},
          {"topics_effect", o.topics_effect, -0.5, 0.5},
          {"joined_effect", o.joined_effect, -0.5, 0.5},
          {"segment_effect", o.segment_effect, -0.5, 0.5},
          {"sessions_effect", o.sessions_effect, -0.9, 5},
          {"messages_effect", o.messages_effect, -0.9, 5},
          {"abuse_rate", o.abuse_rate, 0, 0.2},
          {"abuse_effect", o.abuse_effect, -0.2, 0.2},
          {"retention", o.retention, 0.01, 0.9},
          {"retention_effect", o.retention_effect, -0.5, 0.5},
          {"added_ms", o.added_ms, 0, 5000},
          {"latency_cost", o.latency_cost, 0, 0.2},
          {"compliance", o.compliance, 0, 1},
          {"compliance_tilt", o.compliance_tilt, -3, 3},
          {"contamination", o.contamination, 0, 1},
          {"attrition", o.attrition, 0, 0.9},
          {"attrition_effect", o.attrition_effect, -0.9, 0.9},
          {"attrition_tilt", o.attrition_tilt, -3, 3},
          {"spillover", o.spillover, -0.5, 0.5},
          {"leak", o.leak, 0, 1},
          {"invites", o.invites, 0, 1},
          {"lost_treatment", o.lost_treatment, 0, 0.5},
          {"lost_control", o.lost_control, 0, 0.5},
          {"parity_fault", o.parity_fault, 0, 1},
          {"replicate", static_cast<double>(o.replicate), 0, 4294967295.0}};
}

}  // namespace

Result<OnboardingColumns> parse_onboarding_columns(const std::vector<std::string>& names) {
  OnboardingColumns columns;
  const std::vector<std::string> known(kOnboardingColumnNames.begin(),
                                       kOnboardingColumnNames.end());
  for (const std::string& name : names) {
    const auto at = std::find(known.begin(), known.end(), name);
    if (at == known.end())
      return fail(Code::invalid_argument,
                  "onboarding has no column `{}`; beside user_id, arm and activated there are {}{}",
                  name, fmt::join(known, ", "), did_you_mean(name, known));
    columns.set(static_cast<std::size_t>(at - known.begin()));
  }
  return columns;
}

Result<Unit> parse_unit(std::string_view name) {
  return parse_name<Unit>(kUnitNames, name, "unit of assignment");
}
Result<Dealing> parse_dealing(std::string_view name) {
  return parse_name<Dealing>(kDealingNames, name, "way of dealing arms");
}
Result<Where> parse_where(std::string_view name) {
  return parse_name<Where>(kWhereNames, name, "stage where an effect enters");
}
Result<Trait> parse_trait(std::string_view name) {
  return parse_name<Trait>(kTraitNames, name, "trait of newcomers");
}

Result<void> validate(const OnboardingOptions& o) {
  for (const Range& range : ranges_of(o))
    if (!(range.value >= range.low && range.value <= range.high))
      return fail(Code::invalid_argument, "onboarding's `{}` is {:g}; it lies from {:g} to {:g}",
                  range.name, range.value, range.low, range.high);
  if (o.salt.empty())
    return fail(Code::invalid_argument,
                "the salt is empty; give each experiment a salt of its own");
  if (o.unit == Unit::community && o.dealing == Dealing::blocked)
    return fail(Code::invalid_argument,
                "blocks are dealt over users; with unit = \"community\" use dealing = \"hash\"");
  if (o.segment == Trait::none) return {};
  const std::vector<std::string> levels = levels_of(o.segment);
  if (std::find(levels.begin(), levels.end(), o.segment_level) == levels.end())
    return fail(Code::invalid_argument, "segment_level is `{}`, which is no {}; there are {}{}",
                o.segment_level, kTraitNames[static_cast<std::size_t>(o.segment)],
                fmt::join(levels, ", "), did_you_mean(o.segment_level, levels));
  return {};
}

}  // namespace rehearse::sim
