// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/power.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/nearest.hpp"
#include "engine/base/random.hpp"
#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {
namespace {

constexpr std::pair<SizeForm, const char*> kForms[] = {{SizeForm::unpooled, "unpooled"},
                                                       {SizeForm::pooled, "pooled"},
                                                       {SizeForm::continuity, "continuity"},
                                                       {SizeForm::arcsine, "arcsine"}};

Result<void> check(const Target& target) {
  if (!(target.alpha > 0 && target.alpha < 1))
    return fail(Code::invalid_argument, "alpha is {}; it must lie between 0 and 1", target.alpha);
  if (!(target.power > 0 && target.power < 1))
    return fail(Code::invalid_argument, "the power is {}; it must lie between 0 and 1",
                target.power);
  if (!(target.power > target.alpha))
    return fail(Code::invalid_argument,
                "the power {} is not above alpha {}: a coin that rejects at random has that much",
                target.power, target.alpha);
  if (!(target.attrition >= 0 && target.attrition < 1))
    return fail(Code::invalid_argument, "attrition is {}; it must lie in [0, 1)", target.attrition);
  if (!(target.design_effect > 0) || !std::isfinite(target.design_effect))
    return fail(Code::invalid_argument, "the design effect is {}; it must be above 0",
                target.design_effect);
  return {};
}

Result<void> check_rates(double baseline, double difference) {
  if (!(baseline > 0 && baseline < 1))
    return fail(Code::invalid_argument, "the baseline rate is {}; it must lie between 0 and 1",
                baseline);
  if (difference == 0)
    return fail(Code::invalid_argument,
                "the effect is 0; no number of users finds an effect that is not there");
  if (!(baseline + difference > 0 && baseline + difference < 1))
    return fail(Code::invalid_argument,
                "baseline {} and effect {} make a rate of {}; it must lie between 0 and 1 (the "
                "effect is an absolute difference)",
                baseline, difference, baseline + difference);
  return {};
}

Result<void> check_means(double sd_control, double sd_treatment, double difference) {
  for (const double sd : {sd_control, sd_treatment})
    if (!(sd > 0) || !std::isfinite(sd))
      return fail(Code::invalid_argument, "a standard deviation is {}; it must be above 0", sd);
  if (difference == 0 || !std::isfinite(difference))
    return fail(Code::invalid_argument, "the effect is {}; it must be finite and not 0",
                difference);
  return {};
}

struct Rates {
  double both, pooled, arcsine;  // p₁q₁ + p₂q₂; 2 p̄ q̄; the distance of the two angles
  Rates(double p1, double d) {
    const double p2 = p1 + d, mean = p1 + d / 2;
    both = p1 * (1 - p1) + p2 * (1 - p2);
    pooled = 2 * mean * (1 - mean);
    arcsine = 2 * std::asin(std::sqrt(p2)) - 2 * std::asin(std::sqrt(p1));
  }
};

double raw_size(double p, double d, const Target& target, SizeForm form) {
  const double za = normal_quantile(1 - target.alpha / 2), zb = normal_quantile(target.power);
  const Rates rates(p, d);
  if (form == SizeForm::unpooled) return (za + zb) * (za + zb) * rates.both / (d * d);
  if (form == SizeForm::arcsine) return 2 * (za + zb) * (za + zb) / (rates.arcsine * rates.arcsine);
  const double root = za * std::sqrt(rates.pooled) + zb * std::sqrt(rates.both);
  const double n = root * root / (d * d);
  if (form == SizeForm::pooled) return n;
  const double more = 1 + std::sqrt(1 + 4 / (n * std::abs(d)));
  return n / 4 * more * more;
}

// P(reject) where the statistic is normal around `shift` and the cut is `cut`, in units of its sd.
double both_tails(double shift, double cut) {
  return normal_cdf(shift - cut) + normal_cdf(-shift - cut);
}

double raw_power(double p, double d, double n, const Target& target, SizeForm form) {
  const double za = normal_quantile(1 - target.alpha / 2);
  const Rates rates(p, d);
  if (form == SizeForm::unpooled) return both_tails(std::abs(d) / std::sqrt(rates.both / n), za);
  if (form == SizeForm::arcsine) return both_tails(std::abs(rates.arcsine) * std::sqrt(n / 2), za);
  if (form == SizeForm::continuity) {
    // The pooled size that the correction would have raised to n: n' = (n - 1/|d|)² / n.
    const double left = n - 1 / std::abs(d);
    if (!(left > 0)) return 0;
    n = left * left / n;
  }
  const double spread = std::sqrt(rates.both / n);
  return both_tails(std::abs(d) / spread, za * std::sqrt(rates.pooled / n) / spread);
}

SampleSize rounded(double exact) {
  SampleSize size;
  size.per_arm_exact = exact;
  // 400.00000000000006 is 400: the last bits of a closed form must not cost a user.
  size.per_arm = std::max(1.0, std::ceil(exact * (1 - 1e-13)));
  size.total = 2 * size.per_arm;
  return size;
}

double inflated(double n, const Target& target) {
  return n * target.design_effect / (1 - target.attrition);
}
double effective(double per_arm, const Target& target) {
  return per_arm * (1 - target.attrition) / target.design_effect;
}

Result<void> check_units(double per_arm) {
  if (!(per_arm > 0) || !std::isfinite(per_arm))
    return fail(Code::invalid_argument, "{} units per arm; there must be some", per_arm);
  return {};
}

}  // namespace

