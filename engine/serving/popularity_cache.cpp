// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/popularity_cache.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace rehearse::serving {
namespace {

constexpr std::size_t kMostItems = 10'000'000;
constexpr double kGreatestExponent = 10;
constexpr int kNewtonSteps = 200;

}  // namespace

Result<std::vector<double>> zipf_popularity(std::size_t items, double exponent) {
  if (items < 1 || items > kMostItems)
    return fail(Code::invalid_argument, "{} things are asked for; it lies from 1 to {}", items,
                kMostItems);
  if (!(exponent >= 0 && exponent <= kGreatestExponent))
    return fail(Code::invalid_argument, "the exponent is {:g}; it lies from 0 to {:g}", exponent,
                kGreatestExponent);
  std::vector<double> popularity;
  popularity.reserve(items);
  for (std::size_t i = 1; i <= items; ++i)
    popularity.push_back(std::pow(static_cast<double>(i), -exponent));
  const double sum = std::accumulate(popularity.rbegin(), popularity.rend(), 0.0);
  for (double& p : popularity) p /= sum;
  return popularity;
}

double che_hit_rate(std::span<const double> popularity, std::size_t capacity) {
  if (capacity == 0) return 0;
  if (capacity >= popularity.size()) return 1;
  // The expected number kept is concave in T and at most T, so Newton's steps from T = capacity
  // rise to the solution and never pass it.
  const auto due = static_cast<double>(capacity);
  double time = due;
  for (int i = 0; i < kNewtonSteps; ++i) {
    double kept = 0, slope = 0;
    for (const double p : popularity) {
      const double missed = std::exp(-p * time);
      kept += 1 - missed, slope += p * missed;
    }
    const double step = (due - kept) / slope;
    if (!(step > 1e-12 * time)) break;
    time += step;
  }
  double rate = 0;
  for (const double p : popularity) rate += p * -std::expm1(-p * time);
  return rate;
}

double best_hit_rate(std::span<const double> popularity, std::size_t capacity) {
  assert(popularity.size() < 2 || popularity[0] >= popularity[1]);
  const auto kept = popularity.first(std::min(capacity, popularity.size()));
  return std::min(1.0, std::accumulate(kept.begin(), kept.end(), 0.0));
}

bool LruCache::ask(std::uint64_t key) {
  if (capacity_ == 0) return false;
  if (const auto known = places_.find(key); known != places_.end()) {
    order_.splice(order_.begin(), order_, known->second);
    return true;
  }
  if (order_.size() == capacity_) {
    places_.erase(order_.back());
    order_.pop_back();
  }
  order_.push_front(key);
  places_[key] = order_.begin();
  return false;
}

}  // namespace rehearse::serving
