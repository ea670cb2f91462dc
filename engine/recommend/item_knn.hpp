// SPDX-License-Identifier: GPL-3.0-or-later
//
// Item-kNN: "people who had this also had that". Each item keeps its most similar items; a user is
// shown what resembles the things that this user had (Sarwar, Karypis, Konstan, Riedl 2001;
// Deshpande, Karypis 2004).
//
//   s(i, j) = |U_i ∩ U_j| / (√(|U_i| |U_j|) + h)     score(u, i) = Σ s(i, j), j in N(i) and had by
//   u
//
// N(i) are the K items of greatest s(i, j) > 0, among equals the lowest code. The shrinkage h pulls
// down similarities that rest on few common users; 0 is the plain cosine. Use it first: it needs no
// training loop, takes a new interaction at once, and can say why. Its reach is short: two items
// without a common user never meet, however alike they are.
#pragma once

#include "engine/base/stop.hpp"
#include "engine/recommend/recommender.hpp"

namespace rehearse::recommend {

struct ItemKnnOptions {
  std::size_t neighbours = 50;  // K >= 1
  double shrinkage = 0;         // h >= 0
};

struct Neighbour {
  std::uint32_t item = 0;
  double similarity = 0;
  bool operator==(const Neighbour&) const = default;
};

class ItemKnn : public Recommender {
 public:
  ItemKnn(const Interactions& training, const ItemKnnOptions& options,
          std::vector<std::vector<Neighbour>> neighbours)
      : training_(training), options_(options), neighbours_(std::move(neighbours)) {}
  std::string describe() const override;
  std::size_t bytes() const override;
  const Interactions& training() const override { return training_; }
  // O(items · K).
  void score(std::uint32_t user, std::span<double> scores) const override;
  // N(item), the most similar first.
  std::span<const Neighbour> neighbours_of(std::uint32_t item) const { return neighbours_[item]; }

 private:
  Interactions training_;
  ItemKnnOptions options_;
  std::vector<std::vector<Neighbour>> neighbours_;
};

// Errors: an option out of its range; stopped. O(Σ over users of n_u²) time.
Result<std::shared_ptr<const ItemKnn>> fit_item_knn(const Interactions& training,
                                                    const ItemKnnOptions& options = {},
                                                    const Progress& progress = {});

// The same from counts that were made elsewhere, such as released with noise: `counts` holds how
// many users each two items share, row by row, and on its diagonal how many each has. A pair whose
// count is not above 0 is no neighbour; an item's own count is taken as 1 at least. Errors: an
// option out of its range; a size that is not items²; a count that is not finite; stopped. O(items²
// log).
Result<std::shared_ptr<const ItemKnn>> item_knn_of_counts(const Interactions& training,
                                                          std::span<const double> counts,
                                                          const ItemKnnOptions& options = {},
                                                          const Progress& progress = {});

}  // namespace rehearse::recommend
