// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two axes to draw vectors along: those of the greatest variance (principal components; Pearson
// 1901, Hotelling 1933). It is for looking: points that lie together in the picture may be far
// apart in what it leaves out, and `share` says how much that is.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::retrieval {

class Projection {
 public:
  // Of points one after another. Signs are such that the greatest weight of an axis is positive.
  // Errors: no points, dims below 2, a number that is not finite. O(points · dims² + dims³).
  static Result<Projection> fit(std::span<const float> points, std::size_t dims);

  std::array<double, 2> operator()(std::span<const float> point) const;
  double share() const { return share_; }  // of the variance, in [0, 1]

 private:
  std::vector<double> mean_;
  std::array<std::vector<double>, 2> axes_;
  double share_ = 0;
};

}  // namespace rehearse::retrieval
