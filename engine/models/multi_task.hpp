// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several binary outcomes of the same rows (a click, a long read, a report) from one network: a
// hidden layer that all tasks share, and a head of its own for each (Caruana 1997, "Multitask
// learning"), learned together by Adam:
//
//   loss = Σ_t weight_t mean_rows [softplus(s_t) - y_t s_t],   s_t = v_t·max(0, W x + b) + c_t
//
// Use it where tasks need the same features and some have few positives: the many clicks teach the
// hidden layer what the few reports cannot. Where tasks have nothing in common they compete for the
// hidden units, and a network a task is better; `shared` false fits those, with as many hidden
// units each, to compare with. It never pays to share for a task that has data enough.
//
// A row whose label of some task is missing does not count for that task.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/models/hashing.hpp"
#include "engine/models/shallow_net.hpp"
#include "engine/models/standardized.hpp"

namespace rehearse::models {

struct MultiTaskOptions {
  std::vector<std::string> labels;  // a task each: 0, 1 or missing; 1 to 20 of them
  std::vector<double> weights;      // of the tasks, above 0; empty: all 1
  bool shared = true;
  FeatureChoice features = {};
  std::size_t hidden = 16;      // [1, 512]
  int epochs = 12;              // [1, 1000]
  int batch = 128;              // [1, 65536]
  double learning_rate = 0.01;  // (0, 1]
  double decay = 1e-3;          // shrinkage a step, [0, 1]
  std::uint64_t seed = 1;
};

// A batch's loss and its gradient, which is overwritten. `x` row-major, `labels` row-major with one
// number a task, NaN where it is missing.
double multi_task_gradient(const ShallowNet& net, std::span<const double> x,
                           std::span<const double> labels, std::span<const double> weights,
                           std::vector<double>& gradient);

class MultiTaskModel {
 public:
  // One probability a row, of the task t. Errors: those of the encoding. t < labels (asserted).
  Result<std::vector<double>> score(const Frame& rows, std::size_t task) const;
  const MultiTaskOptions& options() const { return options_; }
  const std::vector<double>& losses() const { return losses_; }  // of each epoch, all tasks
  std::size_t multiply_adds() const;                             // to score a row for all tasks
  std::size_t parameters() const;
  std::size_t bytes() const;

 private:
  friend Result<std::shared_ptr<const MultiTaskModel>> train_multi_task(
      const Frame& rows, const MultiTaskOptions& options, const Progress& progress);
  MultiTaskOptions options_;
  StandardizedRows encoding_;
  std::vector<ShallowNet> nets_;  // one, or one a task
  std::vector<double> losses_;
};

// Errors: those of choose_features; no label named, one that is not there or stands twice, one that
// is neither 0, 1 nor missing, or has one class; an option out of its range; stopped.
// O(epochs · rows · parameters).
Result<std::shared_ptr<const MultiTaskModel>> train_multi_task(const Frame& rows,
                                                               const MultiTaskOptions& options,
                                                               const Progress& progress = {});

// One task of such a model as a scorer of its label.
ScorerPtr task_scorer(std::shared_ptr<const MultiTaskModel> model, std::size_t task);

}  // namespace rehearse::models
