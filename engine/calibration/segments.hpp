// SPDX-License-Identifier: GPL-3.0-or-later
//
// Calibration by segment. Two ways to mend a model that is right on the whole and wrong on iOS:
//
//   shrinkage   logit(p') = logit(p) + δ₀ + δ_g with δ_g ~ N(0, 1/λ): one offset a segment, drawn
//               toward 0 as if each segment had seen λ further clicks that agree with the whole
//               (a posterior mode; Gelman, Hill 2007, ch. 12-14). Since a segment's evidence is
//               Σ p(1-p), about its clicks, one with λ clicks goes half of its way. λ = 0 trusts
//               every segment's own rows, λ = ∞ none.
//   apart       a map of its own per segment, of any kind, where it has rows enough
//
// Use shrinkage for segments of unequal size; maps apart only where every segment has what its map
// needs (hundreds of clicks for Platt, a thousand and more for isotonic).
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>

#include "engine/calibration/map.hpp"

namespace rehearse::calibration {

// Rows by segment: `codes` names a segment of `names` a row.
struct Segments {
  std::vector<std::uint32_t> codes;
  std::vector<std::string> names;
};
// Columns of any type; several are crossed: "ios · de". Missing cells are a segment of their own.
// Errors: no column named, no such column, more than `most` segments (then it is an id).
Result<Segments> segments_of(const Frame& rows, std::span<const std::string> columns,
                             std::size_t most = 1000);

struct SegmentOffset {
  double offset = 0;  // δ_g
  double rows = 0, positives = 0;
};
struct SegmentOffsets {
  double common = 0;  // δ₀
  std::map<std::string, SegmentOffset> by_segment;
};

// Scores are probabilities. `shrinkage` is λ >= 0; offsets stay within ±20. O(rows) a Newton step.
// Errors: those of validate_fit, a score outside [0, 1], λ negative or NaN, one class only.
Result<SegmentOffsets> fit_segment_offsets(std::span<const double> scores,
                                           std::span<const double> labels, const Segments& segments,
                                           double shrinkage);

// A model whose scores are moved by the offset of their row's segment; of an unknown one by δ₀.
class OffsetScorer : public Scorer {
 public:
  OffsetScorer(ScorerPtr model, std::vector<std::string> columns, SegmentOffsets offsets);
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string label() const override { return model_->label(); }
  std::string describe() const override { return "offsets by segment"; }
  std::size_t bytes() const override;
  // The model's facts, then segments, common_offset, greatest_offset (in absolute value).
  std::vector<std::pair<std::string, double>> facts() const override;
  const SegmentOffsets& offsets() const { return offsets_; }
  // The numbers of one row's way, as CalibrationMap::arithmetic. Errors: those of score; no such
  // row.
  Result<std::vector<std::pair<std::string, double>>> arithmetic(const Frame& rows,
                                                                 std::size_t row) const;

 private:
  ScorerPtr model_;
  std::vector<std::string> columns_;
  SegmentOffsets offsets_;
};

using FitMap =
    std::function<Result<MapPtr>(std::span<const double> scores, std::span<const double> labels)>;

// A model whose scores go through the map of their row's segment, or through the map of all rows
// where the segment had fewer than `least_rows` rows, one class only, or was not seen.
class SegmentMapScorer : public Scorer {
 public:
  SegmentMapScorer(ScorerPtr model, std::vector<std::string> columns, MapPtr whole,
                   std::map<std::string, MapPtr> maps);
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string label() const override { return model_->label(); }
  std::string describe() const override { return "a map per segment"; }
  std::size_t bytes() const override;
  // The model's facts, then segments, segment_maps (of those with a map of their own).
  std::vector<std::pair<std::string, double>> facts() const override;

 private:
  ScorerPtr model_;
  std::vector<std::string> columns_;
  MapPtr whole_;
  std::map<std::string, MapPtr> maps_;
};

// Errors: those of `fit` on all rows; a segment's own, with its name.
Result<std::shared_ptr<const SegmentMapScorer>> fit_segment_maps(
    ScorerPtr model, std::span<const double> scores, std::span<const double> labels,
    const Segments& segments, std::vector<std::string> columns, const FitMap& fit,
    std::size_t least_rows);

}  // namespace rehearse::calibration
