// SPDX-License-Identifier: GPL-3.0-or-later
//
// Learning from clicks that are still arriving. At the moment of training a row without a click is
// one that will never have one, or one whose click is on the way; the younger the row, the likelier
// the second. Taken as negatives, the last hours teach that fewer people click than do.
//
//   naive    no click yet is no click.
//   wait     rows younger than `wait_hours` are left out: less bias, older data, fewer rows.
//   weights  a click that arrived counts 1 / P(delay ≤ elapsed), for itself and for those of its
//   age
//            that have not: unbiased where the delay law is right (it is estimated without a form,
//            delay_law.hpp), and noisy for the young.
//   joint    click probability and delay law together (Chapelle 2014): with p = σ(w·x) and
//            S(e) = P(delay > elapsed),
//              a click after d:   -ln p - ln f(d)
//              none after e:      -ln(1 - p + p S(e))
//            whose gradient by the logit is p - r, r = 1 for a click and else the belief
//            p S / (1 - p + p S) that one is on the way. Passes over w alternate with the closed
//            M step of the law. `weibull` frees the law's shape; Chapelle's is exponential.
//   oracle   every click, however late: what cannot be had, for comparison.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/models/delay_law.hpp"
#include "engine/models/hashing.hpp"
#include "engine/models/soft_logistic.hpp"
#include "engine/models/training.hpp"

namespace rehearse::models {

enum class DelayMethod { naive, wait, weights, joint, oracle };
Result<DelayMethod> parse_delay_method(std::string_view name);

struct DelayedOptions {
  DelayMethod method = DelayMethod::joint;
  Time at;                 // rows and arrivals from then on are unknown
  double wait_hours = 24;  // [0, 2400]
  bool weibull = true;
  int epochs = 4;           // [1, 50]
  double most_weight = 20;  // weights: a click counts no more than this
  SoftLogisticOptions learner = {};
  FeatureChoice features = {};
  std::string label = "click", arrival = "click_arrival", time = "time";
};

class DelayedModel : public Stepped {
 public:
  // The probability of a click, however long it takes.
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string describe() const override;
  std::string label() const override { return options_.label; }
  std::size_t bytes() const override;
  // rows_trained, clicks_known, clicks_expected (Σ of what each row counted for), and for joint
  // mean_delay_hours, delay_shape.
  std::vector<std::pair<std::string, double>> facts() const override;
  // What one row counted for in the last pass: a row a quantity (elapsed_hours, clicked, p,
  // still_waiting, target, gradient), with its formula.
  Result<Frame> trail(const Frame& rows, std::size_t row) const override;
  const DelayLaw& law() const { return law_; }

 private:
  friend class DelayedTrainer;
  DelayedOptions options_;
  SoftWeights weights_;
  DelayLaw law_;
  TruncatedDelays truncated_;
  std::size_t rows_ = 0, clicks_ = 0;
  double expected_ = 0;
};
using DelayedModelPtr = std::shared_ptr<const DelayedModel>;

// Errors: columns missing, `time` or `arrival` no times, labels not 0 or 1, no row before `at` (or
// old enough), no click known, an option out of range, cancelled.
Result<DelayedModelPtr> train_delayed(const Frame& rows, const DelayedOptions& options,
                                      const Progress& progress = {});

// The joint loss of one row and its derivatives, for tests and the trail. `hours` is the delay of a
// click, and else the time elapsed without one.
struct JointLoss {
  double loss = 0, by_logit = 0, by_log_rate = 0, by_log_shape = 0;
};
JointLoss joint_loss(double logit, bool clicked, double hours, const DelayLaw& law);

}  // namespace rehearse::models
