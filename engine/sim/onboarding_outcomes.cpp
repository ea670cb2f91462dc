// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/onboarding_outcomes.hpp"

#include <algorithm>
#include <cmath>

#include "engine/sim/population.hpp"

namespace rehearse::sim {
namespace {

constexpr double kSpeedDays = 2, kWindowDays = 7;  // mean days to the first act; the window
constexpr double kSessionsLevel = 1.1, kSessionsSlope = 0.6, kMessagesPerSession = 0.6;
constexpr double kLatencyLevel = 5.2983173665480363, kLatencySpread = 0.35;  // ln 200
constexpr std::array<double, kOnboardingDevices> kSlowness = {0.4, 0, -0.25},
                                                 kLatencyHurts = {1.5, 1, 0.5};

template <std::size_t N>
int code_of(const std::array<const char*, N>& names, const std::string& level) {
  return static_cast<int>(std::find(names.begin(), names.end(), level) - names.begin());
}

int segment_code(const OnboardingOptions& o) {
  switch (o.segment) {
    case Trait::platform: return code_of(kOnboardingPlatformNames, o.segment_level);
    case Trait::country: return code_of(kCountryNames, o.segment_level);
    case Trait::source: return code_of(kOnboardingSourceNames, o.segment_level);
    case Trait::device: return code_of(kOnboardingDeviceNames, o.segment_level);
    case Trait::none: break;
  }
  return -1;
}

// The less engaged more often where tilt > 0; mean 1 over the users.
double weight_of_loss(double tilt, double engagement) {
  return tilt == 0 ? 1 : 2 / (1 + std::exp(tilt * engagement));
}

// P(X ≥ 3) of a Poisson variable.
double three_or_more(double mean) { return 1 - std::exp(-mean) * (1 + mean + mean * mean / 2); }

}  // namespace

double OnboardingOutcomes::Activation::at(bool exposed, double peers) const {
  return std::clamp(base + (exposed ? bump : 0) + spillover * peers, kLeastActivation,
                    kMostActivation);
}

OnboardingOutcomes::OnboardingOutcomes(const OnboardingOptions& options, const Newcomers& newcomers,
                                       OnboardingTable& table, PeerShares peers)
    : o_(options),
      newcomers_(newcomers),
      t_(table),
      peers_(std::move(peers)),
      activation_intercept_(newcomers.intercept(options.activation, kEngagementSlope)),
      segment_code_(segment_code(options)) {
  if (wants(OnboardingColumn::retained_28))
    retention_intercept_ = newcomers.intercept(o_.retention, kEngagementSlope);
  const auto key = [this](const char* process) { return stream_key(o_.seed, process); };
  funnel_ = key("onboarding.funnel"), speed_ = key("onboarding.speed");
  sessions_ = key("onboarding.sessions"), messages_ = key("onboarding.messages");
  retained_ = key("onboarding.retained"), latency_ = key("onboarding.latency");
  attrition_ = key("onboarding.attrition"), lost_ = key("onboarding.lost");
  parity_ = key("onboarding.parity");
  resize();
}

void OnboardingOutcomes::resize() {
  const std::size_t n = t_.people.size();
  const auto size = [n](bool asked, auto&... all) {
    if (asked) (all.resize(n), ...);
  };
  const auto truth = [&](bool asked, OutcomeTruth& one, bool probability) {
    size(asked && o_.truth, one.effect), size(asked && o_.truth && probability, one.probability);
  };
  const bool stages = wants(OnboardingColumn::stages);
  for (std::size_t k = 0; k < kStages; ++k) {
    const bool asked = stages || k + 1 == kStages;
    size(asked, t_.reached[k]), truth(asked, t_.stage_truth[k], true);
  }
  size(o_.truth && o_.spillover != 0, t_.direct_effect);
  size(o_.truth && (o_.compliance < 1 || o_.contamination > 0), t_.exposure_effect);
  size(wants(OnboardingColumn::time) || wants(OnboardingColumn::day), t_.time);
  size(wants(OnboardingColumn::position), t_.position);
  size(wants(OnboardingColumn::prior_activity), t_.prior_activity);
  size(wants(OnboardingColumn::activation_day), t_.activation_day);
  size(wants(OnboardingColumn::online_feature), t_.feature_offline, t_.feature_online);
  const bool abuse = wants(OnboardingColumn::abuse),
             messages = abuse || wants(OnboardingColumn::messages),
             sessions = messages || wants(OnboardingColumn::sessions) ||
                        wants(OnboardingColumn::three_sessions);
  size(sessions, t_.sessions), truth(sessions, t_.sessions_truth, false);
  size(wants(OnboardingColumn::three_sessions), t_.three_sessions);
  truth(wants(OnboardingColumn::three_sessions), t_.three_sessions_truth, true);
  size(messages, t_.messages), truth(messages, t_.messages_truth, false);
  size(abuse, t_.abuse), truth(abuse, t_.abuse_truth, false);
  size(wants(OnboardingColumn::retained_28), t_.retained_28);
  truth(wants(OnboardingColumn::retained_28), t_.retained_truth, true);
  size(wants(OnboardingColumn::latency_ms), t_.latency_ms);
  truth(wants(OnboardingColumn::latency_ms), t_.latency_truth, false);
  size(o_.attrition > 0 || o_.attrition_effect > 0, t_.observed);
  size(o_.lost_treatment > 0 || o_.lost_control > 0, t_.logged);
}

void OnboardingOutcomes::draw(std::size_t i) {
  const Newcomer& who = t_.people[i];
  const bool faulty =
      o_.parity_fault > 0 && Stream(parity_, o_.replicate, i).uniform() < o_.parity_fault;
  const auto prior = static_cast<std::int32_t>(std::lround(std::exp(1.2 + 0.6 * who.z)));
  if (!t_.prior_activity.empty()) t_.prior_activity[i] = prior;
  if (!t_.position.empty()) t_.position[i] = newcomers_.position(i, who);
  if (!t_.time.empty()) t_.time[i] = newcomers_.moment(i);
  if (!t_.feature_offline.empty()) {
    t_.feature_offline[i] = std::log1p(static_cast<float>(prior));
    t_.feature_online[i] = faulty ? 0 : t_.feature_offline[i];
  }
  draw_funnel(i, activation_of(i, faulty));
  if (!t_.sessions.empty()) draw_sessions(i);
  if (!t_.retained_28.empty()) draw_retained(i);
  if (!t_.latency_ms.empty()) draw_latency(i);
  draw_losses(i);
}

bool OnboardingOutcomes::in_segment(const Newcomer& who) const {
  switch (o_.segment) {
    case Trait::platform: return who.platform == segment_code_;
    case Trait::country: return who.country == segment_code_;
    case Trait::source: return who.source == segment_code_;
    case Trait::device: return who.device == segment_code_;
    case Trait::none: break;
  }
  return false;
}

OnboardingOutcomes::Activation OnboardingOutcomes::activation_of(std::size_t i, bool faulty) const {
  const Newcomer& who = t_.people[i];
  Activation a;
  a.base = std::clamp(
      1 / (1 + std::exp(-activation_intercept_ - who.offset - kEngagementSlope * who.engagement)),
      kLeastActivation, kMostActivation);
  a.bump = faulty ? 0 : o_.effect + (in_segment(who) ? o_.segment_effect : 0);
  a.bump -= o_.latency_cost * o_.added_ms / 100 * kLatencyHurts[who.device];
  a.spillover = o_.spillover;
  return a;
}

std::array<double, kStages> OnboardingOutcomes::reach(std::size_t i, const Activation& activation,
                                                      bool exposed,
                                                      const std::vector<float>& peers) const {
  const double share = peers.empty() ? 0 : static_cast<double>(peers[i]);
  const double p = activation.at(exposed, share);
  auto all = funnel_of(activation.at(false, share), p, exposed ? o_.where : Where::everywhere);
  if (!exposed) return all;
  const double more[] = {o_.signed_up_effect, o_.topics_effect, o_.joined_effect};
  for (std::size_t k = 0; k < 3; ++k)
    if (more[k] != 0)
      all[k] = std::clamp(all[k] + more[k], all[k + 1], k == 0 ? 0.999 : all[k - 1]);
  return all;
}

void OnboardingOutcomes::draw_funnel(std::size_t i, const Activation& activation) {
  constexpr std::size_t kLast = kStages - 1;
  const double u = Stream(funnel_, o_.replicate, i).uniform();
  const bool now = t_.exposed[i], treated = t_.if_treated[i], control = t_.if_control[i];
  const auto share = [i](const std::vector<float>& peers) {
    return peers.empty() ? 0 : static_cast<double>(peers[i]);
  };
  const double p = activation.at(now, share(peers_.now));
  t_.reached[kLast][i] = u < p;
  if (o_.truth) {
    t_.stage_truth[kLast].probability[i] = p;
    t_.stage_truth[kLast].effect[i] =
        activation.at(treated, share(peers_.all)) - activation.at(control, share(peers_.none));
  }
  if (!t_.direct_effect.empty())
    t_.direct_effect[i] = activation.at(treated, 0) - activation.at(control, 0);
  if (!t_.exposure_effect.empty())
    t_.exposure_effect[i] = activation.at(true, 0) - activation.at(false, 0);
  if (!t_.activation_day.empty()) {
    const double v = Stream(speed_, o_.replicate, i).uniform();
    const double within = 1 - std::exp(-kWindowDays / kSpeedDays);
    t_.activation_day[i] = static_cast<float>(-kSpeedDays * std::log(1 - v * within));
  }
  if (t_.reached[0].empty()) return;
  const auto funnel = reach(i, activation, now, peers_.now);
  for (std::size_t k = 0; k < kLast; ++k) t_.reached[k][i] = u < funnel[k];
  if (!o_.truth) return;
  const auto with = reach(i, activation, treated, peers_.all),
             without = reach(i, activation, control, peers_.none);
  for (std::size_t k = 0; k < kLast; ++k)
    t_.stage_truth[k].probability[i] = funnel[k],
    t_.stage_truth[k].effect[i] = with[k] - without[k];
}

void OnboardingOutcomes::draw_sessions(std::size_t i) {
  const double before = std::exp(kSessionsLevel + kSessionsSlope * t_.people[i].engagement),
               after = before * (1 + o_.sessions_effect);
  const double change = static_cast<double>(t_.if_treated[i]) - t_.if_control[i];
  const double mean = t_.exposed[i] ? after : before;
  Stream stream(sessions_, o_.replicate, i);
  t_.sessions[i] = static_cast<std::int32_t>(stream.poisson(mean));
  if (!t_.sessions_truth.effect.empty()) t_.sessions_truth.effect[i] = change * (after - before);
  if (!t_.three_sessions.empty()) {
    t_.three_sessions[i] = t_.sessions[i] >= 3;
    if (o_.truth)
      t_.three_sessions_truth.probability[i] = three_or_more(mean),
      t_.three_sessions_truth.effect[i] = change * (three_or_more(after) - three_or_more(before));
  }
  if (!t_.messages.empty()) draw_messages(i, before, after);
}

void OnboardingOutcomes::draw_messages(std::size_t i, double before, double after) {
  const bool exposed = t_.exposed[i];
  const double change = static_cast<double>(t_.if_treated[i]) - t_.if_control[i];
  Stream stream(messages_, o_.replicate, i);
  const double temper = std::exp(stream.normal() - 0.5);  // mean 1
  const double raised = 1 + o_.messages_effect;
  t_.messages[i] = static_cast<std::int32_t>(
      stream.poisson(kMessagesPerSession * t_.sessions[i] * (exposed ? raised : 1)));
  if (o_.truth)
    t_.messages_truth.effect[i] = change * kMessagesPerSession * (after * raised - before);
  if (t_.abuse.empty()) return;
  const double rate = o_.abuse_rate * temper,
               other = std::max(0.0, o_.abuse_rate + o_.abuse_effect) * temper;
  Stream reports(messages_, o_.replicate, i + (std::uint64_t{1} << 40));
  t_.abuse[i] =
      static_cast<std::int32_t>(reports.poisson(t_.messages[i] * (exposed ? other : rate)));
  if (o_.truth)
    t_.abuse_truth.effect[i] =
        change * kMessagesPerSession * (after * raised * other - before * rate);
}

void OnboardingOutcomes::draw_retained(std::size_t i) {
  const Newcomer& who = t_.people[i];
  const double base = std::clamp(
      1 / (1 + std::exp(-retention_intercept_ - who.offset - kEngagementSlope * who.engagement)),
      kLeastActivation, kMostActivation);
  const double after = std::clamp(base + o_.retention_effect, kLeastActivation, kMostActivation);
  const double p = t_.exposed[i] ? after : base;
  t_.retained_28[i] = Stream(retained_, o_.replicate, i).uniform() < p;
  if (!o_.truth) return;
  t_.retained_truth.probability[i] = p;
  t_.retained_truth.effect[i] =
      (static_cast<double>(t_.if_treated[i]) - t_.if_control[i]) * (after - base);
}

void OnboardingOutcomes::draw_latency(std::size_t i) {
  const double own = Stream(latency_, o_.replicate, i).normal();
  const double ms =
      std::exp(kLatencyLevel + kSlowness[t_.people[i].device] + kLatencySpread * own) +
      (t_.exposed[i] ? o_.added_ms : 0);
  t_.latency_ms[i] = static_cast<float>(ms);
  if (o_.truth)
    t_.latency_truth.effect[i] =
        (static_cast<double>(t_.if_treated[i]) - t_.if_control[i]) * o_.added_ms;
}

void OnboardingOutcomes::draw_losses(std::size_t i) {
  constexpr double kTiltOfLostLines = 1;
  const Newcomer& who = t_.people[i];
  if (!t_.observed.empty()) {
    const double rate = o_.attrition + (who.treated ? o_.attrition_effect : 0);
    t_.observed[i] = Stream(attrition_, o_.replicate, i).uniform() >=
                     rate * weight_of_loss(o_.attrition_tilt, who.engagement);
  }
  if (!t_.logged.empty())
    t_.logged[i] = Stream(lost_, o_.replicate, i).uniform() >=
                   (who.treated ? o_.lost_treatment : o_.lost_control) *
                       weight_of_loss(kTiltOfLostLines, who.engagement);
}

}  // namespace rehearse::sim
