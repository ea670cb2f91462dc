// SPDX-License-Identifier: GPL-3.0-or-later
//
// Slates: which posts a session is shown, and in which order. Twice as many young posts as there
// are places are looked at; the logging ranker sorts them by what it knows (yesterday's tastes,
// quality, freshness) and noise, and the best fill the slate.
//
// Posts age in tenths of an hour, as the log publishes it. The ranker's noise is bell-shaped with
// bounded tails (a sum of four uniforms): one block of random bits serves a candidate.
#pragma once

#include <array>
#include <vector>

#include "engine/sim/sessions.hpp"

namespace rehearse::sim {

inline constexpr int kCandidates = 2;  // for each place
inline constexpr int kMostPlaces = 12, kMostCandidates = kMostPlaces * kCandidates;

struct Shown {
  const Post* post;
  std::int32_t id, age_tenths;
  float score;
};
// By place, top first; what stands past the last place was looked at and not shown.
using Slate = std::array<Shown, kMostCandidates>;

// Functions of a post's age, tabulated.
struct AgeTable {
  static constexpr std::size_t kTenths = 1024;  // no candidate is older than four days
  std::array<float, kTenths> log_hours, votes_share;
  AgeTable();
};

class SlateMaker {
 public:
  SlateMaker(const SiteOptions& options, const Population& people);
  // True: in random order.
  bool fill(const Session& session, Slate& slate) const;
  const AgeTable& ages() const { return ages_; }

 private:
  struct Candidates {  // left uninitialized: filled at once, for every session
    std::array<std::int32_t, kMostCandidates> id, age_tenths, key, place;
    std::array<float, kMostCandidates> score;
    std::size_t count;
    bool random;
  };
  std::uint64_t draw(const Session& session, std::size_t count, std::uint64_t* bits) const;
  template <std::size_t N>
  void look(const Session& session, Candidates& all) const;
  template <std::size_t N>
  void sort(const Session& session, Candidates& all) const;
  const SiteOptions& o_;
  const Population& people_;
  const AgeTable ages_;
  const StreamKey key_;
};

}  // namespace rehearse::sim
