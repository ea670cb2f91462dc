// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/spending.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/random.hpp"
#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {

double spent_by(Spending spending, double t, double alpha) {
  const double share = std::clamp(t, 0.0, 1.0);
  if (spending == Spending::pocock) return alpha * std::log1p((std::numbers::e - 1) * share);
  if (share == 0) return 0;
  return 4 * normal_cdf(normal_quantile(alpha / 4) / std::sqrt(share));
}

Result<Boundaries> spending_boundaries(Spending spending, std::vector<double> information,
                                       double alpha) {
  if (!(alpha >= 1e-6 && alpha <= 0.5))
    return fail(Code::invalid_argument, "alpha is {}; give a number from 0.000001 to 0.5", alpha);
  if (information.size() > 200)
    return fail(Code::invalid_argument, "{} looks; give 1 to 200", information.size());
  Boundaries result;
  std::vector<double> spends;
  for (const double t : information) {
    const double allowed = spent_by(spending, t, alpha);
    spends.push_back(allowed - (result.spent.empty() ? 0 : result.spent.back()));
    result.spent.push_back(allowed);
  }
  auto z = bounds_that_spend(information, spends);
  if (!z) return fail(z.error());
  for (const double c : *z) result.nominal_alpha.push_back(normal_two_sided(c));
  result.z = std::move(*z);
  result.information = std::move(information);
  return result;
}

}  // namespace rehearse::experiment
