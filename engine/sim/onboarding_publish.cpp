// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "engine/sim/onboarding_world.hpp"
#include "engine/sim/population.hpp"
#include "engine/sim/site.hpp"

namespace rehearse::sim {
namespace {

ColumnInfo info_of(Role role, const char* unit = "", Privacy privacy = Privacy::open) {
  return {.role = role, .privacy = privacy, .unit = unit};
}

class OnboardingPublisher {
 public:
  OnboardingPublisher(OnboardingTable& table, const OnboardingOptions& o) : t_(table), o_(o) {}

  Result<Frame> publish() {
    ids();
    traits();
    assignment();
    funnel();
    other_outcomes();
    auto all = std::move(b_).build();
    if (!all || t_.logged.empty()) return all;
    std::vector<std::uint32_t> kept;
    for (std::uint32_t i = 0; i < t_.logged.size(); ++i)
      if (t_.logged[i]) kept.push_back(i);
    return all->take(kept);
  }

 private:
  bool wants(OnboardingColumn column) const { return o_.columns[static_cast<std::size_t>(column)]; }

  template <class Of>
  auto of_people(const Of& of) const {
    std::vector<decltype(of(t_.people.front()))> all;
    all.reserve(t_.people.size());
    for (const Newcomer& who : t_.people) all.push_back(of(who));
    return all;
  }

  template <std::size_t N, class Of>
  void levels(const char* name, const std::array<const char*, N>& names, const ColumnInfo& info,
              const Of& of) {
    b_.add_dictionary(
        name, of_people([&](const Newcomer& who) { return static_cast<std::int32_t>(of(who)); }),
        std::make_shared<const std::vector<std::string>>(names.begin(), names.end()), info);
  }

