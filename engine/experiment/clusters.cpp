// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/clusters.hpp"

#include <array>
#include <cmath>
#include <unordered_map>

#include "engine/experiment/power.hpp"
#include "engine/experiment/ratio.hpp"

namespace rehearse::experiment {
namespace {

struct ArmClusters {
  std::vector<double> sums, sizes;
  double units = 0, total = 0;
};

// Intra-class correlation by one-way analysis of variance within arms (Donner, Koval 1980).
// `squares` is Σ y² over all units.
double intraclass(const std::array<ArmClusters, 2>& arms, double squares) {
  double between = 0, clusters = 0, units = 0, within = squares, size_loss = 0;
  for (const ArmClusters& arm : arms) {
    double own_squares = 0;
    for (std::size_t g = 0; g < arm.sums.size(); ++g) {
      between += arm.sums[g] * arm.sums[g] / arm.sizes[g];
      within -= arm.sums[g] * arm.sums[g] / arm.sizes[g];
      own_squares += arm.sizes[g] * arm.sizes[g];
    }
    between -= arm.total * arm.total / arm.units;
    clusters += static_cast<double>(arm.sums.size()), units += arm.units;
    size_loss += own_squares / arm.units;
  }
  const double free_between = clusters - 2, free_within = units - clusters;
  if (!(free_between > 0) || !(free_within > 0)) return Contrast::kUndefined;
  const double typical = (units - size_loss) / free_between;
  const double ms_between = between / free_between, ms_within = std::max(0.0, within) / free_within;
  const double scale = ms_between + (typical - 1) * ms_within;
  return scale > 0 ? (ms_between - ms_within) / scale : Contrast::kUndefined;
}

}  // namespace

Result<Clustered> clustered(const Units& units, std::span<const std::int64_t> clusters,
                            double level) {
  const std::size_t n = units.outcome.size();
  if (units.treated.size() != n || clusters.size() != n)
    return fail(Code::invalid_argument, "{} outcomes, {} arms and {} clusters", n,
                units.treated.size(), clusters.size());
  double mean = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(units.outcome[i]))
      return fail(Code::bad_data, "unit {}: the outcome is {}; it must be a finite number", i + 1,
                  units.outcome[i]);
    mean += units.outcome[i] / static_cast<double>(n);
  }
  // Around the mean, so that squares of large outcomes do not cancel.
  std::array<ArmClusters, 2> arms;
  std::unordered_map<std::int64_t, std::array<std::ptrdiff_t, 2>> places;
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t arm = units.treated[i] ? 1 : 0;
    auto& place =
        places.try_emplace(clusters[i], std::array<std::ptrdiff_t, 2>{-1, -1}).first->second[arm];
    ArmClusters& own = arms[arm];
    if (place < 0) {
      place = static_cast<std::ptrdiff_t>(own.sums.size());
      own.sums.push_back(0), own.sizes.push_back(0);
    }
    const double y = units.outcome[i] - mean;
    own.sums[static_cast<std::size_t>(place)] += y, own.sizes[static_cast<std::size_t>(place)] += 1;
    own.units += 1, own.total += y, squares += y * y;
  }
  Clustered result;
  result.control_clusters = arms[0].sums.size(), result.treatment_clusters = arms[1].sums.size();
  if (result.control_clusters < 2 || result.treatment_clusters < 2)
    return fail(Code::bad_data,
                "{} clusters in the control and {} in the treatment; two in each are the least",
                result.control_clusters, result.treatment_clusters);
  for (const auto& [cluster, place] : places) result.mixed += place[0] >= 0 && place[1] >= 0;
  const auto c = ratio_of(arms[0].sums, arms[0].sizes), t = ratio_of(arms[1].sums, arms[1].sizes);
  if (!c) return fail(c.error());
  if (!t) return fail(t.error());
  Estimated e;
  e.control = c->ratio + mean, e.treatment = t->ratio + mean, e.absolute = t->ratio - c->ratio;
  e.control_variance = c->variance, e.treatment_variance = t->variance;
  e.standard_error = std::sqrt(c->variance + t->variance);
  const auto count = static_cast<double>(result.control_clusters + result.treatment_clusters);
  e.degrees = count - 2;
  auto contrast = contrast_of(e, level);
  if (!contrast) return fail(contrast.error());
  result.contrast = std::move(*contrast);
  result.mean_size = static_cast<double>(n) / count;
  result.intraclass_correlation = intraclass(arms, squares);
  result.design_effect = design_effect(result.mean_size, result.intraclass_correlation);
  if (result.mixed > 0)
    result.warning = fmt::format(
        "{} clusters have units of both arms: clusters were not what was assigned", result.mixed);
  else if (count < 20)
    result.warning =
        fmt::format("{} clusters are few; below about 20 the interval is too narrow", count);
  return result;
}

}  // namespace rehearse::experiment
