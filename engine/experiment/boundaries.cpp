// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/boundaries.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <map>
#include <mutex>
#include <tuple>

#include "engine/base/nearest.hpp"
#include "engine/base/random.hpp"
#include "engine/experiment/spending.hpp"
#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {
namespace {

constexpr int kMostLooks = 200;

Result<void> check_design(int looks, double alpha) {
  if (looks < 1 || looks > kMostLooks)
    return fail(Code::invalid_argument, "{} looks; give 1 to {}", looks, kMostLooks);
  if (!(alpha >= 1e-6 && alpha <= 0.5))
    return fail(Code::invalid_argument, "alpha is {}; give a number from 0.000001 to 0.5", alpha);
  return {};
}

// C for which K equal looks reject a true null with probability alpha.
double solved_constant(double rho, int looks, double alpha) {
  const auto information = equal_looks(looks);
  const auto excess = [&](double constant) {
    std::vector<double> z;
    for (const double t : information) z.push_back(constant * std::pow(t, rho - 0.5));
    const auto found = crossing(information, two_sided(z));
    return found ? found->total() - alpha : std::nan("");
  };
  // One look asks for least, and each look at level α/K for most.
  const double low = -normal_quantile(alpha / 2) * 0.5;
  const double high = -normal_quantile(alpha / (2.0 * looks)) * 1.5 + 0.5;
  std::uintmax_t steps = 100;
  const auto root = boost::math::tools::toms748_solve(
      excess, low, high, boost::math::tools::eps_tolerance<double>(44), steps);
  return (root.first + root.second) / 2;
}

// Solved constants are kept: a design asks for the same ones in every step and at every move of a
// knob. Any number of threads may ask; two that ask at once may both solve.
class Constants {
 public:
  static Constants& instance() {
    static Constants constants;
    return constants;
  }
  double of(double rho, int looks, double alpha) {
    const std::tuple key(rho, looks, alpha);
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = solved_.find(key); found != solved_.end()) return found->second;
    }
    const double constant = solved_constant(rho, looks, alpha);
    const std::lock_guard lock(mutex_);
    if (solved_.size() >= kMostKept) solved_.clear();
    return solved_[key] = constant;
  }

 private:
  static constexpr std::size_t kMostKept = 1000;
  std::mutex mutex_;
  std::map<std::tuple<double, int, double>, double> solved_;
};

}  // namespace

const std::vector<std::string>& shape_names() {
  static const std::vector<std::string> names = {"pocock", "obrien-fleming", "ld-pocock", "ld-obf"};
  return names;
}

Result<Shape> shape_named(const std::string& name) {
  const auto& names = shape_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    return fail(Code::invalid_argument, "`{}` is no shape of a boundary; there are {}", name,
                fmt::join(names, ", "));
  return static_cast<Shape>(found - names.begin());
}

Result<Boundaries> wang_tsiatis(double rho, int looks, double alpha) {
  if (auto sound = check_design(looks, alpha); !sound) return fail(sound.error());
  if (!(rho >= -2 && rho <= 1))
    return fail(Code::invalid_argument, "rho is {}; give a number from -2 to 1", rho);
  Boundaries result;
  result.information = equal_looks(looks);
  const double constant = Constants::instance().of(rho, looks, alpha);
  for (const double t : result.information) result.z.push_back(constant * std::pow(t, rho - 0.5));
  const auto found = crossing(result.information, two_sided(result.z));
  if (!found) return fail(found.error());
  result.spent = found->cumulative();
  for (const double c : result.z) result.nominal_alpha.push_back(normal_two_sided(c));
  return result;
}

Result<Boundaries> boundaries(Shape shape, int looks, double alpha) {
  if (auto sound = check_design(looks, alpha); !sound) return fail(sound.error());
  switch (shape) {
    case Shape::pocock: return wang_tsiatis(0.5, looks, alpha);
    case Shape::obrien_fleming: return wang_tsiatis(0, looks, alpha);
    case Shape::ld_pocock: return spending_boundaries(Spending::pocock, equal_looks(looks), alpha);
    case Shape::ld_obrien_fleming: break;
  }
  return spending_boundaries(Spending::obrien_fleming, equal_looks(looks), alpha);
}

Result<OperatingPoint> operating_point(const Boundaries& rule, double drift) {
  const auto found = crossing(rule.information, two_sided(rule.z), drift);
  if (!found) return fail(found.error());
  return OperatingPoint{drift, found->total_upper(),
                        expected_information(rule.information, *found)};
}

Result<double> inflation_factor(const Boundaries& rule, double alpha, double power) {
  const auto drift = drift_for_power(rule.information, two_sided(rule.z), power);
  if (!drift) return fail(drift.error());
  const double fixed = normal_quantile(1 - alpha / 2) + normal_quantile(power);
  return *drift * *drift / (fixed * fixed);
}

}  // namespace rehearse::experiment
