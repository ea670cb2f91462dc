// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/long_dwell.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/normal.hpp"
#include "engine/sim/outcomes.hpp"

namespace rehearse::sim {

double dwell_exceeds(double examination, double attraction, double positive, double seconds) {
  const double looked = positive / examination;
  const double stopped = std::clamp((looked - attraction) / (1 - attraction), 1e-12, 1 - 1e-12);
  const double taste = 2 * (std::log(stopped / (1 - stopped)) + 0.3);
  const auto beyond = [&](bool clicked) {
    const double z = std::log(dwell_median(taste, clicked) / seconds) / kDwellSigma;
    return normal_cdf(z);
  };
  return examination * (attraction * beyond(true) + (1 - attraction) * stopped * beyond(false));
}

std::optional<std::vector<double>> dwell_exceeds(const Frame& log, double seconds) {
  const Column* examination = log.find("examination");
  const Column* attraction = log.find("attraction");
  const Column* positive = log.find("dwell_positive");
  if (!examination || !attraction || !positive) return std::nullopt;
  std::vector<double> truth(log.rows());
  for (std::size_t row = 0; row < truth.size(); ++row)
    truth[row] = dwell_exceeds(examination->number(row), attraction->number(row),
                               positive->number(row), seconds);
  return truth;
}

}  // namespace rehearse::sim
