// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics of predicted values by their name, and the best possible beside them where the world is
// simulated. The best possible of squared errors is that of the true mean, of absolute errors that
// of the true median; `excess_mse` counts only what a model misses of the mean, so it is never
// negative: Σ(f-μ)² / Σ(y-μ)².
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/metrics/valued.hpp"

namespace rehearse::metrics {

// What the simulation knows of the label, one value a row or empty.
struct ValueTruth {
  std::span<const double> mean, median;
};

// mse, rmse, mae, median_ae, max_error, mean_error, r2, mape, rmsle, pinball@q (also pinball_90),
// coverage (labels at or below the prediction), poisson_deviance, nb_deviance@α (default 1),
// calibration_ratio, mean_prediction, mean_label; with the truth best_mse, best_rmse, best_r2,
// best_mae, best_pinball_50, best_poisson_deviance, excess_mse, excess_rmse, excess_mae,
// rmse_to_truth. Errors: no such metric (they are listed), an argument out of its range.
Result<Measure> value_metric(std::string_view name, const Valued& data,
                             const ValueTruth& truth = {});
const std::vector<std::string>& value_metric_names();

}  // namespace rehearse::metrics
