// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/onboarding_world.hpp"

#include <algorithm>
#include <cmath>

#include "engine/sim/onboarding_outcomes.hpp"
#include "engine/sim/parallel.hpp"

namespace rehearse::sim {
namespace {

constexpr std::size_t kOnboardingPart = 16384;

class OnboardingMaker {
 public:
  OnboardingMaker(const OnboardingOptions& o, unsigned threads)
      : o_(o),
        newcomers_(o),
        threads_(o.users < static_cast<int>(2 * kOnboardingPart) ? 1 : threads) {}

  Result<OnboardingTable> make(const Progress& progress) {
    const auto n = static_cast<std::size_t>(o_.users);
    t_.people.resize(n);
    if (!in_parts(progress, 0, [&](std::size_t i) { t_.people[i] = newcomers_.draw(i); }))
      return cancelled();
    newcomers_.deal(t_.people);
    expose();
    PeerShares peers;
    if (o_.spillover != 0) peers = shares_of_peers();
    OnboardingOutcomes outcomes(o_, newcomers_, t_, std::move(peers));
    if (!in_parts(progress, 0.4, [&](std::size_t i) { outcomes.draw(i); })) return cancelled();
    return std::move(t_);
  }

 private:
  template <class Work>
  bool in_parts(const Progress& progress, double from, const Work& work) {
    const std::size_t n = t_.people.size();
    for (std::size_t begin = 0; begin < n; begin += kOnboardingPart * threads_) {
      const std::size_t count = std::min(n - begin, kOnboardingPart * threads_);
      in_parallel(count, threads_, [&](std::size_t low, std::size_t high) {
        for (std::size_t i = begin + low; i < begin + high; ++i) work(i);
      });
      if (!progress.report(from +
                           0.5 * static_cast<double>(begin + count) / static_cast<double>(n)))
        return false;
    }
    return true;
  }

  void expose() {
    const std::size_t n = t_.people.size();
    t_.exposed.resize(n), t_.if_treated.assign(n, 1), t_.if_control.assign(n, 0);
    if (o_.compliance < 1 || o_.contamination > 0) {
      const StreamKey key = stream_key(o_.seed, "onboarding.exposure");
      const double logit = std::log(o_.compliance / (1 - o_.compliance));
      for (std::size_t i = 0; i < n; ++i) {
        const double p =
            o_.compliance >= 1
                ? 1
                : 1 / (1 + std::exp(-logit - o_.compliance_tilt * t_.people[i].engagement));
        const double u = Stream(key, o_.replicate, i).uniform();
        t_.if_treated[i] = u < p;
        t_.if_control[i] = u < p * o_.contamination;
      }
    }
    for (std::size_t i = 0; i < n; ++i)
      t_.exposed[i] = t_.people[i].treated ? t_.if_treated[i] : t_.if_control[i];
  }

  // For everybody the share of peers who are exposed: now, with all assigned, with none.
  PeerShares shares_of_peers() {
    const std::size_t n = t_.people.size();
    PeerShares shares;
    if (o_.invites > 0) invite();
    shares.now = means_of_peers(t_.exposed);
    shares.all = means_of_peers(t_.if_treated);
    shares.none =
        o_.contamination > 0 ? means_of_peers(t_.if_control) : std::vector<float>(n, 0.0F);
    return shares;
  }

  // An inviter is an earlier newcomer of the same community.
  void invite() {
    const std::size_t n = t_.people.size();
    t_.invited_by.assign(n, -1);
    std::vector<std::vector<std::uint32_t>> members(static_cast<std::size_t>(o_.communities));
    const StreamKey key = stream_key(o_.seed, "onboarding.invite");
    for (std::size_t i = 0; i < n; ++i) {
      auto& there = members[static_cast<std::size_t>(t_.people[i].community)];
      Stream stream(key, o_.replicate, i);
      if (!there.empty() && stream.uniform() < o_.invites)
        t_.invited_by[i] = there[stream.below(there.size())];
      there.push_back(static_cast<std::uint32_t>(i));
    }
  }

  std::vector<float> means_of_peers(const std::vector<std::uint8_t>& exposed) const {
    std::vector<double> sum(static_cast<std::size_t>(o_.communities), 0), count(sum);
    double all = 0;
    for (std::size_t i = 0; i < exposed.size(); ++i) {
      const auto c = static_cast<std::size_t>(t_.people[i].community);
      sum[c] += exposed[i], count[c] += 1, all += exposed[i];
    }
    const auto n = static_cast<double>(exposed.size());
    std::vector<float> means(exposed.size());
    for (std::size_t i = 0; i < exposed.size(); ++i) {
      const auto c = static_cast<std::size_t>(t_.people[i].community);
      const double others = (all - exposed[i]) / (n - 1);
      const double mates = count[c] > 1 ? (sum[c] - exposed[i]) / (count[c] - 1) : others;
      const bool invited = !t_.invited_by.empty() && t_.invited_by[i] >= 0;
      means[i] = invited ? static_cast<float>(exposed[static_cast<std::size_t>(t_.invited_by[i])])
                         : static_cast<float>((1 - o_.leak) * mates + o_.leak * others);
    }
    return means;
  }

  const OnboardingOptions& o_;
  const Newcomers newcomers_;
  const unsigned threads_;
  OnboardingTable t_;
};

}  // namespace

std::array<double, kStages> funnel_of(double base, double p, Where where) {
  std::array<double, kStages> reach;
  const double spread = where == Where::everywhere ? p : base;
  const double log_p = std::log(spread);
  for (std::size_t k = 0; k + 1 < kStages; ++k) reach[k] = std::exp(kStageWeights[k] * log_p);
  reach[kStages - 1] = p;
  if (where == Where::everywhere) return reach;
  // From that stage on everything grows alike; a stage before it gives way where there is no room.
  const auto first = static_cast<std::size_t>(where) - 1;
  const double ratio = p / base;
  for (std::size_t k = first; k + 1 < kStages; ++k)
    reach[k] = std::max(p, std::min(0.999, reach[k] * ratio));
  for (std::size_t k = 0; k < first; ++k) reach[k] = std::max(reach[k], reach[first]);
  return reach;
}

Result<OnboardingTable> make_onboarding(const OnboardingOptions& options, const Progress& progress,
                                        unsigned threads) {
  return OnboardingMaker(options, std::max(1U, threads)).make(progress);
}

Result<Frame> simulate_onboarding(const OnboardingOptions& options, const Progress& progress,
                                  unsigned threads) {
  if (auto fine = validate(options); !fine) return fail(fine.error());
  auto table = make_onboarding(options, progress, threads);
  if (!table) return fail(table.error());
  return publish_onboarding(std::move(*table), options);
}

}  // namespace rehearse::sim
