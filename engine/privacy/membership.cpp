// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privacy/membership.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "engine/base/normal.hpp"
#include "engine/metrics/discrimination.hpp"

namespace rehearse::privacy {
namespace {

constexpr double kIndependentPeople = 20;
constexpr double kLeastExpected = 1e-3;

// Calls `look(a, b)` for every cell of a person's things, the diagonal among them.
template <class Look>
void each_cell(const Basket& person, const Look& look) {
  for (std::size_t i = 0; i < person.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) look(person[i], person[j]);
}

// log P(seen | one more) - log P(seen | the others alone) of one cell with noise.
double noisy_ratio(double above, const Release& release) {
  if (release.noise == Noise::laplace)
    return (std::abs(above) - std::abs(above - 1)) / release.scale;
  return (above - 0.5) / (release.scale * release.scale);
}

double shown(double count, double least) { return count >= least ? count : 0; }

// Of an exact cell: 1 if only a member explains it, -1 if only an outsider, else 0.
double exact_ratio(double seen, double others, double least) {
  const bool in = seen == shown(others + 1, least), out = seen == shown(others, least);
  return in == out ? 0 : in ? 1 : -1;
}

}  // namespace

double advantage_bound(const Budget& budget) {
  // (e^ε - 1) / (e^ε + 1) = tanh(ε/2), which no ε overflows.
  return std::min(1.0, std::tanh(budget.epsilon / 2) +
                           2 * budget.delta / (1 + std::exp(std::min(700.0, budget.epsilon))));
}

double true_positive_bound(const Budget& budget, double false_positive_rate) {
  // Both sides of the promise: TPR ≤ e^ε FPR + δ, and 1 - FPR ≤ e^ε (1 - TPR) + δ.
  const double growth = std::exp(std::min(700.0, budget.epsilon));
  const double direct = growth * false_positive_rate + budget.delta;
  const double mirrored = 1 - (1 - false_positive_rate - budget.delta) / growth;
  return std::clamp(std::min(direct, mirrored), 0.0, 1.0);
}

double gaussian_advantage(double shift, double sigma) {
  assert(sigma > 0);
  return 2 * normal_cdf(shift / (2 * sigma)) - 1;
}

double gaussian_auc(double shift, double sigma) {
  assert(sigma > 0);
  return normal_cdf(shift / (std::numbers::sqrt2 * sigma));
}

double informed_score(const Basket& person, const PairTable& others,
                      std::span<const PairTable> tables, const Release& release) {
  double score = 0;
  for (const PairTable& table : tables)
    each_cell(person, [&](std::uint32_t a, std::uint32_t b) {
      const double known = others.at(a, b), seen = table.at(a, b);
      score += release.scale > 0 ? noisy_ratio(seen - known, release)
                                 : exact_ratio(seen, known, release.least);
    });
  return score;
}

PairTable expected_counts(std::span<const Basket> reference, std::size_t items,
                          std::size_t people) {
  assert(!reference.empty());
  const PairTable counted = count_pairs(reference, items);
  const auto size = static_cast<double>(reference.size()), n = static_cast<double>(people);
  PairTable expected(items);
  for (std::uint32_t a = 0; a < items; ++a)
    for (std::uint32_t b = a; b < items; ++b) {
      const double one = counted.at(a, a) / size, other = counted.at(b, b) / size;
      const double independent = a == b ? one : one * other;
      const double share =
          (counted.at(a, b) + kIndependentPeople * independent) / (size + kIndependentPeople);
      expected.set(a, b, std::max(kLeastExpected, n * share));
    }
  return expected;
}

double stranger_score(const Basket& person, const PairTable& expected,
                      std::span<const PairTable> tables, const Release& release) {
  const double variance = release.noise == Noise::laplace ? 2 * release.scale * release.scale
                                                          : release.scale * release.scale;
  double score = 0;
  for (const PairTable& table : tables)
    each_cell(person, [&](std::uint32_t a, std::uint32_t b) {
      const double due = expected.at(a, b), seen = table.at(a, b);
      if (release.scale > 0 || seen >= release.least)
        score += (seen - due - 0.5) / (due + variance);
    });
  return score;
}

Result<AttackQuality> judge_attack(std::span<const double> members,
                                   std::span<const double> outsiders) {
  if (members.empty() || outsiders.empty())
    return fail(Code::bad_data, "{} people of the data and {} others: both are needed to judge",
                members.size(), outsiders.size());
  std::vector<double> scores(members.begin(), members.end());
  scores.insert(scores.end(), outsiders.begin(), outsiders.end());
  if (std::any_of(scores.begin(), scores.end(), [](double s) { return std::isnan(s); }))
    return fail(Code::bad_data, "a score of the attack is NaN");
  std::vector<double> labels(scores.size(), 0);
  std::fill_n(labels.begin(), members.size(), 1);
  // Their places in place of the scores: order is all that counts, and these lie in [0, 1].
  std::vector<double> distinct = scores;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (double& score : scores)
    score = static_cast<double>(std::lower_bound(distinct.begin(), distinct.end(), score) -
                                distinct.begin()) /
            static_cast<double>(distinct.size());
  auto scored = metrics::Scored::of(scores, labels);
  if (!scored) return fail(scored.error());
  const metrics::OrderedScores ordered(*scored);
  AttackQuality quality;
  quality.auc = metrics::roc_auc(ordered).value;
  for (const metrics::OperatingPoint& point : metrics::operating_points(ordered)) {
    quality.curve.push_back({point.false_positive_rate, point.true_positive_rate});
    quality.advantage =
        std::max(quality.advantage, point.true_positive_rate - point.false_positive_rate);
  }
  return quality;
}

}  // namespace rehearse::privacy
