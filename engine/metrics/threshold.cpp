// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/threshold.hpp"

#include <cassert>
#include <charconv>
#include <cmath>

namespace rehearse::metrics {
namespace {

Measure share_of(double part, double whole, const char* why) {
  return whole > 0 ? Measure{part / whole, ""} : undefined(why);
}

// The β of "f1", "f0.5"; nothing for other names.
std::optional<double> beta_of(std::string_view name) {
  if (name.size() < 2 || name[0] != 'f' || name[1] < '0' || name[1] > '9') return std::nullopt;
  double beta = 0;
  const char* end = name.data() + name.size();
  const auto [stopped, error] = std::from_chars(name.data() + 1, end, beta);
  if (error != std::errc() || stopped != end || !(beta > 0) || beta > 1000) return std::nullopt;
  return beta;
}

}  // namespace

Confusion confusion_at(const Scored& data, double threshold) {
  Confusion c;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const bool called = data.scores()[i] >= threshold, positive = data.labels()[i] == 1;
    double& cell = called ? (positive ? c.true_positive : c.false_positive)
                          : (positive ? c.false_negative : c.true_negative);
    cell += data.weight(i);
  }
  return c;
}

double accuracy(const Confusion& c) { return (c.true_positive + c.true_negative) / c.total(); }

double selected_share(const Confusion& c) { return c.called() / c.total(); }

Measure precision(const Confusion& c) {
  return share_of(c.true_positive, c.called(), "no score reaches the threshold");
}

Measure recall(const Confusion& c) {
  return share_of(c.true_positive, c.positives(), "there are no positive labels");
}

Measure specificity(const Confusion& c) {
  return share_of(c.true_negative, c.negatives(), "there are no negative labels");
}

Measure balanced_accuracy(const Confusion& c) {
  const Measure found = recall(c), refused = specificity(c);
  if (!found.defined()) return found;
  if (!refused.defined()) return refused;
  return {(found.value + refused.value) / 2, ""};
}

Measure f_beta(const Confusion& c, double beta) {
  assert(beta > 0);
  const double b2 = beta * beta;
  return share_of((1 + b2) * c.true_positive,
                  (1 + b2) * c.true_positive + b2 * c.false_negative + c.false_positive,
                  "there are neither positive labels nor scores at the threshold");
}

Measure matthews_correlation(const Confusion& c) {
  const double product = c.called() * (c.total() - c.called()) * c.positives() * c.negatives();
  if (product <= 0)
    return undefined("labels or decisions are all alike, so they cannot be correlated");
  return {(c.true_positive * c.true_negative - c.false_positive * c.false_negative) /
              std::sqrt(product),
          ""};
}

std::optional<Measure> decision_metric(std::string_view name, const Confusion& c) {
  if (name == "accuracy") return Measure{accuracy(c), ""};
  if (name == "balanced_accuracy") return balanced_accuracy(c);
  if (name == "precision") return precision(c);
  if (name == "recall") return recall(c);
  if (name == "specificity") return specificity(c);
  if (name == "selected_share") return Measure{selected_share(c), ""};
  if (name == "mcc") return matthews_correlation(c);
  if (const auto beta = beta_of(name)) return f_beta(c, *beta);
  return std::nullopt;
}

bool is_decision_metric(std::string_view name) {
  return decision_metric(name, {1, 1, 1, 1}).has_value();
}

}  // namespace rehearse::metrics
