// SPDX-License-Identifier: GPL-3.0-or-later
//
// Units that were assigned together: whole communities, households, one person's devices. Members
// of a cluster resemble each other, so a thousand users in twenty communities are worth far fewer
// than a thousand. Two answers that agree:
//
//   cluster-robust   the mean is a ratio of totals, Σ_g y_g / Σ_g n_g, with the delta-method
//                    variance over clusters (Deng et al. 2018; Liang, Zeger 1986), Student's t with
//                    (clusters - 2) degrees. Few clusters (under about 20) make it optimistic.
//   design effect    1 + (m - 1) ρ (Kish 1965): by how much the plain variance is too small, from
//                    the mean cluster size m and the intra-class correlation ρ (ANOVA estimator,
//                    within arms).
//
// Use them whenever the unit of assignment is larger than the row.
#pragma once

#include <cstdint>
#include <span>

#include "engine/experiment/adjustment.hpp"

namespace rehearse::experiment {

struct Clustered {
  Contrast contrast;  // cluster-robust
  std::size_t control_clusters = 0, treatment_clusters = 0;
  std::size_t mixed = 0;  // clusters with units of both arms
  double mean_size = 0;
  double intraclass_correlation = Contrast::kUndefined;
  double design_effect = Contrast::kUndefined;
  std::string warning;  // few clusters, or mixed ones; empty where there is nothing to say
};
// Covariates are not used. A cluster with units of both arms counts once in each arm, as if it were
// two: its warning says so.
// Errors: sizes differ, an arm is empty, a value not finite, fewer than two clusters in an arm.
Result<Clustered> clustered(const Units& units, std::span<const std::int64_t> clusters,
                            double level = 0.95);

}  // namespace rehearse::experiment
