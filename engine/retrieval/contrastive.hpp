// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contrastive loss of two towers, with its gradient: each question of a batch must find its own
// passage among all passages of the batch (in-batch softmax; van den Oord, Li, Vinyals 2018, and
// Karpukhin et al. 2020 for questions and passages).
//
//   a_i, b_j         what the towers gave, of any length; u = a/|a|, v = b/|b|
//   loss = 1/B Σ_i  -ln( exp(u_i·v_{own(i)} / τ) / Σ_j allowed exp(u_i·v_j / τ) )
//
// A small temperature τ looks only at the hardest passages, a large one at all alike. A passage
// that answers a question too, though it is another's own, is left out of its sum: as a negative
// it would teach the opposite of what is true.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rehearse::retrieval {

struct ContrastiveBatch {
  std::size_t dims = 0;
  std::span<const double> questions, passages;  // point after point
  std::span<const std::uint32_t> own;           // of each question, its passage
  std::span<const std::uint8_t> allowed;        // questions × passages; own ones are allowed
  double temperature = 0.05;
};

struct ContrastiveGradient {
  double loss = 0;
  std::vector<double> questions, passages;  // as in the batch
};

// A point at the origin stays there and has gradient 0. O(questions · passages · dims).
ContrastiveGradient contrastive_loss(const ContrastiveBatch& batch);

}  // namespace rehearse::retrieval
