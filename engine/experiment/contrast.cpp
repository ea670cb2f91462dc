// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/contrast.hpp"

#include <cmath>

#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {
namespace {

// The relative lift by the delta method, from the variances of the two estimates.
void add_relative(Contrast& contrast, double variance_control, double variance_treatment,
                  double quantile) {
  if (contrast.control == 0) {
    contrast.relative_why = "the control is 0, so there is nothing to be relative to";
    return;
  }
  const double ratio = contrast.treatment / contrast.control;
  contrast.relative = contrast.absolute / contrast.control;
  const double variance = (variance_treatment + ratio * ratio * variance_control) /
                          (contrast.control * contrast.control);
  if (!(variance >= 0)) {
    contrast.relative_why = "the variance of an arm is not known";
    return;
  }
  if (std::abs(contrast.control) < quantile * std::sqrt(variance_control)) {
    contrast.relative_why =
        "the control cannot be told from 0 itself, so an interval relative to it has no end";
    return;
  }
  contrast.relative_low = contrast.relative - quantile * std::sqrt(variance);
  contrast.relative_high = contrast.relative + quantile * std::sqrt(variance);
}

Result<void> check(const Successes& arm, const char* name) {
  if (!std::isfinite(arm.successes) || !std::isfinite(arm.trials) || arm.successes < 0 ||
      arm.successes > arm.trials)
    return fail(Code::invalid_argument,
                "{}: {} successes of {} trials; counts are finite, not negative, and no more "
                "successes than trials",
                name, arm.successes, arm.trials);
  if (!(arm.trials > 0)) return fail(Code::bad_data, "{} is empty; both arms need units", name);
  return {};
}

}  // namespace

Result<Sample> sample_of(std::span<const double> values) {
  if (values.empty()) return fail(Code::bad_data, "an arm is empty; both arms need units");
  Sample sample;
  sample.n = static_cast<double>(values.size());
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i]))
      return fail(Code::bad_data, "value {} is {}; outcomes must be finite numbers", i + 1,
                  values[i]);
    sum += values[i];
  }
  sample.mean = sum / sample.n;
  if (!std::isfinite(sample.mean))
    return fail(Code::bad_data, "the values are so large that their sum overflows; rescale them");
  double squares = 0;
  for (const double v : values) squares += (v - sample.mean) * (v - sample.mean);
  sample.variance = sample.n > 1 ? squares / (sample.n - 1) : Contrast::kUndefined;
  return sample;
}

Result<double> two_sided_quantile(double level, double degrees) {
  if (!(level > 0 && level < 1))
    return fail(Code::invalid_argument, "the level is {}; it must lie between 0 and 1", level);
  return student_quantile(0.5 + level / 2, degrees);
}

Result<Contrast> two_proportions(Successes control, Successes treatment, double level) {
  if (auto checked = check(control, "the control"); !checked) return fail(checked.error());
  if (auto checked = check(treatment, "the treatment"); !checked) return fail(checked.error());
  const auto quantile = two_sided_quantile(level);
  if (!quantile) return fail(quantile.error());
  Contrast contrast;
  contrast.control = control.successes / control.trials;
  contrast.treatment = treatment.successes / treatment.trials;
  contrast.absolute = contrast.treatment - contrast.control;
  const double v_c = contrast.control * (1 - contrast.control) / control.trials,
               v_t = contrast.treatment * (1 - contrast.treatment) / treatment.trials;
  contrast.standard_error = std::sqrt(v_c + v_t);
  contrast.ci_low = contrast.absolute - *quantile * contrast.standard_error;
  contrast.ci_high = contrast.absolute + *quantile * contrast.standard_error;
  const double pooled =
      (control.successes + treatment.successes) / (control.trials + treatment.trials);
  const double error =
      std::sqrt(pooled * (1 - pooled) * (1 / control.trials + 1 / treatment.trials));
  if (error > 0) {
    contrast.statistic = contrast.absolute / error;
    contrast.p = normal_two_sided(contrast.statistic);
  } else {
    contrast.why = pooled > 0 ? "every unit of both arms is a success, so nothing varies"
                              : "no unit of either arm is a success, so nothing varies";
  }
  add_relative(contrast, v_c, v_t, *quantile);
  return contrast;
}

Result<Contrast> contrast_of(const Estimated& e, double level) {
  const auto quantile = two_sided_quantile(level, e.degrees);
  if (!quantile) return fail(quantile.error());
  Contrast contrast;
  contrast.control = e.control, contrast.treatment = e.treatment, contrast.absolute = e.absolute;
  contrast.standard_error = e.standard_error, contrast.degrees = e.degrees;
  contrast.ci_low = e.absolute - *quantile * e.standard_error;
  contrast.ci_high = e.absolute + *quantile * e.standard_error;
  if (std::isnan(e.standard_error)) {
    contrast.why = "an arm has too few units to know its variance";
  } else if (!(e.standard_error > 0)) {
    contrast.why = "the outcome does not vary within either arm";
  } else {
    contrast.statistic = e.absolute / e.standard_error;
    contrast.p = student_two_sided(contrast.statistic, e.degrees);
  }
  add_relative(contrast, e.control_variance, e.treatment_variance, *quantile);
  return contrast;
}

Result<Contrast> welch(const Sample& control, const Sample& treatment, double level) {
  if (!(control.n > 0) || !(treatment.n > 0))
    return fail(Code::bad_data, "{} is empty; both arms need units",
                control.n > 0 ? "the treatment" : "the control");
  Estimated e;
  e.control = control.mean, e.treatment = treatment.mean;
  e.absolute = treatment.mean - control.mean;
  e.control_variance = control.variance / control.n;
  e.treatment_variance = treatment.variance / treatment.n;
  const double variance = e.control_variance + e.treatment_variance;
  e.standard_error = std::sqrt(variance);
  if (variance > 0)
    e.degrees = variance * variance /
                (e.control_variance * e.control_variance / (control.n - 1) +
                 e.treatment_variance * e.treatment_variance / (treatment.n - 1));
  return contrast_of(e, level);
}

Result<Contrast> welch(std::span<const double> control, std::span<const double> treatment,
                       double level) {
  const auto c = sample_of(control);
  if (!c) return at("control", Result<Contrast>(fail(c.error())));
  const auto t = sample_of(treatment);
  if (!t) return at("treatment", Result<Contrast>(fail(t.error())));
  return welch(*c, *t, level);
}

}  // namespace rehearse::experiment
