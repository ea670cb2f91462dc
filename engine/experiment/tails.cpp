// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/tails.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "engine/base/random.hpp"

namespace rehearse::experiment {

double student_two_sided(double t, double degrees) {
  if (std::isnan(t) || !(degrees > 0)) return std::numeric_limits<double>::quiet_NaN();
  if (std::isinf(t)) return 0;
  if (std::isinf(degrees)) return normal_two_sided(t);
  const boost::math::students_t distribution(degrees);
  return 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(t)));
}

double student_quantile(double p, double degrees) {
  if (!(p > 0 && p < 1) || !(degrees > 0)) return std::numeric_limits<double>::quiet_NaN();
  if (std::isinf(degrees)) return normal_quantile(p);
  return boost::math::quantile(boost::math::students_t(degrees), p);
}

double chi_square_tail(double x, double degrees) {
  if (std::isnan(x)) return x;
  if (!(x > 0)) return 1;
  if (std::isinf(x)) return 0;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(degrees), x));
}

}  // namespace rehearse::experiment
