// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/segments.hpp"

#include <cmath>
#include <map>

#include "engine/experiment/multiplicity.hpp"
#include "engine/experiment/tails.hpp"
#include "engine/metrics/distance.hpp"

namespace rehearse::experiment {
namespace {

constexpr std::size_t kMostSegments = 200;

Result<std::map<std::string, std::vector<std::size_t>>> rows_by_segment(const Column& column) {
  std::map<std::string, std::vector<std::size_t>> rows;
  std::vector<std::vector<std::size_t>*> of_code;
  const bool coded = column.type() == Type::dictionary;
  if (coded) of_code.resize(column.dictionary().size(), nullptr);
  for (std::size_t row = 0; row < column.size(); ++row) {
    std::vector<std::size_t>* own = nullptr;
    if (column.missing(row)) {
      own = &rows["(missing)"];
    } else if (coded) {
      auto& place = of_code[static_cast<std::size_t>(column.values<std::int32_t>()[row])];
      if (!place) place = &rows[std::string(column.text(row))];
      own = place;
    } else {
      own = &rows[column.cell(row)];
    }
    own->push_back(row);
    if (rows.size() > kMostSegments)
      return fail(Code::limit,
                  "`{}` has more than {} segments; group them, or each holds too few units",
                  column.name(), kMostSegments);
  }
  return rows;
}

SegmentEffect counted(const Trial& trial, std::size_t arm, const std::string& name,
                      std::span<const std::size_t> rows) {
  SegmentEffect effect;
  effect.segment = name, effect.arm = trial.arms.names[arm];
  double truth = 0, known = 0;
  const std::vector<double>& unit_effect = trial.unit_effect[arm];
  for (const std::size_t row : rows) {
    const auto own = static_cast<std::size_t>(trial.arms.of_row[row]);
    if (!unit_effect.empty() && !std::isnan(unit_effect[row]))
      truth += unit_effect[row], known += 1;
    if (std::isnan(trial.outcome[row])) continue;
    if (own == 0) effect.units_control += 1;
    if (own == arm) effect.units_treatment += 1;
  }
  if (known > 0) effect.true_effect = truth / known;
  return effect;
}

void adjust(Segments& segments) {
  std::vector<double> p;
  for (const SegmentEffect& effect : segments.effects) p.push_back(effect.contrast.p);
  const auto b = bonferroni(p), h = holm(p), q = metrics::benjamini_hochberg(p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    SegmentEffect& effect = segments.effects[i];
    effect.p_bonferroni = b[i], effect.p_holm = h[i], effect.q_bh = q[i];
  }
}

void add_heterogeneity(Segments& segments) {
  double weights = 0, weighted = 0;
  int count = 0;
  for (const SegmentEffect& effect : segments.effects) {
    const Contrast& c = effect.contrast;
    if (!(c.standard_error > 0)) continue;
    const double weight = 1 / (c.standard_error * c.standard_error);
    weights += weight, weighted += weight * c.absolute, ++count;
  }
  if (count < 2) return;
  segments.heterogeneity = 0, segments.degrees = count - 1;
  for (const SegmentEffect& effect : segments.effects) {
    const Contrast& c = effect.contrast;
    if (c.standard_error > 0)
      segments.heterogeneity += std::pow((c.absolute - weighted / weights) / c.standard_error, 2);
  }
  segments.heterogeneity_p = chi_square_tail(segments.heterogeneity, segments.degrees);
}

}  // namespace

Result<Segments> segment_effects(const Trial& trial, const Frame& log, const std::string& name,
                                 const CompareOptions& options, const Progress& progress) {
  auto column = log.require(name);
  if (!column) return fail(column.error());
  if ((*column)->role() == Role::truth)
    return fail(Code::invalid_argument,
                "`{}` is known only because the site is simulated; segment by what a log has",
                name);
  auto rows = rows_by_segment(**column);
  if (!rows) return fail(rows.error());
  Segments segments;
  double done = 0;
  for (const auto& [segment, own] : *rows) {
    if (!progress.report(done++ / static_cast<double>(rows->size()))) return cancelled();
    for (std::size_t arm = 1; arm < trial.arms.names.size(); ++arm) {
      SegmentEffect effect = counted(trial, arm, segment, own);
      if (effect.units_control == 0 || effect.units_treatment == 0) {
        effect.contrast.why = "an arm has nobody in this segment";
      } else {
        auto made = compare(trial, arm, options, own, progress);
        if (!made) return at("segment " + segment, Result<Segments>(fail(made.error())));
        effect.contrast = std::move(made->contrast);
      }
      segments.effects.push_back(std::move(effect));
    }
  }
  adjust(segments);
  if (trial.arms.names.size() == 2) add_heterogeneity(segments);
  return segments;
}

}  // namespace rehearse::experiment
