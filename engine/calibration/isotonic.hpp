// SPDX-License-Identifier: GPL-3.0-or-later
//
// Isotonic calibration: the best non-decreasing map from score to probability in squared error,
// fitted by pool-adjacent-violators (Ayer et al. 1955; Zadrozny, Elkan 2002) in O(n log n).
//
// Use it when scores rank well but mean the wrong thing, with about 1000 held-out positives or
// more. With fewer it overfits: its first and last steps say 0 and 1 on a handful of rows; see
// platt.hpp.
#pragma once

#include <span>
#include <vector>

#include "engine/calibration/map.hpp"

namespace rehearse::calibration {

enum class Interpolation {
  step,    // the value of the last block whose least score is <= s
  linear,  // between the mean scores of neighbouring blocks
};

struct Block {
  double least_score = 0, mean_score = 0, value = 0, weight = 0;
};

// Constant beyond the scores seen in fitting.
class IsotonicMap : public CalibrationMap {
 public:
  IsotonicMap(std::vector<Block> blocks, Interpolation interpolation)
      : blocks_(std::move(blocks)), interpolation_(interpolation) {}
  double operator()(double score) const override;
  std::string name() const override { return "isotonic"; }
  std::vector<std::pair<std::string, double>> parameters() const override {
    return {{"blocks", static_cast<double>(blocks_.size())}};
  }
  // The block that holds the score, and the next one where lines join them.
  std::vector<std::pair<std::string, double>> arithmetic(double score) const override;
  const std::vector<Block>& blocks() const { return blocks_; }

 private:
  std::vector<Block> blocks_;
  Interpolation interpolation_;
};

// Equal scores are pooled first. Labels are 0 or 1, weights may be empty. The weighted mean of the
// fitted values is the base rate. Errors: sizes differ, empty, a score is not finite, a label is
// not 0 or 1.
Result<std::shared_ptr<const IsotonicMap>> fit_isotonic(
    std::span<const double> scores, std::span<const double> labels,
    std::span<const double> weights = {}, Interpolation interpolation = Interpolation::step);

}  // namespace rehearse::calibration
