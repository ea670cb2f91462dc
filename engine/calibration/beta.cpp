// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/beta.hpp"

#include <algorithm>
#include <cmath>

#include "engine/calibration/logistic.hpp"
#include "engine/calibration/validate.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::calibration {
namespace {

constexpr double kBetaBound = 1e4;

struct BetaTerms {
  double log_score, minus_log_rest;
};

BetaTerms beta_terms(double score) {
  const double s = std::clamp(score, kLogitClip, 1 - kLogitClip);
  return {std::log(s), -std::log1p(-s)};
}

// a, b and c with the terms wanted.
Terms fit_terms(std::span<const double> scores, std::span<const double> labels, bool with_a,
                bool with_b) {
  LogisticProblem problem{.terms = 1U + (with_a ? 1 : 0) + (with_b ? 1 : 0), .labels = labels};
  problem.x.reserve(scores.size());
  for (const double score : scores) {
    const BetaTerms t = beta_terms(score);
    Terms row = {1, 0, 0};
    std::size_t k = 1;
    if (with_a) row[k++] = t.log_score;
    if (with_b) row[k++] = t.minus_log_rest;
    problem.x.push_back(row);
  }
  const Terms found = fit_logistic(problem, {}, kBetaBound);
  return {with_a ? found[1] : 0, with_b ? found[with_a ? 2 : 1] : 0, found[0]};
}

}  // namespace

double BetaMap::operator()(double score) const {
  const BetaTerms t = beta_terms(score);
  return metrics::sigmoid(a_ * t.log_score + b_ * t.minus_log_rest + c_);
}

std::vector<std::pair<std::string, double>> BetaMap::arithmetic(double score) const {
  const BetaTerms t = beta_terms(score);
  return {{"score s", score},
          {"a ln s", a_ * t.log_score},
          {"-b ln(1 - s)", b_ * t.minus_log_rest},
          {"c", c_},
          {"z = their sum", a_ * t.log_score + b_ * t.minus_log_rest + c_},
          {"probability p = σ(z)", (*this)(score)}};
}

Result<std::shared_ptr<const BetaMap>> fit_beta(std::span<const double> scores,
                                                std::span<const double> labels) {
  if (auto valid = validate_probabilities(scores, labels); !valid) return fail(valid.error());
  if (auto both = validate_both_classes(labels, "a beta map"); !both) return fail(both.error());
  Terms found = fit_terms(scores, labels, true, true);
  if (found[0] < 0)
    found = fit_terms(scores, labels, false, true);
  else if (found[1] < 0)
    found = fit_terms(scores, labels, true, false);
  if (found[0] < 0 || found[1] < 0) found = fit_terms(scores, labels, false, false);
  return std::make_shared<const BetaMap>(found[0], found[1], found[2]);
}

}  // namespace rehearse::calibration
