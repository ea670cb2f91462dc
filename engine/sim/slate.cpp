// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/slate.hpp"

#include <bit>
#include <cmath>

namespace rehearse::sim {
namespace {

// Share of candidates of 0, 1 and 2 days back, summed: 1 - exp(-1.4 days).
constexpr std::array<float, 4> kBack = {0, 0.7534F, 0.9392F, 1};
constexpr std::array<float, 3> kPerShare = {1 / 0.7534F, 1 / (0.9392F - 0.7534F), 1 / 0.0608F};
constexpr int kLotBits = 24;
constexpr double kTenthsPerMicro = 1 / 3.6e8;

// Forty bits to a number of mean 0 and variance 1: four uniforms on 0 … 1023, summed.
float bell(std::uint64_t bits) {
  const auto sum = static_cast<int>((bits & 1023) + (bits >> 10 & 1023) + (bits >> 20 & 1023) +
                                    (bits >> 30 & 1023));
  constexpr float kScale = 0.0016914558F;  // √(12 / (4 (1024² - 1)))
  return static_cast<float>(sum - 2046) * kScale;
}

// A number that orders as the score does, greatest first place; equal scores in order of place.
std::int32_t sort_key(float score, std::size_t place) {
  const auto bits = std::bit_cast<std::int32_t>(score);
  const std::int32_t ordered = bits ^ ((bits >> 31) & 0x7fffffff);
  return (ordered & ~31) | (31 - static_cast<std::int32_t>(place));
}

// One of a day's posts, younger days more often. One lot says which day and, by its place within
// that day's share, which of the day's posts.
inline std::int32_t pick(std::int32_t day, std::int32_t posts_per_day, std::uint64_t bits) {
  const auto lot_bits = static_cast<std::int32_t>(bits & ((1U << kLotBits) - 1));
  const float lot = static_cast<float>(lot_bits) * 0x1p-24F;
  const bool one = lot >= kBack[1], two = lot >= kBack[2];
  const float below = two   ? kBack[2]
                      : one ? kBack[1]
                            : kBack[0],
              per_share = two   ? kPerShare[2]
                          : one ? kPerShare[1]
                                : kPerShare[0];
  const std::int32_t back = two ? 2 : one ? 1 : 0;
  const auto place =
      static_cast<std::int32_t>((lot - below) * per_share * static_cast<float>(posts_per_day));
  return (day - back + kPostHistory) * posts_per_day + std::min(place, posts_per_day - 1);
}

// Where each of N stands when the greatest key comes first: counts every pair, without branches.
template <std::size_t N>
void rank(const std::array<std::int32_t, kMostCandidates>& key,
          std::array<std::int32_t, kMostCandidates>& rank) {
  for (std::size_t i = 0; i < N; ++i) rank[i] = 0;
  for (std::size_t j = 0; j < N; ++j) {
    const std::int32_t other = key[j];
    for (std::size_t i = 0; i < N; ++i) rank[i] += other > key[i] ? 1 : 0;
  }
}

}  // namespace

AgeTable::AgeTable() {
  for (std::size_t t = 0; t < kTenths; ++t) {
    const double hours = static_cast<double>(t) / 10;
    log_hours[t] = static_cast<float>(std::log1p(hours));
    votes_share[t] = static_cast<float>(-std::expm1(-hours / 10));
  }
}

SlateMaker::SlateMaker(const SiteOptions& options, const Population& people)
    : o_(options), people_(people), key_(stream_key(options.seed, "session.slate")) {}

// As a Stream of the session would give them, but a block at a time: two candidates share one.
// Returns the word after those of the candidates.
std::uint64_t SlateMaker::draw(const Session& s, std::size_t count, std::uint64_t* bits) const {
  const auto seed_low = static_cast<std::uint32_t>(key_.key),
             seed_high = static_cast<std::uint32_t>(key_.key >> 32);
  const auto block = [&](std::size_t i) {
    return philox4x32({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(o_.replicate),
                       static_cast<std::uint32_t>(s.key), static_cast<std::uint32_t>(s.key >> 32)},
                      {seed_low, seed_high});
  };
  const auto word = [](std::uint32_t low, std::uint32_t high) {
    return low | (std::uint64_t{high} << 32);
  };
  for (std::size_t i = 0; i < count; i += 2) {
    const auto four = block(i / 2);
    bits[i] = word(four[0], four[1]), bits[i + 1] = word(four[2], four[3]);
  }
  if (o_.random_slates <= 0) return ~std::uint64_t{0};
  const auto four = block(count / 2);
  return word(four[0], four[1]);
}

// N candidates, whatever their count: those past it are posts too, and their keys are set last.
template <std::size_t N>
void SlateMaker::look(const Session& s, Candidates& all) const {
  std::array<std::uint64_t, N> bits{};
  all.random =
      static_cast<double>(draw(s, all.count, bits.data()) >> 11) * 0x1p-53 < o_.random_slates;
  const std::int32_t per_day = o_.posts_per_day;
  for (std::size_t i = 0; i < N; ++i) all.id[i] = pick(s.day, per_day, bits[i]);
  const Post* posts = people_.posts.data();
  const float* interest = user_of(people_, s).interest.data();
  std::array<float, N> known;
  for (std::size_t i = 0; i < N; ++i) {
    std::int32_t id = all.id[i];
    id -= posts[id].created > s.time ? per_day : 0;
    const Post& post = posts[id];
    const auto tenths = static_cast<std::int32_t>(
        static_cast<double>(s.time - post.created) * kTenthsPerMicro + 0.5);
    all.id[i] = id, all.age_tenths[i] = tenths;
    known[i] = 0.5F * interest[post.topic] + 0.4F * post.quality -
               0.1F * ages_.log_hours[static_cast<std::size_t>(tenths)];
  }
  // The ranker knows yesterday's tastes and much noise.
  const auto noise = static_cast<float>(o_.ranker_noise);
  for (std::size_t i = 0; i < N; ++i) {
    all.score[i] = known[i] + noise * bell(bits[i] >> kLotBits);
    all.key[i] = sort_key(all.score[i], i);
  }
}

template <std::size_t N>
void SlateMaker::sort(const Session& s, Candidates& all) const {
  look<N>(s, all);
  if (all.random) return;
  for (std::size_t i = all.count; i < N; ++i)
    all.key[i] = std::numeric_limits<std::int32_t>::min() + 31 - static_cast<std::int32_t>(i);
  rank<N>(all.key, all.place);
}

bool SlateMaker::fill(const Session& s, Slate& slate) const {
  Candidates all;
  all.count = static_cast<std::size_t>(o_.slate_size) * kCandidates;
  if (all.count <= kMostCandidates / 2)
    sort<kMostCandidates / 2>(s, all);
  else
    sort<kMostCandidates>(s, all);
  const Post* const posts = people_.posts.data();
  for (std::size_t i = 0; i < all.count; ++i) {
    const std::size_t place = all.random ? i : static_cast<std::size_t>(all.place[i]);
    // Wherever it stands: to leave out what is not shown would be a branch that is taken by chance.
    slate[place] = {posts + all.id[i], all.id[i], all.age_tenths[i], all.score[i]};
  }
  return all.random;
}

}  // namespace rehearse::sim
