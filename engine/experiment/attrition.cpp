// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/attrition.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace rehearse::experiment {
namespace {

struct SeenArm {
  std::vector<double> seen;  // ascending
  std::vector<double> zeroed;
  double assigned = 0, share = 0, mean = 0;
};

Result<SeenArm> seen_of(std::span<const double> values, OutcomeRange range, const char* name) {
  SeenArm arm;
  arm.assigned = static_cast<double>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    arm.zeroed.push_back(std::isnan(values[i]) ? 0 : values[i]);
    if (std::isnan(values[i])) continue;
    if (!(values[i] >= range.low && values[i] <= range.high))
      return fail(Code::bad_data, "{}: outcome {} is {}, outside the range [{}, {}]", name, i + 1,
                  values[i], range.low, range.high);
    arm.seen.push_back(values[i]);
  }
  const auto sample = sample_of(arm.seen);
  if (!sample)
    return fail(Code::bad_data, "{}: no outcome of its {} units was seen", name, values.size());
  arm.mean = sample->mean, arm.share = sample->n / arm.assigned;
  std::sort(arm.seen.begin(), arm.seen.end());
  return arm;
}

// Mean of the lowest (or highest) `kept` share of ascending values; the last one counts in part.
double trimmed_mean(const std::vector<double>& ascending, double kept, bool lowest) {
  const double mass = kept * static_cast<double>(ascending.size());
  double left = mass, sum = 0;
  for (std::size_t i = 0; i < ascending.size() && left > 0; ++i) {
    const double weight = std::min(1.0, left);
    sum += weight * ascending[lowest ? i : ascending.size() - 1 - i];
    left -= weight;
  }
  return sum / mass;
}

}  // namespace

Result<Attrition> attrition_of(std::span<const double> control, std::span<const double> treatment,
                               OutcomeRange range, double level) {
  if (!(range.low < range.high) || !std::isfinite(range.low) || !std::isfinite(range.high))
    return fail(Code::invalid_argument, "the outcome's range [{}, {}] is empty or not finite",
                range.low, range.high);
  auto c = seen_of(control, range, "control"), t = seen_of(treatment, range, "treatment");
  if (!c) return fail(c.error());
  if (!t) return fail(t.error());
  auto retention = two_proportions({static_cast<double>(c->seen.size()), c->assigned},
                                   {static_cast<double>(t->seen.size()), t->assigned}, level);
  auto observed = welch(c->seen, t->seen, level), as_zero = welch(c->zeroed, t->zeroed, level);
  for (const auto* made : {&retention, &observed, &as_zero})
    if (!*made) return fail(made->error());
  Attrition result{*retention, *observed, *as_zero, {}, {}, retention->p < 0.05};
  if (t->share >= c->share) {
    const double kept = c->share / t->share;
    result.lee = {trimmed_mean(t->seen, kept, true) - c->mean,
                  trimmed_mean(t->seen, kept, false) - c->mean};
  } else {
    const double kept = t->share / c->share;
    result.lee = {t->mean - trimmed_mean(c->seen, kept, false),
                  t->mean - trimmed_mean(c->seen, kept, true)};
  }
  const auto end = [](const SeenArm& arm, double missing) {
    return arm.share * arm.mean + (1 - arm.share) * missing;
  };
  result.worst = {end(*t, range.low) - end(*c, range.high),
                  end(*t, range.high) - end(*c, range.low)};
  return result;
}

}  // namespace rehearse::experiment
