// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the files of the operations world share; see operations.hpp.
#pragma once

#include "engine/sim/operations.hpp"

namespace rehearse::sim {

Result<void> validate(const OperationsOptions& options);
// -1 where there is none.
int segment_index(std::string_view name);
// Share of an effect that is felt that many hours after the incident began: [0, 1].
double felt(const IncidentKind& kind, const SignalEffect& effect, double hours_since_start);
Result<Frame> incident_table(const std::vector<PlantedIncident>& incidents);

// Quantile q of a mixture of log-normal latencies given by their medians and 99% points.
// Weights sum > 0, sizes equal, p50 > 0 (asserted). Bisection to 1e-9 relative.
double mixture_quantile(std::span<const double> weight, std::span<const double> p50,
                        std::span<const double> p99, double q);

}  // namespace rehearse::sim
