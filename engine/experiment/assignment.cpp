// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/assignment.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"

namespace rehearse::experiment {
namespace {

Result<std::vector<double>> shares_of(std::span<const double> weights) {
  if (weights.empty()) return fail(Code::invalid_argument, "an experiment needs at least one arm");
  double total = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(weights[i]) || weights[i] < 0)
      return fail(Code::invalid_argument,
                  "the weight of arm {} is {}; it must be a finite number of at least 0", i + 1,
                  weights[i]);
    total += weights[i];
  }
  if (!(total > 0) || !std::isfinite(total))
    return fail(Code::invalid_argument, "the weights of the arms sum to {}; one must be above 0",
                total);
  std::vector<double> shares(weights.begin(), weights.end());
  for (double& share : shares) share /= total;
  return shares;
}

}  // namespace

double position(std::string_view salt, std::string_view key) { return SaltedPlaces(salt).of(key); }

double position(std::string_view salt, std::int64_t key) { return SaltedPlaces(salt).of(key); }

std::uint32_t bucket(std::string_view salt, std::string_view key, std::uint32_t buckets) {
  assert(buckets >= 1);
  return std::min(static_cast<std::uint32_t>(position(salt, key) * static_cast<double>(buckets)),
                  buckets - 1);
}

Result<Assignment> Assignment::of(std::string salt, std::vector<double> weights, double exposed) {
  if (salt.empty())
    return fail(Code::invalid_argument,
                "the salt is empty; give each experiment a salt of its own, or all of them expose "
                "the same users");
  if (!(exposed >= 0 && exposed <= 1))
    return fail(Code::invalid_argument, "the exposed share is {}; it must lie in [0, 1]", exposed);
  auto shares = shares_of(weights);
  if (!shares) return fail(shares.error());
  Assignment made;
  made.salt_ = std::move(salt);
  made.exposed_ = exposed;
  made.upto_.resize(shares->size());
  std::partial_sum(shares->begin(), shares->end(), made.upto_.begin());
  // Rounding must leave no gap at the end, and no unit to a trailing arm of weight 0.
  const double last = made.upto_.back();
  for (double& upto : made.upto_)
    if (upto >= last) upto = 1;
  return made;
}

int Assignment::arm_at(double exposure, double choice) const {
  if (!(exposure < exposed_)) return kNotExposed;
  return static_cast<int>(std::upper_bound(upto_.begin(), upto_.end(), choice) - upto_.begin());
}

int Assignment::arm(std::string_view key) const {
  return arm_at(SaltedPlaces(salt_, "exposure").of(key), position(salt_, key));
}

int Assignment::arm(std::int64_t key) const { return arm(std::string_view(std::to_string(key))); }

Result<std::vector<int>> blocked_assignment(std::string_view salt,
                                            std::span<const std::int32_t> strata,
                                            std::span<const double> weights, std::uint64_t seed,
                                            std::uint64_t replicate) {
  auto shares = shares_of(weights);
  if (!shares) return fail(shares.error());
  std::map<std::int32_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < strata.size(); ++i) members[strata[i]].push_back(i);
  const StreamKey key = stream_key(seed, "assignment.block." + std::string(salt));
  std::vector<int> arms(strata.size(), 0);
  for (auto& [stratum, units] : members) {
    Stream stream(key, replicate, static_cast<std::uint64_t>(static_cast<std::int64_t>(stratum)));
    stream.shuffle(std::span<std::size_t>(units));
    // The whole parts of the planned counts, then one more each to arms drawn by what is left.
    const auto n = static_cast<double>(units.size());
    std::vector<double> rest(shares->size());
    std::size_t next = 0;
    for (std::size_t a = 0; a < shares->size(); ++a) {
      const double planned = (*shares)[a] * n, whole = std::floor(planned + 1e-9);
      rest[a] = std::max(0.0, planned - whole);
      for (double k = 0; k < whole && next < units.size(); ++k)
        arms[units[next++]] = static_cast<int>(a);
    }
    while (next < units.size()) {
      const double left = std::accumulate(rest.begin(), rest.end(), 0.0);
      const std::size_t a = left > 0 ? stream.categorical(rest) : 0;
      rest[a] = 0;
      arms[units[next++]] = static_cast<int>(a);
    }
  }
  return arms;
}

}  // namespace rehearse::experiment