const char* size_form_name(SizeForm form) {
  for (const auto& [value, name] : kForms)
    if (value == form) return name;
  return "";
}

Result<SizeForm> size_form_of(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& [value, known] : kForms) {
    if (name == known) return value;
    names.emplace_back(known);
  }
  return fail(Code::not_found,
              "there is no form `{}` of the sample size (unpooled, pooled, continuity, arcsine){}",
              name, did_you_mean(name, names));
}

double design_effect(double cluster_size, double intraclass_correlation) {
  const double effect = 1 + (cluster_size - 1) * intraclass_correlation;
  return effect < 0 ? 0 : effect;  // NaN stays NaN
}

Result<SampleSize> sample_size(double baseline, double difference, const Target& target,
                               SizeForm form) {
  if (auto checked = check(target); !checked) return fail(checked.error());
  if (auto checked = check_rates(baseline, difference); !checked) return fail(checked.error());
  return rounded(inflated(raw_size(baseline, difference, target, form), target));
}

Result<SampleSize> sample_size_of_means(double sd_control, double sd_treatment, double difference,
                                        const Target& target) {
  if (auto checked = check(target); !checked) return fail(checked.error());
  if (auto checked = check_means(sd_control, sd_treatment, difference); !checked)
    return fail(checked.error());
  const double z = normal_quantile(1 - target.alpha / 2) + normal_quantile(target.power);
  return rounded(inflated(
      z * z * (sd_control * sd_control + sd_treatment * sd_treatment) / (difference * difference),
      target));
}

Result<double> power_of(double baseline, double difference, double per_arm, const Target& target,
                        SizeForm form) {
  if (auto checked = check(target); !checked) return fail(checked.error());
  if (auto checked = check_rates(baseline, difference); !checked) return fail(checked.error());
  if (auto checked = check_units(per_arm); !checked) return fail(checked.error());
  return raw_power(baseline, difference, effective(per_arm, target), target, form);
}

Result<double> power_of_means(double sd_control, double sd_treatment, double difference,
                              double per_arm, const Target& target) {
  if (auto checked = check(target); !checked) return fail(checked.error());
  if (auto checked = check_means(sd_control, sd_treatment, difference); !checked)
    return fail(checked.error());
  if (auto checked = check_units(per_arm); !checked) return fail(checked.error());
  const double error = std::sqrt((sd_control * sd_control + sd_treatment * sd_treatment) /
                                 effective(per_arm, target));
  return both_tails(std::abs(difference) / error, normal_quantile(1 - target.alpha / 2));
}

Result<double> minimum_detectable(double baseline, double per_arm, const Target& target,
                                  SizeForm form, bool up) {
  if (auto checked = check(target); !checked) return fail(checked.error());
  if (auto checked = check_units(per_arm); !checked) return fail(checked.error());
  const double room = up ? 1 - baseline : baseline, sign = up ? 1 : -1;
  if (auto checked = check_rates(baseline, sign * room / 2); !checked) return fail(checked.error());
  const double have = effective(per_arm, target);
  double low = 0, high = room * (1 - 1e-12);
  if (raw_size(baseline, sign * high, target, form) > have)
    return fail(Code::limit,
                "{} units per arm find no change of this kind with power {}: even a rate of {} "
                "would need more",
                per_arm, target.power, up ? 1 : 0);
  // The size falls as the difference grows: bisection cannot miss.
  for (int step = 0; step < 200 && high - low > 1e-13; ++step) {
    const double middle = (low + high) / 2;
    (raw_size(baseline, sign * middle, target, form) > have ? low : high) = middle;
  }
  return sign * high;
}

Result<double> minimum_detectable_of_means(double sd, double per_arm, const Target& target) {
  if (auto checked = check(target); !checked) return fail(checked.error());
  if (auto checked = check_means(sd, sd, 1); !checked) return fail(checked.error());
  if (auto checked = check_units(per_arm); !checked) return fail(checked.error());
  return (normal_quantile(1 - target.alpha / 2) + normal_quantile(target.power)) * sd *
         std::sqrt(2 / effective(per_arm, target));
}

}  // namespace rehearse::experiment
