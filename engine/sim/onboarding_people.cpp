// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/onboarding_people.hpp"

#include <algorithm>
#include <cmath>

#include "engine/sim/effects.hpp"
#include "engine/sim/site.hpp"

namespace rehearse::sim {

const std::array<const char*, kOnboardingPlatforms> kOnboardingPlatformNames = {"mobile", "web"};
const std::array<const char*, kOnboardingSources> kOnboardingSourceNames = {"organic", "search",
                                                                            "ads", "invite"};
const std::array<const char*, kOnboardingDevices> kOnboardingDeviceNames = {"slow", "medium",
                                                                            "fast"};

namespace {

// Share of newcomers and log-odds of activation, level by level.
struct Level {
  double share, offset;
};
constexpr std::array<Level, kOnboardingPlatforms> kPlatformLevels = {{{0.7, -0.10}, {0.3, 0.20}}};
constexpr std::array<Level, kOnboardingCountries> kCountryLevels = {{{0.38, 0.15},
                                                                     {0.14, 0.10},
                                                                     {0.11, -0.05},
                                                                     {0.10, 0.05},
                                                                     {0.09, -0.20},
                                                                     {0.07, -0.10},
                                                                     {0.06, -0.30},
                                                                     {0.05, 0.00}}};
constexpr std::array<Level, kOnboardingSources> kSourceLevels = {
    {{0.40, 0.10}, {0.25, 0.00}, {0.20, -0.60}, {0.15, 0.50}}};
constexpr std::array<Level, kOnboardingDevices> kDeviceLevels = {
    {{0.25, -0.25}, {0.50, 0.00}, {0.25, 0.20}}};

// Seven nodes of Gauss-Hermite quadrature for a standard normal variable.
constexpr std::array<Level, 7> kNormalNodes = {{{0.000548268855972218, -3.750439717725742},
                                                {0.030757123967586497, -2.366759410734541},
                                                {0.240123178605012714, -1.154405394739968},
                                                {0.457142857142857143, 0.0},
                                                {0.240123178605012714, 1.154405394739968},
                                                {0.030757123967586497, 2.366759410734541},
                                                {0.000548268855972218, 3.750439717725742}}};

template <std::size_t N>
std::uint8_t level_of(const std::array<Level, N>& levels, double u) {
  std::size_t k = 0;
  while (k + 1 < N && u >= levels[k].share) u -= levels[k++].share;
  return static_cast<std::uint8_t>(k);
}

double uniform_of(std::uint32_t word) { return (word + 0.5) * 0x1p-32; }

}  // namespace

Newcomers::Newcomers(const OnboardingOptions& options)
    : o_(options),
      person_(stream_key(options.seed, "onboarding.person")),
      traits_(stream_key(options.seed, "onboarding.traits")),
      moment_(stream_key(options.seed, "onboarding.moment")),
      places_(options.salt) {
  community_effect_.resize(static_cast<std::size_t>(o_.communities), 0);
  if (o_.community_spread > 0) {
    const StreamKey key = stream_key(o_.seed, "onboarding.community");
    for (std::size_t c = 0; c < community_effect_.size(); ++c)
      community_effect_[c] = o_.community_spread * Stream(key, o_.replicate, c).normal();
  }
  double sum = 0;
  for (int day = 0; day < o_.days; ++day)
    landed_by_.push_back(sum += weekday_traffic(weekday_of(o_.start_micros, day), 1));
  for (double& share : landed_by_) share /= sum;
}

Newcomer Newcomers::draw(std::size_t user) const {
  Newcomer who;
  Stream person(person_, o_.replicate, user);
  who.z = person.normal();
  const double own = person.normal(), r = o_.prior_correlation;
  who.engagement = r * who.z + std::sqrt(1 - r * r) * own;
  Stream traits(traits_, o_.replicate, user);
  const std::uint32_t first = traits.next_u32(), second = traits.next_u32();
  who.country = level_of(kCountryLevels, uniform_of(first));
  who.source = level_of(kSourceLevels, uniform_of(second));
  const std::uint32_t mixed = traits.next_u32();
  who.platform = level_of(kPlatformLevels, ((mixed & 0xFFFF) + 0.5) * 0x1p-16);
  who.device = level_of(kDeviceLevels, ((mixed >> 16) + 0.5) * 0x1p-16);
  who.community = static_cast<std::int32_t>(
      (std::uint64_t{traits.next_u32()} * static_cast<std::uint64_t>(o_.communities)) >> 32);
  who.offset = o_.segment_spread *
                   (kPlatformLevels[who.platform].offset + kCountryLevels[who.country].offset +
                    kSourceLevels[who.source].offset + kDeviceLevels[who.device].offset) +
               community_effect_[static_cast<std::size_t>(who.community)];
  return who;
}

std::int64_t Newcomers::id(std::size_t user) const {
  return static_cast<std::int64_t>(o_.replicate) * kUsersPerReplicate +
         static_cast<std::int64_t>(user);
}

double Newcomers::position(std::size_t user, const Newcomer& who) const {
  const std::int64_t key =
      o_.unit == Unit::user
          ? id(user)
          : static_cast<std::int64_t>(o_.replicate) * kUsersPerReplicate + who.community;
  return places_.of(key);
}

void Newcomers::deal(std::vector<Newcomer>& people) const {
  if (o_.dealing == Dealing::blocked) return deal_in_blocks(people);
  for (std::size_t i = 0; i < people.size(); ++i)
    people[i].treated = position(i, people[i]) >= 1 - o_.share;
}

// Within a block users stand in the order of their hash and are dealt in turn, from a start that
// the block's own hash gives.
void Newcomers::deal_in_blocks(std::vector<Newcomer>& people) const {
  constexpr std::size_t kBlocks = kOnboardingPlatforms * kOnboardingCountries * kOnboardingSources;
  std::array<std::vector<std::pair<double, std::size_t>>, kBlocks> blocks;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Newcomer& who = people[i];
    const std::size_t block =
        (who.platform * kOnboardingCountries + who.country) * kOnboardingSources + who.source;
    blocks[block].emplace_back(position(i, who), i);
  }
  for (std::size_t b = 0; b < kBlocks; ++b) {
    std::sort(blocks[b].begin(), blocks[b].end());
    const std::uint64_t hash = mix64(places_.state() ^ mix64(b + 1 + kBlocks * (o_.replicate + 1)));
    double upto = unit_interval(hash);
    for (const auto& [at, user] : blocks[b]) {
      upto += o_.share;
      people[user].treated = upto >= 1;
      if (upto >= 1) upto -= 1;
    }
  }
}

