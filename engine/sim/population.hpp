// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who and what the site is made of, drawn once: users (and the newcomers of an audience shift),
// communities, and the posts of every day. All are functions of (seed, replicate, entity) alone.
//
// Where users or communities enter over time, each is there at the start with probability
// 1 / (1 + share · days) and else enters at a uniform moment: `share` of the first ones a day.
#pragma once

#include <array>
#include <vector>

#include "engine/sim/site.hpp"

namespace rehearse::sim {

inline constexpr int kTopics = 8, kPlatforms = 3, kCountries = 8, kMedia = 4;
extern const std::array<const char*, kTopics> kTopicNames;
extern const std::array<const char*, kPlatforms> kPlatformNames;
extern const std::array<const char*, kCountries> kCountryNames;
extern const std::array<const char*, kMedia> kMediaNames;

struct User {
  std::array<float, kTopics> interest{};  // standard normal; what the user really likes
  std::array<std::uint16_t, kTopics>
      affinity{};  // earlier interactions: interest seen through noise
  float sessions_per_day = 0;
  float effect = 0;              // log-odds that nothing published tells
  float enters = kBefore;        // days from the start
  std::int32_t tenure_days = 0;  // on day 0; of one who enters on day d: -d
  float log_tenure = 0;          // ln(1 + tenure_days)
  std::uint8_t platform = 0, country = 0, hour_offset = 0;

  static constexpr float kBefore = -1;
  bool entrant() const { return enters >= 0; }
};

struct Community {
  std::string name;
  std::uint8_t topic = 0;
  float effect = 0;    // log-odds
  float age_days = 0;  // on day 0; of one that enters on day d: -d
};

struct Post {
  std::int64_t created = 0;  // microseconds from day 0's midnight
  float quality = 0;         // standard normal
  float votes = 0;           // that it will have in the end
  std::int32_t community = 0;
  std::uint8_t topic = 0, media = 0;
};

struct Population {
  std::vector<User> users, newcomers;
  std::vector<Community> communities;
  std::vector<Post> posts;  // day by day; days -kPostHistory … days - 1
  int posts_per_day = 0;
};

// Posts of this many days before the log are on the site when it begins.
inline constexpr int kPostHistory = 3;

Population make_population(const SiteOptions& options);

// Earlier interactions with a topic, as known `age_days` after a user entered: they gather over a
// month. Of the others: as it is.
std::int32_t affinity_known(const User& user, std::uint8_t topic, double age_days);

// Clicks in log-odds beside the intercept: what the user makes of the post, and when, with
// log_age = ln(1 + the post's age in hours).
struct Taste {
  static constexpr std::array<float, kMedia> kOfMedia = {-0.25F, -0.10F, 0.25F, 0.45F};
  static constexpr float kInterest = 0.75F, kQuality = 0.55F, kAge = 0.22F;

  float drift = 0;  // 0: as ever; 1: tastes have moved wholly, to other topics and other media

  // The part that a whole session shares.
  static float of_user(const User& user, float log_tenure);
  // Called for each impression: in sight of the loop.
  float of_post(const User& user, const Post& post, float log_age) const {
    float interest = user.interest[post.topic], media = kOfMedia[post.media],
          quality = post.quality;
    if (drift > 0) {
      interest = (1 - drift) * interest + drift * user.interest[(post.topic + 3) % kTopics];
      media = (1 - drift) * media + drift * kOfMedia[kMedia - 1U - post.media];
      quality *= 1 - 0.5F * drift;
    }
    return kInterest * interest + kQuality * quality + media - kAge * (log_age - 2);
  }
};

}  // namespace rehearse::sim