  void ids() {
    std::vector<std::int64_t> ids(t_.people.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
      ids[i] = static_cast<std::int64_t>(o_.replicate) * kUsersPerReplicate +
               static_cast<std::int64_t>(i);
    b_.add("user_id", std::move(ids), info_of(Role::id, "", Privacy::pii));
    if (wants(OnboardingColumn::day)) {
      std::vector<std::int32_t> days(t_.time.size());
      for (std::size_t i = 0; i < days.size(); ++i)
        days[i] = static_cast<std::int32_t>(t_.time[i] / kMicrosPerDay);
      b_.add("day", std::move(days), info_of(Role::none, "days"));
    }
    if (!wants(OnboardingColumn::time)) return;
    for (std::int64_t& at : t_.time) at += o_.start_micros;
    b_.add_time("time", std::move(t_.time), info_of(Role::time));
  }

  void traits() {
    const ColumnInfo feature = info_of(Role::feature);
    if (wants(OnboardingColumn::platform))
      levels("platform", kOnboardingPlatformNames, feature,
             [](const Newcomer& who) { return who.platform; });
    if (wants(OnboardingColumn::country))
      levels("country", kCountryNames, info_of(Role::feature, "", Privacy::sensitive),
             [](const Newcomer& who) { return who.country; });
    if (wants(OnboardingColumn::source))
      levels("source", kOnboardingSourceNames, feature,
             [](const Newcomer& who) { return who.source; });
    if (wants(OnboardingColumn::device))
      levels("device", kOnboardingDeviceNames, feature,
             [](const Newcomer& who) { return who.device; });
    if (wants(OnboardingColumn::community)) communities();
    if (!t_.prior_activity.empty())
      b_.add("prior_activity", std::move(t_.prior_activity), info_of(Role::feature, "visits"));
    if (!t_.feature_offline.empty())
      b_.add("feature_offline", std::move(t_.feature_offline), feature)
          .add("feature_online", std::move(t_.feature_online), feature);
  }

  void communities() {
    std::vector<std::string> names;
    for (int c = 0; c < o_.communities; ++c) names.push_back(fmt::format("community {}", c));
    b_.add_dictionary("community", of_people([](const Newcomer& who) { return who.community; }),
                      std::make_shared<const std::vector<std::string>>(std::move(names)),
                      info_of(Role::feature));
  }

  void assignment() {
    static const auto kArms = std::make_shared<const std::vector<std::string>>(
        std::vector<std::string>{"control", "treatment"});
    b_.add_dictionary(
        "arm", of_people([](const Newcomer& who) { return std::int32_t{who.treated}; }), kArms);
    if (!t_.position.empty()) b_.add("position", std::move(t_.position));
    if (!t_.exposure_effect.empty()) {
      std::vector<std::uint8_t> complier(t_.people.size());
      for (std::size_t i = 0; i < complier.size(); ++i)
        complier[i] = t_.if_treated[i] != t_.if_control[i];
      b_.add_boolean("complier", std::move(complier), truth("complier"));
    }
    if (wants(OnboardingColumn::exposed)) b_.add_boolean("exposed", std::move(t_.exposed));
    if (!wants(OnboardingColumn::invited_by) || t_.invited_by.empty()) return;
    std::vector<std::uint8_t> invited(t_.invited_by.size());
    for (std::size_t i = 0; i < invited.size(); ++i) {
      invited[i] = t_.invited_by[i] >= 0;
      t_.invited_by[i] += static_cast<std::int64_t>(o_.replicate) * kUsersPerReplicate;
    }
    b_.add("invited_by", std::move(t_.invited_by), info_of(Role::id, "", Privacy::pii))
        .missing(std::move(invited));
  }

  static ColumnInfo truth(const std::string& what, const char* unit = "") {
    return {.role = Role::truth, .privacy = Privacy::open, .unit = unit, .truth_of = what};
  }

  void truths(const std::string& name, OutcomeTruth& one) {
    if (!one.probability.empty())
      b_.add(name + "_probability", std::move(one.probability), truth(name, "probability"));
    const std::string effect = name + "_effect";
    if (!one.effect.empty()) b_.add(effect, std::move(one.effect), truth(effect));
  }

  // Of an outcome that only shows later: missing where the user was lost.
  void lose() {
    if (!t_.observed.empty()) b_.missing(t_.observed);
  }

  void funnel() {
    const ColumnInfo label = info_of(Role::label);
    for (std::size_t k = 0; k < kStages; ++k) {
      const bool last = k + 1 == kStages;
      if (t_.reached[k].empty()) continue;
      if (last) activation_day();
      b_.add_boolean(kStageNames[k], std::move(t_.reached[k]), label);
      if (last) lose();
      truths(kStageNames[k], t_.stage_truth[k]);
    }
    for (const auto& [name, values] : {std::pair{"activated_direct_effect", &t_.direct_effect},
                                       std::pair{"activated_exposure_effect", &t_.exposure_effect}})
      if (!values->empty()) b_.add(name, std::move(*values), truth(name));
  }

  void activation_day() {
    if (t_.activation_day.empty()) return;
    std::vector<std::uint8_t> known = t_.reached[kStages - 1];
    for (std::size_t i = 0; i < known.size(); ++i)
      known[i] = known[i] && (t_.observed.empty() || t_.observed[i]);
    b_.add("activation_day", std::move(t_.activation_day), info_of(Role::none, "days"))
        .missing(std::move(known));
  }

  void other_outcomes() {
    const ColumnInfo label = info_of(Role::label);
    if (wants(OnboardingColumn::sessions)) {
      b_.add("sessions", std::move(t_.sessions), label), lose();
      truths("sessions", t_.sessions_truth);
    }
    if (!t_.three_sessions.empty()) {
      b_.add_boolean("three_sessions", std::move(t_.three_sessions), label), lose();
      truths("three_sessions", t_.three_sessions_truth);
    }
    if (wants(OnboardingColumn::messages)) {
      b_.add("messages", std::move(t_.messages), label), lose();
      truths("messages", t_.messages_truth);
    }
    if (!t_.abuse.empty()) {
      b_.add("abuse", std::move(t_.abuse), label), lose();
      truths("abuse", t_.abuse_truth);
    }
    if (!t_.retained_28.empty()) {
      b_.add_boolean("retained_28", std::move(t_.retained_28), label), lose();
      truths("retained_28", t_.retained_truth);
    }
    if (t_.latency_ms.empty()) return;
    b_.add("latency_ms", std::move(t_.latency_ms), info_of(Role::label, "ms"));
    truths("latency_ms", t_.latency_truth);
  }

  OnboardingTable& t_;
  const OnboardingOptions& o_;
  Frame::Builder b_;
};

}  // namespace

Result<Frame> publish_onboarding(OnboardingTable&& table, const OnboardingOptions& options) {
  return OnboardingPublisher(table, options).publish();
}

}  // namespace rehearse::sim
