// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/faults.hpp"

#include <algorithm>
#include <boost/math/tools/roots.hpp>
#include <cmath>

#include "engine/sim/site.hpp"

namespace rehearse::sim {

Result<Mechanism> parse_mechanism(std::string_view name) {
  if (name == "none") return Mechanism::none;
  if (name == "mcar") return Mechanism::mcar;
  if (name == "mar") return Mechanism::mar;
  if (name == "mnar") return Mechanism::mnar;
  return fail(Code::invalid_argument,
              "`{}` is no mechanism of missing values; there are none, mcar, mar and mnar", name);
}

Result<void> validate(const Missing& missing) {
  if (auto fine = in_range("missing rate", missing.rate, 0, 0.9); !fine) return fine;
  if (missing.mechanism == Mechanism::none || breakable_number(missing.column)) return {};
  return fail(Code::invalid_argument, "the column `{}` cannot be missing; these can: {}",
              missing.column, breakable_numbers());
}

Result<Leaks> Leaks::of(const std::vector<std::string>& names, double strength) {
  Leaks leaks;
  leaks.strength = strength;
  for (const std::string& name : names) {
    if (name == "after_outcome")
      leaks.after_outcome = true;
    else if (name == "id")
      leaks.id = true;
    else
      return fail(Code::invalid_argument,
                  "`{}` is no leak that can be planted; there are after_outcome and id", name);
  }
  return leaks;
}

std::vector<float> missing_probability(const std::vector<float>& driver, double rate) {
  std::vector<float> z(driver.size());
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double x = std::log1p(static_cast<double>(driver[i]));
    sum += x, squares += x * x;
    z[i] = static_cast<float>(x);
  }
  const auto n = static_cast<double>(std::max<std::size_t>(1, z.size()));
  const double mean = sum / n, variance = squares / n - mean * mean;
  if (variance < 1e-12 || rate <= 0) return std::vector<float>(z.size(), static_cast<float>(rate));
  for (float& one : z)
    one = static_cast<float>(Missing::kSlope * (static_cast<double>(one) - mean) /
                             std::sqrt(variance));
  const std::size_t step = std::max<std::size_t>(1, z.size() / 60000);
  std::uintmax_t steps = 60;
  const double intercept = boost::math::tools::newton_raphson_iterate(
      [&](double a) {
        double p_sum = 0, slope = 0, count = 0;
        for (std::size_t i = 0; i < z.size(); i += step, count += 1) {
          const double p = 1 / (1 + std::exp(-a - static_cast<double>(z[i])));
          p_sum += p, slope += p * (1 - p);
        }
        return std::pair(p_sum / count - rate, slope / count);
      },
      std::log(rate / (1 - rate)), -30.0, 30.0, 40, steps);
  for (float& one : z)
    one = static_cast<float>(1 / (1 + std::exp(-intercept - static_cast<double>(one))));
  return z;
}

}  // namespace rehearse::sim
