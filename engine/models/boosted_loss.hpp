// SPDX-License-Identifier: GPL-3.0-or-later
//
// The losses of boosted trees as the trainer needs them: where to begin, the gradient where the
// library has none, and the loss that early stopping watches (see boosted.hpp).
#pragma once

#include <span>
#include <vector>

#include "engine/models/boosted.hpp"

namespace rehearse::models {

// Errors: no rows, a label that the loss cannot take (the row is named), one class.
Result<void> check_boosted_labels(std::span<const double> labels, BoostedLoss loss);

// The constant prediction that the loss likes best, in units of the label.
double best_constant(std::span<const float> labels, std::span<const float> weights,
                     const BoostedOptions& options);

// The margin of a constant prediction: log-odds, log, or itself; in float32, as the library has it.
float margin_of(double prediction, BoostedLoss loss);

// What a margin loses when weights and dropped negatives are undone: log(keep / positive weight).
double margin_shift(const BoostedOptions& options);

// Mean loss of margins, labels in the trainer's units. Logistic margins are shifted first.
double mean_loss(std::span<const float> margins, std::span<const float> labels,
                 const BoostedOptions& options);

// g = [y < m] - τ.
void quantile_gradient(std::span<const float> margins, std::span<const float> labels,
                       std::span<const float> weights, double quantile,
                       std::vector<float>& gradient);

}  // namespace rehearse::models
