// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/item_knn.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace rehearse::recommend {
namespace {

// How many users each item shares with one item, and which items those are.
class CommonUsers {
 public:
  explicit CommonUsers(const Interactions& training)
      : training_(training), count_(training.items(), 0) {}

  void look_at(std::uint32_t item) {
    for (const std::uint32_t other : met_) count_[other] = 0;
    met_.clear();
    for (const std::uint32_t user : training_.users_of(item))
      for (const std::uint32_t other : training_.items_of(user))
        if (other != item && count_[other]++ == 0) met_.push_back(other);
  }
  const std::vector<std::uint32_t>& met() const { return met_; }
  std::uint32_t count(std::uint32_t other) const { return count_[other]; }

 private:
  const Interactions& training_;
  std::vector<std::uint32_t> count_, met_;
};

// The first of them, the most similar first, among equals the lowest code.
std::vector<Neighbour> closest(std::vector<Neighbour> all, std::size_t wanted) {
  const auto closer = [](const Neighbour& a, const Neighbour& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.item < b.item;
  };
  const auto kept = all.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, all.size()));
  std::nth_element(all.begin(), kept, all.end(), closer);
  std::sort(all.begin(), kept, closer);
  return {all.begin(), kept};
}

std::vector<Neighbour> nearest(const Interactions& training, const ItemKnnOptions& options,
                               std::uint32_t item, const CommonUsers& common) {
  std::vector<Neighbour> all;
  const auto own = static_cast<double>(training.users_of(item).size());
  for (const std::uint32_t other : common.met()) {
    const auto theirs = static_cast<double>(training.users_of(other).size());
    all.push_back({other, common.count(other) / (std::sqrt(own * theirs) + options.shrinkage)});
  }
  return closest(std::move(all), options.neighbours);
}

Result<void> check_knn(const ItemKnnOptions& options) {
  if (options.neighbours < 1)
    return fail(Code::invalid_argument, "item-kNN needs at least 1 neighbour an item");
  if (!(options.shrinkage >= 0) || std::isinf(options.shrinkage))
    return fail(Code::invalid_argument, "the shrinkage of item-kNN is {:g}; it is 0 or more",
                options.shrinkage);
  return {};
}

}  // namespace

std::string ItemKnn::describe() const {
  return fmt::format("item-kNN: cosine, {} neighbours, shrinkage {:g}", options_.neighbours,
                     options_.shrinkage);
}

std::size_t ItemKnn::bytes() const {
  std::size_t total = neighbours_.capacity() * sizeof(std::vector<Neighbour>);
  for (const auto& list : neighbours_) total += list.capacity() * sizeof(Neighbour);
  return total;
}

void ItemKnn::score(std::uint32_t user, std::span<double> scores) const {
  assert(scores.size() == neighbours_.size());
  std::vector<std::uint8_t> had(scores.size(), 0);
  for (const std::uint32_t item : training_.items_of(user)) had[item] = 1;
  for (std::size_t item = 0; item < scores.size(); ++item) {
    double sum = 0;
    for (const Neighbour& near : neighbours_[item])
      if (had[near.item]) sum += near.similarity;
    scores[item] = sum;
  }
}

Result<std::shared_ptr<const ItemKnn>> fit_item_knn(const Interactions& training,
                                                    const ItemKnnOptions& options,
                                                    const Progress& progress) {
  if (auto fine = check_knn(options); !fine) return fail(fine.error());
  std::vector<std::vector<Neighbour>> neighbours(training.items());
  CommonUsers common(training);
  for (std::uint32_t item = 0; item < training.items(); ++item) {
    if (!progress.report(static_cast<double>(item) / static_cast<double>(training.items())))
      return cancelled();
    common.look_at(item);
    neighbours[item] = nearest(training, options, item, common);
  }
  return std::make_shared<const ItemKnn>(training, options, std::move(neighbours));
}

Result<std::shared_ptr<const ItemKnn>> item_knn_of_counts(const Interactions& training,
                                                          std::span<const double> counts,
                                                          const ItemKnnOptions& options,
                                                          const Progress& progress) {
  if (auto fine = check_knn(options); !fine) return fail(fine.error());
  const std::size_t items = training.items();
  if (counts.size() != items * items)
    return fail(Code::invalid_argument, "{} counts of pairs for {} items; {} are due",
                counts.size(), items, items * items);
  for (std::size_t cell = 0; cell < counts.size(); ++cell)
    if (!std::isfinite(counts[cell]))
      return fail(Code::bad_data, "the count of items {} and {} is not finite", cell / items,
                  cell % items);
  const auto own = [&](std::size_t item) { return std::max(1.0, counts[item * items + item]); };
  std::vector<std::vector<Neighbour>> neighbours(items);
  for (std::uint32_t item = 0; item < items; ++item) {
    if (!progress.report(static_cast<double>(item) / static_cast<double>(items)))
      return cancelled();
    std::vector<Neighbour> all;
    for (std::uint32_t other = 0; other < items; ++other)
      if (const double common = counts[item * items + other]; other != item && common > 0)
        all.push_back({other, common / (std::sqrt(own(item) * own(other)) + options.shrinkage)});
    neighbours[item] = closest(std::move(all), options.neighbours);
  }
  return std::make_shared<const ItemKnn>(training, options, std::move(neighbours));
}

}  // namespace rehearse::recommend
