// SPDX-License-Identifier: GPL-3.0-or-later
//
// Assignment: which arm a unit (a user, a device, a community) is in. It is a function of the
// experiment's salt and the unit's key alone: the same on every server, in every session and in the
// later analysis, without a table of who got what. A unit's position
//
//   u = hash(salt, key) / 2^64,  in [0, 1)
//
// is compared with the cumulative weights of the arms (Kohavi, Tang, Xu 2020, chapter 4). Another
// salt gives positions that are independent of these; one salt used for two experiments gives both
// the same users, and the first experiment's effect becomes the second one's bias.
//
// A ramp widens the exposed share and leaves everybody who was exposed in the arm they had, because
// exposure and arm use two positions. Deal in blocks (`blocked_assignment`) where all units are
// known before the start and are few: hashing balances strata only on average.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::experiment {

// The unit's position in [0, 1) for this salt.
double position(std::string_view salt, std::string_view key);
// As the position of the key's decimal digits.
double position(std::string_view salt, std::int64_t key);
// The unit's bucket in 0 … buckets - 1; buckets ≥ 1 (asserted).
std::uint32_t bucket(std::string_view salt, std::string_view key, std::uint32_t buckets = 1000);

// Arms with planned weights, and the share of all units that is exposed at all.
class Assignment {
 public:
  static constexpr int kNotExposed = -1;
  // Weights need not sum to 1. Errors: no arm, a weight negative or not finite, all 0; exposed
  // outside [0, 1]; an empty salt.
  static Result<Assignment> of(std::string salt, std::vector<double> weights, double exposed = 1);

  // The arm's index, or kNotExposed.
  int arm(std::string_view key) const;
  int arm(std::int64_t key) const;
  double exposed() const { return exposed_; }
  std::size_t arms() const { return upto_.size(); }

 private:
  int arm_at(double exposure, double choice) const;
  std::string salt_;
  std::vector<double> upto_;  // cumulative shares; the last is 1
  double exposed_ = 1;
};

// Within each stratum the arms are dealt in random order in blocks (permuted blocks), so that in
// every stratum each arm's count is within one of its planned share. The order depends on seed,
// salt and stratum alone. Strata are any codes; one arm index a unit.
// Errors: no arm, a weight negative or not finite, all 0.
Result<std::vector<int>> blocked_assignment(std::string_view salt,
                                            std::span<const std::int32_t> strata,
                                            std::span<const double> weights, std::uint64_t seed,
                                            std::uint64_t replicate = 0);

}  // namespace rehearse::experiment
