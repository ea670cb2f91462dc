// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/off_policy.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <vector>

#include "engine/base/normal.hpp"

namespace rehearse::recommend {
namespace {

double weight(const LoggedRounds& rounds, std::size_t i) {
  return rounds.target[i] / rounds.behaviour[i];
}

// The mean of value(i) over rounds.
template <class Value>
Estimate mean_of_rounds(const LoggedRounds& rounds, const Value& value) {
  std::vector<double> values(rounds.reward.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = value(i);
  return metrics::mean_estimate(values);
}

}  // namespace

Result<void> check(const LoggedRounds& rounds) {
  const std::size_t n = rounds.reward.size();
  if (n == 0) return fail(Code::bad_data, "there are no rounds, so nothing can be estimated");
  if (rounds.behaviour.size() != n || rounds.target.size() != n)
    return fail(Code::invalid_argument,
                "{} rewards, {} propensities and {} target probabilities; a round has one of each",
                n, rounds.behaviour.size(), rounds.target.size());
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(rounds.reward[i]))
      return fail(Code::bad_data, "row {}: the reward is {}; a finite number is due", i + 1,
                  rounds.reward[i]);
    if (!(rounds.behaviour[i] > 0 && rounds.behaviour[i] <= 1))
      return fail(Code::bad_data,
                  "row {}: the propensity is {:g}; what was shown had a probability above 0 and at "
                  "most 1. Log it when the choice is made",
                  i + 1, rounds.behaviour[i]);
    if (!(rounds.target[i] >= 0 && rounds.target[i] <= 1))
      return fail(Code::bad_data,
                  "row {}: the target policy shows this with probability {:g}; that lies from 0 to "
                  "1",
                  i + 1, rounds.target[i]);
  }
  return {};
}

Estimate on_policy(const LoggedRounds& rounds) { return metrics::mean_estimate(rounds.reward); }

Estimate ips(const LoggedRounds& rounds) {
  return mean_of_rounds(rounds,
                        [&](std::size_t i) { return weight(rounds, i) * rounds.reward[i]; });
}

Estimate snips(const LoggedRounds& rounds) {
  double weights = 0, rewards = 0;
  for (std::size_t i = 0; i < rounds.reward.size(); ++i) {
    const double w = weight(rounds, i);
    weights += w, rewards += w * rounds.reward[i];
  }
  Estimate estimate{std::nan(""), std::nan(""), {std::nan(""), std::nan("")}};
  if (!(weights > 0)) return estimate;
  estimate.value = rewards / weights;
  double squares = 0;
  for (std::size_t i = 0; i < rounds.reward.size(); ++i) {
    const double off = weight(rounds, i) * (rounds.reward[i] - estimate.value);
    squares += off * off;
  }
  if (rounds.reward.size() < 2) return estimate;
  estimate.standard_error = std::sqrt(squares) / weights;
  estimate.interval = {estimate.value - kNormal975 * estimate.standard_error,
                       estimate.value + kNormal975 * estimate.standard_error};
  return estimate;
}

Estimate clipped_ips(const LoggedRounds& rounds, double most_weight) {
  assert(most_weight > 0);
  return mean_of_rounds(rounds, [&](std::size_t i) {
    return std::min(weight(rounds, i), most_weight) * rounds.reward[i];
  });
}

Estimate direct_method(const LoggedRounds& rounds, const ModelledRewards& model) {
  assert(model.expected.size() == rounds.reward.size());
  return metrics::mean_estimate(model.expected);
}

Estimate doubly_robust(const LoggedRounds& rounds, const ModelledRewards& model) {
  return switch_doubly_robust(rounds, model, std::numeric_limits<double>::infinity());
}

Estimate switch_doubly_robust(const LoggedRounds& rounds, const ModelledRewards& model,
                              double most_weight) {
  assert(most_weight >= 0);
  assert(model.expected.size() == rounds.reward.size());
  assert(model.shown.size() == rounds.reward.size());
  return mean_of_rounds(rounds, [&](std::size_t i) {
    const double w = weight(rounds, i);
    const double correction = w > most_weight ? 0 : w * (rounds.reward[i] - model.shown[i]);
    return model.expected[i] + correction;
  });
}

double effective_sample_size(const LoggedRounds& rounds) {
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < rounds.reward.size(); ++i) {
    const double w = weight(rounds, i);
    sum += w, squares += w * w;
  }
  return squares > 0 ? sum * sum / squares : 0;
}

Weights weights_of(const LoggedRounds& rounds, double limit) {
  const std::size_t n = rounds.reward.size();
  std::vector<double> all(n);
  Weights weights;
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    all[i] = weight(rounds, i);
    sum += all[i], weights.above_limit += all[i] > limit;
  }
  weights.mean = sum / static_cast<double>(n);
  const std::size_t top = std::max<std::size_t>(1, n / 100);
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(top - 1), all.end(),
                   std::greater<>());
  double held = 0;
  for (std::size_t i = 0; i < top; ++i)
    held += all[i], weights.greatest = std::max(weights.greatest, all[i]);
  weights.share_of_top = sum > 0 ? held / sum : 0;
  return weights;
}

}  // namespace rehearse::recommend
