// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of metrics as designs write them: `log_loss`, or with an argument `precision@0.3`. A
// quantile may also stand behind an underscore, `pinball_90`, which reads as `pinball@0.90`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"

namespace rehearse::metrics {

struct MetricName {
  std::string base;
  std::optional<double> argument;
};

// Errors: what stands behind the @ is no number.
Result<MetricName> parse_metric_name(std::string_view name);

}  // namespace rehearse::metrics