double Newcomers::intercept(double mean, double slope) const {
  // A thousand repetitions of one experiment ask for the same number.
  using Question = std::array<double, 4>;
  thread_local Question asked = {};
  thread_local double answer = 0;
  const Question question = {mean, slope, o_.segment_spread, o_.community_spread};
  if (question != asked) answer = solve_intercept(mean, slope), asked = question;
  return answer;
}

double Newcomers::solve_intercept(double mean, double slope) const {
  std::vector<Level> points;  // weight and log-odds
  for (const Level& a : kPlatformLevels)
    for (const Level& b : kCountryLevels)
      for (const Level& c : kSourceLevels)
        for (const Level& d : kDeviceLevels)
          points.push_back({a.share * b.share * c.share * d.share,
                            o_.segment_spread * (a.offset + b.offset + c.offset + d.offset)});
  const double sd = std::hypot(slope, o_.community_spread);
  double at = std::log(mean / (1 - mean));
  for (int turn = 0; turn < 20; ++turn) {
    double value = 0, derivative = 0;
    for (const Level& point : points)
      for (const Level& node : kNormalNodes) {
        const double p = 1 / (1 + std::exp(-at - point.offset - sd * node.offset));
        value += point.share * node.share * p;
        derivative += point.share * node.share * p * (1 - p);
      }
    const double step = (value - mean) / derivative;
    at -= std::clamp(step, -1.0, 1.0);
    if (std::abs(step) < 1e-8) break;
  }
  return at;
}

std::int64_t Newcomers::moment(std::size_t user) const {
  Stream stream(moment_, o_.replicate, user);
  const double q = (static_cast<double>(user) + stream.uniform()) / o_.users;
  const auto found = std::upper_bound(landed_by_.begin(), landed_by_.end() - 1, q);
  const double from = found == landed_by_.begin() ? 0 : *(found - 1);
  const double within = std::clamp((q - from) / (*found - from), 0.0, 0.999999);
  return static_cast<std::int64_t>((static_cast<double>(found - landed_by_.begin()) + within) *
                                   static_cast<double>(kMicrosPerDay));
}

int Newcomers::day(std::int64_t moment) const { return static_cast<int>(moment / kMicrosPerDay); }

}  // namespace rehearse::sim
