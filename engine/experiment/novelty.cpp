// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/novelty.hpp"

#include <cmath>
#include <map>

#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {
namespace {

constexpr std::size_t kMostDays = 1000;

void add_slope(Novelty& novelty) {
  double weights = 0, days = 0, effects = 0;
  int count = 0;
  const auto weight = [](const DayEffect& d) {
    return d.of_day.standard_error > 0 ? 1 / (d.of_day.standard_error * d.of_day.standard_error)
                                       : 0.0;
  };
  for (const DayEffect& d : novelty.days) {
    const double w = weight(d);
    if (w == 0) continue;
    weights += w, days += w * d.day, effects += w * d.of_day.absolute, ++count;
  }
  if (count < 3) return;
  double across = 0, along = 0;
  for (const DayEffect& d : novelty.days) {
    const double w = weight(d), x = d.day - days / weights;
    if (w == 0) continue;
    across += w * x * x, along += w * x * (d.of_day.absolute - effects / weights);
  }
  novelty.slope = along / across, novelty.slope_error = 1 / std::sqrt(across);
  novelty.slope_p = normal_two_sided(novelty.slope / novelty.slope_error);
}

// Undefined where an arm is empty; any other error stands.
Result<Contrast> contrast_on(const Trial& trial, std::size_t treatment,
                             const CompareOptions& options, std::span<const std::size_t> rows,
                             const Progress& progress) {
  bool seen[2] = {false, false};
  for (const std::size_t row : rows) {
    if (std::isnan(trial.outcome[row])) continue;
    const auto arm = static_cast<std::size_t>(trial.arms.of_row[row]);
    if (arm == 0) seen[0] = true;
    if (arm == treatment) seen[1] = true;
  }
  Contrast none;
  none.why = none.relative_why = "an arm is empty";
  if (!seen[0] || !seen[1]) return none;
  auto made = compare(trial, treatment, options, rows, progress);
  if (!made) return fail(made.error());
  return made->contrast;
}

}  // namespace

Result<Novelty> effect_by_day(const Trial& trial, std::size_t treatment,
                              std::span<const double> day, const CompareOptions& options,
                              const Progress& progress) {
  std::map<double, std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < day.size(); ++row) {
    if (!std::isfinite(day[row]))
      return fail(Code::bad_data, "row {}: the day is not a number", row + 1);
    rows[std::floor(day[row])].push_back(row);
    if (rows.size() > kMostDays) return fail(Code::limit, "there are more than {} days", kMostDays);
  }
  Novelty novelty;
  std::vector<std::size_t> until;
  for (const auto& [at_day, own] : rows) {
    if (!progress.report(static_cast<double>(novelty.days.size()) /
                         static_cast<double>(rows.size())))
      return cancelled();
    until.insert(until.end(), own.begin(), own.end());
    auto of_day = contrast_on(trial, treatment, options, own, progress),
         so_far = contrast_on(trial, treatment, options, until, progress);
    if (!of_day) return fail(of_day.error());
    if (!so_far) return fail(so_far.error());
    DayEffect effect{at_day, *of_day, *so_far, Contrast::kUndefined};
    double truth = 0, known = 0;
    for (const std::size_t row : own)
      if (!trial.unit_effect[treatment].empty() && !std::isnan(trial.unit_effect[treatment][row]))
        truth += trial.unit_effect[treatment][row], known += 1;
    if (known > 0) effect.true_effect = truth / known;
    novelty.days.push_back(std::move(effect));
  }
  add_slope(novelty);
  return novelty;
}

}  // namespace rehearse::experiment
