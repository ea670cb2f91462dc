// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sample size, power and minimum detectable effect of a two-sided comparison of two equal arms,
// before any data is seen. With z_a = z_{1-α/2}, z_b = z_{power}, rates p and p + d, q = 1 - p:
//
//   unpooled    (z_a + z_b)² (p₁q₁ + p₂q₂) / d²                        the usual one
//   pooled      (z_a √(2 p̄ q̄) + z_b √(p₁q₁ + p₂q₂))² / d²             for the pooled z test
//   continuity  n/4 (1 + √(1 + 4/(n |d|)))², n the pooled size         Fleiss, Tytun, Ury (1980)
//   arcsine     2 (z_a + z_b)² / (2 asin √p₂ - 2 asin √p₁)²            Cohen (1988)
//
// all units per arm, before rounding up. Attrition a divides by 1 - a, and a cluster design
// multiplies by 1 + (m - 1) ρ (Kish 1965), both before rounding. Halving the effect costs four
// times the users; a power computed from the effect that was observed says nothing that the p-value
// did not.
#pragma once

#include "engine/base/error.hpp"

namespace rehearse::experiment {

enum class SizeForm { unpooled, pooled, continuity, arcsine };
const char* size_form_name(SizeForm form);
// Error: no such name; the four are listed.
Result<SizeForm> size_form_of(const std::string& name);

// 1 + (m - 1) ρ for clusters of m units with intra-class correlation ρ; not below 0.
double design_effect(double cluster_size, double intraclass_correlation);

struct Target {
  double alpha = 0.05, power = 0.8;
  double attrition = 0;      // share of assigned units whose outcome is never seen
  double design_effect = 1;  // of clusters
};
struct SampleSize {
  double per_arm_exact = 0;       // before rounding up
  double per_arm = 0, total = 0;  // whole
};

// Errors: baseline or baseline + difference outside (0, 1), difference 0, alpha or power outside
// (0, 1), attrition outside [0, 1), design effect not above 0.
Result<SampleSize> sample_size(double baseline, double difference, const Target& target = {},
                               SizeForm form = SizeForm::unpooled);
// Means with these standard deviations. Errors: difference 0, a standard deviation not above 0.
Result<SampleSize> sample_size_of_means(double sd_control, double sd_treatment, double difference,
                                        const Target& target = {});

// Power of `per_arm` assigned units per arm, both tails; for the z test whose size formula is
// `form` (continuity: by the size that the correction leaves).
Result<double> power_of(double baseline, double difference, double per_arm,
                        const Target& target = {}, SizeForm form = SizeForm::unpooled);
Result<double> power_of_means(double sd_control, double sd_treatment, double difference,
                              double per_arm, const Target& target = {});

// The least increase (`up`) or decrease that `per_arm` units per arm find with the target's power;
// 1e-12 absolute. Undefined (an error of code limit) where even a rate of 1, or 0, is not enough.
Result<double> minimum_detectable(double baseline, double per_arm, const Target& target = {},
                                  SizeForm form = SizeForm::unpooled, bool up = true);
Result<double> minimum_detectable_of_means(double sd, double per_arm, const Target& target = {});

}  // namespace rehearse::experiment
