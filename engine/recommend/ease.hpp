// SPDX-License-Identifier: GPL-3.0-or-later
//
// EASE: a full matrix of item-to-item weights in closed form, a ridge regression of every item on
// all the others (embarrassingly shallow autoencoder, Steck 2019).
//
//   min ‖X - X B‖² + λ‖B‖²  with diag(B) = 0      P = (XᵀX + λI)⁻¹,   B_ij = -P_ij / P_jj
//   score(u, j) = Σ_{i had by u} B_ij
//
// X is 1 where there is an interaction. One parameter, no iterations, negative weights where an
// item speaks against another, and hard to beat on catalogues of a few thousand items. It holds two
// dense items × items tables while it is fitted and one afterwards, and costs items³: above some
// 20,000 items use als.hpp or item_knn.hpp, or drop the rarest items first.
#pragma once

#include "engine/base/stop.hpp"
#include "engine/recommend/recommender.hpp"

namespace rehearse::recommend {

struct EaseOptions {
  double lambda = 500;                            // > 0
  std::size_t most_bytes = std::size_t{4} << 30;  // what fitting may take
};

// What fit_ease will take at its peak.
std::size_t ease_bytes(std::size_t items);

class Ease : public Recommender {
 public:
  // `weights` is B, row by row: row i holds what having i says of every item.
  Ease(const Interactions& training, const EaseOptions& options, std::vector<double> weights)
      : training_(training), options_(options), weights_(std::move(weights)) {}
  std::string describe() const override {
    return fmt::format("EASE: lambda {:g}", options_.lambda);
  }
  std::size_t bytes() const override { return weights_.capacity() * sizeof(double); }
  const Interactions& training() const override { return training_; }
  // O(n_u · items).
  void score(std::uint32_t user, std::span<double> scores) const override;
  double weight(std::uint32_t had, std::uint32_t item) const {
    return weights_[had * training_.items() + item];
  }

 private:
  Interactions training_;
  EaseOptions options_;
  std::vector<double> weights_;
};

// Errors: no interactions, lambda out of its range, more memory than most_bytes (before any of it
// is taken); stopped.
Result<std::shared_ptr<const Ease>> fit_ease(const Interactions& training,
                                             const EaseOptions& options = {},
                                             const Progress& progress = {});

}  // namespace rehearse::recommend
