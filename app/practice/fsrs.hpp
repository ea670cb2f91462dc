// SPDX-License-Identifier: GPL-3.0-or-later
//
// FSRS-6: when to show a card again (Ye, Su, Cao 2022 and later; 21 weights).
//
// A card's memory is its stability S (days until recall falls to 90%) and its difficulty D (1 to
// 10). Recall after t days is R = (1 + FACTOR t / S)^DECAY. A grade updates both; the next review
// is due when R falls to the desired retention. Learning steps (1 and 10 minutes) come before that.
//
// The same-day floor holds for grades of Recalled and Easy, as in py-fsrs 6.3.1, whose 546 golden
// steps are met to 1e-9 (tests/app/practice). Pure functions: time comes in, nothing is stored.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rehearse::practice {

// In the order of the keys 1 to 4. "Hard" means recalled with effort: a card that was forgotten is
// Forgot, whatever it felt like.
enum class Rating { forgot = 1, hard = 2, recalled = 3, easy = 4 };
// "Forgot", "Recalled, hard", "Recalled", "Easy".
const char* rating_label(Rating rating);

constexpr std::int64_t kSecondsPerDay = 86400;

enum class CardPhase { learning = 1, review = 2, relearning = 3 };

struct MemoryState {
  CardPhase phase = CardPhase::learning;
  std::optional<int> step = 0;   // of the learning steps; none in review
  double stability = 0;          // days; 0 before the first review
  double difficulty = 0;         // 1 … 10; 0 before the first review
  std::int64_t last_review = 0;  // seconds since 1970 UTC
  std::int64_t due = 0;
  bool fresh() const { return stability == 0; }
};

struct FsrsOptions {
  std::array<double, 21> weights = {0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
                                    0.001,  1.8722, 0.1666, 0.796,  1.4835, 0.0614, 0.2629,
                                    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542};
  double desired_retention = 0.9;
  std::int64_t max_interval_days = 36500;
  std::vector<std::int64_t> learning_steps_s = {60, 600};
  std::vector<std::int64_t> relearning_steps_s = {600};
};

// The state after a review at `now` (seconds). `now` earlier than the last review counts as the
// same day.
MemoryState review(const MemoryState& before, Rating rating, std::int64_t now,
                   const FsrsOptions& options = {});

// The four outcomes of a review now, for the buttons; [0] is Forgot.
std::array<MemoryState, 4> preview(const MemoryState& before, std::int64_t now,
                                   const FsrsOptions& options = {});

// Probability of recall now; 0 for a fresh card.
double retrievability(const MemoryState& state, std::int64_t now, const FsrsOptions& options = {});

// Days until recall falls to `retention`, unrounded.
double interval_days(double stability, double retention, const FsrsOptions& options = {});

// "10 min", "2 d", "3.5 mo", "1.2 y".
std::string interval_words(std::int64_t seconds);

}  // namespace rehearse::practice
